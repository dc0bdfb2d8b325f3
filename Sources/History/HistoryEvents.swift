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
  /// The newest activity that can't be a plan; minus infinity without any.
  private(set) var newest = -Double.infinity

  init(target: HistoryTarget) {
    self.target = target
  }

  /// - Parameters:
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
        guard time <= latest else { break }
        if time > newest, !(log.type(event).map { plannable[$0] } ?? false) { newest = time }
        if isEntry?.matches(event, of: log) ?? false { entries.append((row, time)) }
        if isWon?.matches(event, of: log) ?? false {
          won.append((row, time))
          wonKnown.append(log.knownAt(event))
        }
        if isLost?.matches(event, of: log) ?? false { lost.append((row, time)) }
      }
    }
  }

  /// Takes up what was found among other leads.
  mutating func merge(_ other: HistoryEvents) {
    entries += other.entries
    won += other.won
    wonKnown += other.wonKnown
    lost += other.lost
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
      guard selection.types.contains(where: types.contains) else {
        throw HistoryError.eventNeverSeen(types: selection.types, present: types)
      }
    }
  }
}

/// A selection in the codes of one log.
private struct EventMatch {
  /// Over the log's types; `nil` for any.
  private let types: [Bool]?
  private let attribute: Int?
  /// Over the attribute's levels; `nil` for any.
  private let levels: [Bool]?

  init(_ selection: EventSelection, log: ActivityLog) {
    types = selection.types.isEmpty ? nil : log.types.map(selection.types.contains)
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
