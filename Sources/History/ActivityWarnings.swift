import Activities
import Metrics
import Tables

/// What may be wrong with a log of activities, in sentences.
struct ActivityWarnings {
  /// The share of activities that may be left out for a cause before it is worth a warning.
  static let worthWarning = 0.05

  private let definition: HistoryDefinition
  private let summary: ActivitySummary?
  private let leads: Table
  private let events: HistoryEvents?

  /// - Parameter events: that tell outcomes.
  init(_ definition: HistoryDefinition, inputs: HistoryInputs, events: HistoryEvents?) {
    self.definition = definition
    summary = definition.activities == nil ? nil : inputs.activities?.summary
    leads = inputs.leads
    self.events = events
  }

  var lines: [String] {
    guard let summary else { return [] }
    return leftOut(summary) + untimedOutcomes + lookalikes(summary)
  }

  /// Besides, that no lead can be told to be closed, and types that the model knew and the log has no more.
  /// - Parameter learned: the types of which the model has features.
  func scoringLines(learned: [String]) -> [String] {
    guard let summary else { return [] }
    var all = lines
    let absent = learned.filter { !summary.types.levels.contains($0) }
    if !absent.isEmpty, summary.counts.read > 0 {
      let new = summary.types.levels.filter { !learned.contains($0) }
      all.append(
        "The model learned from activities of the type \(absent.briefly), and the log has none. If that is "
          + "not so, write types as they were written"
          + (new.isEmpty ? "." : "; types that it does not know: \(new.briefly)."))
    }
    if summary.counts.read == 0 {
      all.append("The activities are empty: all leads count as having done nothing.")
    } else if let events, !events.hasOutcomes {
      all.append(
        "No activity tells that a lead was won or lost, so all leads count as open. That is right where "
          + "only open leads are given; otherwise check the types of the activities.")
    }
    return all
  }

  private func leftOut(_ summary: ActivitySummary) -> [String] {
    let counts = summary.counts
    func share(_ count: Int) -> String? {
      guard Double(count) > Self.worthWarning * Double(counts.read) else { return nil }
      let percent = Int((100 * Double(count) / Double(counts.read)).rounded())
      return "\(percent)% of the activities (\(NumberText.count(count)) of "
        + "\(NumberText.count(counts.read)))"
    }
    var lines: [String] = []
    if let share = share(counts.unknownLead) {
      lines.append(
        "\(share) are of leads that are not in the table" + example(summary)
          + ". Are ids written alike in both? Where leads were left out of the table on purpose, their "
          + "colleagues lack what they did: features of accounts need all leads.")
    }
    if let share = share(counts.missingLead) { lines.append("\(share) name no lead.") }
    if let share = share(counts.missingTime) { lines.append("\(share) have no time.") }
    return lines
  }

  /// An id of the log and one of the table, unless ids are personal data.
  private func example(_ summary: ActivitySummary) -> String {
    guard let name = definition.roles.leadID, let ids = leads[name],
      let unknown = summary.unknownLead, personalDataKind(of: ids) == nil,
      !Self.mayBePersonal(unknown)
    else { return "" }
    var known: String?
    switch ids.values {
    case .text(let cells): known = (0..<cells.count).lazy.compactMap { cells[$0] }.first
    case .category(let cells): known = cells.levels.first
    default: break
    }
    return ", such as “\(unknown)”" + (known.map { ", where the table has “\($0)”" } ?? "")
  }

  /// Whether an id may be an address, a telephone's number or a name.
  private static func mayBePersonal(_ id: String) -> Bool {
    id.utf8.count > 64 || id.contains { "@+ ".contains($0) }
  }

  private var untimedOutcomes: [String] {
    guard let events else { return [] }
    let planned = events.manyPlanned.map { planned in
      "\(NumberText.count(planned.count)) of \(NumberText.count(planned.of)) activities that say that a lead "
        + "was won lie in the future, and do not count: their leads look as if they had not been won. Is their "
        + "time right?"
    }
    return [planned].compactMap(\.self)
      + [(events.untimed.won, "won"), (events.untimed.lost, "lost")].compactMap { count, what in
        count > 0
          ? "\(NumberText.count(count)) activities that say that a lead was \(what) have no time, and do not "
            + "count." : nil
      }
  }

  /// Types that differ from named ones by upper and lower case alone.
  private func lookalikes(_ summary: ActivitySummary) -> [String] {
    let rates = (definition.activityOptions.rates ?? []).flatMap { [$0.type, $0.of] }
    let named = definition.activities.map(\.byUs).map { $0.union(rates) } ?? []
    return named.sorted().flatMap { name in
      summary.types.levels.filter { level in
        !named.contains(level) && level.lowercased() == name.lowercased()
      }.map { level in
        "Activities of the type “\(level)” are not counted among “\(name)”, which by_us or rates name: "
          + "name both, or write them alike."
      }
    }
  }
}
