import Models
import Testing

@testable import Calibration

@Suite struct ProbabilityIntervalFitterTests {
  @Test func intervalsAscendAndHoldTheProbability() throws {
    let leads = CalibrationLeads(2_000, seed: 1, truth: { 0.9 * $0 })
    let interval = try ProbabilityIntervalFitter().fit(
      rawPredictions: leads.raw, labels: leads.labels)
    let calibrator = try CalibratorFitter().fit(rawPredictions: leads.raw, labels: leads.labels)
    var last = (low: 0.0, high: 0.0)
    for raw in stride(from: -12.0, through: 10, by: 0.01) {
      let logOdds = calibrator.logOdds(ofRawPrediction: raw)
      let bounds = interval.bounds(rawPrediction: raw, logOdds: logOdds)
      let own = probability(fromRawPrediction: logOdds)
      #expect(bounds.low <= own && own <= bounds.high)
      #expect(last.low <= bounds.low && last.high <= bounds.high)
      last = (bounds.low, bounds.high)
    }
  }

  @Test func oneScoreForAllGivesTheIntervalOfTheRate() throws {
    let labels = (0..<400).map { UInt8($0 % 4 == 0 ? 1 : 0) }
    let interval = try ProbabilityIntervalFitter().fit(
      rawPredictions: [Double](repeating: -1.1, count: 400), labels: labels)
    let bounds = interval.bounds(rawPrediction: -1.1, logOdds: -1.0986)
    // 1.645 × 1.15 × √(0.25 × 0.75 / 400) = 0.041 about 0.25.
    #expect(abs(bounds.low - 0.211) < 0.003)
    #expect(abs(bounds.high - 0.293) < 0.003)
  }

  @Test func accountsThatAgreeWidenTheInterval() throws {
    let leads = CalibrationLeads(500, seed: 2)
    // Every lead of an account does what its first does.
    let raw = leads.raw.flatMap { [Double](repeating: $0, count: 4) }
    let labels = leads.labels.flatMap { [UInt8](repeating: $0, count: 4) }
    let accounts = (0..<500).flatMap { [Int32](repeating: Int32($0), count: 4) }
    let apart = try ProbabilityIntervalFitter().fit(rawPredictions: raw, labels: labels)
    let together = try ProbabilityIntervalFitter().fit(
      rawPredictions: raw, labels: labels, accounts: accounts)
    let middle = apart.knots.count / 2
    let ratio =
      (together.highs[middle] - together.lows[middle]) / (apart.highs[middle] - apart.lows[middle])
    // Four times fewer independent leads: twice as wide, to the sampling of 500 accounts.
    #expect(abs(ratio - 2) < 0.3)
  }
}
