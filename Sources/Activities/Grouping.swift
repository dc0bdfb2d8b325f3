/// Rows by a number of theirs, ascending within each.
struct Grouping: Sendable {
  private let starts: [Int]
  private let rows: [Int32]
  /// Rows whose number is negative.
  let ungrouped: [Int32]

  init(_ groups: [Int32]) {
    let count = Int(groups.max() ?? -1) + 1
    var starts = [Int](repeating: 0, count: max(count, 0) + 1)
    var ungrouped: [Int32] = []
    for group in groups where group >= 0 { starts[Int(group) + 1] += 1 }
    for group in 0..<max(count, 0) { starts[group + 1] += starts[group] }
    var next = starts
    var rows = [Int32](repeating: 0, count: starts[starts.count - 1])
    for (row, group) in groups.enumerated() {
      guard group >= 0 else {
        ungrouped.append(Int32(row))
        continue
      }
      rows[next[Int(group)]] = Int32(row)
      next[Int(group)] += 1
    }
    self.starts = starts
    self.rows = rows
    self.ungrouped = ungrouped
  }

  var groupCount: Int { starts.count - 1 }

  subscript(group: Int) -> ArraySlice<Int32> {
    group < groupCount ? rows[starts[group]..<starts[group + 1]] : []
  }
}
