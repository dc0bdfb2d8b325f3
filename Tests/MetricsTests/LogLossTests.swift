import Metrics
import Testing

@Suite struct LogLossTests {
  @Test(arguments: MetricsFixture.all)
  func equalsScikitLearn(_ leads: MetricsFixture.Case) {
    let loss = logLoss(
      labels: leads.labels, probabilities: leads.probabilities, weights: leads.weights)
    #expect(agrees(loss, leads.logLoss, to: 1e-12))
  }

  @Test func aWrongCertaintyCostsThirtySixNats() {
    // −ln 2⁻⁵², the documented clip.
    #expect(agrees(logLoss(labels: [1], probabilities: [0]), 36.043_653_389_117_15, to: 1e-14))
    #expect(logLoss(labels: [1, 0], probabilities: [1, 0]).map { $0 < 1e-15 } == true)
  }

  @Test func oneHalfCostsLogTwo() {
    #expect(
      agrees(
        logLoss(labels: [1, 0, 0], probabilities: [0.5, 0.5, 0.5]), 0.693_147_180_559_945_3,
        to: 1e-15))
  }

  @Test func noLeadsHaveNoLoss() {
    #expect(logLoss(labels: [], probabilities: []) == nil)
    #expect(logLoss(labels: [1], probabilities: [0.5], weights: [0]) == nil)
  }

  @Test func aMillionEqualLossesAverageToOne() {
    // The compensated sum: a plain one is off by 1e-11 here.
    let count = 1_000_000
    let loss = logLoss(
      labels: [UInt8](repeating: 1, count: count),
      probabilities: [Double](repeating: 0.1, count: count))
    #expect(agrees(loss, 2.302_585_092_994_045_7, to: 1e-15))
  }
}
