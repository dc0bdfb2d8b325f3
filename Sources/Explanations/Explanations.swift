/// What each column gives to the log-odds of some leads.
///
/// A lead's contributions add up to its log-odds less the baseline.
public struct Explanations: Sendable, Equatable {
  /// The source columns of the model's features.
  public let columns: [String]
  /// The log-odds that contributions are told against.
  public let baseline: Double
  public let rowCount: Int
  /// Rows × columns, row-major, in log-odds.
  public let contributions: [Double]

  public init(columns: [String], baseline: Double, rowCount: Int, contributions: [Double]) {
    precondition(contributions.count == rowCount * columns.count, "one value a row and column")
    self.columns = columns
    self.baseline = baseline
    self.rowCount = rowCount
    self.contributions = contributions
  }

  /// One lead's contributions, in the order of `columns`.
  public func contributions(row: Int) -> ArraySlice<Double> {
    contributions[row * columns.count..<(row + 1) * columns.count]
  }
}
