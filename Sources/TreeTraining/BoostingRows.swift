import Features

/// Rows that trees are grown on or judged by.
public struct BoostingRows: Sendable {
  public let columns: BinnedColumns
  /// 0 or 1, one a row.
  public let labels: [UInt8]
  /// Frequency weights, one a row, finite and not negative; `nil` for 1 each. A row of weight 2 counts
  /// as two rows everywhere, the minimum of rows in a leaf included.
  public let weights: [Double]?
  /// What a row's random numbers are drawn from, one a row; `nil` takes the row's index. With
  /// identities the order of the rows makes no difference, and copies of a row that share their
  /// identity are drawn, or not, together.
  public let identities: [UInt64]?

  public init(
    columns: BinnedColumns, labels: [UInt8], weights: [Double]? = nil, identities: [UInt64]? = nil
  ) {
    precondition(labels.count == columns.rowCount, "one label a row")
    precondition(weights.map { $0.count == labels.count } ?? true, "one weight a row")
    precondition(identities.map { $0.count == labels.count } ?? true, "one identity a row")
    self.columns = columns
    self.labels = labels
    self.weights = weights
    self.identities = identities
  }

  public var count: Int { labels.count }

  /// - Throws: ``BoostingError`` where a label is neither 0 nor 1, or a weight is negative or not finite.
  func validated() throws -> BoostingRows {
    if let row = labels.firstIndex(where: { $0 > 1 }) {
      throw BoostingError.badLabel(row: row, found: labels[row])
    }
    if let weights, let row = weights.firstIndex(where: { !($0 >= 0) || !$0.isFinite }) {
      throw BoostingError.badWeight(row: row, found: weights[row])
    }
    return self
  }
}
