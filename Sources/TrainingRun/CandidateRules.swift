import Glibc
import Parallel
import PointLearning
import Rules
import Tables

/// Rules that could be written about the columns of a history and about its activities, and what each
/// gives the leads.
struct CandidateRules: Sendable {
  let rules: [SuggestedRule]
  /// One a rule: rows of the table with an outcome.
  let candidates: [PointCandidate]

  /// Fewer leads than this on either side say nothing.
  private static let fewestLeads = 20
  /// As a share of the closed leads.
  private static let leastShare = 0.01
  /// Levels of one column, the most frequent first.
  private static let mostLevels = 30

  /// None.
  init() { (rules, candidates) = ([], []) }

  /// - Parameters:
  ///   - columns: those that may be learned from.
  ///   - closed: rows with an outcome.
  ///   - events: what could be asked of activities; `nil` where there are none.
  ///   - words: of the rules' names.
  ///   - made: puts rules that were written as a file to the table.
  /// - Throws: what `made` throws.
  init(
    table: Table, columns: [String], closed: [Int], events: EventCandidates?, missing: [String],
    words: SuggestionWords, pool: WorkerPool, scorer made: (RuleFile) throws -> RuleScorer
  ) throws {
    let least = max(Self.fewestLeads, Int(Self.leastShare * Double(closed.count)))
    let proposed = columns.filter(Self.isPlain).flatMap { name in
      table[name].map { Self.rules($0, closed: closed, least: least, words: words) } ?? []
    }
    var isClosed = [Bool](repeating: false, count: table.rowCount)
    for row in closed { isClosed[row] = true }
    var seen: Set<PointCandidate> = []
    var kept: [(rule: SuggestedRule, candidate: PointCandidate)] = []
    func add(_ rule: SuggestedRule, _ candidate: PointCandidate) {
      let count = candidate.rows.count
      guard count >= least, closed.count - count >= least, seen.insert(candidate).inserted else {
        return
      }
      kept.append((rule, candidate))
    }
    if !proposed.isEmpty {
      // As the rule file will have it, so that a suggestion holds of the leads that it was judged by.
      let group = SuggestedGroup(
        name: "candidates", category: "fit", rules: Self.named(proposed).map { ($0, 1_000) })
      let file = try RuleFile.parse(
        SuggestedGroup.file([group], comment: "Candidates.", missing: missing),
        fileName: "candidates")
      let held = try made(file).bind(table).rowsHolding(pool: pool)[0]
      for (rule, found) in zip(group.rules.map(\.rule), held) {
        add(rule, PointCandidate(rows: found.filter { isClosed[Int($0)] }))
      }
    }
    if let events {
      for (rule, held) in zip(events.rules, events.held) {
        let places = held.rows.indices.filter { isClosed[Int(held.rows[$0])] }
        let times = places.map { Double(held.times[$0]) }
        // Where nobody has two of them, each is once.
        add(
          rule,
          PointCandidate(
            rows: places.map { held.rows[$0] },
            amounts: times.contains { $0 != 1 } ? times : nil))
      }
    }
    rules = kept.map(\.rule)
    candidates = kept.map(\.candidate)
  }

  /// Each rule once by its name, which must be its own within a group.
  private static func named(_ rules: [SuggestedRule]) -> [SuggestedRule] {
    var names: Set<String> = []
    return rules.filter { names.insert($0.name).inserted }
  }

  private static func rules(
    _ column: Column, closed: [Int], least: Int, words: SuggestionWords
  ) -> [SuggestedRule] {
    func rule(_ test: SuggestedRule.Test) -> SuggestedRule {
      SuggestedRule(field: column.name, test: test, words: words)
    }
    var rules: [SuggestedRule] = []
    switch column.values {
    case .category(let values):
      var counts = [Int](repeating: 0, count: values.levels.count)
      for row in closed where values.codes[row] >= 0 { counts[Int(values.codes[row])] += 1 }
      let frequent = counts.indices.filter { counts[$0] >= least }
        .sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(mostLevels)
      for level in frequent where Self.canBeWritten(values.levels[level]) {
        rules.append(rule(.isEqual(values.levels[level])))
      }
    case .flag: rules.append(rule(.isEqual("yes")))
    case .number(let values):
      let filled = closed.map { values[$0] }.filter { !$0.isNaN }.sorted()
      var bounds: [Double] = []
      for tenth in 1..<10 where !filled.isEmpty {
        let bound = rounded(filled[filled.count * tenth / 10])
        // One that all leads pass says only that the column is filled in.
        if bound > filled[0], !bounds.contains(bound) { bounds.append(bound) }
      }
      rules += bounds.map { rule(.atLeast($0)) }
    case .date, .text: break
    }
    rules.append(rule(.isMissing))
    return rules
  }

  /// A rule takes no white space around its value.
  static func canBeWritten(_ level: String) -> Bool {
    level.count <= 100 && level.first?.isWhitespace == false && level.last?.isWhitespace == false
      && isPlain(level)
  }

  /// Whether a text can stand in one line.
  private static func isPlain(_ text: String) -> Bool {
    !text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
  }

  /// To two digits: a bound that a person would have written.
  private static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return 0 }
    let shift = Int(log10(abs(value)).rounded(.down)) - 1
    // Powers of ten that are exact, so that 2.5 is 2.5 and not a neighbour of it.
    guard abs(shift) <= 20 else { return value }
    let scale = pow(10, Double(abs(shift)))
    return shift >= 0 ? (value / scale).rounded() * scale : (value * scale).rounded() / scale
  }
}
