import Tables

/// The last moment of which the data tell.
enum EndOfData {
  /// The export moment where it is stated; otherwise the newest moment at which something was created,
  /// done, changed or closed. What is later than `inputs.latest`, and activities that are only
  /// planned, do not count.
  ///
  /// - Parameter leads: with moments in their columns of time.
  /// - Throws: `HistoryError.noMoments`.
  static func find(
    _ definition: HistoryDefinition, inputs: HistoryInputs, leads: Table, events: HistoryEvents?
  ) throws -> Double {
    if let asOf = definition.asOf { return asOf }
    let end = try newest(definition, inputs: inputs, leads: leads, events: events)
    guard end > -.infinity else { throw HistoryError.noMoments }
    return end
  }

  /// The newest moment at which anything happened, stated or not; minus infinity without any.
  static func newest(
    _ definition: HistoryDefinition, inputs: HistoryInputs, leads: Table, events: HistoryEvents?
  ) throws -> Double {
    var end = -Double.infinity
    func look(_ times: [Double]) {
      for time in times where time <= inputs.latest && time > end { end = time }
    }
    if let created = definition.roles.created {
      look(try leads.times(created, role: "created"))
    }
    if case .column(let outcome) = definition.target.outcome, let date = outcome.date,
      leads[outcome.column] != nil, leads[date] != nil
    {
      let cells = try leads.categories(outcome.column, role: "the outcome")
      let labels = outcome.labels(ofLevels: cells.levels)
      let dates = try leads.times(date, role: "the date of the outcome")
      // Open leads hold the date on which they are hoped to close.
      look(zip(cells.codes, dates).map { $0 >= 0 && labels[Int($0)] >= 0 ? $1 : .nan })
    }
    if let changes = inputs.changes { look([changes.lastTime]) }
    if let events { look([events.newest]) }
    // Where some leads alone are given, as those to be scored, the log goes on with the others.
    if definition.activities != nil, let newest = inputs.activities?.summary.newestOfUnknownLeads {
      look([newest])
    }
    return end
  }
}
