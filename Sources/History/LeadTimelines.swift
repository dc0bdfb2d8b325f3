import Activities
import Tables

/// When each lead was created, came to be at risk, had the event and left.
///
/// One value a row of the leads; times are seconds since 1970.
struct LeadTimelines {
  /// NaN where it is not known.
  var created: [Double]
  /// When the lead came into the population; NaN for one that never did or of which it is not known.
  var entry: [Double]
  /// When it left: won or lost. Infinity: not yet. NaN: it left, and nobody knows when.
  var exit: [Double]
  /// The times of the event.
  var events: EventTimes
  /// 1 won, 0 lost, -1 open as of the end of the data.
  var status: [Int8]
  /// Whether outcomes have times.
  var isDated: Bool
  /// The end of the data.
  var end: Double
  var tally = Tally()

  /// What was found beside.
  struct Tally: Equatable, Sendable {
    var withoutID = 0
    var withoutCreation = 0
    var createdAfterEnd = 0
    var closedBeforeCreation = 0
    var undatedWon = 0
    var undatedLost = 0
    var won = 0
    var lost = 0
    /// Outcomes dated after the end of the data.
    var closedAfterEnd = 0
    /// Rows that never came into the population.
    var outsidePopulation = 0
  }

  /// The share of won or of lost leads up to which a missing date is taken for an oversight.
  static let mostUndated = 0.1

  /// - Parameters:
  ///   - end: of the data.
  ///   - latest: when they were read: nothing later has happened.
  ///   - isScoring: whether leads may lack what tells outcomes.
  /// - Throws: `HistoryError` where a column is missing or can't serve.
  init(
    _ definition: HistoryDefinition, leads: Table, events found: HistoryEvents?, end: Double,
    latest: Double = .infinity, isScoring: Bool = false
  ) throws {
    let count = leads.rowCount
    self.end = end
    let zone = try NamedTimeZone(definition.timeZone)
    if let name = definition.roles.created {
      created = try leads.times(name, role: "created")
    } else {
      created = [Double](repeating: .nan, count: count)
    }
    entry = created
    exit = [Double](repeating: .infinity, count: count)
    status = [Int8](repeating: -1, count: count)
    events = EventTimes(leadCount: count, events: [])
    isDated = true
    if definition.roles.created != nil {
      for row in 0..<count {
        if created[row].isNaN { tally.withoutCreation += 1 }
        if created[row] > end {
          tally.createdAfterEnd += 1
          entry[row] = .nan
        }
      }
    }
    // At an earlier moment that somebody chose, what was recorded later was not known.
    let found = isScoring && definition.asOf != nil ? found?.known(before: end) : found
    try setEntries(definition.target.population, leads: leads, found: found)
    switch definition.target.outcome {
    case .column(let outcome):
      // Where the end is stated, later outcomes may have happened; where it was found, it is the newest.
      let latest = definition.asOf == nil ? end : latest
      try readOutcomes(
        outcome, leads: leads, zone: zone, latest: latest, isScoring: isScoring)
    case .events:
      guard let found else { throw HistoryError.eventsWithoutLog }
      readOutcomes(found, repeats: definition.target.repeats, isScoring: isScoring)
    }
    if let name = definition.roles.leadID, let ids = leads[name]?.values {
      leaveOutLeadsWithoutID(ids)
    }
  }

  /// What leads without an id did, and how they changed, nobody can tell.
  private mutating func leaveOutLeadsWithoutID(_ ids: ColumnValues) {
    for row in entry.indices where ids.isMissing(row) {
      tally.withoutID += 1
      entry[row] = .nan
      status[row] = -1
    }
  }

  private mutating func setEntries(
    _ population: HistoryTarget.Population, leads: Table, found: HistoryEvents?
  ) throws {
    var starts: [Double]
    switch population {
    case .leads: return
    case .since(let column): starts = try leads.times(column, role: "customer since")
    case .after:
      guard let found else { throw HistoryError.eventsWithoutLog }
      let entries = times(found.entries)
      starts = (0..<created.count).map { entries.first($0) }
    }
    for row in starts.indices {
      if !(starts[row] <= end) {
        tally.outsidePopulation += 1
        starts[row] = .nan
      }
    }
    entry = starts
  }

