import Models
import Projects
import Reports
import Rules
import Sources
import Tables
import YAMLDocuments

/// The rule scores of a table's leads, from a rule file or from a column of points.
struct RuleSide: Sendable {
  /// What the scores are called in reports.
  let name: String
  /// One a row, finite, higher is better: on the file's scale, with disqualified leads below all others.
  let scores: [Double]
  let cautions: [ComparisonCaution]
  /// `nil` for a column of points.
  let scorer: RuleScorer?

  /// - Returns: `nil` where the project has neither.
  /// - Throws: `RuleError` and `YAMLError` for what is wrong with the file, `TrainingError` for a column
  ///   that holds no points.
  init?(project: Project, history: LeadHistory) throws {
    if let path = project.rules {
      let file = try RuleFile.parse(
        YAMLDocument.text(ofFile: path.resolved), fileName: path.written)
      let scorer = try RuleScorer(
        file, schema: history.source.schema, projectMissingTokens: project.missing ?? [])
      let found = try scorer.score(history.table)
      name = path.written
      scores = found.rankingScores
      self.scorer = scorer
      let outcome = history.outcome.column
      cautions =
        file.warnings.map { .other($0) }
        + (file.requiredColumns.contains { $0.name == outcome }
          ? [.rulesKnowOutcome(rules: path.written, column: outcome)] : [])
    } else if let column = project.ruleScore {
      scores = try Self.points(history.table, column: column)
      name = column
      cautions = [.pointsOfExport(column: column)]
      scorer = nil
    } else {
      return nil
    }
  }

  /// The points of a column; a lead without any ranks below all others.
  private static func points(_ table: Table, column: String) throws -> [Double] {
    let values: [Double]
    switch table[column]?.values {
    case .number(let numbers): values = numbers
    case .flag(let flags): values = flags.map { $0 < 0 ? .nan : Double($0) }
    default: throw TrainingError.ruleScoreNotANumber(column: column)
    }
    let lowest = values.lazy.filter(\.isFinite).min() ?? 0
    return values.map { $0.isFinite ? $0 : lowest - 1 }
  }
}
