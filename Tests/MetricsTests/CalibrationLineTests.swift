import Metrics
import Testing

@Suite struct CalibrationLineTests {
  // statsmodels stops at a relative change in deviance of 1e-14; its coefficients are good to 1e-8.
  @Test(arguments: MetricsFixture.all)
  func equalsStatsmodels(_ leads: MetricsFixture.Case) throws {
    let line = try #require(
      calibrationLine(
        labels: leads.labels, probabilities: leads.probabilities, weights: leads.weights))
    let expected = leads.calibration
    #expect(agrees(line.inTheLarge.value, expected.inTheLarge, to: 1e-7))
    #expect(agrees(line.inTheLarge.standardError, expected.inTheLargeError, to: 1e-7))
    #expect(agrees(line.slope?.value, expected.slope, to: 1e-7))
    #expect(agrees(line.slope?.standardError, expected.slopeError, to: 1e-7))
    #expect(agrees(line.intercept?.value, expected.intercept, to: 1e-7))
    #expect(agrees(line.intercept?.standardError, expected.interceptError, to: 1e-7))
  }

  @Test func separatedLeadsHaveNoSlope() throws {
    let line = try #require(
      calibrationLine(labels: [1, 1, 0, 0], probabilities: [0.9, 0.6, 0.6, 0.2]))
    #expect(line.slope == nil)
    #expect(line.intercept == nil)
  }

  @Test func constantProbabilitiesHaveAnInterceptOnly() throws {
    // Odds 1 to 3 seen against even odds given: ln(1/3).
    let line = try #require(
      calibrationLine(labels: [1, 0, 0, 0], probabilities: [0.5, 0.5, 0.5, 0.5]))
    #expect(agrees(line.inTheLarge.value, -1.098_612_288_668_109_8, to: 1e-12))
    #expect(line.slope == nil)
  }

  @Test func oneClassHasNoLine() {
    #expect(calibrationLine(labels: [1, 1], probabilities: [0.4, 0.5]) == nil)
  }
}
