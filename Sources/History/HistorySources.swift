import Activities
import Parallel
import Sources
import Tables

/// Where the tables beside the leads are read from.
public struct HistorySources: Sendable, Equatable {
  public var activities: TableOrigin?
  public var changes: TableOrigin?
  /// Earlier exports of the leads, each with its date in its name.
  public var exports: [TableOrigin]
  /// Tokens that mean "not filled in".
  public var missingTokens: [String]
  /// Whether rows that can't be read are left out rather than an error.
  public var skipBadRows: Bool

  public init(
    activities: TableOrigin? = nil, changes: TableOrigin? = nil, exports: [TableOrigin] = [],
    missingTokens: [String] = [""], skipBadRows: Bool = false
  ) {
    self.activities = activities
    self.changes = changes
    self.exports = exports
    self.missingTokens = missingTokens
    self.skipBadRows = skipBadRows
  }
}

/// Reads the tables of a history beside the leads.
///
/// Activities are read as a stream, block by block, into the builder of their log. With `known` schemas
/// nothing is inferred, as `predict` needs it; without them, types are stated by the parts that columns
/// have, and only the order of dates and the decimal mark are found.
public struct HistoryReading: Sendable {
  private let definition: HistoryDefinition
  private let sources: HistorySources
  private let known: HistorySchemas?
  private let snapshot: DatabaseSnapshot

  /// The share of the times that may be no times before it is an error: a wrong column, or a wrong
  /// order of day and month.
  static let mostUnreadable = 0.1

  /// - Parameters:
  ///   - definition: which columns are what; `asOf` is the moment of the export.
  ///   - known: of the recipe that the model was fitted with; `nil` when it is fitted.
  ///   - snapshot: shared with the reading of the leads.
  public init(
    _ definition: HistoryDefinition, sources: HistorySources, known: HistorySchemas? = nil,
    snapshot: DatabaseSnapshot = DatabaseSnapshot()
  ) {
    self.definition = definition
    self.sources = sources
    self.known = known
    self.snapshot = snapshot
  }

  /// - Parameters:
  ///   - leads: read already, ids as text, with how they are written.
  ///   - latest: when the data are read; see `HistoryInputs.latest`.
  ///   - memoryLimit: bytes that activities may take before they go to a temporary file; `nil` keeps
  ///     them all in memory as one log.
  /// - Throws: `SourceError`, `ActivityError`, `HistoryError`.
  public func inputs(
    leads: Table, schema: TableSchema, latest: Double = .infinity, memoryLimit: Int? = nil,
    pool: WorkerPool, progress: @escaping ProgressSink = { _ in }
  ) throws -> HistoryInputs {
    var inputs = HistoryInputs(
      leads: leads, schemas: HistorySchemas(leads: schema), latest: latest)
    if let origin = sources.activities, let columns = definition.activities {
      let activities = try known?.activities ?? activitySchema(origin, columns, like: schema)
      let builder = ActivityLogBuilder(
        columns: columns, leads: try HistoryInputs.leadIndex(leads, roles: definition.roles),
        accounts: memoryLimit == nil
          ? nil
          : try definition.roles.account.map { try leads.required($0, role: "account").codes() },
        exportedAt: definition.asOf, memoryLimit: memoryLimit ?? .max)
      try read(origin, columns: columns, schema: activities, into: builder, pool, progress)
      if memoryLimit == nil {
        inputs.log = try builder.finish(pool: pool)
      } else {
        inputs.partitions = try builder.partitions(pool: pool)
      }
      inputs.schemas.activities = activities
    }
    if let origin = sources.changes, let columns = definition.changes {
      progress(Progress(stage: "reading \(origin.name)", done: 0, total: nil))
      let changes =
        try known?.changes
        ?? sampledSchema(
          origin,
          columns: [
            (columns.lead, .text), (columns.at, .date), (columns.column, .category),
            (columns.old, .category), (columns.new, .category),
          ], options: options, like: schema, snapshot: snapshot)
      inputs.changes = try readChanges(
        origin, columns, schema: changes, leads: leads, latest: definition.asOf ?? latest, pool)
      inputs.schemas.changes = changes
    }
    let zone = try NamedTimeZone(definition.timeZone)
    for origin in sources.exports {
      progress(Progress(stage: "reading \(origin.name)", done: 0, total: nil))
      inputs.exports.append(
        DatedExport(
          name: origin.name, time: try DatedExport.time(ofName: origin.name, zone: zone),
          leads: try readExport(origin, schema: schema, pool)))
    }
    return inputs
  }

