import Metrics
import Testing

@Suite struct CalibrationCurveTests {
  // The same local lines, solved about another origin: rounding only.
  @Test(arguments: MetricsFixture.all)
  func equalsStatsmodelsLowess(_ leads: MetricsFixture.Case) throws {
    let curve = try #require(
      calibrationCurve(
        labels: leads.labels, probabilities: leads.probabilities, weights: leads.weights))
    #expect(agrees(curve.ici, leads.ici, to: 1e-9))
    #expect(agrees(curve.largestError, leads.largestError, to: 1e-9))
  }

  @Test func mergedGroupsChangeTheIndexInTheFifthDigitOnly() throws {
    // 1,900 distinct probabilities are smoothed one by one; written four times with a shift far below
    // the span they are 7,600 and merged.
    let count = 1_900
    let labels = (0..<count).map { UInt8(uniform(5, $0) < 0.3 * uniform(6, $0) ? 1 : 0) }
    let probabilities = (0..<count).map { 0.25 * uniform(6, $0) + 0.02 }
    let exact = try #require(calibrationCurve(labels: labels, probabilities: probabilities))
    let merged = try #require(
      calibrationCurve(
        labels: labels + labels + labels + labels,
        probabilities: (0..<4).flatMap { copy in
          probabilities.map { $0 + 1e-9 * Double(copy) }
        }))
    #expect(exact.points.count == count)
    #expect(merged.points.count <= 2_000)
    #expect(abs(exact.ici - merged.ici) < 2e-5)
  }

  @Test func aConstantProbabilityIsJudgedByTheBaseRate() throws {
    let curve = try #require(
      calibrationCurve(labels: [1, 0, 0, 0], probabilities: [0.5, 0.5, 0.5, 0.5]))
    #expect(curve.ici == 0.25)
    #expect(curve.medianError == 0.25)
  }

  @Test func oneClassHasNoCurve() {
    #expect(calibrationCurve(labels: [0, 0], probabilities: [0.4, 0.5]) == nil)
  }
}
