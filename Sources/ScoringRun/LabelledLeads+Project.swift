import Activities
import Comparison
import History
import ModelFiles
import Models
import Parallel
import ProjectReading
import Projects
import Rules
import Sources
import Tables

/// Which part of a project's history a model is judged by.
public struct JudgedPeriod: Sendable, Equatable {
  /// Decisions at this moment or later, as clocks of the project's time zone show it, in seconds since
  /// 1970; `nil` takes the moment until which the
  /// model learned.
  public var from: Double?
  /// The end of the data; `nil` takes the newest moment of which they tell.
  public var asOf: Double?

  public init(from: Double? = nil, asOf: Double? = nil) {
    self.from = from
    self.asOf = asOf
  }

  var isStated: Bool { from != nil || asOf != nil }
}

extension LabelledLeads {
  /// Scores the leads of a project that have outcomes, put together as the model's own were.
  ///
  /// Of a history, examples by the model's recipe that were decided after it had learned, with outcomes
  /// within its horizon; those of leads that it was fitted to are left out and counted. Leads as they
  /// stand are judged as those of one table are.
  /// - Parameters:
  ///   - onlyUnseen: of leads as they stand: leaves out those that the model was fitted to, instead of
  ///     refusing.
  ///   - predictions: of the fit's own leads, in place of scores: those are judged, whenever decided.
  ///   - facets: what a comparison looks at beside the scores; `nil` keeps no cells for one.
  ///   - unreadLimit: the share of the cells of a column that may be unreadable.
  ///   - now: seconds since 1970; what is later has not happened.
  /// - Throws: `ScoringError`, and whatever stands in the way of reading the tables.
  public init(
    project: Project, loaded: LoadedModel, rules source: RuleScoreSource?, period: JudgedPeriod,
    onlyUnseen: Bool, predictions: OutOfFoldPredictions? = nil,
    facets: ComparisonFacets? = nil, unreadLimit: Double = PredictRun.defaultUnparsedLimit,
    now: Double, pool: WorkerPool, progress: @escaping ProgressSink
  ) throws {
    let model = loaded.model
    guard let leads = project.leads else { throw ProjectReadingError.noLeads }
    if model.recipe?.history == nil, period.isStated {
      throw ScoringError.periodWithoutHistory(model: loaded.name)
    }
    guard let recipe = model.recipe else {
      if facets?.contactEvent != nil { throw ComparisonError.noEvents }
      guard let origin = leads.origin else { throw ScoringError.noRecipe(model: loaded.name) }
      try self.init(
        origin: origin, loaded: loaded, rules: source, onlyUnseen: onlyUnseen,
        predictions: predictions, facets: facets, unreadLimit: unreadLimit,
        skipsBadRows: leads.skipsBadRows, pool: pool,
        progress: progress)
      return
    }
    let limit = UnreadLimit(share: unreadLimit, columns: Set(model.requiredColumns))
    let rules = try source.map { try RuleBinding($0, model: model) }
    let table: Table
    let outcomes: [Int8]
    var logs: ExampleLogs?
    var contacted: [Bool]?
    var (notes, warnings): ([String], [String]) = ([], [])
    if let history = recipe.history {
      let zone = try NamedTimeZone(history.definition.timeZone)
      let from =
        predictions == nil
        ? zone.moment(ofClock: try Self.start(period, loaded: loaded)) : -.infinity
      let asOf = period.asOf.map { zone.moment(ofClock: $0) }
      let read = try HistoryReader(
        project: project, now: now, limit: limit, pool: pool, progress: progress
      ).readPast(recipe, history: history, asOf: asOf)
      progress(Progress(stage: "making examples", done: 0, total: nil))
      let examples = try EvaluationExamples(
        history, inputs: read.inputs, from: from, asOf: asOf,
        earliest: model.training.until.map { zone.moment(ofClock: $0) }, pool: pool)
      (table, outcomes, logs) = (examples.table, examples.outcomes, examples.logs)
      contacted = try facets?.contactEvent.map {
        try ContactedLeads.flags($0, logs: logs, settled: examples.settled, pool: pool)
      }
      notes = read.leads.makingLines + examples.report.lines
      warnings =
        examples.report.warnings(
          unlearned: Set(history.columnNames).subtracting(model.requiredColumns))
        + read.leads.unread.map(\.line)
    } else {
      let name = model.outcome.column
      let needed =
        model.requiredColumns + model.idColumns + (rules?.columns ?? []) + [name]
        + (facets?.columns ?? [])
      let read = try LeadReader(project: project, snapshot: DatabaseSnapshot(), pool: pool).read(
        leads, schema: model.schema, recipe: recipe, needed: Self.distinct(needed),
        limit: limit)
      guard case .category(let cells)? = read.table[name]?.values else {
        throw ScoringError.outcomeMissing(path: leads.name, column: name)
      }
      (table, outcomes) = (read.table, model.outcome.labels(cells))
      notes = read.makingLines
      warnings = read.unread.map(\.line)
    }
    if facets?.contactEvent != nil, contacted == nil { throw ComparisonError.noEvents }
    let verdicts = try rules?.verdicts(table, logs: logs, pool: pool)
    let judged = try Self.judged(
      table, outcomes: outcomes,
      ruleScores: verdicts?.scores.rankingScores,
      judge: LeadJudge(
        model: model, rules: rules, predictions: predictions, keepsCells: facets != nil),
      model: model,
      pool: pool, progress: progress)
    try self.init(
      judged, source: leads.name, loaded: loaded, rules: rules, facets: facets,
      onlyUnseen: onlyUnseen || recipe.history != nil, predictions: predictions,
      verdicts: verdicts,
      types: logs?.types, contacted: contacted,
      unit: recipe.history == nil ? nil : "example", notes: notes, warnings: warnings)
  }

