import Models

/// Grown trees, and how they did on the validation rows.
public struct BoostingFit: Sendable, Equatable {
  /// All rounds that were grown, those after the best one included.
  public let ensemble: TreeEnsemble
  /// Trees that each round added: one a member.
  public let treesPerRound: Int
  /// Mean log loss of the validation rows after each round; empty without validation rows.
  public let validationLosses: [Double]
  /// Rounds at the lowest validation loss, the first of equals; all rounds without validation rows.
  public let bestRound: Int
  /// Whether growth ended because the validation loss no longer fell.
  public let stoppedEarly: Bool

  public init(
    ensemble: TreeEnsemble, treesPerRound: Int = 1, validationLosses: [Double], bestRound: Int,
    stoppedEarly: Bool
  ) {
    self.ensemble = ensemble
    self.treesPerRound = treesPerRound
    self.validationLosses = validationLosses
    self.bestRound = bestRound
    self.stoppedEarly = stoppedEarly
  }

  /// The ensemble as it was after some of the rounds.
  public func ensemble(rounds: Int) -> TreeEnsemble {
    ensemble.prefix(rounds * treesPerRound)
  }
}
