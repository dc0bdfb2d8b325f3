/// How columns become features.
public struct FeatureOptions: Codable, Sendable, Equatable {
  /// The forms that a number takes.
  public enum NumberForms: String, Codable, Sendable, CaseIterable {
    /// The standardised value alone.
    case linear
    /// The value, its signed logarithm and indicators of quantile bins: bends and steps included.
    case full
  }

  public var numbers: NumberForms
  /// Quantile bins a number; fewer where values repeat.
  public var binCount: Int
  /// A level needs this share of the rows to have an indicator of its own …
  public var minimumLevelShare: Double
  /// … and at least this many rows; the rest are pooled.
  public var minimumLevelRows: Double

  /// The defaults are those measured for the logistic side: 20 bins, levels of 0.2% and 20 rows.
  public init(
    numbers: NumberForms = .full, binCount: Int = 20, minimumLevelShare: Double = 0.002,
    minimumLevelRows: Double = 20
  ) {
    self.numbers = numbers
    self.binCount = binCount
    self.minimumLevelShare = minimumLevelShare
    self.minimumLevelRows = minimumLevelRows
  }

  /// A bin's indicator counts half, so that the value and its logarithm carry the trend and the bins
  /// only what bends away from it; halving a feature is quadrupling its coefficient's penalty.
  static let binPenaltyFactor: Double = 4
}