  /// From when on decisions are new to the model.
  private static func start(_ period: JudgedPeriod, loaded: LoadedModel) throws -> Double {
    guard loaded.model.recipe?.history?.definition.horizon != nil else {
      // Outcomes without dates: leads are told apart, and nothing else.
      if period.from != nil { throw ScoringError.periodWithoutHistory(model: loaded.name) }
      return -.infinity
    }
    switch (period.from, loaded.model.training.until) {
    case (let from?, let until?):
      guard from >= until else {
        throw ScoringError.learnedUntil(
          from: timeText(from), until: timeText(until), model: loaded.name)
      }
      return from
    case (let from?, nil): return from
    case (nil, let until?): return until
    case (nil, nil): throw ScoringError.unknownEnd(model: loaded.name)
    }
  }

  /// Rows a block: enough to share out, and small beside the table.
  private static let blockRows = 8_192

  private static func judged(
    _ table: Table, outcomes: [Int8], ruleScores: [Double]?, judge: LeadJudge, model: LeadModel,
    pool: WorkerPool, progress: ProgressSink
  ) throws -> JudgedLeads {
    let blocks = RowBlocks(rowCount: table.rowCount, blockSize: blockRows).map { $0 }
    let single = WorkerPool(threadCount: 1)
    let parts = try pool.map(blocks.count) { index in
      let rows = Array(blocks[index])
      let part = table.gathered(rows)
      let own = rows.map { outcomes[$0] }
      let closed = own.indices.filter { own[$0] >= 0 }
      let identities =
        switch model.sketch.basis {
        case .ids: try LeadIdentities(of: part, columns: model.idColumns, rows: closed)
        case .rows:
          try LeadIdentities.digests(
            of: part, columns: model.requiredColumns, rows: closed, pool: single)
        }
      return try judge.judged(
        part, outcomes: own, closed: closed, identities: identities,
        ruleScores: ruleScores.map { Array($0[blocks[index]]) })
    }
    var all = JudgedLeads()
    for part in parts { all.add(part) }
    progress(Progress(stage: "leads scored", done: all.rows, total: nil))
    return all
  }

  private static func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
