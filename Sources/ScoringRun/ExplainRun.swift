import Explanations
import ModelFiles
import Models
import Parallel
import Projects
import Reports
import Rules
import Sources

/// Says of one lead why the model and the rules score it as they do.
public struct ExplainRun: Sendable {
  public struct Options: Sendable {
    /// Columns that are shown one by one.
    public var shown = ExplainRun.defaultShown
    public var language = ReasonLanguage.english
    public var skipsBadRows = false
    /// The share of a column's cells that may fail to read, before the run fails.
    public var unparsedLimit = PredictRun.defaultUnparsedLimit

    public init() {}
  }

  /// Beyond a dozen, contributions are small and many.
  public static let defaultShown = 12

  let loaded: LoadedModel
  let rules: RuleBinding?
  let options: Options
  let pool: WorkerPool
  let progress: ProgressSink
  private let reasons: LeadReasons

  /// - Throws: `ExplanationError` for a model that has no reasons, and for a rule file that is wrong or
  ///   does not fit the model's columns.
  public init(
    _ loaded: LoadedModel, rules: RuleScoreSource?, options: Options, pool: WorkerPool,
    progress: @escaping ProgressSink = { _ in }
  ) throws {
    self.loaded = loaded
    self.rules = try rules.map { try RuleBinding($0, model: loaded.model) }
    self.options = options
    self.pool = pool
    self.progress = progress
    reasons = try LeadReasons(
      loaded.model, language: options.language, count: options.shown, pool: pool)
  }

  /// - Parameter lead: one cell a column of the id, as they read; of a model without ids the lead's row,
  ///   from 1.
  /// - Throws: `ScoringError.noSuchLead`, and what stands in the way of reading the leads.
  public func run(_ lead: [String], data: TableOrigin) throws -> ExplainReport {
    try run(
      lead,
      LeadStream(
        origin: data, model: loaded.model, rules: rules, skipsBadRows: options.skipsBadRows,
        needsOutcome: false))
  }

  /// As above, of leads that are put together from a project's tables.
  public func run(
    _ lead: [String], project: Project, asOf: Double?, now: Double
  ) throws -> ExplainReport {
    try run(
      lead,
      ProjectLeads(
        project, loaded: loaded, rules: rules?.columns ?? [], asOf: asOf, now: now,
        includesClosed: true, unreadLimit: options.unparsedLimit, pool: pool,
        progress: progress))
  }

  private func run(_ lead: [String], _ leads: some ScorableLeads) throws -> ExplainReport {
    let model = loaded.model
    let ids = model.idColumns
    guard lead.count == max(ids.count, 1) else {
      throw ScoringError.otherIdCount(given: lead.count, columns: ids)
    }
    let scorer = LeadScorer(model)
    var before = 0
    var report: ExplainReport?
    var unparsed = UnparsedCells(columns: leads.columns)
    // Without ids a lead is a row, and a block does not know how many came before it.
    let number = ids.isEmpty ? Int(lead[0]) : nil
    try leads.forEachBlock(pool: pool) { (block: LeadBlock) in
      block
    } consume: { block in
      let row = number.map { $0 - 1 - before }
      before += block.table.rowCount
      unparsed.add(block.unparsedCounts, rows: block.table.rowCount)
      guard report == nil, let place = place(of: lead, row: row, block) else { return }
      report = try explain(
        lead, block, place, scorer,
        warnings: leads.warnings
          + (rules?.warnings(outcome: model.outcome.column, types: leads.activityTypes) ?? []))
    }
    try unparsed.check(limit: options.unparsedLimit)
    guard let report else {
      throw ScoringError.noSuchLead(
        path: leads.name, columns: ids, isHistory: model.recipe?.history != nil)
    }
    return report
  }

  private func place(of lead: [String], row: Int?, _ block: LeadBlock) -> Int? {
    if loaded.model.idColumns.isEmpty {
      return row.flatMap { (0..<block.table.rowCount).contains($0) ? $0 : nil }
    }
    return (0..<block.table.rowCount).first { row in
      zip(lead, block.carried).allSatisfy { $1.text(row) == $0 }
    }
  }

  private func explain(
    _ lead: [String], _ block: LeadBlock, _ row: Int, _ scorer: LeadScorer,
    warnings: [String]
  ) throws -> ExplainReport {
    let scores = try scorer.score(block.table)
    let reasons = try reasons.reasons(block.table)
    let baseline = reasons.explanations.baseline
    var ledger: ExplainReport.Rules?
    if case .file(let scorer, _)? = rules {
      let own = try scorer.bind(block.table, events: block.events).ledger(row)
      ledger = ExplainReport.Rules(
        lines: own.lines.filter { $0.thousandths != 0 || $0.kind == .disqualifies }.map {
          $0.text(in: .init(options.language))
        },
        points: Double(own.total) / 1_000, score: own.score, grade: own.grade, stage: own.stage,
        disqualified: own.isDisqualified)
    } else if let points = try rules?.rankingScores(block.table, events: block.events)[row],
      !points.isNaN
    {
      ledger = ExplainReport.Rules(
        lines: [], points: points, score: points, grade: nil, stage: nil, disqualified: false)
    }
    return ExplainReport(
      model: loaded.name, lead: lead, probability: scores.probabilities[row],
      averageProbability: probability(fromRawPrediction: baseline), averageLogOdds: baseline,
      parts: reasons.all(row: row).map {
        ExplainReport.Part(column: $0.column, text: $0.text, contribution: $0.contribution)
      }, shown: options.shown, rules: ledger,
      warnings: loaded.warnings + warnings)
  }
}

extension LeadBlock.Carried {
  /// A cell as it reads.
  func text(_ row: Int) -> String {
    switch self {
    case .raw(let fields): fields.text(row)
    case .texts(let texts): texts[row]
    }
  }
}
