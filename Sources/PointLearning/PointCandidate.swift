/// A rule that could be written: the leads that it holds of, and what it gives each of them for a point.
public struct PointCandidate: Sendable, Hashable {
  /// Ascending.
  public let rows: [Int32]
  /// One a row, above 0: how many times it gives its points; `nil` where once each.
  public let amounts: [Double]?

  public init(rows: [Int32], amounts: [Double]? = nil) {
    precondition(amounts.map { $0.count == rows.count } ?? true, "one amount a row")
    self.rows = rows
    self.amounts = amounts
  }

  /// Gives each row with its amount to `body`.
  @inline(__always)
  func visit(_ body: (_ row: Int, _ amount: Double) -> Void) {
    guard let amounts else {
      for row in rows { body(Int(row), 1) }
      return
    }
    for (row, amount) in zip(rows, amounts) { body(Int(row), amount) }
  }
}
