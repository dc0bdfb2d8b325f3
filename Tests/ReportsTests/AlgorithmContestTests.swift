import Metrics
import Testing

@testable import Reports

@Suite struct AlgorithmContestTests {
  /// Contenders on one won and one lost lead, each predicted alike: the log loss is −ln p.
  private func contest(_ chosen: Double, _ other: Double) throws -> AlgorithmContest {
    func figures(_ loss: Double) throws -> ProbabilityFigures {
      try #require(
        ProbabilityFigures(
          labels: [1, 0], probabilities: [Self.exponential(-loss), 1 - Self.exponential(-loss)]))
    }
    return AlgorithmContest(
      chosen: .init(algorithm: "Gradient-boosted trees", figures: try figures(chosen)),
      interval: nil,
      others: [
        .init(
          contender: .init(algorithm: "Logistic regression", figures: try figures(other)),
          logLossDifference: other - chosen, interval: nil)
      ])
  }

  /// By its series, for want of a library in these tests.
  private static func exponential(_ x: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    for power in 1...60 {
      term *= x / Double(power)
      sum += term
    }
    return sum
  }

  @Test func theDifferenceIsThatOfTheFiguresAsPrinted() throws {
    // Apart by .00090, which would round to .0009 beside figures .0008 apart.
    let sentence = try contest(0.273_849, 0.274_70).sentence
    #expect(sentence.contains("trees 0.2738 · logistic regression 0.2747"))
    #expect(sentence.contains("by 0.0009,"))
    let rounded = try contest(0.273_751, 0.274_649).sentence
    #expect(rounded.contains("trees 0.2738 · logistic regression 0.2746"))
    #expect(rounded.contains("by 0.0008,"))
  }

  @Test func figuresThatDifferArePrintedSo() throws {
    let sentence = try contest(0.273_801, 0.273_803).sentence
    #expect(sentence.contains("trees 0.273801 · logistic regression 0.273803"))
    #expect(sentence.contains("by 0.000002,"))
  }

  @Test func aBlendSaysWhatItAddsUpAndWhatItsMembersAreAlone() throws {
    let two = try contest(0.2738, 0.2750)
    let blend = AlgorithmContest(
      chosen: two.chosen, interval: ConfidenceInterval(low: 0.2698, high: 0.2778),
      blend: [
        .init(name: "Gradient-boosted trees", weight: 0.6, logLoss: 0.2750),
        .init(name: "Logistic regression", weight: 0.4, logLoss: 0.2794),
      ],
      others: [
        .init(
          contender: try contest(0.2750, 0.28).chosen, logLossDifference: 0.0012, interval: nil),
        .init(
          contender: try contest(0.28, 0.2794).others[0].contender, logLossDifference: 0.0056,
          interval: nil),
      ])
    #expect(
      blend.sentence
        == "Chosen: gradient-boosted trees 0.60 + logistic regression 0.40. Log loss out of fold "
        + "(lower is better): alone 0.2750 and 0.2794, together 0.2738 ± 0.0040. It is ahead of the "
        + "next best, gradient-boosted trees, by 0.0012, which may be chance.")
  }
}
