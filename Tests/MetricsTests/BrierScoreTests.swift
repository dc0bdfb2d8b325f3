import Metrics
import Testing

@Suite struct BrierScoreTests {
  @Test(arguments: MetricsFixture.all)
  func equalsScikitLearn(_ leads: MetricsFixture.Case) {
    let score = brierScore(
      labels: leads.labels, probabilities: leads.probabilities, weights: leads.weights)
    #expect(agrees(score, leads.brier, to: 1e-12))
  }

  @Test(arguments: MetricsFixture.all)
  func partsAddUpToTheScore(_ leads: MetricsFixture.Case) throws {
    let parts = try #require(
      brierDecomposition(
        labels: leads.labels, probabilities: leads.probabilities, weights: leads.weights))
    let sum = parts.reliability - parts.resolution + parts.uncertainty + parts.withinBins
    #expect(agrees(sum, leads.brier, to: 1e-12))
  }

  @Test func murphysThreePartsSufficeWhereABinHoldsOneProbability() throws {
    // Five leads at 0.2 (one won), five at 0.6 (four won): by hand.
    let labels: [UInt8] = [1, 0, 0, 0, 0, 1, 1, 1, 1, 0]
    let probabilities = [Double](repeating: 0.2, count: 5) + [Double](repeating: 0.6, count: 5)
    let parts = try #require(
      brierDecomposition(labels: labels, probabilities: probabilities, bins: 2))
    #expect(agrees(parts.reliability, 0.5 * 0.04, to: 1e-15))
    #expect(agrees(parts.resolution, 0.09, to: 1e-15))
    #expect(parts.uncertainty == 0.25)
    #expect(abs(parts.withinBins) < 1e-15)
  }
}
