import Parallel
import Sources
import Tables

/// Reads a table whole in the types of a schema: nothing is inferred, and columns that the schema lacks
/// are left alone.
///
/// - Parameter needed: columns without which the table is of no use.
/// - Throws: `SourceError`, `.missingColumns` naming all that are missing.
func readTypedTable(
  _ origin: TableOrigin, schema: TableSchema, needed: [String], skipBadRows: Bool = false,
  pool: WorkerPool, snapshot: DatabaseSnapshot
) throws -> (table: Table, schema: TableSchema, skippedRows: [BadRow]) {
  let present = try CSVStream(
    origin: origin, schema: schema, columns: needed, snapshot: snapshot
  ).columnNames
  let columns = present.compactMap { schema[$0] }
  let stream = try CSVStream(
    origin: origin, schema: schema, columns: columns.map(\.name), skipBadRows: skipBadRows,
    snapshot: snapshot)
  var gathering = columns.map { GatheredColumn($0.type) }
  var rowCount = 0
  var skipped: [BadRow] = []
  do {
    try stream.forEachBlock(pool: pool) {
      $0
    } consume: { block in
      for (index, column) in block.table.columns.enumerated() {
        gathering[index].append(column.values)
      }
      rowCount += block.table.rowCount
      skipped += block.skippedRows
    }
  } catch SourceError.headerAlone where skipped.isEmpty {
    // No rows are a table too.
  }
  return (
    Table(
      columns: zip(columns, gathering).map { Column(name: $0.name, values: $1.values) },
      rowCount: rowCount),
    TableSchema(columns: columns, dialect: stream.dialect), skipped
  )
}

/// One column of blocks put behind one another.
private struct GatheredColumn {
  private(set) var values: ColumnValues
  /// Of a category: each level's code.
  private var codes: [String: Int32] = [:]

  init(_ type: ColumnType) {
    values =
      switch type {
      case .number: .number([])
      case .date: .date([])
      case .flag: .flag([])
      case .category: .category(CategoryValues(codes: [], levels: []))
      case .text: .text(TextValues(offsets: [0], bytes: [], missing: []))
      }
  }

  mutating func append(_ block: ColumnValues) {
    switch (values, block) {
    case (.number(let all), .number(let more)): values = .number(all + more)
    case (.date(let all), .date(let more)): values = .date(all + more)
    case (.flag(let all), .flag(let more)): values = .flag(all + more)
    case (.text(let all), .text(let more)):
      let end = all.bytes.count
      values = .text(
        TextValues(
          offsets: all.offsets + more.offsets.dropFirst().map { $0 + end },
          bytes: all.bytes + more.bytes, missing: all.missing + more.missing))
    case (.category(let all), .category(let more)):
      var levels = all.levels
      let map = more.levels.map { level -> Int32 in
        if let code = codes[level] { return code }
        let code = Int32(levels.count)
        codes[level] = code
        levels.append(level)
        return code
      }
      values = .category(
        CategoryValues(
          codes: all.codes + more.codes.map { $0 < 0 ? -1 : map[Int($0)] }, levels: levels))
    default:
      preconditionFailure("a stream gives each column in the type that was asked for")
    }
  }
}
