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

  public init(
    project: Project, snapshot: DatabaseSnapshot = DatabaseSnapshot(), now: Double = .infinity,
    pool: WorkerPool, progress: @escaping ProgressSink = { _ in }
  ) {
    self.project = project
    self.snapshot = snapshot
    self.now = now
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
    let (leads, recipe, exports) = try readLeads(
      source, options: options, reader: reader, zone: zone)
    var definition = HistoryDefinition(project: project)
    if let found = try outcome(leads.table) { definition.target.outcome = .column(found) }
    let index = try HistoryInputs.leadIndex(leads.table, roles: definition.roles)
    var schemas = HistorySchemas(leads: leads.schema)
    var log: ActivityLog?
    if let activities = project.activities, let columns = definition.activities {
      progress(Progress(stage: "reading \(activities.source.name)", done: 0, total: nil))
      let schema = try activitySchema(activities.source, columns)
      schemas.activities = schema
      log = try gather(activities.source, columns: columns, schema: schema, leads: index)
    }
    var changes: ChangeLog?
    if let stated = project.changes, let columns = definition.changes {
      progress(Progress(stage: "reading \(stated.source.name)", done: 0, total: nil))
      let table = try self.table(stated.source, options: .changes(columns, project: project))
      schemas.changes = table.schema.keeping(columns.names)
      changes = try ChangeLog(table.table, columns: columns, leads: index, latest: now)
    }
    try checkTypes(log)
    let chosen = try applyPreset(to: &definition, log: log)
    return Reading(
      leads: leads, recipe: recipe, definition: definition,
      inputs: HistoryInputs(
        leads: leads.table, schemas: schemas, log: log, changes: changes, exports: exports,
        latest: now), chosen: chosen)
  }

  /// What a prediction needs: every table read as the recipe says.
  /// - Parameter asOf: `nil` for the newest moment of the data.
  public func read(
    _ recipe: LeadRecipe, history: HistoryRecipe, asOf: Double?
  ) throws -> (leads: LeadTable, inputs: HistoryInputs) {
    guard let source = project.leads else { throw ProjectReadingError.noLeads }
    let definition = history.definition
    progress(Progress(stage: "reading \(source.name)", done: 0, total: nil))
    let reader = LeadReader(project: project, snapshot: snapshot, pool: pool)
    let latest = asOf.map { min($0, now) } ?? now
    let needed = history.leadColumns
    let leads: LeadTable
    if case .exports(let pattern) = source.place {
      let zone = try NamedTimeZone(definition.timeZone)
      let newest = try Self.files(of: pattern, zone: zone)
        .last { asOf == nil || $0.time <= latest }
      guard let newest else { throw ProjectReadingError.noExports(pattern: pattern.written) }
      var file = source
      file.place = .csv(ProjectPath(newest.path))
      leads = try reader.read(
        file, schema: history.schemas.leads, recipe: recipe, needed: needed)
    } else {
      leads = try reader.read(
        source, schema: history.schemas.leads, recipe: recipe, needed: needed)
    }
    let index = try HistoryInputs.leadIndex(leads.table, roles: definition.roles)
    let log = try activityLog(definition, schema: history.schemas.activities, leads: index)
    var changes: ChangeLog?
    if let columns = definition.changes, let schema = history.schemas.changes {
      guard let stated = project.changes, let origin = stated.source.origin else {
        throw ProjectReadingError.otherTables(table: "changes", isInModel: true)
      }
      progress(Progress(stage: "reading \(stated.source.name)", done: 0, total: nil))
      let table = try readTypedTable(
        origin, schema: schema, needed: columns.names,
        skipBadRows: stated.source.skipsBadRows, pool: pool, snapshot: snapshot)
      changes = try ChangeLog(table.table, columns: columns, leads: index, latest: latest)
    }
    return (
      leads,
      HistoryInputs(
        leads: leads.table, schemas: history.schemas, log: log, changes: changes, latest: latest)
    )
  }

  private func activityLog(
    _ definition: HistoryDefinition, schema: TableSchema?, leads: LeadIndex
  ) throws -> ActivityLog? {
    guard let columns = definition.activities, let schema else {
      if project.activities != nil {
        throw ProjectReadingError.otherTables(table: "activities", isInModel: false)
      }
      return nil
    }
    guard let source = project.activities?.source else {
      throw ProjectReadingError.otherTables(table: "activities", isInModel: true)
    }
    return try gather(source, columns: columns, schema: schema, leads: leads)
  }

  /// How the activities are written, from as many rows as settle it: there may be too many to be read
  /// twice.
  private func activitySchema(
    _ source: TableSource, _ columns: ActivityColumns
  ) throws -> TableSchema {
    guard let origin = source.origin else { throw ProjectReadingError.noLeads }
    var options = source.readOptions
    if let missing = project.missing { options.missingTokens = missing }
    var types: [(name: String, type: ColumnType)] = [(columns.lead, .text), (columns.at, .date)]
    if let recordedAt = columns.recordedAt { types.append((recordedAt, .date)) }
    if let value = columns.value { types.append((value, .number)) }
    for name in [columns.type].compactMap(\.self) + columns.attributes {
      types.append((name, .category))
    }
    return try sampledSchema(origin, columns: types, options: options, snapshot: snapshot)
  }

  private func gather(
    _ source: TableSource, columns: ActivityColumns, schema: TableSchema, leads: LeadIndex
  ) throws -> ActivityLog {
    guard let origin = source.origin else { throw ProjectReadingError.noLeads }
    let builder = ActivityLogBuilder(columns: columns, leads: leads)
    let stream = try CSVStream(
      origin: origin, schema: schema, columns: columns.names, skipBadRows: source.skipsBadRows,
      snapshot: snapshot)
    var rows = 0
    do {
      try stream.forEachBlock(pool: pool) { block in
        try builder.add(block.table)
        return block.table.rowCount
      } consume: { count in
        rows += count
        progress(Progress(stage: "reading \(source.name)", done: rows, total: nil))
      }
    } catch SourceError.headerAlone {
      // A log without activities is one of leads that did nothing.
    }
    return try builder.finish(pool: pool)
  }

  private func table(_ source: TableSource, options: CSVReadOptions) throws -> CSVTable {
    guard let origin = source.origin else { throw ProjectReadingError.noLeads }
    var options = options
    let written = source.readOptions
    options.separator = written.separator
    options.encoding = written.encoding
    options.hasHeader = written.hasHeader
    options.skipBadRows = written.skipBadRows
    return try readTable(origin, options: options, pool: pool, snapshot: snapshot)
  }

  /// Types of activity that the project names are among those there are.
  private func checkTypes(_ log: ActivityLog?) throws {
    guard let activities = project.activities, let log else { return }
    let place = activities.typesPlace.map { "\($0)" } ?? "activities"
    let events = project.events.map { ($0.place.map { "\($0)" } ?? "outcome", $0.won + $0.lost) }
    let named = [
      (place, activities.byUs + activities.rates.flatMap { [$0.type, $0.of] }),
      events ?? ("outcome", []),
    ]
    for (place, types) in named {
      for type in types where !log.types.contains(type) {
        throw ProjectReadingError.unknownType(
          place: place, type: type, nearest: nearestName(to: type, among: log.types),
          present: log.types)
      }
    }
  }

  private func applyPreset(
    to definition: inout HistoryDefinition, log: ActivityLog?
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
      statement, types: log?.types ?? [], attributes: log?.columns.attributes ?? [])
    choice.apply(to: &definition)
    return choice.lines
  }
}

extension TableSchema {
  fileprivate func keeping(_ names: [String]) -> TableSchema {
    TableSchema(columns: names.compactMap { self[$0] }, dialect: dialect)
  }
}

extension CSVReadOptions {
  fileprivate static func changes(_ columns: ChangeColumns, project: Project) -> CSVReadOptions {
    var options = CSVReadOptions()
    options.keepAsText = [columns.lead]
    options.columnTypes[columns.at] = .date
    for name in [columns.column, columns.old, columns.new] {
      options.columnTypes[name] = .category
    }
    return options
  }
}
