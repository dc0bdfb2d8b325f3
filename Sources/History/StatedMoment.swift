import Tables

/// A moment that somebody stated, beside the newest of which the data tell.
struct StatedMoment {
  /// Minus infinity where the data tell of none.
  let newest: Double
  /// Whether nothing is known of the time before the moment: it lies more than a day after the newest thing
  /// that happened. A day is what an export may be older than the last thing in it.
  let isBeyondData: Bool

  init(
    _ moment: Double?, _ definition: HistoryDefinition, inputs: HistoryInputs, leads: Table,
    events: HistoryEvents?
  ) throws {
    let newest = try EndOfData.newest(
      definition, inputs: inputs, leads: leads, events: events)
    self.newest = newest
    isBeyondData = moment.map { newest.isFinite && $0 > newest + ReadableDurations.day } ?? false
  }
}
