import Models

/// Grown trees, and how they did on the validation rows.
public struct BoostingFit: Sendable, Equatable {
  /// All rounds that were grown, those after the best one included.
  public let ensemble: TreeEnsemble
  /// Mean log loss of the validation rows after each round; empty without validation rows.
  public let validationLosses: [Double]
  /// Trees at the lowest validation loss, the first of equals; all trees without validation rows.
  public let bestRound: Int
  /// Whether growth ended because the validation loss no longer fell.
  public let stoppedEarly: Bool

  public init(
    ensemble: TreeEnsemble, validationLosses: [Double], bestRound: Int, stoppedEarly: Bool
  ) {
    self.ensemble = ensemble
    self.validationLosses = validationLosses
    self.bestRound = bestRound
    self.stoppedEarly = stoppedEarly
  }
}
