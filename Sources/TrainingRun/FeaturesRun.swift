import History
import Parallel
import ProjectReading
import Projects
import Reports
import Sources
import Tables

/// Makes the table of examples that a fit of a project's history learns from, for other tools.
public struct FeaturesRun: Sendable {
  let project: Project
  let now: Double
  let pool: WorkerPool
  let progress: ProgressSink

  /// - Parameter now: seconds since 1970; what is later has not happened.
  public init(
    project: Project, now: Double, pool: WorkerPool,
    progress: @escaping ProgressSink = { _ in }
  ) {
    self.project = project
    self.now = now
    self.pool = pool
    self.progress = progress
  }

  /// Writes training examples, or with `asOf` the leads that are open then, in the same columns.
  /// - Throws: `TrainingError.noHistory` for a project of one table, and whatever stands in the way;
  ///   nothing is written then.
  public func run(output: String, asOf: Double? = nil) throws -> FeaturesReport {
    guard let source = project.leads else { throw TrainingError.noLeads }
    guard project.hasHistory else { throw TrainingError.noHistory }
    for input in project.inputFiles where AtomicFile.isSameFile(output, input.resolved) {
      throw TrainingError.sameFile(flag: "--out", path: output, other: input.written)
    }
    try AtomicFile.checkWritable(output)
    let roles = LeadRoles(project: project, outcome: project.outcome)
    let (reading, examples) = try TrainingLeads.examples(
      project: project, options: CSVReadOptions(project: project, roles: roles), roles: roles,
      snapshot: DatabaseSnapshot(), now: now, pool: pool, progress: progress)
    let table: Table
    let summary: HistorySummary
    if let asOf {
      let scoring = try ScoringExamples(
        examples.recipe, inputs: reading.inputs, asOf: asOf, pool: pool)
      table = scoring.table
      summary = HistorySummary(
        lines: reading.chosen + reading.leads.lines + scoring.report.lines)
    } else {
      table = examples.table
      summary = HistorySummary(
        examples.report, chosen: reading.chosen, leadLines: reading.leads.lines)
    }
    progress(Progress(stage: "writing \(output)", done: 0, total: nil))
    try writeTable(table, to: output)
    return FeaturesReport(
      source: source.name, output: output, examples: table.rowCount,
      columns: table.columns.count, history: summary)
  }
}