  private var options: CSVReadOptions {
    var options = CSVReadOptions()
    options.missingTokens = sources.missingTokens
    options.skipBadRows = sources.skipBadRows
    return options
  }

  // MARK: Activities

  private func activitySchema(
    _ origin: TableOrigin, _ columns: ActivityColumns, like leads: TableSchema
  ) throws -> TableSchema {
    var types: [(name: String, type: ColumnType)] = [(columns.lead, .text), (columns.at, .date)]
    if let recordedAt = columns.recordedAt { types.append((recordedAt, .date)) }
    if let value = columns.value { types.append((value, .number)) }
    for name in [columns.type].compactMap(\.self) + columns.attributes {
      types.append((name, .category))
    }
    return try sampledSchema(
      origin, columns: types, options: options, like: leads, snapshot: snapshot)
  }

  private func read(
    _ origin: TableOrigin, columns: ActivityColumns, schema: TableSchema,
    into builder: ActivityLogBuilder, _ pool: WorkerPool, _ progress: ProgressSink
  ) throws {
    let stream = try CSVStream(
      origin: origin, schema: schema, columns: columns.names, skipBadRows: sources.skipBadRows,
      snapshot: snapshot)
    var rows = 0
    var unreadable = [Int](repeating: 0, count: columns.names.count)
    try stream.forEachBlock(pool: pool) { block in
      try builder.add(block.table)
      return (block.table.rowCount, block.unparsedCounts)
    } consume: { count, unparsed in
      rows += count
      for (column, cells) in unparsed.enumerated() { unreadable[column] += cells }
      progress(Progress(stage: "reading \(origin.name)", done: rows, total: nil))
    }
    for (name, count) in zip(columns.names, unreadable) {
      try Self.check(origin, column: name, unreadable: count, of: rows, expected: "date or number")
    }
  }

  private static func check(
    _ origin: TableOrigin, column: String, unreadable: Int, of rows: Int, expected: String
  ) throws {
    guard Double(unreadable) <= mostUnreadable * Double(rows) else {
      throw HistoryError.unreadableCells(
        source: origin.name, column: column, count: unreadable, of: rows, expected: expected)
    }
  }

  // MARK: Changes and exports

  private func readChanges(
    _ origin: TableOrigin, _ columns: ChangeColumns, schema: TableSchema, leads: Table,
    latest: Double, _ pool: WorkerPool
  ) throws -> ChangeLog {
    let table = try readTable(
      origin, options: options(by: schema, of: columns.names), pool: pool, snapshot: snapshot)
    let changes = try ChangeLog(
      table.table, columns: columns,
      leads: HistoryInputs.leadIndex(leads, roles: definition.roles), latest: latest)
    for case .unparsed(let column, _, let count) in table.notes where column == columns.at {
      try Self.check(
        origin, column: column, unreadable: count, of: table.table.rowCount, expected: "date")
    }
    return changes
  }

  /// An earlier export, read as the leads are: its columns have their types.
  private func readExport(
    _ origin: TableOrigin, schema: TableSchema, _ pool: WorkerPool
  ) throws -> Table {
    let present = try CSVStream(
      origin: origin, schema: TableSchema(columns: [], dialect: schema.dialect), columns: [],
      snapshot: snapshot
    ).columnNames
    var options = options(by: schema, of: present)
    // Columns that the leads no longer have are not used.
    for name in present where schema[name] == nil { options.columnTypes[name] = .category }
    return try readTable(origin, options: options, pool: pool, snapshot: snapshot).table
  }

  /// Options that state all that a schema says of some columns.
  private func options(by schema: TableSchema, of names: [String]) -> CSVReadOptions {
    var options = options
    for name in names {
      guard let column = schema[name] else { continue }
      options.columnMissingTokens[name] = column.missingTokens
      switch column.type {
      case .text: options.keepAsText.insert(name)
      case .date: options.dateOrders[name] = column.dateOrder ?? .iso
      case .number: options.numberFormats[name] = column.numberFormat ?? NumberFormat()
      case .category, .flag: options.columnTypes[name] = column.type
      }
    }
    return options
  }
}
