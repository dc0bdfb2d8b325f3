import Models
import Projects
import Reports
import Rules
import Tables

/// The rule scores of a table's leads, from a rule file or from a column of points.
struct RuleSide: Sendable {
  /// What the scores are called in reports.
  let name: String
  /// One a row, finite, higher is better: on the file's scale, with disqualified leads below all others.
  let scores: [Double]
  let cautions: [ComparisonCaution]
  /// `nil` for a column of points.
  let scorer: RuleScorer?
  /// What rules about activities say of each row; `nil` for others.
  let verdicts: RuleVerdicts?

  init(
    name: String, scores: [Double], cautions: [ComparisonCaution], scorer: RuleScorer?,
    verdicts: RuleVerdicts?
  ) {
    self.name = name
    self.scores = scores
    self.cautions = cautions
    self.scorer = scorer
    self.verdicts = verdicts
  }

  /// - Returns: `nil` where the project has neither.
  /// - Throws: `RuleError` and `YAMLError` for what is wrong with the file, `TrainingError` for a column
  ///   that holds no points.
  init?(project: Project, history: LeadHistory, read: TrainingLeads) throws {
    if let path = project.rules {
      let scored: ScoredRules
      if let found = read.rules {
        scored = found
      } else if let found = try ScoredRules(
        project: project, leads: history.source, recipe: read.recipe)
      {
        scored = found
      } else {
        return nil
      }
      let file = scored.scorer.file
      name = path.written
      scores = scored.scores.rankingScores
      scorer = scored.scorer
      verdicts = scored.verdicts
      let outcome = history.outcome.column
      cautions =
        (file.warnings + scored.unknownTypes).map { .other($0) }
        + (file.requiredColumns.contains { $0.name == outcome }
          ? [.rulesKnowOutcome(rules: path.written, column: outcome)] : [])
    } else if let column = project.ruleScore {
      scores = try Self.points(history.table, column: column)
      name = column
      cautions = [.pointsOfExport(column: column)]
      scorer = nil
      verdicts = nil
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
