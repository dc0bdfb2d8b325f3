import Metrics

/// A model judged on leads that it was not fitted to.
public struct ModelValidation: Codable, Sendable, Equatable {
  /// How the leads were set apart: `5 folds at random`, `the latest 25% of the leads`.
  public let scheme: String
  public let figures: ProbabilityFigures

  public init(scheme: String, figures: ProbabilityFigures) {
    self.scheme = scheme
    self.figures = figures
  }
}

/// How much a source column moves the log-odds.
public struct ColumnStrength: Codable, Sendable, Equatable {
  public let column: String
  /// The standard deviation, over the training leads, of what the column adds to the log-odds.
  public let standardDeviation: Double

  public init(column: String, standardDeviation: Double) {
    self.column = column
    self.standardDeviation = standardDeviation
  }
}
