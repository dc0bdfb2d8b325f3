import History
import Parallel
import ProjectReading
import Rules
import Tables

/// Rules that could be written about what the leads of a history did, and how many times each gives every
/// example its points as of its decision.
struct EventCandidates: Sendable {
  let rules: [SuggestedRule]
  /// One array a rule: the examples that it holds of, ascending, and how many times.
  let held: [(rows: [Int32], times: [UInt8])]

  /// How long ago activities may be, in days: all time, a quarter, a month and a week.
  private static let windows: [Int?] = [nil, 90, 30, 7]
  /// Of activities that give points each, and of those with a value of an attribute.
  private static let fewWindows: [Int?] = [nil, 30]
  private static let silences = [7, 30, 90]
  /// Points for each are given so many times at most: a rule that has no end tells of few leads.
  private static let most = 5
  /// The commonest, so that a log of many kinds of activities takes no longer than its leads.
  private static let mostTypes = 20
  private static let mostLevels = 5

  /// - Parameters:
  ///   - words: of the rules' names.
  /// - Throws: `ActivityError`.
  init(logs: ExampleLogs, words: SuggestionWords, pool: WorkerPool) throws {
    rules = Self.rules(logs, words: words)
    let group = SuggestedGroup(
      name: "candidates", category: "engagement", rules: rules.map { ($0, 1_000) })
    let file = try RuleFile.parse(
      SuggestedGroup.file([group], comment: "Candidates."), fileName: "candidates")
    // They ask for no column.
    let scorer = try RuleScorer(file, schema: nil, projectMissingTokens: [])
    var held = rules.map { _ in (rows: [Int32](), times: [UInt8]()) }
    try logs.forEach(pool: pool) { activities in
      let part = Table(columns: [], rowCount: activities.rows.count)
      let times = try scorer.bind(part, events: RuleEvents(activities)).timesHeld()[0]
      return times.map { times in
        times.indices.filter { times[$0] > 0 }.map { row in
          (Int32(activities.rows.lowerBound + row), UInt8(min(times[row], Int32(Self.most))))
        }
      }
    } consume: { part in
      for (rule, found) in part.enumerated() {
        held[rule].rows += found.map(\.0)
        held[rule].times += found.map(\.1)
      }
    }
    self.held = held
  }

  private static func rules(_ logs: ExampleLogs, words: SuggestionWords) -> [SuggestedRule] {
    let summary = logs.summary
    let byLead = Set(logs.typesByLead.filter { CandidateRules.canBeWritten($0) && $0 != "*" })
    let byUs = summary.types.levels.count - logs.typesByLead.count
    let filters = summary.attributes.filter { attribute in
      personalDataKind(columnName: attribute.name, values: attribute.levels.prefix(1_000)) == nil
    }.flatMap { attribute in
      attribute.commonest(mostLevels, least: 1).filter(CandidateRules.canBeWritten)
        .map { SuggestedEvent.Filter(attribute: attribute.name, level: $0) }
    }
    var rules: [SuggestedRule] = []
    for type in summary.types.commonest(mostTypes + byUs, least: 1) where byLead.contains(type) {
      let events =
        windows.map { SuggestedEvent(type: type, days: $0) }
        + fewWindows.map { SuggestedEvent(type: type, days: $0, most: most) }
        + filters.flatMap { filter in
          fewWindows.map { SuggestedEvent(type: type, filter: filter, days: $0) }
        }
      rules += events.map { SuggestedRule(.event($0), words: words) }
    }
    guard !rules.isEmpty else { return [] }
    rules += silences.map { SuggestedRule(.silence(days: $0), words: words) }
    var names: Set<String> = []
    return rules.filter { names.insert($0.name).inserted }
  }
}
