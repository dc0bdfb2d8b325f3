import Activities
import Tables

/// The examples as leads, decisions and labels, before any of their features.
///
/// In the order of the leads' rows, and of time within a lead.
struct ExamplePlan: Sendable {
  var leadRows: [Int32] = []
  /// Seconds since 1970.
  var decisionTimes: [Double] = []
  /// Seconds since the lead came into the population.
  var ages: [Double] = []
  /// 1 the target was met within the horizon, 0 it was not, -1 nobody knows yet.
  var outcomes: [Int8] = []
  /// Whether what happened exactly at the decision is known.
  var includesDecision: [Bool] = []

  var count: Int { leadRows.count }

  mutating func append(
    lead: Int, time: Double, age: Double, outcome: Int8, includesDecision includes: Bool
  ) {
    leadRows.append(Int32(lead))
    decisionTimes.append(time)
    ages.append(age)
    outcomes.append(outcome)
    includesDecision.append(includes)
  }

  /// When each example's outcome was known, or its horizon passed; seconds since 1970, infinity for never.
  func settled(_ timelines: LeadTimelines, horizon: Double?) -> [Double] {
    (0..<count).map { example in
      let time = decisionTimes[example]
      let row = Int(leadRows[example])
      let exit = timelines.exit[row]
      return min(
        time + (horizon ?? .infinity), exit.isNaN ? .infinity : exit,
        timelines.events[row].first { $0 >= time } ?? .infinity)
    }
  }

  func moment(_ example: Int) -> Moment {
    Moment(
      lead: leadRows[example], asOf: decisionTimes[example],
      includesAsOf: includesDecision[example])
  }

  /// Some of the examples, in the order given.
  func selected(_ examples: some Collection<Int>) -> ExamplePlan {
    ExamplePlan(
      leadRows: examples.map { leadRows[$0] }, decisionTimes: examples.map { decisionTimes[$0] },
      ages: examples.map { ages[$0] }, outcomes: examples.map { outcomes[$0] },
      includesDecision: examples.map { includesDecision[$0] })
  }
}

/// Which decisions become examples, and which not and why.
struct ExamplePlanner {
  let timelines: LeadTimelines
  let zone: NamedTimeZone
  let moments: DecisionMoments
  let horizon: Double
  let isAbsence: Bool

  struct Tally: Equatable, Sendable {
    /// Decisions that lie after the end of the data.
    var notReached = 0
    /// Decisions about leads that were won or lost already.
    var closed = 0
    /// Decisions about leads that were won or lost nobody knows when.
    var closedAtUnknownTime = 0
    /// In order.
    var months: [MonthCount] = []
    /// What came after decisions whose horizon had not passed, in seconds, in no order.
    var immatureSpans: [Double] = []
  }

  /// Training examples: at risk, and old enough to know the outcome.
  func examples() -> (plan: ExamplePlan, tally: Tally) {
    var plan = ExamplePlan()
    var tally = Tally()
    let monthStarts = moments == .monthEnds ? self.monthStarts() : []
    var months = MonthCounts(zone: zone)
    for row in timelines.entry.indices {
      let entry = timelines.entry[row]
      guard !entry.isNaN else { continue }
      for time in times(entry: entry, monthStarts: monthStarts) {
        guard time <= timelines.end else {
          tally.notReached += 1
          continue
        }
        switch timelines.isAtRisk(time, row: row) {
        case false?:
          tally.closed += 1
          continue
        case nil:
          tally.closedAtUnknownTime += 1
          continue
        case true?: break
        }
        let isMet = timelines.happens(after: time, horizon: horizon, row: row) != isAbsence
        // Also those already won: the others of their age can't have been lost yet.
        guard time + horizon <= timelines.end else {
          tally.immatureSpans.append(timelines.end - time)
          months.count(time) {
            $0.immature += 1
            if isMet && !isAbsence { $0.immatureMet += 1 }
          }
          continue
        }
        months.count(time) {
          $0.examples += 1
          if isMet { $0.met += 1 }
        }
        plan.append(
          lead: row, time: time, age: time - entry, outcome: isMet ? 1 : 0,
          includesDecision: timelines.includes(time, row: row))
      }
    }
    tally.months = months.sorted
    return (plan, tally)
  }

  /// One example a lead of known outcome, as of `time`, whatever that is: nothing is judged in time.
  func statusExamples(at age: Double?) -> ExamplePlan {
    var plan = ExamplePlan()
    for row in timelines.status.indices where timelines.status[row] >= 0 {
      let entry = timelines.entry[row]
      if age != nil, entry.isNaN { continue }
      let time = age.map { entry + $0 } ?? timelines.end
      plan.append(
        lead: row, time: time, age: time - entry, outcome: timelines.status[row],
        includesDecision: age == nil || timelines.includes(time, row: row))
    }
    return plan
  }

  private func times(entry: Double, monthStarts: [Double]) -> [Double] {
    switch moments {
    case .ages(let ages): return ages.map { entry + $0 }
    case .monthEnds:
      guard let first = monthStarts.firstIndex(where: { $0 > entry }) else { return [] }
      return Array(monthStarts[first...])
    case .defaultAges, .export: preconditionFailure("ages are found before examples")
    }
  }

  /// The first moments of all months between the first lead and the end of the data.
  private func monthStarts() -> [Double] {
    let first = timelines.entry.reduce(Double.infinity) { $1 < $0 ? $1 : $0 }
    guard first < .infinity else { return [] }
    var starts: [Double] = []
    var date = zone.date(at: first)
    while true {
      date = date.nextMonth
      let start = zone.start(of: date)
      guard start <= timelines.end else { return starts }
      starts.append(start)
    }
  }
}

/// Examples by month of their decision.
public struct MonthCount: Sendable, Equatable {
  /// `2025-03`.
  public var month: String
  public var examples = 0
  /// Examples whose label is 1.
  public var met = 0
  /// Decisions whose horizon has not passed.
  public var immature = 0
  /// Those of them whose event has happened already.
  public var immatureMet = 0

  public init(month: String) {
    self.month = month
  }
}

/// Counts by month of a day, each day's month looked up once.
private struct MonthCounts {
  private let zone: NamedTimeZone
  private var counts: [MonthCount] = []
  private var places: [String: Int] = [:]
  private var placeOfDay: [Int: Int] = [:]

  init(zone: NamedTimeZone) {
    self.zone = zone
  }

  var sorted: [MonthCount] { counts.sorted { $0.month < $1.month } }

  mutating func count(_ time: Double, _ change: (inout MonthCount) -> Void) {
    let day = zone.day(at: time)
    change(&counts[placeOfDay[day] ?? newPlace(day)])
  }

  private mutating func newPlace(_ day: Int) -> Int {
    let month = CalendarDay(daysSince1970: day).monthText
    let place = places[month] ?? counts.count
    if place == counts.count { counts.append(MonthCount(month: month)) }
    places[month] = place
    placeOfDay[day] = place
    return place
  }
}
