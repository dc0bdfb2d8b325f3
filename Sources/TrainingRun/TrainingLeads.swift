import Comparison
import History
import Models
import Parallel
import ProjectReading
import Projects
import Rules
import Sources
import Tables
import YAMLDocuments

/// The table that a fit learns from: a project's leads as they stand, or examples of its history.
struct TrainingLeads: Sendable {
  let leads: LeadTable
  let roles: LeadRoles
  let readOptions: CSVReadOptions
  /// `nil` where the leads are one table as it stands.
  let recipe: LeadRecipe?
  /// Of a history.
  let examples: ExampleReport?
  /// What a preset chose, in lines to be shown.
  let chosen: [String]
  /// The leads that will be scored, in the columns of `leads`; `nil` for the open ones among them.
  let scored: Table?
  /// Whether the user said where they are.
  let scoredIsStated: Bool
  /// What the rules give examples of a history, as of their decision times; `nil` without rules, and for
  /// leads as they stand.
  let rules: ScoredRules?
  /// Rules about activities that could be written, where they are asked for; `nil` without activities.
  let events: EventCandidates?
  /// Which examples were contacted, by activities that the project names; `nil` for others.
  let contacted: [Bool]?
  /// What a history knows beside its examples.
  let evidence: HistoryEvidence?
  /// What was read, so that it can be read again in the same state.
  let source: TableSource
  let snapshot: DatabaseSnapshot

  /// - Parameters:
  ///   - scoredSource: the leads that will be scored; `nil` for the open ones.
  ///   - now: seconds since 1970; what is later has not happened.
  ///   - suggesting: what rules about activities are called that could be written; `nil` for none.
  ///   - memory: how much of the activities is held in memory at a time.
  init(
    project: Project, scored scoredSource: TableSource? = nil, now: Double,
    suggesting words: SuggestionWords? = nil, memory: ActivityMemory = ActivityMemory(),
    pool: WorkerPool,
    progress: @escaping ProgressSink
  ) throws {
    let snapshot = DatabaseSnapshot()
    guard project.hasHistory else {
      try self.init(
        asTheyStand: project, scored: scoredSource, snapshot: snapshot, pool: pool,
        progress: progress)
      return
    }
    guard project.outcome != nil || project.events != nil || project.target != nil else {
      throw TrainingError.noOutcome
    }
    // Of the leads as they are read; the outcome of the examples is another.
    let raw = LeadRoles(project: project, outcome: project.outcome)
    let options = CSVReadOptions(project: project, roles: raw)
    try self.init(
      project: project,
      history: Self.history(
        project: project, options: options, roles: raw, snapshot: snapshot, now: now,
        memory: memory, pool: pool, progress: progress), options: options, scored: scoredSource,
      snapshot: snapshot, now: now, suggesting: words, memory: memory, pool: pool,
      progress: progress)
  }

  /// Leads that are their own examples.
  private init(
    asTheyStand project: Project, scored scoredSource: TableSource?, snapshot: DatabaseSnapshot,
    pool: WorkerPool, progress: @escaping ProgressSink
  ) throws {
    guard let source = project.leads else { throw TrainingError.noLeads }
    guard let outcome = project.outcome else { throw TrainingError.noOutcome }
    self.source = source
    self.snapshot = snapshot
    scoredIsStated = scoredSource != nil
    roles = LeadRoles(project: project, outcome: outcome)
    readOptions = CSVReadOptions(project: project, roles: roles)
    progress(Progress(stage: "reading \(source.name)", done: 0, total: nil))
    let found: (leads: LeadTable, recipe: LeadRecipe)
    do {
      found = try LeadReader(project: project, snapshot: snapshot, pool: pool).read(
        source, options: readOptions)
    } catch let error as SourceError {
      // The reader knows columns by what is said of them, the user by what they are for.
      if case .unknownColumns(_, _, _, let present) = error { try roles.check(against: present) }
      throw error
    }
    leads = found.leads
    recipe = found.recipe == LeadRecipe() ? nil : found.recipe
    examples = nil
    chosen = []
    evidence = nil
    rules = nil
    events = nil
    contacted = nil
    guard let scoredSource else {
      scored = nil
      return
    }
    progress(Progress(stage: "reading \(scoredSource.name)", done: 0, total: nil))
    scored = try LeadReader(project: project, snapshot: snapshot, pool: pool).read(
      scoredSource, schema: found.leads.schema, recipe: found.recipe, needed: []
    ).table
  }

