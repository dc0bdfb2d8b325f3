import Metrics
import Models

/// The figures of a version that a registry lists, on leads that it was not fitted to; all of them are
/// in the model file.
public struct ValidationFigures: Codable, Sendable, Equatable {
  public let scheme: String
  public let leads: Double
  public let conversions: Double
  public let logLoss: Double
  public let brier: Double
  /// `nil` where either outcome is missing, as for the interval's ends with fewer than two of either.
  public let auc: Double?
  public let aucLow: Double?
  public let aucHigh: Double?

  public init(_ validation: ModelValidation) {
    let figures = validation.figures
    scheme = validation.scheme
    leads = figures.leads
    conversions = figures.conversions
    logLoss = figures.logLoss
    brier = figures.brier.score
    auc = figures.auc?.value
    aucLow = figures.auc?.interval?.low
    aucHigh = figures.auc?.interval?.high
  }
}
