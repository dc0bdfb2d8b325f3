import Metrics
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
    // 1.645 × √(0.25 × 0.75 / 400) = 0.036 about 0.25, in log-odds and back.
    #expect(abs(bounds.low - 0.216) < 0.002)
    #expect(abs(bounds.high - 0.287) < 0.002)
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

  @Test func scoresThatPartWonFromLostGiveAFiniteInterval() throws {
    let raw = (0..<100).map { Double($0) / 20 - 2.5 }
    let labels = (0..<100).map { UInt8($0 < 70 ? 0 : 1) }
    let interval = try ProbabilityIntervalFitter().fit(rawPredictions: raw, labels: labels)
    let bounds = interval.bounds(rawPrediction: 0, logOdds: 0)
    #expect(bounds.low >= 0 && bounds.low < 0.5 && bounds.high > 0.5 && bounds.high <= 1)
  }

  /// The curve of a few wins far from all other leads ends where its slope takes it, and the bounds do not.
  @Test func noBoundGoesBeyondWhatTheLeadsCanTell() throws {
    let raw = (0..<400).map { Double($0) / 20 - 20 }
    let labels = (0..<400).map { UInt8($0 >= 392 ? 1 : 0) }
    let interval = try ProbabilityIntervalFitter().fit(rawPredictions: raw, labels: labels)
    let bounds = interval.bounds(rawPrediction: -19, logOdds: -9)
    // Beta(½, 400½) has a twentieth below 4.9e-6.
    #expect(abs(bounds.low - 4.9e-6) < 1e-7, "\(bounds)")
    #expect(bounds.high > 1.2e-4)
    // Its own probability is in it, whatever it is.
    #expect(interval.bounds(rawPrediction: -20, logOdds: -40).low < 1e-17)
  }

  @Test func fewConversionsWidenTheEndsAndNotTheMiddle() throws {
    let few = CalibrationLeads(300, seed: 3, truth: { 0.9 * $0 - 1 })
    var plain = IntervalOptions()
    plain.leadsForUsualSlope = 0
    let (wide, narrow) = (
      try ProbabilityIntervalFitter().fit(rawPredictions: few.raw, labels: few.labels),
      try ProbabilityIntervalFitter(options: plain).fit(
        rawPredictions: few.raw, labels: few.labels)
    )
    #expect(few.labels.count { $0 == 1 } < 200)
    let ratios = wide.knots.indices.map {
      (wide.highs[$0] - wide.lows[$0]) / (narrow.highs[$0] - narrow.lows[$0])
    }
    // One deviation from the mean 1.15 in place of 1.1. Farther out the order of bounds, and the end of what so
    // many leads can tell, have a say too.
    let mean = few.raw.reduce(0, +) / 300
    let deviation = (few.raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 300).squareRoot()
    for raw in [mean - deviation, mean + deviation] {
      let nearest = wide.knots.indices.min {
        abs(wide.knots[$0] - raw) < abs(wide.knots[$1] - raw)
      }
      let place = try #require(nearest)
      #expect(abs(ratios[place] - 1.15 / 1.1) < 0.005, "\(ratios[place])")
    }
    #expect((ratios.min() ?? 0) < 1.03)
  }

  @Test func oneOutcomeIsRefused() throws {
    #expect(throws: CalibrationError.oneClass(won: false, leads: 3)) {
      try ProbabilityIntervalFitter().fit(rawPredictions: [0, 1, 2], labels: [0, 0, 0])
    }
  }

  @Test func aShiftMovesTheIntervalAndItsErrorWidensIt() throws {
    let leads = CalibrationLeads(2_000, seed: 3)
    let plain = try ProbabilityIntervalFitter().fit(
      rawPredictions: leads.raw, labels: leads.labels)
    let shift = Estimate(
      value: 0.5, standardError: 0.2, interval: .normal(around: 0.5, standardError: 0.2))
    let moved = try ProbabilityIntervalFitter().fit(
      rawPredictions: leads.raw, labels: leads.labels, shift: shift)
    let middle = plain.knots.count / 2
    let centre = { (interval: ProbabilityInterval) in
      (interval.lows[middle] + interval.highs[middle]) / 2
    }
    let half = { (interval: ProbabilityInterval) in
      (interval.highs[middle] - interval.lows[middle]) / 2
    }
    #expect(abs(centre(moved) - centre(plain) - 0.5) < 0.01)
    // Of two independent errors the squares add up.
    let added = 1.644_853_6 * 0.2
    let expected = (half(plain) * half(plain) + added * added).squareRoot()
    #expect(abs(half(moved) - expected) < 0.01)
  }

  // The rate falls from fold to fold, which no fold's model knows of and the final one does.
  @Test func forwardFoldsLeaveTheirDriftOut() throws {
    let parts = (0..<5).map { fold in
      CalibrationLeads(2_000, seed: UInt64(fold), truth: { 0.9 * $0 - 0.4 * Double(fold) })
    }
    let (raw, labels) = (parts.flatMap(\.raw), parts.flatMap(\.labels))
    let folds = (0..<5).flatMap { [Int32](repeating: Int32($0), count: 2_000) }
    let calibrator = try CalibratorFitter().crossFitted(
      rawPredictions: raw, labels: labels, folds: folds, isForward: true
    ).calibrator
    let interval = try ProbabilityIntervalFitter().fit(
      rawPredictions: raw, labels: labels, forwardFolds: folds)
    for index in stride(from: 8, through: 56, by: 8) {
      let own = calibrator.logOdds(ofRawPrediction: interval.knots[index])
      #expect(interval.lows[index] < own && own < interval.highs[index])
      // About twice 1.645 to 2 standard errors of 10,000 leads.
      #expect(interval.highs[index] - interval.lows[index] < 0.4)
    }
  }
}
