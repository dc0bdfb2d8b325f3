import Parallel
import Tables
import Testing

@testable import Activities

@Suite struct WindowTests {
  private let day = 86_400.0
  /// 2024-03-07 12:00 UTC, a time as CRMs have them.
  private let now = 1_709_812_800.0

  private func event(_ at: Double, _ type: String = "visit", loaded: Double = .nan) -> PlainEvent {
    PlainEvent(lead: "L0", at: at, type: type, recordedAt: loaded, attributes: [nil, nil])
  }

  /// The features of one moment by their names.
  private func features(
    _ events: [PlainEvent], _ moment: Moment, timeZone: String? = nil, windows: [Double]? = nil
  ) throws -> [String: Double] {
    var options = ActivityFeatureOptions()
    options.minimumEvents = 1
    options.timeZone = timeZone
    if let windows { options.windows = windows }
    let pool = WorkerPool(threadCount: 1)
    let log = try RandomActivities.log(events, leads: 1)
    let recipe = try ActivityRecipe(log: log, options: options)
    var found: [String: Double] = [:]
    for column in try recipe.columns(log, moments: [moment], pool: pool) {
      if case .number(let values) = column.values { found[column.name] = values[0] }
    }
    return found
  }

  @Test func windowsHoldTheirFirstMomentAndNotTheirLast() throws {
    let microsecond = 1e-6
    let at = Moment(lead: 0, asOf: now)
    for (time, inside) in [
      (now - 7 * day, 1.0), (now - 7 * day - microsecond, 0), (now - microsecond, 1), (now, 0),
      (now + microsecond, 0),
    ] {
      let found = try features([event(time)], at)
      #expect(found["visit.count.7d"] == inside)
      #expect(found["visit.count.all"] == (time < now ? 1 : 0))
    }
  }

  @Test func atAgeZeroTheEventThatCreatedTheLeadCounts() throws {
    let events = [
      event(now), event(now + 1e-6), event(now - 5, loaded: now), event(now, loaded: now + 1),
    ]
    let atCreation = try features(events, Moment(lead: 0, asOf: now, includesAsOf: true))
    #expect(atCreation["visit.count.all"] == 2)
    #expect(atCreation["visit.days_since_last"] == 0)
    let otherwise = try features(events, Moment(lead: 0, asOf: now))
    #expect(otherwise["visit.count.all"] == 0)
    #expect(otherwise["visit.days_since_last"]?.isNaN == true)
  }

  @Test func whatIsRecordedLaterIsHiddenUntilThen() throws {
    let events = [
      event(now - 10 * day, loaded: now - 2 * day), event(now - day, loaded: now - day),
    ]
    let before = try features(events, Moment(lead: 0, asOf: now - 2 * day))
    #expect(before["visit.count.all"] == 0)
    let after = try features(events, Moment(lead: 0, asOf: now))
    #expect(after["visit.count.all"] == 2)
    #expect(after["visit.count.7d"] == 1)
    #expect(after["visit.days_since_first"] == 10)
  }

  @Test func repeatedEventsCountAsTheyStand() throws {
    let found = try features([event(now - day), event(now - day)], Moment(lead: 0, asOf: now))
    #expect(found["visit.count.7d"] == 2)
    #expect(found["lead.active_days.7d"] == 1)
  }

  @Test func windowsAreWhatWasAskedFor() throws {
    let found = try features(
      [event(now - 3_599), event(now - 3_601), event(now - 100)], Moment(lead: 0, asOf: now),
      windows: [90, 3_600])
    #expect(found["visit.count.90s"] == 0)
    #expect(found["visit.count.1h"] == 2)
    #expect(found["visit.count.7d"] == nil)
  }

  @Test func paceComparesThirtyDaysWithTheThirtyBefore() throws {
    let recent = [1.0, 2, 30].map { event(now - $0 * day) }
    let before = [30.5, 60].map { event(now - $0 * day) }
    let found = try features(
      recent + before + [event(now - 60.1 * day)], Moment(lead: 0, asOf: now))
    #expect(found["visit.pace"] == (3.0 - 2.0) / (3.0 + 2.0 + 1.0))
    let silent = try features([event(now - 100 * day)], Moment(lead: 0, asOf: now))
    #expect(silent["visit.pace"] == 0)
  }

  @Test func daysAreThoseOfTheZone() throws {
    // In Madrid 23:30 and 00:30 are two days; as UTC has them, 22:30 and 23:30 are one.
    let events = [event(1_709_764_200), event(1_709_767_800)]
    let at = Moment(lead: 0, asOf: now)
    #expect(try features(events, at)["lead.active_days.7d"] == 1)
    #expect(try features(events, at, timeZone: "Europe/Madrid")["lead.active_days.7d"] == 2)
  }

  @Test func leapDaysAndChangesOfTheClockAreDaysLikeOthers() throws {
    // 28 and 29 February and 1 March 2024, at noon.
    let leap = [1_709_121_600.0, 1_709_208_000, 1_709_294_400].map { event($0) }
    let at = Moment(lead: 0, asOf: now)
    #expect(try features(leap, at)["lead.active_days.30d"] == 3)
    // 31 March 2024 in Madrid is 23 hours long: from 23:00 UTC on the 30th to 22:00 UTC on the 31st.
    let midnight = 1_711_839_600.0
    let short = [midnight - 1, midnight, midnight + 23 * 3_600 - 1, midnight + 23 * 3_600]
    let found = try features(
      short.map { event($0) }, Moment(lead: 0, asOf: midnight + 5 * day), timeZone: "Europe/Madrid")
    #expect(found["lead.active_days.7d"] == 3)
    #expect(found["visit.count.7d"] == 4)
    // 27 October 2024 is 25 hours long: from 22:00 UTC on the 26th to 23:00 UTC on the 27th.
    let autumn = 1_729_980_000.0
    let long = [autumn, autumn + 25 * 3_600 - 1, autumn + 25 * 3_600]
    let later = try features(
      long.map { event($0) }, Moment(lead: 0, asOf: autumn + 5 * day), timeZone: "Europe/Madrid")
    #expect(later["lead.active_days.7d"] == 2)
  }
}
