import Models
import Testing
import Validation

@testable import Calibration

@Suite struct FittedCalibrationTests {
  @Test func aSteadyHistoryIsCalibratedAndJudged() throws {
    let leads = CalibrationLeads(3_000, seed: 1, truth: { 0.8 * $0 })
    let folds = try Folds.stratified(labels: leads.labels, count: 5, seed: 1)
    let fitted = try FittedCalibration(
      CalibrationEvidence(
        folds: folds, rawPredictions: leads.raw, labels: leads.labels,
        times: leads.raw.indices.map(Double.init))
    ) { _ in
      Issue.record("nothing drifted")
      return []
    }
    #expect(fitted.drift == nil && fitted.shift == nil)
    #expect(fitted.calibrator.form == .quadratic && fitted.calibrator.shift == 0)
    #expect(try #require(fitted.figures).isConsistent)
    #expect(fitted.logOdds.count == 3_000)
  }

  // The rate rises by 1 in log-odds at six tenths of the history. Fold models lag behind; the final model is
  // given here as knowing half of the rise.
  @Test func aDriftIsMeasuredOnTheFinalModel() throws {
    let count = 12_000
    var numbers = SeededNumbers(seed: 2)
    var (raw, labels): ([Double], [UInt8]) = ([], [])
    for row in 0..<count {
      let value = -1.4 + 1.2 * numbers.normal()
      raw.append(value)
      labels.append(numbers.uniform() < logistic(value + (row < 7_200 ? 0 : 1)) ? 1 : 0)
    }
    let folds = try Folds.forward(times: (0..<count).map(Double.init), count: 5)
    let rows = folds.validatedRows
    let evidence = CalibrationEvidence(
      folds: folds, rawPredictions: rows.map { raw[$0] }, labels: rows.map { labels[$0] },
      times: rows.map(Double.init))
    let fitted = try FittedCalibration(evidence) { positions in
      positions.map { evidence.rawPredictions[$0] + 0.5 }
    }
    let drift = try #require(fitted.drift)
    #expect(abs(drift.shift.value - 1) < 3 * drift.shift.standardError)
    let shift = try #require(fitted.shift)
    #expect(abs(shift.value - 0.5) < 3 * shift.standardError + 0.05)
    #expect(fitted.calibrator.shift == shift.value)
    // The interval is about the shifted probability.
    let own = fitted.calibrator.logOdds(ofRawPrediction: -1.4)
    let bounds = fitted.interval.bounds(rawPrediction: -1.4, logOdds: own)
    let middle = (bounds.low + bounds.high) / 2
    #expect(abs(middle - probability(fromRawPrediction: own)) < 0.02)
  }
}
