import Activities
import Features
import Glibc
import History
import Models
import Parallel
import Projects
import Sources
import Tables
import YAMLDocuments

/// Reads what a project says of a CRM's history and makes it into what examples are made of.
public struct HistoryReader: Sendable {
  let project: Project
  let snapshot: DatabaseSnapshot
  let pool: WorkerPool
  let progress: ProgressSink
  /// Seconds since 1970: what is later has not happened.
  let now: Double
  let memory: ActivityMemory
  /// How much of stated columns may be unreadable where a model's tables are read again; `nil` where that is
  /// only counted.
  let limit: UnreadLimit?

  public init(
    project: Project, snapshot: DatabaseSnapshot = DatabaseSnapshot(), now: Double = .infinity,
    memory: ActivityMemory = ActivityMemory(), limit: UnreadLimit? = nil, pool: WorkerPool,
    progress: @escaping ProgressSink = { _ in }
  ) {
    self.project = project
    self.snapshot = snapshot
    self.now = now
    self.memory = memory
    self.limit = limit
    self.pool = pool
    self.progress = progress
  }

  /// What a fit needs: types found from the cells.
  public struct Reading: Sendable {
    public let leads: LeadTable
    /// Without the history, which is settled when examples are made.
    public let recipe: LeadRecipe
    public let definition: HistoryDefinition
    public let inputs: HistoryInputs
    /// What a preset chose, in lines to be shown.
    public let chosen: [String]
  }

  /// - Parameters:
  ///   - options: what is known of the columns of the leads and of what is joined to them.
  ///   - outcome: settles which values of the leads' outcome column mean won and lost; `nil` where no
  ///     column tells it.
  public func read(
    options: CSVReadOptions, outcome: (Table) throws -> ColumnOutcome?
  ) throws -> Reading {
    guard let source = project.leads else { throw ProjectReadingError.noLeads }
    var options = options
    if let created = project.created, options.statesNothing(of: created) {
      options.columnTypes[created] = .date
    }
    if let at = project.outcome?.at, options.statesNothing(of: at) {
      options.columnTypes[at] = .date
    }
    progress(Progress(stage: "reading \(source.name)", done: 0, total: nil))
    let reader = LeadReader(project: project, snapshot: snapshot, pool: pool)
    let zone = try NamedTimeZone(project.timezone ?? "UTC")
    var (leads, recipe, exports) = try readLeads(
      source, options: options, reader: reader, zone: zone)
    try checkDates(in: leads.table)
    var definition = HistoryDefinition(project: project)
    if let found = try outcome(leads.table) { definition.target.outcome = .column(found) }
    var inputs = HistoryInputs(
      leads: leads.table, schemas: HistorySchemas(leads: leads.schema), exports: exports,
      latest: now)
    if let activities = project.activities, let columns = definition.activities {
      let schema = try sampledSchema(
        activities.source, columns: columns.types, like: leads.schema)
      inputs.schemas.activities = schema
      let (log, unread) = try readActivities(
        activities.source, columns, schema: schema, leads: leads.table, definition: definition)
      inputs.activities = log
      leads.unread += unread
      if let counts = inputs.activities?.summary.counts {
        try checkMatches(
          counts, activities.source, column: columns.lead, schema: schema, leads: leads.table)
      }
    }
    if let changes = project.changes, let columns = definition.changes {
      let schema = try sampledSchema(changes.source, columns: columns.types, like: leads.schema)
      inputs.schemas.changes = schema
      let (log, unread) = try readChanges(
        changes.source, columns, schema: schema, leads: leads.table, definition: definition,
        latest: now, mustMatch: true)
      inputs.changes = log
      leads.unread += unread
    }
    try checkTypes(inputs.activities?.summary)
    let chosen = try applyPreset(to: &definition, activities: inputs.activities)
    return Reading(
      leads: leads, recipe: recipe, definition: definition, inputs: inputs, chosen: chosen)
  }

