import Features
import LogisticTraining
import Metrics
import Models
import Parallel
import Testing
import Validation

@testable import Calibration

/// Draws of training leads with known probabilities: how often intervals hold the mean true probability of
/// the leads in a tenth of the scores. The whole of it is `Benchmarks/interval_jobs.py`.
@Suite struct IntervalCoverageTests {
  private let layout = FeatureLayout(
    numbers: (0..<8).map { NumberFeature(name: "n\($0)", source: "n\($0)") }, groups: [])
  private let effects = [0.9, 0.6, 0.4, -0.4, 0.2, 0, 0, 0]

  private struct Leads {
    let matrix: FeatureMatrix
    let probabilities: [Double]
    let labels: [UInt8]
  }

  private func leads(_ count: Int, seed: UInt64) -> Leads {
    var numbers = SeededNumbers(seed: seed)
    var (values, probabilities, labels): ([Double], [Double], [UInt8]) = ([], [], [])
    for _ in 0..<count {
      var logOdds = -1.4
      for effect in effects {
        let value = numbers.normal()
        values.append(value)
        logOdds += effect * value
      }
      probabilities.append(logistic(logOdds))
      labels.append(numbers.uniform() < probabilities[probabilities.count - 1] ? 1 : 0)
    }
    return Leads(
      matrix: FeatureMatrix(layout: layout, rowCount: count, numbers: values, codes: []),
      probabilities: probabilities, labels: labels)
  }

  private func rows(_ leads: Leads, _ rows: [Int]) -> FeatureMatrix {
    FeatureMatrix(
      layout: layout, rowCount: rows.count,
      numbers: rows.flatMap { leads.matrix.numbers[$0 * 8..<($0 + 1) * 8] }, codes: [])
  }

  @Test(arguments: [(300, 30), (1_500, 6)])
  func intervalsHoldTheTruthAsOftenAsTheySay(count: Int, draws: Int) throws {
    let pool = WorkerPool(threadCount: 1)
    let trainer = try LogisticTrainer(LogisticOptions(penalty: 3))
    let future = leads(3_000, seed: 999)
    var held = [Int](repeating: 0, count: 10)
    var widths = 0.0
    for draw in 0..<draws {
      let history = leads(count, seed: UInt64(draw))
      let folds = try Folds.stratified(labels: history.labels, count: 5, seed: 1)
      var raw = [Double](repeating: 0, count: count)
      for fold in 0..<folds.count {
        let training = folds.trainingRows(fold)
        let fit = try trainer.fit(
          rows(history, training), labels: training.map { history.labels[$0] }, pool: pool)
        let validation = folds.validationRows(fold)
        for (row, value) in zip(
          validation, fit.model.rawPredictions(rows(history, validation), pool: pool))
        {
          raw[row] = value
        }
      }
      let calibrator = try CalibratorFitter().fit(rawPredictions: raw, labels: history.labels)
      let interval = try ProbabilityIntervalFitter().fit(
        rawPredictions: raw, labels: history.labels)
      let final = try trainer.fit(history.matrix, labels: history.labels, pool: pool).model
      let scores = final.rawPredictions(future.matrix, pool: pool)
      let bounds = interval.bounds(
        rawPredictions: scores, logOdds: calibrator.logOdds(ofRawPredictions: scores))
      let order = scores.indices.sorted { scores[$0] < scores[$1] }
      for tenth in 0..<10 {
        let part = order[tenth * 300..<(tenth + 1) * 300]
        func mean(_ value: (Int) -> Double) -> Double { part.reduce(0) { $0 + value($1) } / 300 }
        let truth = mean { future.probabilities[$0] }
        let (low, high) = (mean { bounds[$0].low }, mean { bounds[$0].high })
        if low <= truth, truth <= high { held[tenth] += 1 }
        let leadsOfTenth = Double(count) / 10
        let wilson = try #require(
          ConfidenceInterval.wilson(
            conversions: truth * leadsOfTenth, leads: leadsOfTenth, level: 0.9))
        widths += (high - low) / (wilson.high - wilson.low)
      }
    }
    let share = Double(held.reduce(0, +)) / Double(10 * draws)
    // Tenths of one draw err together, so the share is good to about 0.05 at these draws.
    #expect(share >= 0.84 && share <= 0.985, "held \(held) of \(draws)")
    #expect(widths / Double(10 * draws) < 1, "\(widths / Double(10 * draws)) of Wilson's width")
  }
}
