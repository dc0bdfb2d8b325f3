import Activities
import History
import Parallel
import Projects
import Sources
import Tables

/// The tables beside the leads: activities as a stream, block by block, changes whole.
extension HistoryReader {
  /// The share of the cells of a column that may be unreadable before it is an error: a wrong column, or a
  /// wrong order of day and month.
  static let mostUnreadable = 0.1

  /// How columns of stated types are written, from as many rows as settle it: there may be too many to be
  /// read twice.
  func sampledSchema(
    _ source: TableSource, columns: [(name: String, type: ColumnType)], like leads: TableSchema
  ) throws -> TableSchema {
    var options = source.readOptions
    if let missing = project.missing { options.missingTokens = missing }
    return try Sources.sampledSchema(
      origin(of: source), columns: columns, options: options, like: leads, snapshot: snapshot)
  }

  /// - Parameter schema: nothing is inferred.
  func readActivities(
    _ source: TableSource, _ columns: ActivityColumns, schema: TableSchema, leads: Table,
    definition: HistoryDefinition
  ) throws -> (activities: ActivityPartitions, unread: [UnreadCells]) {
    let zone = try NamedTimeZone(definition.timeZone)
    let times = Set([columns.at, columns.recordedAt].compactMap(\.self)).sorted()
    let stage = "reading \(source.name)"
    progress(Progress(stage: stage, done: 0, total: nil))
    let builder = try HistoryInputs.activityBuilder(
      columns, leads: leads, roles: definition.roles, latest: now, memoryLimit: memory.limit,
      temporaryFolder: memory.folder)
    let stream = try CSVStream(
      origin: origin(of: source), schema: schema, columns: columns.names,
      skipBadRows: source.skipsBadRows, snapshot: snapshot)
    var rows = 0
    var unreadable = [Int](repeating: 0, count: columns.names.count)
    do {
      try stream.forEachBlock(pool: pool) { block in
        try builder.add(block.table.withMoments(in: times, schema: schema, zone: zone))
        return (block.table.rowCount, block.unparsedCounts)
      } consume: { count, unparsed in
        rows += count
        for (column, cells) in unparsed.enumerated() { unreadable[column] += cells }
        progress(Progress(stage: stage, done: rows, total: nil))
      }
    } catch let error as SourceError where error.isWithoutRows {
      // A log without activities is one of leads that did nothing.
    }
    let unread = zip(columns.names, unreadable).compactMap { name, count in
      count > 0 ? UnreadCells(source: source.name, column: name, count: count, rows: rows) : nil
    }
    for cells in unread { try check(cells, schema: schema) }
    return (try builder.partitions(pool: pool), unread)
  }

  /// - Parameters:
  ///   - schema: nothing is inferred.
  ///   - latest: changes after this moment do not count.
  ///   - mustMatch: whether changes of which none is of a lead are an error.
  func readChanges(
    _ source: TableSource, _ columns: ChangeColumns, schema: TableSchema, leads: Table,
    definition: HistoryDefinition, latest: Double, mustMatch: Bool = false
  ) throws -> (changes: ChangeLog, unread: [UnreadCells]) {
    progress(Progress(stage: "reading \(source.name)", done: 0, total: nil))
    let table = try readTypedTable(
      origin(of: source), schema: schema, needed: columns.names,
      skipBadRows: source.skipsBadRows, pool: pool, snapshot: snapshot)
    let unread = table.unread(source: source.name)
    for cells in unread { try check(cells, schema: schema) }
    let changes = try ChangeLog(
      table.table.withMoments(
        in: [columns.at], schema: schema, zone: NamedTimeZone(definition.timeZone)),
      columns: columns, leads: HistoryInputs.leadIndex(leads, roles: definition.roles),
      latest: latest)
    if mustMatch {
      try checkMatches(
        changes, source, ids: table.table[columns.lead], column: columns.lead, leads: leads)
    }
    return (changes, unread)
  }

  private func origin(of source: TableSource) throws -> TableOrigin {
    guard let origin = source.origin else { throw ProjectReadingError.noLeads }
    return origin
  }

  private func check(_ cells: UnreadCells, schema: TableSchema) throws {
    if let limit { return try limit.check(cells) }
    guard Double(cells.count) > Self.mostUnreadable * Double(cells.rows) else { return }
    throw HistoryError.unreadableCells(
      source: cells.source, column: cells.column, count: cells.count, of: cells.rows,
      expected: schema[cells.column]?.type.rawValue ?? "")
  }
}

extension ActivityColumns {
  /// The types in which the columns are read, the lead's first.
  var types: [(name: String, type: ColumnType)] {
    var types: [(name: String, type: ColumnType)] = [(lead, .text), (at, .date)]
    if let recordedAt, recordedAt != at { types.append((recordedAt, .date)) }
    if let value { types.append((value, .number)) }
    return types + ([type].compactMap(\.self) + attributes).map { ($0, .category) }
  }
}

extension ChangeColumns {
  /// The types in which the columns are read.
  var types: [(name: String, type: ColumnType)] {
    [(lead, .text), (at, .date), (column, .category), (old, .category), (new, .category)]
  }
}
