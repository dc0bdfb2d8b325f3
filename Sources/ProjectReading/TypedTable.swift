import Parallel
import Sources
import Tables

/// A table that was read in stated types.
struct TypedTable: Sendable {
  let table: Table
  /// Of the columns that were there.
  let schema: TableSchema
  let skippedRows: [BadRow]
  /// Filled cells that could not be read in their column's type, one count a column.
  let unparsedCounts: [Int]
}

/// Reads a table whole in the types of a schema: nothing is inferred, and columns that the schema lacks
/// are left alone.
///
/// - Parameter needed: columns without which the table is of no use.
/// - Throws: `SourceError`, `.missingColumns` naming all that are missing.
func readTypedTable(
  _ origin: TableOrigin, schema: TableSchema, needed: [String], skipBadRows: Bool = false,
  pool: WorkerPool, snapshot: DatabaseSnapshot
) throws -> TypedTable {
  let present = try CSVStream(
    origin: origin, schema: schema, columns: needed, snapshot: snapshot
  ).columnNames
  let columns = present.compactMap { schema[$0] }
  let stream = try CSVStream(
    origin: origin, schema: schema, columns: columns.map(\.name), skipBadRows: skipBadRows,
    snapshot: snapshot)
  var gathering = GrowingTable(columns: columns.map { ($0.name, $0.type) })
  var skipped: [BadRow] = []
  var unparsed = [Int](repeating: 0, count: columns.count)
  do {
    try stream.forEachBlock(pool: pool) {
      $0
    } consume: { block in
      gathering.append(block.table)
      skipped += block.skippedRows
      for (index, count) in block.unparsedCounts.enumerated() { unparsed[index] += count }
    }
  } catch let error as SourceError where error.isWithoutRows && skipped.isEmpty {
    // No rows are a table too.
  }
  return TypedTable(
    table: gathering.table, schema: TableSchema(columns: columns, dialect: stream.dialect),
    skippedRows: skipped, unparsedCounts: unparsed)
}
