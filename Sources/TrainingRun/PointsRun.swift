import Metrics
import Parallel
import PointLearning
import Projects
import Reports
import Rules
import Sources
import Tables
import Vocabulary

/// Learns the points of a rule file from a project's history, or a first file from nothing, judges them on
/// leads that they were not learned from, and writes the new file.
public struct PointsRun: Sendable {
  let project: Project
  let options: TrainingOptions
  let points: PointOptions
  let words: SuggestionWords
  let now: Double
  let pool: WorkerPool
  let progress: ProgressSink

  /// What the user wants of the new file.
  public struct Output: Sendable {
    public let path: String
    /// Whether a file that is there may be replaced, the rules themselves among them.
    public let replaces: Bool

    public init(path: String, replaces: Bool) {
      self.path = path
      self.replaces = replaces
    }
  }

  /// - Parameters:
  ///   - options: of which the seed, the folds and the hold-out are used.
  ///   - words: what new rules, and the group of them, are called.
  ///   - now: seconds since 1970; what a history holds of later times has not happened.
  /// - Throws: `TrainingError.invalidOption`, `PointLearningError.invalidOption`.
  public init(
    project: Project, options: TrainingOptions, points: PointOptions,
    words: SuggestionWords = .english, now: Double = .infinity, pool: WorkerPool,
    progress: @escaping ProgressSink = { _ in }
  ) throws {
    self.project = project
    self.options = try options.validated()
    self.points = try points.validated()
    self.words = words
    self.now = now
    self.pool = pool
    self.progress = progress
  }

  /// - Throws: the first thing that stands in the way; nothing is written then.
  public func run(output: Output?) throws -> PointsReport {
    if let output { try check(output) }
    let leads = try AuditedLeads(
      project: project, now: now, suggesting: points.mostSuggested > 0 ? words : nil, pool: pool,
      progress: progress)
    let history = leads.history
    let (won, lost) = history.leadCounts
    guard min(won, lost) >= TrainingOptions.fewestOutcomes else {
      throw TrainingError.tooFewConversions(
        won: won, lost: lost, needed: TrainingOptions.fewestOutcomes)
    }
    let ruled = try RuledHistory(project: project, leads: leads, pool: pool)
    let plan = try FoldPlan(
      history: history, roles: leads.roles, repeated: try leads.repeatedLeads(pool: pool),
      options: options)
    FreedMemory.returnToSystem()
    try TrainingRun.checkTrainingPart(plan, history: history)
    let candidates = try candidates(leads, missing: ruled.file?.missing ?? [])
    let trial = PointTrial(
      history: history, ruled: ruled, candidates: candidates, options: points, pool: pool)
    let stage = "learning points"
    let learned = try trial.learned(rows: plan.trainingRows)
    var rows: [Int] = []
    var said = PointTrial.Said()
    if plan.heldOutRows.isEmpty {
      for fold in 0..<plan.folds.count {
        progress(Progress(stage: stage, done: fold + 1, total: plan.folds.count + 1))
        let own = plan.validationRows(fold: fold)
        rows += own
        said += trial.said(try trial.learned(rows: plan.trainingRows(fold: fold)), of: own)
      }
    } else {
      rows = plan.heldOutRows
      said = trial.said(learned, of: rows)
    }
    let builder = PointsReportBuilder(
      leads: leads, plan: plan, trial: trial, learned: learned, rulesPath: project.rules?.written,
      words: words)
    let text = try builder.text()
    if let output, let text {
      let file = try AtomicFile(path: output.path)
      try file.write(Array(text.utf8))
      try file.commit()
    }
    return try builder.report(
      judged: rows, said: said, written: text == nil ? nil : output?.path, text: text)
  }

  /// Rules about what leads did, and about the columns that a model would learn from. What Kelvin itself
  /// makes of a history's activities and changes is no column that a user could ask about.
  private func candidates(_ leads: AuditedLeads, missing: [String]) throws -> CandidateRules {
    guard points.mostSuggested > 0 else { return CandidateRules() }
    let history = leads.history
    let own = leads.read.recipe?.history.map { Set($0.leadColumns) }
    let vocabulary =
      try leads.read.recipe?.vocabulary.map { try Vocabulary($0.additions) } ?? .standard
    return try CandidateRules(
      table: history.table, columns: leads.selection.used.filter { own?.contains($0) ?? true },
      closed: history.closedRows, events: leads.read.events, missing: missing, words: words,
      pool: pool
    ) { file in
      try RuleScorer(
        file, schema: history.source.schema, projectMissingTokens: project.missing ?? [],
        vocabulary: vocabulary)
    }
  }

  /// Finds before any work what could not be written after it.
  private func check(_ output: Output) throws {
    let isRules = project.rules.map { AtomicFile.isSameFile(output.path, $0.resolved) } ?? false
    if !(isRules && output.replaces) { try project.checkOutput(output.path, flag: "--write") }
    try AtomicFile.checkWritable(output.path)
  }
}
