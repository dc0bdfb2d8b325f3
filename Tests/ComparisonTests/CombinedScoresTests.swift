import Comparison
import Metrics
import Models
import Reports
import Testing

@Suite struct CombinedScoresTests {
  private let labels: [UInt8] = (0..<60).map { $0 % 3 == 0 ? 1 : 0 }

  /// Predictions that are right about as many leads as said, of sixty.
  private func probabilities(_ right: Int, _ sure: Double = 0.8) -> [Double] {
    labels.indices.map { row in
      let isRight = row < right
      return (labels[row] == 1) == isRight ? sure : 1 - sure
    }
  }

  private func report(
    model: [Double], rules: [Double], together: [Double]
  ) throws -> CombinedFigures {
    let report = try compare(
      labels: labels, probabilities: model, ruleScores: rules.map { $0 * 100 },
      population: .newData,
      combined: CombinedScores(
        combination: nil, probabilities: together, ruleProbabilities: rules))
    return try #require(report.combined)
  }

  @Test(arguments: [
    (40, 40, 58, CombinedFigures.Verdict.beatsBoth), (58, 40, 58, .modelDoesAsWell),
    (40, 58, 58, .rulesDoAsWell), (50, 50, 50, .notDistinguishable), (58, 58, 40, .worse),
  ])
  func theVerdictIsOfTheLossesAlone(
    model: Int, rules: Int, together: Int, verdict: CombinedFigures.Verdict
  ) throws {
    let found = try report(
      model: probabilities(model), rules: probabilities(rules), together: probabilities(together))
    #expect(found.verdict == verdict)
    #expect(found.sentence.hasPrefix("Rules and model together"))
  }

  @Test func differencesAreTheCombinationsLessTheOthers() throws {
    let (model, rules, together) = (probabilities(50), probabilities(44, 0.7), probabilities(56))
    let found = try report(model: model, rules: rules, together: together)
    let losses = try [together, model, rules].map {
      try #require(logLoss(labels: labels, probabilities: $0))
    }
    #expect(abs(found.logLoss - losses[0]) < 1e-12)
    #expect(abs(found.rulesLogLoss - losses[2]) < 1e-12)
    #expect(abs(found.againstModel.logLoss.value - (losses[0] - losses[1])) < 1e-12)
    #expect(abs(found.againstRules.logLoss.value - (losses[0] - losses[2])) < 1e-12)
    let test = try #require(found.againstModel.aucTest)
    #expect(test.first.value == found.contender.auc?.value && test.difference > 0)
    #expect(found.brier == brierScore(labels: labels, probabilities: together))
  }

  @Test func aCombinationGivesLeadsWhatItSays() {
    let combination = RuleCombination(
      rulesDigest: nil, pointsColumn: "points",
      rules: .init(lowest: 10, highest: 50, intercept: -2, slope: 0.05), rulesLogLoss: 1,
      modelLogLoss: 1,
      forms: [
        .init(
          kind: .prior, intercept: 0.1, modelWeight: 0.75, rulesWeight: 0.25, logLoss: 1, auc: nil)
      ])
    let scores = CombinedScores(
      combination, model: [0.5, 0.5, 0.5, 0, 1], ruleScores: [30, -100, 1e9, 30, 30])
    let logOdds = [-0.5, -1.5, 0.5].map { 0.1 + 0.25 * $0 }
    for (row, raw) in logOdds.enumerated() {
      #expect(abs(scores.probabilities[row] - probability(fromRawPrediction: raw)) < 1e-12)
    }
    #expect(scores.probabilities[3] < 1e-200 && scores.probabilities[4] > 1 - 1e-11)
    #expect(abs(scores.ruleProbabilities[0] - probability(fromRawPrediction: -0.5)) < 1e-12)
  }
}
