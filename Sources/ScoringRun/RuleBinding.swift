import Models
import Reports
import Rules
import Tables
import YAMLDocuments

/// Where the rule scores of streamed leads come from, bound to a model's schema.
enum RuleBinding: Sendable {
  case file(RuleScorer, name: String)
  case column(String)

  /// - Throws: `YAMLError` and `RuleError` for what is wrong with a rule file, `ScoringError` for a
  ///   points column that the model's history did not have.
  init(_ source: RuleScoreSource, schema: TableSchema) throws {
    switch source {
    case .file(let path):
      let file = try RuleFile.parse(YAMLDocument.text(ofFile: path), fileName: path)
      self = .file(
        try RuleScorer(file, schema: schema, projectMissingTokens: []), name: path)
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

  /// - Parameter outcome: the column that tells won from lost.
  func cautions(outcome: String) -> [ComparisonCaution] {
    switch self {
    case .file(let scorer, let path):
      scorer.file.warnings.map { .other($0) }
        + (columns.contains(outcome) ? [.rulesKnowOutcome(rules: path, column: outcome)] : [])
    case .column(let name): [.pointsOfExport(column: name)]
    }
  }

  /// The same in English.
  func warnings(outcome: String) -> [String] {
    cautions(outcome: outcome).map(\.english)
  }

  /// Scores to rank a table's leads by; NaN where a points column has none.
  func rankingScores(_ table: Table) throws -> [Double] {
    switch self {
    case .file(let scorer, _):
      return try scorer.score(table).rankingScores
    case .column(let name):
      switch table[name]?.values {
      case .number(let values): return values
      case .flag(let values): return values.map { $0 < 0 ? .nan : Double($0) }
      default: throw ScoringError.ruleScoreNotANumber(column: name)
      }
    }
  }
}
