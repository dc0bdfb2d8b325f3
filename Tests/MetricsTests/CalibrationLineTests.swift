import Foundation
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

  // More distinct probabilities than are kept apart at first: the polished path.
  @Test(arguments: [2_500, 20_000])
  func manyLeadsSolveTheScoreEquations(count: Int) throws {
    let labels = (0..<count).map { UInt8(uniform(5, $0) < 0.4 * uniform(6, $0) ? 1 : 0) }
    let probabilities = (0..<count).map { 0.9 * uniform(6, $0) * uniform(7, $0) }
    let line = try #require(calibrationLine(labels: labels, probabilities: probabilities))
    let (slope, intercept) = (try #require(line.slope), try #require(line.intercept))
    var (free0, free1, held) = (0.0, 0.0, 0.0)
    var (h00, h01, h11) = (0.0, 0.0, 0.0)
    for row in 0..<count {
      let logit = log(probabilities[row] / (1 - probabilities[row]))
      let fitted = 1 / (1 + exp(-intercept.value - slope.value * logit))
      free0 += Double(labels[row]) - fitted
      free1 += (Double(labels[row]) - fitted) * logit
      held += Double(labels[row]) - 1 / (1 + exp(-line.inTheLarge.value - logit))
      h00 += fitted * (1 - fitted)
      h01 += fitted * (1 - fitted) * logit
      h11 += fitted * (1 - fitted) * logit * logit
    }
    // An error of 1e-11 in the line moves these sums by about that times the rows.
    #expect(max(abs(free0), abs(free1), abs(held)) < 1e-10 * Double(count))
    let determinant = h00 * h11 - h01 * h01
    #expect(agrees(slope.standardError, (h00 / determinant).squareRoot(), to: 1e-7))
    #expect(agrees(intercept.standardError, (h11 / determinant).squareRoot(), to: 1e-7))
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