  /// Examples of a history that has been read.
  init(
    project: Project, history: (reading: HistoryReader.Reading, builder: ExampleBuilder),
    options: CSVReadOptions, scored scoredSource: TableSource? = nil, snapshot: DatabaseSnapshot,
    now: Double, suggesting words: SuggestionWords? = nil, memory: ActivityMemory,
    pool: WorkerPool, progress: @escaping ProgressSink
  ) throws {
    guard let source = project.leads else { throw TrainingError.noLeads }
    self.source = source
    self.snapshot = snapshot
    scoredIsStated = scoredSource != nil
    readOptions = options
    let table = try history.builder.examples(pool: pool)
    leads = history.reading.leads.with(
      table: table.table, schema: table.recipe.exampleSchema)
    var recipe = history.reading.recipe
    recipe.history = table.recipe
    self.recipe = recipe
    examples = table.report
    chosen = history.reading.chosen
    evidence = try HistoryEvidence(
      table.report, recipe: table.recipe, inputs: history.reading.inputs, pool: pool)
    rules = try ScoredRules(
      project: project, leads: leads, recipe: recipe, logs: history.builder.logs, pool: pool)
    events = try words.flatMap { words in
      try history.builder.logs.map {
        try EventCandidates(logs: $0, words: words, pool: pool)
      }
    }
    contacted = try ComparisonFacets().adding(project).contactEvent.map {
      try ContactedLeads.flags(
        $0, logs: history.builder.logs, settled: history.builder.settled, pool: pool)
    }
    scored = try Self.scored(
      scoredSource, project: project, recipe: recipe, inputs: history.reading.inputs,
      snapshot: snapshot, now: now, memory: memory, pool: pool, progress: progress)
    roles = LeadRoles(project: project, examples: table)
  }

  /// The leads that a model of a history will score, as of the newest moment: the project's own open
  /// ones, or those of another table of leads beside the project's other tables.
  private static func scored(
    _ source: TableSource?, project: Project, recipe: LeadRecipe, inputs: HistoryInputs,
    snapshot: DatabaseSnapshot, now: Double, memory: ActivityMemory, pool: WorkerPool,
    progress: @escaping ProgressSink
  ) throws -> Table? {
    guard let history = recipe.history else { return nil }
    guard let source else {
      return try ScoringExamples(history, inputs: inputs, pool: pool).table(pool: pool)
    }
    var other = project
    other.leads = source
    let read = try HistoryReader(
      project: other, snapshot: snapshot, now: now, memory: memory, pool: pool,
      progress: progress
    ).read(recipe, history: history, asOf: nil)
    return try ScoringExamples(history, inputs: read.inputs, pool: pool).table(pool: pool)
  }

  /// A project's history, read, and what makes its examples.
  static func history(
    project: Project, options: CSVReadOptions, roles: LeadRoles, snapshot: DatabaseSnapshot,
    now: Double, memory: ActivityMemory, pool: WorkerPool, progress: @escaping ProgressSink
  ) throws -> (reading: HistoryReader.Reading, builder: ExampleBuilder) {
    let reading: HistoryReader.Reading
    do {
      reading = try HistoryReader(
        project: project, snapshot: snapshot, now: now, memory: memory, pool: pool,
        progress: progress
      ).read(options: options) { table in
        try project.outcome.map { try Self.outcome($0, in: table) }
      }
    } catch let error as SourceError {
      if case .unknownColumns(_, _, _, let present) = error {
        try LeadRoles.check(roles.named, against: present)
      }
      throw error
    }
    let own = reading.leads.table.columns.map(\.name)
    try LeadRoles.check(roles.named, against: own)
    progress(Progress(stage: "making examples", done: 0, total: nil))
    let withheld = WithheldColumns(project: project, leads: reading.leads.table)
    let builder = try ExampleBuilder(
      reading.definition, inputs: reading.inputs, unlearned: withheld.names, pool: pool)
    try LeadRoles.check(
      roles.chosen, against: own + builder.recipe.columnNames.filter { !own.contains($0) })
    return (reading, builder)
  }

  /// Which values mean won and lost, settled as for a table of leads.
  private static func outcome(_ outcome: ProjectOutcome, in table: Table) throws -> ColumnOutcome {
    guard case .category(let cells)? = table[outcome.column]?.values else {
      throw TrainingError.outcomeColumnMissing(
        name: outcome.column,
        nearest: nearestName(to: outcome.column, among: table.columns.map(\.name)),
        columns: table.columns.map(\.name))
    }
    let found = try OutcomeResolution.resolve(
      column: outcome.column, values: cells, won: outcome.won, lost: outcome.lost)
    return ColumnOutcome(
      column: outcome.column, won: found.won, lost: found.lost, date: outcome.at)
  }
}

extension LeadRoles {
  /// As a project gives them, of leads as they stand.
  init(project: Project, outcome: ProjectOutcome?) {
    self.init(
      // One column given twice is one id.
      ids: project.id.enumerated().filter { project.id.firstIndex(of: $1) == $0 }.map(\.element),
      outcome: .init(
        column: outcome?.column ?? "", won: outcome?.won ?? [], lost: outcome?.lost ?? []),
      account: project.account, created: project.created, weight: project.weight,
      excluded: project.exclude, kept: project.keep, ruleScore: project.ruleScore)
  }

  /// Of examples: their own outcome, and the decision time where the date of creation stood.
  init(project: Project, examples: ExampleTable) {
    let columns = Set(examples.table.columns.map(\.name))
    self.init(
      ids: project.id,
      outcome: .init(
        column: ExampleTable.outcomeColumn, won: [ExampleTable.wonLevel],
        lost: [ExampleTable.notWonLevel]),
      account: project.account,
      created: examples.horizon == nil ? project.created : ExampleTable.decisionTimeColumn,
      weight: project.weight,
      // The column that told the outcome is no column of the examples.
      excluded: project.exclude.filter(columns.contains),
      kept: project.keep, ruleScore: project.ruleScore,
      areExamples: true, horizon: examples.purgedSpan)
  }
}
