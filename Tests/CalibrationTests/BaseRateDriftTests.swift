import Metrics
import Models
import Testing
import Validation

@testable import Calibration

@Suite struct BaseRateDriftTests {
  /// A history whose log-odds move with time, judged in forward folds by models that stand at the mean level
  /// of all leads before, and what a model of all would lie off `today`.
  private struct MovingHistory {
    let evidence: CalibrationEvidence
    let meanLevel: Double

    init(
      _ count: Int, seed: UInt64, base: Double = -1.8, accounts: ((Int) -> Int32)? = nil,
      level: (Double) -> Double
    ) throws {
      var numbers = SeededNumbers(seed: seed)
      let times = (0..<count).map { Double($0) / Double(count) }
      let folds = try Folds.forward(times: times, count: 5)
      var (scores, labels, information): ([Double], [UInt8], [Double]) = ([], [], [])
      for time in times {
        let score = base + 1.1 * numbers.normal()
        let chance = logistic(score + level(time))
        scores.append(score)
        labels.append(numbers.uniform() < chance ? 1 : 0)
        information.append(chance * (1 - chance))
      }
      func mean(_ rows: [Int]) -> Double {
        rows.reduce(0) { $0 + information[$1] * level(times[$1]) }
          / rows.reduce(0) { $0 + information[$1] }
      }
      let models = (0..<5).map { mean(folds.trainingRows($0)) }
      let rows = folds.validatedRows
      evidence = CalibrationEvidence(
        folds: folds,
        rawPredictions: rows.map { scores[$0] + models[Int(folds.assignment[$0])] },
        labels: rows.map { labels[$0] }, accounts: accounts.map { all in rows.map { all($0) } },
        times: times)
      meanLevel = mean(Array(0..<count))
    }

    func shift() throws -> BaseRateShift? {
      try BaseRateDrift().shift(evidence, logOdds: evidence.rawPredictions)
    }
  }

  /// How many of some histories of 3,000 leads are taken for a drift.
  private func shifts(_ histories: Int, level: (UInt64, Double) -> Double) throws -> Int {
    try (0..<UInt64(histories)).count { seed in
      try MovingHistory(3_000, seed: 100 + seed, level: { level(seed, $0) }).shift() != nil
    }
  }

  @Test func aSteadyRateAsksForNoShift() throws {
    #expect(try shifts(60, level: { _, _ in 0 }) <= 1)
  }

  @Test func oddWeeksAreNotADrift() throws {
    // Two years of weeks, each off by a deviation of 0.3 of its own.
    #expect(
      try shifts(60) { seed, time in
        var week = SeededNumbers(seed: seed * 1_000 + UInt64(time * 104))
        return 0.3 * week.normal()
      } <= 3)
  }

  @Test func aShortSeasonIsNotADrift() throws {
    #expect(try shifts(30, level: { _, time in Int(time * 25) % 2 == 0 ? 0.25 : -0.25 }) <= 1)
  }

  @Test func aRateThatMovedAndStayedIsFollowed() throws {
    let history = try MovingHistory(8_000, seed: 1, level: { $0 < 0.8 ? 0 : 0.8 })
    let found = try #require(try history.shift())
    let truth = 0.8 - history.meanLevel
    #expect(abs(found.shift.value - truth) < 3 * found.shift.standardError)
    #expect(abs(found.shift.value - truth) < 0.2)
    #expect(found.pValue <= 0.01)
    #expect(found.periods.count <= DriftPeriods.mostPeriods)
    #expect(found.recent.leads > 750 && found.recent.leads < 850)
  }

  @Test func aLateJumpAfterAQuietYearIsFollowed() throws {
    // The last tenth alone: nine tenths of the history say nothing of it.
    let history = try MovingHistory(20_000, seed: 2, base: -2.6, level: { $0 < 0.9 ? 0 : 1.2 })
    let found = try #require(try history.shift())
    #expect(abs(found.shift.value - (1.2 - history.meanLevel)) < 0.25)
  }

  @Test func aRateThatKeepsRisingIsFollowed() throws {
    let history = try MovingHistory(8_000, seed: 3, level: { $0 })
    let found = try #require(try history.shift())
    // It stops at the level of today: what is to come is not foreseen.
    #expect(abs(found.shift.value - (1 - history.meanLevel)) < 0.25)
  }

  @Test func aBumpThatIsOverMovesNothing() throws {
    let found = try MovingHistory(
      20_000, seed: 4, level: { $0 > 0.65 && $0 < 0.75 ? 0.8 : 0 }
    ).shift()
    #expect(abs(found?.shift.value ?? 0) < 0.15)
  }

  @Test func leadsOfOneMomentTellNothing() throws {
    let leads = CalibrationLeads(4_000, seed: 4)
    let evidence = CalibrationEvidence(
      folds: try Folds.stratified(labels: leads.labels, count: 5, seed: 1),
      rawPredictions: leads.raw, labels: leads.labels, times: [Double](repeating: 1, count: 4_000))
    #expect(try BaseRateDrift().shift(evidence, logOdds: leads.raw) == nil)
  }

  @Test func foldsAtRandomAreTestedToo() throws {
    var numbers = SeededNumbers(seed: 5)
    var (raw, labels): ([Double], [UInt8]) = ([], [])
    for row in 0..<8_000 {
      let score = -1.8 + 1.1 * numbers.normal()
      raw.append(score)
      labels.append(numbers.uniform() < logistic(score + (row < 6_000 ? -0.2 : 0.6)) ? 1 : 0)
    }
    let evidence = CalibrationEvidence(
      folds: try Folds.stratified(labels: labels, count: 5, seed: 1), rawPredictions: raw,
      labels: labels, times: raw.indices.map(Double.init))
    let found = try #require(try BaseRateDrift().shift(evidence, logOdds: raw))
    // From the mean level, which is what all these predictions share.
    #expect(abs(found.shift.value - 0.55) < 0.15)
  }

  @Test func examplesOfOneLeadCountAtOneMoment() throws {
    // Three examples a lead with one outcome, three moments apart: alone they look like a walk.
    let count = 6_000
    var numbers = SeededNumbers(seed: 6)
    let times = (0..<count).map { Double($0) }
    let folds = try Folds.forward(times: times, count: 5)
    var (raw, labels): ([Double], [UInt8]) = ([], [])
    var outcomes: [UInt8] = []
    var scores: [Double] = []
    for row in 0..<count {
      // A lead's examples are 60 rows apart.
      let lead = row / 180 * 60 + row % 60
      if lead == outcomes.count {
        scores.append(-1.5 + 1.1 * numbers.normal())
        outcomes.append(numbers.uniform() < logistic(scores[lead]) ? 1 : 0)
      }
      raw.append(scores[lead])
      labels.append(outcomes[lead])
    }
    let rows = folds.validatedRows
    let evidence = CalibrationEvidence(
      folds: folds, rawPredictions: rows.map { raw[$0] }, labels: rows.map { labels[$0] },
      accounts: rows.map { Int32($0 / 180 * 60 + $0 % 60) }, times: times)
    #expect(try BaseRateDrift().shift(evidence, logOdds: evidence.rawPredictions) == nil)
    let found = try DriftPeriods(evidence, times: times, logOdds: evidence.rawPredictions)
    // What the three have in common is one period's.
    #expect(
      found.periods.allSatisfy {
        $0.leads.truncatingRemainder(dividingBy: 3) == 0 || $0.from == $0.to
      })
  }
}
