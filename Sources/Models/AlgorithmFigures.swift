import Metrics

/// An algorithm that was fitted on the same folds as the chosen one, and how far behind it came.
public struct AlgorithmFigures: Codable, Sendable, Equatable {
  /// As in `TrainingRecord.algorithm`: `Logistic regression`, `Gradient-boosted trees`.
  public let algorithm: String
  /// On the leads that the chosen algorithm's out-of-fold figures are of.
  public let outOfFold: ModelValidation
  /// Its mean log loss out of fold less that of the chosen algorithm, lead by lead: above zero where
  /// the chosen one is better.
  public let logLossDifference: Double
  /// Of the difference, paired by lead; `nil` where there are too few leads for one.
  public let interval: ConfidenceInterval?

  public init(
    algorithm: String, outOfFold: ModelValidation, logLossDifference: Double,
    interval: ConfidenceInterval?
  ) {
    self.algorithm = algorithm
    self.outOfFold = outOfFold
    self.logLossDifference = logLossDifference
    self.interval = interval
  }
}
