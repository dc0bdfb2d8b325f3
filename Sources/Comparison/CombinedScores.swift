import Metrics
import Models
import Reports

/// What a fit's combination of model and rules gives leads, one a lead.
public struct CombinedScores: Sendable, Equatable {
  /// `nil` where it is not known how they were put together.
  public let combination: RuleCombination?
  public let probabilities: [Double]
  /// The rules' own.
  public let ruleProbabilities: [Double]

  public init(
    combination: RuleCombination?, probabilities: [Double], ruleProbabilities: [Double]
  ) {
    self.combination = combination
    self.probabilities = probabilities
    self.ruleProbabilities = ruleProbabilities
  }

  /// Of some of the leads, where it is known how they were put together.
  public func gathered(
    _ rows: [Int], putTogetherBy combination: RuleCombination
  ) -> CombinedScores {
    CombinedScores(
      combination: combination, probabilities: rows.map { probabilities[$0] },
      ruleProbabilities: rows.map { ruleProbabilities[$0] })
  }

  /// Of leads that the fit did not see.
  /// - Parameters:
  ///   - model: the model's probabilities.
  ///   - ruleScores: of the rules that the combination was fitted with.
  public init(_ combination: RuleCombination, model: [Double], ruleScores: [Double]) {
    self.combination = combination
    probabilities = combination.probabilities(model: model, ruleScores: ruleScores)
    ruleProbabilities = combination.ruleProbabilities(ruleScores)
  }

  /// - Returns: `nil` without leads, or with leads of weight 0 alone.
  func figures(
    labels: [UInt8], model: [Double], weights: [Double]?, byModel: Ranking, byRules: Ranking,
    shares: [Double]
  ) -> CombinedFigures? {
    let ranking = Ranking(labels: labels, scores: probabilities, weights: weights)
    func against(_ other: [Double], _ rival: Ranking) -> CombinedFigures.Against? {
      logLossDifference(
        labels: labels, first: probabilities, second: other, weights: weights
      ).map {
        CombinedFigures.Against(
          aucTest: pairedAUCTest(labels: labels, first: ranking, second: rival, weights: weights),
          logLoss: $0)
      }
    }
    guard let againstModel = against(model, byModel),
      let againstRules = against(ruleProbabilities, byRules),
      let loss = logLoss(labels: labels, probabilities: probabilities, weights: weights),
      let rulesLoss = logLoss(labels: labels, probabilities: ruleProbabilities, weights: weights),
      let brier = brierScore(labels: labels, probabilities: probabilities, weights: weights)
    else { return nil }
    return CombinedFigures(
      combination: combination, contender: .init(ranking, shares: shares), logLoss: loss,
      rulesLogLoss: rulesLoss, brier: brier, againstModel: againstModel, againstRules: againstRules)
  }
}

extension ComparisonReport.Contender {
  init(_ ranking: Ranking, shares: [Double]) {
    self.init(
      auc: ranking.auc(), averagePrecision: ranking.averagePrecision,
      topShares: shares.compactMap { ranking.top(share: $0) }, gain: ranking.gainTable())
  }
}
