import Models
import Rules
import Sources
import YAMLDocuments

/// A column that `predict` writes beside the ids, in the order in which they stand.
public enum ScoredColumn: String, Sendable, CaseIterable {
  case probability
  case probabilityLow = "probability_low"
  case probabilityHigh = "probability_high"
  case score
  case timesAverage = "times_average"
  case band
  case rulePoints = "rule_points"
  case ruleScore = "rule_score"
  case ruleGrade = "rule_grade"
  case ruleStage = "rule_stage"
  case disqualified
  case nextStep = "next_step"
  case callAtRandom = "call_at_random"
  case novelty
  case reasonsFor = "reasons_for"
  case reasonsAgainst = "reasons_against"
  case reasonsJSON = "reasons_json"
  case ruleReasons = "rule_reasons"
  case model

  /// What a workbook or a database takes the column's cells for.
  var kind: LeadColumn.Kind {
    switch self {
    case .probability, .probabilityLow, .probabilityHigh: .probability
    case .score, .timesAverage, .rulePoints, .ruleScore: .number
    case .band, .ruleGrade, .ruleStage, .disqualified, .nextStep, .callAtRandom, .novelty,
      .reasonsFor,
      .reasonsAgainst,
      .reasonsJSON, .ruleReasons, .model:
      .text
    }
  }

  /// Whether a model has what the column is made of.
  func isKnown(to model: LeadModel) -> Bool {
    switch self {
    case .probabilityLow, .probabilityHigh: model.calibration?.interval != nil
    case .novelty: model.novelty != nil
    default: true
    }
  }

  /// Whether the column needs a rule file, rather than a column of points or nothing.
  var needsRuleFile: Bool {
    switch self {
    case .rulePoints, .ruleGrade, .ruleStage, .disqualified, .nextStep, .ruleReasons: true
    default: false
    }
  }

  /// Whether the column needs the model's contributions.
  var needsReasons: Bool {
    switch self {
    case .reasonsFor, .reasonsAgainst, .reasonsJSON: true
    default: false
    }
  }
}

/// Which columns are written, and under which names.
struct ScoredColumns: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    let title: String
    let column: ScoredColumn
  }

  let entries: [Entry]

  /// - Parameters:
  ///   - choice: `probability`, or `Prob=probability` to rename it; empty for all that can be filled.
  ///   - ids: columns that are written before these.
  ///   - model: of which columns can be made.
  ///   - rules: what scores by rules, if anything.
  ///   - hasReasons: whether the strongest reasons are told, where no columns are chosen.
  ///   - marksRandom: whether leads are marked to be called at random.
  /// - Throws: `ScoringError` for a column that is not written, and for two of one name.
  init(
    choice: [String], ids: [String], model: LeadModel, rules: RuleBinding?, hasReasons: Bool,
    marksRandom: Bool = false
  ) throws {
    let available = ScoredColumn.allCases.filter { $0.isKnown(to: model) }.filter { column in
      if column.needsReasons { return hasReasons }
      if column == .callAtRandom { return marksRandom }
      return switch rules {
      case .none: !column.needsRuleFile && column != .ruleScore
      case .column: !column.needsRuleFile
      case .file(let scorer, _):
        switch column {
        case .ruleGrade: scorer.file.categories.contains { !$0.grades.isEmpty }
        case .ruleStage: !scorer.file.stages.isEmpty
        case .nextStep: scorer.file.nextSteps != nil
        case .disqualified: scorer.file.groups.contains { $0.rules.contains(where: \.disqualifies) }
        default: true
        }
      }
    }
    entries =
      try choice.isEmpty
      // Programs ask for the reasons as JSON; people read them in words.
      ? available.filter { $0 != .reasonsJSON }.map { Entry(title: $0.rawValue, column: $0) }
      : choice.map { try Self.entry($0, among: available) }
    var titles = Set(ids)
    for entry in entries where !titles.insert(entry.title).inserted {
      throw ScoringError.outputColumnTwice(title: entry.title)
    }
  }

  private init(entries: [Entry]) { self.entries = entries }

  /// A table of scores has a column for the model already.
  var withoutModel: ScoredColumns {
    ScoredColumns(entries: entries.filter { $0.column != .model })
  }

  /// What a model that can't tell reasons fills.
  var withoutReasons: ScoredColumns {
    ScoredColumns(entries: entries.filter { !$0.column.needsReasons })
  }

  /// Whether some column needs the model's contributions.
  var needReasons: Bool { entries.contains { $0.column.needsReasons } }

  private static func entry(_ item: String, among available: [ScoredColumn]) throws -> Entry {
    // A title may hold an equals sign, a column's name never does.
    let parts = item.lastIndex(of: "=").map { (item[..<$0], item[item.index(after: $0)...]) }
    let title = String(parts?.0 ?? item[...])
    let name = String(parts?.1 ?? item[...])
    guard !title.isEmpty, !name.isEmpty else { throw ScoringError.badOutputColumn(item: item) }
    guard let column = available.first(where: { $0.rawValue == name }) else {
      let names = available.map(\.rawValue)
      throw ScoringError.unknownOutputColumn(
        name: name, nearest: nearestName(to: name, among: names), available: names)
    }
    return Entry(title: title, column: column)
  }
}
