import Activities

/// The activities of a log that make populations and outcomes, by lead.
struct HistoryEvents: Sendable {
  /// What is looked for, in the target's own terms.
  private let target: HistoryTarget
  /// Activities that bring a lead into the population.
  private(set) var entries: [(lead: Int32, time: Double)] = []
  private(set) var won: [(lead: Int32, time: Double)] = []
  /// From when on each of `won` is known.
  private(set) var wonKnown: [Double] = []
  private(set) var lost: [(lead: Int32, time: Double)] = []
  /// The same of `lost` and of `entries`.
  private(set) var lostKnown: [Double] = []
  private(set) var entriesKnown: [Double] = []
  /// The newest activity that can't be a plan; minus infinity without any.
  private(set) var newest = -Double.infinity
  /// Wins whose time has not come.
  private(set) var future = 0
  /// Wins and losses of leads that were left out since they have no time.
  private(set) var untimed = (won: 0, lost: 0)

  init(target: HistoryTarget) {
    self.target = target
  }

  /// - Parameters:
  ///   - log: those of a lead in any order.
  ///   - leads: the row of each lead of `log` in the table of leads.
  ///   - latest: activities after this moment are looked over.
  mutating func add(_ log: ActivityLog, leads: [Int32], latest: Double) {
    let isEntry = entrySelection.map { EventMatch($0, log: log) }
    let (isWon, isLost) =
      outcomeSelections.map { selections in
        (EventMatch(selections.won, log: log), selections.lost.map { EventMatch($0, log: log) })
      } ?? (nil, nil)
    let plannable = log.plannableTypes
    for lead in 0..<log.leadCount {
      let row = leads[lead]
      for event in log.events(of: lead) {
        let time = log.time(event)
        guard time <= latest else {
          if isWon?.matches(event, of: log) ?? false { future += 1 }
          continue
        }
        if time > newest, !(log.type(event).map { plannable[$0] } ?? false) { newest = time }
        if isEntry?.matches(event, of: log) ?? false {
          entries.append((row, time))
          entriesKnown.append(log.knownAt(event))
        }
        if isWon?.matches(event, of: log) ?? false {
          won.append((row, time))
          wonKnown.append(log.knownAt(event))
        }
        if isLost?.matches(event, of: log) ?? false {
          lost.append((row, time))
          lostKnown.append(log.knownAt(event))
        }
      }
    }
  }

  /// Takes up what was found among other leads.
  mutating func merge(_ other: HistoryEvents) {
    entries += other.entries
    won += other.won
    wonKnown += other.wonKnown
    lost += other.lost
    lostKnown += other.lostKnown
    entriesKnown += other.entriesKnown
    future += other.future
    newest = max(newest, other.newest)
  }

  private var entrySelection: EventSelection? {
    guard case .after(let selection) = target.population else { return nil }
    return selection
  }

  private var outcomeSelections: (won: EventSelection, lost: EventSelection?)? {
    guard case .events(let won, let lost) = target.outcome else { return nil }
    return (won, lost)
  }

  /// - Throws: `HistoryError.eventNeverSeen` for a selection whose types the log does not have.
  func check(types: [String]) throws {
    let selections = [entrySelection, outcomeSelections?.won, outcomeSelections?.lost]
    for selection in selections.compactMap(\.self) where !selection.types.isEmpty {
      guard selection.includes(types: types).contains(true) else {
        throw HistoryError.eventNeverSeen(types: selection.types, present: types)
      }
    }
  }

  /// Without what was not known before a moment.
  func known(before moment: Double) -> HistoryEvents {
    var all = self
    func keep(
      _ events: inout [(lead: Int32, time: Double)], _ known: inout [Double]
    ) {
      let kept = known.indices.filter { known[$0] < moment }
      guard kept.count < known.count else { return }
      events = kept.map { events[$0] }
      known = kept.map { known[$0] }
    }
    keep(&all.won, &all.wonKnown)
    keep(&all.lost, &all.lostKnown)
    keep(&all.entries, &all.entriesKnown)
    return all
  }

  /// The share of wins up to which a missing time is taken for an oversight.
  private static let mostUntimed = 0.1

  /// Takes up how many wins and losses the log left out.
  mutating func countUntimed(_ summary: ActivitySummary) {
    guard let selections = outcomeSelections else { return }
    func count(_ selection: EventSelection, in counts: [String: Int]) -> Int {
      let types = Array(counts.keys)
      return zip(types, selection.includes(types: types)).reduce(0) { sum, type in
        sum + (type.1 ? counts[type.0] ?? 0 : 0)
      }
    }
    untimed = (
      count(selections.won, in: summary.untimedTypes),
      selections.lost.map { count($0, in: summary.untimedTypes) } ?? 0
    )
    future += count(selections.won, in: summary.plannedTypes)
  }

  /// - Throws: `HistoryError.untimedEvents` where many wins have no time: without one a win would be
  ///   taken for none.
  func checkTimes(column: String) throws {
    let all = won.count + untimed.won
    guard Double(untimed.won) > Self.mostUntimed * Double(all), let selections = outcomeSelections
    else { return }
    throw HistoryError.untimedEvents(
      types: selections.won.types, untimed: untimed.won, of: all, column: column)
  }

  /// Wins whose time has not come, and all, where they are many: calls and webinars may be planned, but a
  /// sale is not.
  var manyPlanned: (count: Int, of: Int)? {
    let all = won.count + untimed.won + future
    return Double(future) > Self.mostUntimed * Double(all) ? (future, all) : nil
  }

  /// Whether the log has any activity that tells an outcome.
  var hasOutcomes: Bool { outcomeSelections == nil || !(won.isEmpty && lost.isEmpty) }
}

/// A selection in the codes of one log.
private struct EventMatch {
  /// Over the log's types; `nil` for any.
  private let types: [Bool]?
  private let attribute: Int?
  /// Over the attribute's levels; `nil` for any.
  private let levels: [Bool]?

  init(_ selection: EventSelection, log: ActivityLog) {
    types = selection.types.isEmpty ? nil : selection.includes(types: log.types)
    attribute = selection.attribute.flatMap { log.columns.attributes.firstIndex(of: $0) }
    if let attribute, !selection.values.isEmpty {
      levels = log.summary.attributes[attribute].levels.map(selection.values.contains)
    } else {
      levels = nil
    }
  }

  func matches(_ event: Int, of log: ActivityLog) -> Bool {
    if let types {
      guard let type = log.type(event), types[type] else { return false }
    }
    guard let attribute else { return true }
    guard let level = log.attribute(attribute, event) else { return false }
    return levels?[level] ?? true
  }
}

extension ActivityLog {
  /// Over `types`: whether an activity may be a plan. Where the log says when it was exported, or when
  /// each activity was recorded, planned ones are out of it already. Otherwise what leads do can't be
  /// planned, what is ours (calls, meetings) can.
  fileprivate var plannableTypes: [Bool] {
    summary.exportedAt != nil
      ? types.map { _ in false } : types.map { columns.byUs.contains($0) }
  }
}
