import Activities
import Parallel
import Tables

extension HistoryInputs {
  /// The activities that make populations and outcomes; `nil` without activities.
  ///
  /// - Parameter isScoring: whether none of them may be there: a new day's log may lack wins.
  func events(
    of target: HistoryTarget, isScoring: Bool = false, pool: WorkerPool
  ) throws -> HistoryEvents? {
    guard let activities else { return nil }
    var events = HistoryEvents(target: target)
    let empty = events
    if !isScoring {
      do {
        try events.check(types: activities.summary.types.levels)
      } catch {
        // No win that counts: perhaps there are some that can't.
        events.countUntimed(activities.summary)
        try events.checkTimes(column: activities.columns.at)
        throw error
      }
    }
    // Looked through once, and put in order only when features are made of them.
    try activities.forEachPartition(pool: pool, inOrder: false) { part in
      var found = empty
      found.add(part.log, leads: part.leads, latest: latest)
      return found
    } consume: { found in
      events.merge(found)
    }
    events.countUntimed(activities.summary)
    if !isScoring { try events.checkTimes(column: activities.columns.at) }
    return events
  }

  /// Columns of a log that is empty.
  static let noActivities = ActivityColumns(lead: "", at: "")

  /// The leads part by part with what they did: nothing, where there are no activities. So examples are
  /// made, and stand, in one way for all.
  func parts(_ definition: HistoryDefinition, pool: WorkerPool) throws -> ActivityPartitions {
    if definition.activities != nil, let activities { return activities }
    let ids = [String](repeating: "", count: leads.rowCount)
    return try ActivityLogBuilder(
      columns: Self.noActivities, leads: LeadIndex(ids: ids),
      accounts: Self.accountCodes(leads, roles: definition.roles)
    ).partitions(pool: pool)
  }

  /// The accounts of leads; `nil` without an account column.
  func accounts(
    _ definition: HistoryDefinition, timelines: LeadTimelines, events: HistoryEvents?
  ) throws -> AccountFacts? {
    guard let accounts = try Self.accountCodes(leads, roles: definition.roles) else { return nil }
    var won = [Double](repeating: .nan, count: leads.rowCount)
    var known = won
    if let events, case .events = definition.target.outcome {
      // A win that was recorded late is known late; the first that is known counts.
      for (win, time) in zip(events.won, events.wonKnown) {
        let row = Int(win.lead)
        if !(known[row] < time || (known[row] == time && won[row] <= win.time)) {
          (won[row], known[row]) = (win.time, time)
        }
      }
    } else {
      for row in won.indices {
        let first = timelines.events.first(row)
        if first < .infinity { won[row] = first }
      }
      known = won
    }
    return AccountFacts(
      accounts: accounts, created: timelines.created, won: won, wonKnown: known)
  }
}

extension Column {
  /// A number for each distinct cell of a category or text column; -1 where it is missing.
  /// - Throws: `HistoryError.notACategory`.
  func codes() throws -> [Int32] {
    switch values {
    case .category(let cells): return cells.codes
    case .text(let cells):
      var codes: [String: Int32] = [:]
      return (0..<cells.count).map { row in
        guard let cell = cells[row] else { return -1 }
        if let code = codes[cell] { return code }
        let code = Int32(codes.count)
        codes[cell] = code
        return code
      }
    default:
      throw HistoryError.notACategory(role: "account", column: name, found: type.rawValue)
    }
  }
}
