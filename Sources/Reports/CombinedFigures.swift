import Metrics
import Models

/// Model and rules put together by a fit, on the leads of a comparison, beside either alone.
public struct CombinedFigures: Codable, Sendable, Equatable {
  /// The combination against one of the two.
  public struct Against: Codable, Sendable, Equatable {
    /// The combination's AUC less the other's; `nil` with fewer than two won or lost.
    public let aucTest: PairedAUCTest?
    /// The combination's mean log loss less the other's: below 0 where the combination is better.
    public let logLoss: LogLossDifference

    public init(aucTest: PairedAUCTest?, logLoss: LogLossDifference) {
      self.aucTest = aucTest
      self.logLoss = logLoss
    }

    /// Whether it is better beyond chance, by log loss.
    public var isBetter: Bool { logLoss.interval.map { $0.high < 0 } ?? false }
    public var isWorse: Bool { logLoss.interval.map { $0.low > 0 } ?? false }
  }

  /// Whether putting them together pays, by log loss.
  public enum Verdict: String, Codable, Sendable {
    case beatsBoth
    /// Better than the rules, and not told apart from the model.
    case modelDoesAsWell
    /// Better than the model, and not told apart from the rules.
    case rulesDoAsWell
    /// Told apart from neither.
    case notDistinguishable
    /// Worse than one of the two beyond chance.
    case worse
  }

  /// How they were put together; `nil` where scores alone are known, as in an out-of-fold file.
  public let combination: RuleCombination?
  public let contender: ComparisonReport.Contender
  public let logLoss: Double
  /// Of the rules' own probabilities, by the line that the fit put through their score.
  public let rulesLogLoss: Double
  public let brier: Double
  public let againstModel: Against
  public let againstRules: Against
  public let verdict: Verdict

  public init(
    combination: RuleCombination?, contender: ComparisonReport.Contender, logLoss: Double,
    rulesLogLoss: Double, brier: Double, againstModel: Against, againstRules: Against
  ) {
    self.combination = combination
    self.contender = contender
    self.logLoss = logLoss
    self.rulesLogLoss = rulesLogLoss
    self.brier = brier
    self.againstModel = againstModel
    self.againstRules = againstRules
    let isWorse = againstModel.isWorse || againstRules.isWorse
    verdict =
      switch (againstModel.isBetter, againstRules.isBetter) {
      case _ where isWorse: .worse
      case (true, true): .beatsBoth
      case (false, true): .modelDoesAsWell
      case (true, false): .rulesDoAsWell
      case (false, false): .notDistinguishable
      }
  }
}
