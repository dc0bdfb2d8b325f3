import History
import Models
import Parallel
import ProjectReading
import Reports
import Rules
import Tables
import Vocabulary
import YAMLDocuments

/// Where the rule scores of streamed leads come from, bound to a model's schema.
enum RuleBinding: Sendable {
  case file(RuleScorer, name: String)
  case column(String)

  /// - Throws: `YAMLError` and `RuleError` for what is wrong with a rule file, `ScoringError` for a
  ///   points column that the model's history did not have.
  init(_ source: RuleScoreSource, model: LeadModel) throws {
    let schema = model.schema
    switch source {
    case .file(let path):
      let file = try RuleFile.parse(YAMLDocument.text(ofFile: path), fileName: path)
      self = .file(
        try RuleScorer(
          file, schema: schema, projectMissingTokens: [],
          vocabulary: model.recipe?.vocabulary.map { try Vocabulary($0.additions) } ?? .standard),
        name: path)
    case .column(let name):
      guard let column = schema[name] else {
        throw ScoringError.ruleScoreMissing(column: name, path: "the model's history")
      }
      guard column.type == .number || column.type == .flag else {
        throw ScoringError.ruleScoreNotANumber(column: name)
      }
      self = .column(name)
    }
  }

  var name: String {
    switch self {
    case .file(_, let name): name
    case .column(let name): name
    }
  }

  var columns: [String] {
    switch self {
    case .file(let scorer, _): scorer.file.requiredColumns.map(\.name)
    case .column(let name): [name]
    }
  }

  /// Whether a fit put these very rules together with its model.
  func areThose(of combination: RuleCombination) -> Bool {
    switch self {
    case .file(let scorer, _): scorer.file.digest == combination.rulesDigest
    case .column(let name): name == combination.pointsColumn
    }
  }

  /// - Parameters:
  ///   - outcome: the column that tells won from lost.
  ///   - types: of the activities that there are.
  func cautions(outcome: String, types: [String]? = nil) -> [ComparisonCaution] {
    switch self {
    case .file(let scorer, let path):
      (scorer.file.warnings + (types.map(scorer.file.unknownTypeWarnings) ?? []))
        .map { .other($0) }
        + (columns.contains(outcome) ? [.rulesKnowOutcome(rules: path, column: outcome)] : [])
    case .column(let name): [.pointsOfExport(column: name)]
    }
  }

  /// The same in English.
  func warnings(outcome: String, types: [String]? = nil) -> [String] {
    cautions(outcome: outcome, types: types).map(\.english)
  }

  /// What rules about activities say of examples as of their decision times.
  /// - Parameters:
  ///   - table: all examples.
  ///   - logs: what their leads did; `nil` where there are no activities.
  /// - Returns: `nil` for rules that need only the table.
  func verdicts(_ table: Table, logs: ExampleLogs?, pool: WorkerPool) throws -> RuleVerdicts? {
    guard case .file(let scorer, _) = self else { return nil }
    return try scorer.verdicts(table, logs: logs, pool: pool)
  }

  /// Scores to rank a table's leads by; NaN where a points column has none.
  func rankingScores(_ table: Table, events: RuleEvents? = nil) throws -> [Double] {
    switch self {
    case .file(let scorer, _):
      return try scorer.score(table, events: events).rankingScores
    case .column(let name):
      switch table[name]?.values {
      case .number(let values): return values
      case .flag(let values): return values.map { $0 < 0 ? .nan : Double($0) }
      default: throw ScoringError.ruleScoreNotANumber(column: name)
      }
    }
  }
}
