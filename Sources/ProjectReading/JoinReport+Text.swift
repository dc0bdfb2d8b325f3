import Metrics
import Tables

extension JoinReport {
  /// Of a join that found no row of any lead: how the keys of either side are written; `nil` otherwise.
  public var mismatch: String? {
    guard rows > withoutKey, matched == 0 else { return nil }
    let other = otherKey.map { "such as “\($0)”" } ?? "that are not shown"
    let own = misses.first.map { "such as “\($0.key)”" } ?? "that are not shown"
    return
      "none of \(NumberText.count(rows - withoutKey)) leads found its row in \(name): it has keys "
      + "\(other), the leads have keys \(own)"
  }

  /// What became of the join, in a line: how many leads found their row, and what the commonest that did
  /// not may have meant.
  public var line: String {
    var text =
      "joined \(name): \(NumberText.count(matched)) of \(NumberText.count(rows)) leads found their row"
      + (matchRate.map { " (\(Int(($0 * 1_000).rounded(.down)) / 10)%)" } ?? "")
    if withoutKey > 0 { text += "; \(NumberText.count(withoutKey)) have nothing to find it by" }
    if severalKeys > 0 {
      text += "; \(NumberText.counted(severalKeys, "key")) had several rows, of which one was taken"
    }
    let near = misses.filter { $0.nearest != nil }.prefix(3)
    if !near.isEmpty {
      text +=
        "; not found: "
        + near.map {
          "“\($0.key)” (\(NumberText.counted($0.rows, "lead")); did you mean “\($0.nearest ?? "")”?)"
        }
        .joined(separator: ", ")
    } else if !misses.isEmpty {
      text += "; not found: " + misses.prefix(3).map { "“\($0.key)”" }.joined(separator: ", ")
    }
    return text
  }
}
