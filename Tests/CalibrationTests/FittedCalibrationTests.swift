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
        times: leads.raw.indices.map(Double.init)))
    #expect(fitted.drift == nil)
    #expect(fitted.calibrator.form == .quadratic && fitted.calibrator.shift == 0)
    #expect(try #require(fitted.figures).isConsistent)
    #expect(fitted.logOdds.count == 3_000)
  }

  // The rate rises by 1 in log-odds at six tenths of the history, and models know of it by the leads that they
  // learned from.
  @Test func aDriftMovesWhatScores() throws {
    let count = 12_000
    var numbers = SeededNumbers(seed: 2)
    let folds = try Folds.forward(times: (0..<count).map(Double.init), count: 5)
    var (raw, labels): ([Double], [UInt8]) = ([], [])
    for row in 0..<count {
      let value = -1.4 + 1.2 * numbers.normal()
      let fold = max(0, Double(folds.assignment[row]))
      let known = max(0, 0.5 + 0.1 * fold - 0.6) / (0.5 + 0.1 * fold)
      raw.append(value + known)
      labels.append(numbers.uniform() < logistic(value + (row < 7_200 ? 0 : 1)) ? 1 : 0)
    }
    let rows = folds.validatedRows
    let fitted = try FittedCalibration(
      CalibrationEvidence(
        folds: folds, rawPredictions: rows.map { raw[$0] }, labels: rows.map { labels[$0] },
        times: (0..<count).map(Double.init)))
    let drift = try #require(fitted.drift)
    // A model of all leads knows four tenths of the rise, and a little more, as later leads say more.
    #expect(abs(drift.shift.value - 0.57) < 0.15)
    #expect(fitted.calibrator.shift == drift.shift.value)
    // The interval is about the shifted probability.
    let own = fitted.calibrator.logOdds(ofRawPrediction: -1.4)
    let bounds = fitted.interval.bounds(rawPrediction: -1.4, logOdds: own)
    let middle = (bounds.low + bounds.high) / 2
    #expect(abs(middle - probability(fromRawPrediction: own)) < 0.02)
  }
}
