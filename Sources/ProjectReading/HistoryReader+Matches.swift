import Activities
import History
import Parallel
import Projects
import Sources
import Tables

/// Tables of rows that must be of leads: one of which no row is of any lead was written by other ids.
extension HistoryReader {
  /// - Throws: `ProjectReadingError.noRowOfAnyLead` where activities were read and none is of a lead.
  func checkMatches(
    _ counts: ActivityCounts, _ source: TableSource, column: String, schema: TableSchema,
    leads: Table
  ) throws {
    guard counts.unknownLead > 0, counts.read == counts.unknownLead + counts.missingLead else {
      return
    }
    throw noMatch(
      source, rows: counts.unknownLead, kind: "activities",
      ids: try firstBlock(of: source, column: column, schema: schema), column: column,
      leads: leads)
  }

  /// The same of changes.
  func checkMatches(
    _ changes: ChangeLog, _ source: TableSource, ids: Column?, column: String, leads: Table
  ) throws {
    guard changes.unknownLeadCount > 0, changes.changeCount + changes.plannedCount == 0,
      changes.incompleteCount == 0
    else { return }
    throw noMatch(
      source, rows: changes.unknownLeadCount, kind: "changes", ids: ids, column: column,
      leads: leads)
  }

  private func noMatch(
    _ source: TableSource, rows: Int, kind: String, ids: Column?, column: String, leads: Table
  ) -> ProjectReadingError {
    let leadColumn = project.id.first ?? ""
    return .noRowOfAnyLead(
      table: source.name, rows: rows, kind: kind, column: column, example: ids?.exampleID,
      leadColumn: leadColumn, leadExample: leads[leadColumn]?.exampleID)
  }

  /// The lead's ids of the first rows.
  private func firstBlock(
    of source: TableSource, column: String, schema: TableSchema
  ) throws -> Column? {
    struct Enough: Error {}
    guard let origin = source.origin else { return nil }
    var found: Column?
    do {
      try CSVStream(
        origin: origin, schema: schema, columns: [column], skipBadRows: source.skipsBadRows,
        snapshot: snapshot
      ).forEachBlock(pool: WorkerPool(threadCount: 1)) {
        $0.table[column]
      } consume: { block in
        found = block
        throw Enough()
      }
    } catch is Enough {}
    return found
  }
}

extension Column {
  /// The first id there is; `nil` where ids tell who somebody is.
  fileprivate var exampleID: String? {
    guard personalDataKind(of: self) == nil else { return nil }
    return (0..<count).lazy.map { values.fieldText($0) }.first { !$0.isEmpty }
  }
}
