import History
import Models
import Parallel
import ProjectReading
import Projects
import Rules
import Vocabulary
import YAMLDocuments

/// A project's rule file and what it gives the leads of a table.
struct ScoredRules: Sendable {
  let scorer: RuleScorer
  let scores: RuleScores
  /// What rules about activities say of each row; `nil` for others.
  let verdicts: RuleVerdicts?
  /// Of types that the rules ask for and no activity is of.
  let unknownTypes: [String]

  /// Examples are scored as of their decision times.
  ///
  /// - Parameters:
  ///   - leads: the table that a model learns from.
  ///   - logs: what the leads did; `nil` where there are no activities.
  /// - Returns: `nil` for a project without a rule file.
  /// - Throws: `RuleError` and `YAMLError` for what is wrong with the file, `ActivityError`.
  init?(
    project: Project, leads: LeadTable, recipe: LeadRecipe?, logs: ExampleLogs? = nil,
    pool: WorkerPool = WorkerPool(threadCount: 1)
  ) throws {
    guard let path = project.rules else { return nil }
    let file = try RuleFile.parse(
      YAMLDocument.text(ofFile: path.resolved), fileName: path.written)
    scorer = try RuleScorer(
      file, schema: leads.schema, projectMissingTokens: project.missing ?? [],
      vocabulary: recipe?.vocabulary.map { try Vocabulary($0.additions) } ?? .standard)
    verdicts = try scorer.verdicts(leads.table, logs: logs, pool: pool)
    scores = try verdicts?.scores ?? scorer.score(leads.table, pool: pool)
    unknownTypes = logs.map { file.unknownTypeWarnings($0.types) } ?? []
  }
}
