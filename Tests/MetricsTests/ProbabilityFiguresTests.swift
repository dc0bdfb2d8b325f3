import Metrics
import Testing

@Suite struct ProbabilityFiguresTests {
  @Test(arguments: MetricsFixture.all)
  func gatherWhatTheSingleMeasuresGive(_ leads: MetricsFixture.Case) throws {
    let figures = try #require(
      ProbabilityFigures(
        labels: leads.labels, probabilities: leads.probabilities, weights: leads.weights))
    #expect(agrees(figures.auc?.value, leads.auc, to: 1e-12))
    #expect(agrees(figures.logLoss, leads.logLoss, to: 1e-12))
    #expect(agrees(figures.brier.score, leads.brier, to: 1e-12))
    #expect(agrees(figures.ici, leads.ici, to: 1e-9))
    #expect(figures.topShares.map(\.share) == [0.1, 0.2])
  }

  @Test func oneClassLeavesOutWhatNeedsTwo() throws {
    let figures = try #require(ProbabilityFigures(labels: [0, 0], probabilities: [0.1, 0.2]))
    #expect(figures.auc == nil)
    #expect(figures.calibration == nil)
    #expect(figures.ici == nil)
    #expect(figures.conversions == 0)
    #expect(figures.baseRateLogLoss >= 0)
    #expect(ProbabilityFigures(labels: [], probabilities: []) == nil)
  }
}