  /// Outcomes that stand in a column.
  private mutating func readOutcomes(
    _ outcome: ColumnOutcome, leads: Table, zone: NamedTimeZone, latest: Double, isScoring: Bool
  ) throws {
    // Leads that are all open may come without the column.
    guard !isScoring || leads[outcome.column] != nil else { return }
    let cells = try leads.categories(outcome.column, role: "the outcome")
    let byLevel = outcome.labels(ofLevels: cells.levels)
    status = cells.codes.map { $0 < 0 ? -1 : byLevel[Int($0)] }
    tally.won = status.count { $0 == 1 }
    tally.lost = status.count { $0 == 0 }
    guard let column = outcome.date else {
      isDated = false
      return
    }
    guard !isScoring || leads[column] != nil else {
      isDated = false
      return
    }
    let dates = try leads.times(column, role: "the date of the outcome")
    var won: [(lead: Int32, time: Double)] = []
    var misdated = 0
    for row in status.indices where status[row] >= 0 {
      var time = dates[row]
      if time.isNaN {
        // A win at an unknown time may be in any horizon or none; a loss is in none.
        if status[row] == 1 {
          tally.undatedWon += 1
          misdated += 1
          setAside(row, isScoring: isScoring)
        } else {
          tally.undatedLost += 1
          exit[row] = .nan
        }
        continue
      }
      guard time <= end else {
        // Not closed yet as of an earlier moment; or dated later than anything that has happened.
        if time <= latest {
          status[row] = -1
        } else {
          tally.closedAfterEnd += 1
          if status[row] == 1 { misdated += 1 }
          setAside(row, isScoring: isScoring)
        }
        continue
      }
      if time < created[row] {
        // A date without a time of day says the day: that of the creation, at its earliest.
        let day = zone.date(at: time)
        let isDayOfCreation = zone.start(of: day) == time && zone.date(at: created[row]) == day
        guard isDayOfCreation else {
          tally.closedBeforeCreation += 1
          if status[row] == 1 { misdated += 1 }
          setAside(row, isScoring: isScoring)
          continue
        }
        time = created[row]
      }
      exit[row] = time
      if status[row] == 1 { won.append((Int32(row), time)) }
    }
    events = EventTimes(leadCount: status.count, events: won)
    // A few missing dates are left out and counted; many would leave a history of other leads.
    guard isScoring || !Self.isMost(misdated, of: tally.won) else {
      throw HistoryError.misdatedWins(misdated: misdated, of: tally.won, column: column)
    }
  }

  /// What closed at a time that can't be right, or at none, teaches nothing; of a lead to be scored it is
  /// known all the same that it has closed.
  private mutating func setAside(_ row: Int, isScoring: Bool) {
    if isScoring { exit[row] = .nan } else { entry[row] = .nan }
  }

  /// Whether so many lost leads do not say when they were lost that only decisions at their creation,
  /// when none was lost yet, can be told.
  var hasUndatedLosses: Bool { Self.isMost(tally.undatedLost, of: tally.lost) }

  private static func isMost(_ undated: Int, of all: Int) -> Bool {
    Double(undated) > mostUndated * Double(all)
  }

  /// Outcomes told by activities.
  private mutating func readOutcomes(_ found: HistoryEvents, repeats: Bool, isScoring: Bool) {
    events = times(found.won)
    let losses = times(found.lost)
    for row in status.indices {
      let (won, lost) = (events.first(row), losses.first(row))
      if won < created[row] || lost < created[row] {
        tally.closedBeforeCreation += 1
        setAside(row, isScoring: isScoring)
        continue
      }
      exit[row] = repeats ? lost : min(won, lost)
      if won < .infinity {
        status[row] = 1
        tally.won += 1
      } else if lost < .infinity {
        status[row] = 0
        tally.lost += 1
      }
    }
  }

  /// The events up to the end of the data.
  private func times(_ events: [(lead: Int32, time: Double)]) -> EventTimes {
    EventTimes(leadCount: created.count, events: events.filter { $0.time <= end })
  }

  // MARK: As of a moment

  /// Whether what happened exactly at `time` is known then: the event that created the lead, or made
  /// it a customer, is.
  func includes(_ time: Double, row: Int) -> Bool {
    time == created[row] || time == entry[row]
  }

  /// Whether the lead is at risk: in the population, and neither won nor lost.
  ///
  /// - Returns: `nil` where it left at an unknown time, after it came.
  func isAtRisk(_ time: Double, row: Int) -> Bool? {
    guard time >= entry[row] else { return false }
    if exit[row].isNaN { return time == entry[row] ? true : nil }
    return includes(time, row: row) ? exit[row] > time : exit[row] >= time
  }

  /// Whether the lead is in the population at the end of the data, and neither won nor lost by then.
  /// - Parameter isStated: whether the end is a moment that somebody chose, at which nothing of it is known,
  ///   as at any other decision, rather than the last thing that happened.
  func isOpen(_ row: Int, isStated: Bool = false) -> Bool {
    isStated ? isAtRisk(end, row: row) == true : entry[row] <= end && exit[row] > end
  }

  /// Whether the event happens in the horizon after a decision.
  func happens(after time: Double, horizon: Double, row: Int) -> Bool {
    let isKnown = includes(time, row: row)
    return events[row].contains {
      (isKnown ? $0 > time : $0 >= time) && $0 < time + horizon
    }
  }
}