  /// What a prediction needs: every table read as the recipe says, with what came after `asOf` too, which
  /// tells that a lead was open then, and what its fields were before they were changed.
  /// - Parameters:
  ///   - asOf: of dated exports the newest by then is read; `nil` for the newest of all.
  ///   - required: columns of the examples that are of use; others may be absent. `nil` for all.
  public func read(
    _ recipe: LeadRecipe, history: HistoryRecipe, asOf: Double?, required: Set<String>? = nil
  ) throws -> (leads: LeadTable, inputs: HistoryInputs) {
    guard let source = project.leads else { throw ProjectReadingError.noLeads }
    let definition = history.definition
    progress(Progress(stage: "reading \(source.name)", done: 0, total: nil))
    let reader = LeadReader(project: project, snapshot: snapshot, pool: pool)
    let roles = definition.roles
    let named = Set(roles.ids + [roles.created, roles.account, roles.leadID].compactMap(\.self))
    let needed = history.leadColumns.filter { name in
      named.contains(name) || required?.contains(name) ?? true
    }
    let limit = limit?.withColumns(history.definition.timeColumns)
    var leads: LeadTable
    var exportedAt: Double?
    if case .exports(let pattern) = source.place {
      let zone = try NamedTimeZone(definition.timeZone)
      let newest = try files(of: pattern, zone: zone)
        .last { $0.time <= asOf ?? .infinity }
      guard let newest else { throw ProjectReadingError.noExports(pattern: pattern.written) }
      var file = source
      file.place = .csv(ProjectPath(newest.path))
      exportedAt = newest.time
      leads = try reader.read(
        file, schema: history.schemas.leads, recipe: recipe, needed: needed, limit: limit)
    } else {
      leads = try reader.read(
        source, schema: history.schemas.leads, recipe: recipe, needed: needed, limit: limit)
    }
    leads = leads.with(absent: history.leadColumns, schema: history.schemas.leads)
    var inputs = HistoryInputs(
      leads: leads.table, schemas: history.schemas, exportedAt: exportedAt, latest: now)
    if let limit { inputs.unreadableLimit = limit.share }
    if let (source, columns, schema) = try known(
      "activities", project.activities?.source, definition.activities, history.schemas.activities)
    {
      let (activities, unread) = try readActivities(
        source, columns, schema: schema, leads: leads.table, definition: definition)
      if case .events = definition.target.outcome, activities.summary.counts.read == 0 {
        throw HistoryError.emptyLog
      }
      inputs.activities = activities
      leads.unread += unread
    }
    if let (source, columns, schema) = try known(
      "changes", project.changes?.source, definition.changes, history.schemas.changes)
    {
      let (changes, unread) = try readChanges(
        source, columns, schema: schema, leads: leads.table, definition: definition,
        latest: now)
      inputs.changes = changes
      leads.unread += unread
    }
    return (leads, inputs)
  }

  /// A table that the model was fitted with and the project has; `nil` where neither knows of it.
  /// - Throws: `ProjectReadingError.otherTables` where only one of them does.
  private func known<Columns>(
    _ table: String, _ source: TableSource?, _ columns: Columns?, _ schema: TableSchema?
  ) throws -> (TableSource, Columns, TableSchema)? {
    guard let columns, let schema else {
      guard source == nil else {
        throw ProjectReadingError.otherTables(table: table, isInModel: false)
      }
      return nil
    }
    guard let source else {
      throw ProjectReadingError.otherTables(table: table, isInModel: true)
    }
    return (source, columns, schema)
  }

  /// Types of activity that the project names are among those there are.
  private func checkTypes(_ summary: ActivitySummary?) throws {
    // A log without a single type tells nothing of how types are spelled.
    guard let activities = project.activities, let present = summary?.types.levels,
      !present.isEmpty
    else { return }
    let events = project.events
    // Outcomes do not tell upper from lower case.
    let outcomes = ((events?.won ?? []) + (events?.lost ?? [])).filter {
      !EventSelection(types: [$0]).includes(types: present).contains(true)
    }
    let named = [
      (activities.byUsPlace, "activities", activities.byUs),
      (activities.ratesPlace, "activities", activities.rates.flatMap { [$0.type, $0.of] }),
      (events?.place, "outcome", outcomes),
    ]
    for (place, key, types) in named {
      for type in types where !present.contains(type) {
        throw ProjectReadingError.unknownType(
          place: place.map { "\($0)" } ?? key, type: type,
          nearest: nearestName(to: type, among: present),
          present: present)
      }
    }
  }

  private func applyPreset(
    to definition: inout HistoryDefinition, activities: ActivityPartitions?
  ) throws -> [String] {
    guard let target = project.target, let preset = TargetPreset(rawValue: target.preset.rawValue)
    else { return [] }
    var statement = TargetPreset.Statement()
    statement.event = project.events?.won ?? []
    statement.lost = project.events?.lost ?? []
    if case .column(let outcome) = definition.target.outcome { statement.column = outcome }
    statement.product = target.product
    statement.horizon = project.horizon.map(Double.init)
    statement.ages = project.decision?.ages?.map(Double.init)
    statement.windows = project.activities?.windows?.map(Double.init)
    let choice = try preset.choice(
      statement, types: activities?.summary.types.levels ?? [],
      attributes: activities?.columns.attributes ?? [])
    try checkProduct(of: choice, activities: activities)
    choice.apply(to: &definition)
    return choice.lines
  }

  /// The product that a preset asks about is one that some activity names.
  private func checkProduct(
    of choice: TargetPreset.Choice, activities: ActivityPartitions?
  ) throws {
    guard let product = project.target?.product, let activities,
      case .events(let event, _) = choice.target.outcome, let attribute = event.attribute,
      let place = activities.columns.attributes.firstIndex(of: attribute)
    else { return }
    let present = activities.summary.attributes[place].levels
    guard !present.contains(product) else { return }
    throw ProjectReadingError.unknownProduct(
      place: project.target?.place.map { "\($0)" } ?? "target", product: product,
      attribute: attribute, nearest: nearestName(to: product, among: present), present: present)
  }

  /// Columns that say when something was hold at least one date.
  private func checkDates(in leads: Table) throws {
    for (role, name) in [("created", project.created), ("outcome: at", project.outcome?.at)] {
      guard let name, case .date(let times)? = leads[name]?.values, !times.isEmpty,
        times.allSatisfy(\.isNaN)
      else { continue }
      throw ProjectReadingError.noDates(role: role, column: name, rows: times.count)
    }
  }
}
