import Testing

@testable import Calibration

@Suite struct BaseRateDriftTests {
  private func shift(
    _ count: Int, seed: UInt64, drift: (Double) -> Double
  ) throws -> BaseRateShift? {
    let parts = (0..<count).map { row in Double(row) / Double(count) }
    var (raw, labels): ([Double], [UInt8]) = ([], [])
    var numbers = SeededNumbers(seed: seed)
    for time in parts {
      let value = -1.4 + 1.2 * numbers.normal()
      raw.append(value)
      labels.append(numbers.uniform() < logistic(value + drift(time)) ? 1 : 0)
    }
    return try BaseRateDrift().shift(times: parts, logOdds: raw, labels: labels)
  }

  @Test func aSteadyRateAsksForNoShift() throws {
    var shifts = 0
    for seed in 0..<40 where try shift(2_000, seed: UInt64(seed), drift: { _ in 0 }) != nil {
      shifts += 1
    }
    #expect(shifts == 0)
  }

  @Test func aRateThatMovedAndStayedIsFollowed() throws {
    let found = try #require(try shift(8_000, seed: 1, drift: { $0 < 0.6 ? 0 : 0.8 }))
    #expect(abs(found.shift.value - 0.8) < 3 * found.shift.standardError)
    #expect(found.periods.count == 10)
    #expect(found.logLossGain > 0)
  }

  @Test func oneOddPeriodIsNotADrift() throws {
    #expect(try shift(8_000, seed: 2, drift: { $0 < 0.9 ? 0 : 1 }) == nil)
  }

  @Test func aSeasonIsNotADrift() throws {
    // Up and down every second period: the shift of the one before is the wrong one.
    let found = try shift(8_000, seed: 3, drift: { Int($0 * 10) % 2 == 0 ? 0.5 : -0.5 })
    #expect(found == nil)
  }

  @Test func leadsOfOneMomentShareAPeriod() throws {
    let leads = CalibrationLeads(4_000, seed: 4)
    #expect(
      try BaseRateDrift().shift(
        times: [Double](repeating: 1, count: 4_000), logOdds: leads.raw, labels: leads.labels)
        == nil)
  }
}
