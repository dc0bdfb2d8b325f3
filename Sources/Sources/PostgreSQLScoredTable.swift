import CPostgreSQL

/// A table of PostgreSQL that takes scored leads, copied into a temporary table as they come.
final class PostgreSQLScoredTable: ScoredTable {
  private static let types = ScoredTableSQL.TypeNames(
    number: "double precision", integer: "bigint", text: "text", time: "timestamptz")
  /// For the hash of a million keys; a server's default spills it to disk.
  private static let workMemory = "64MB"
  /// Up to so many rows may each be looked up in the table; more are matched with it in one pass.
  private static let mostLookups = 1_000
  /// How long other writers of the table are waited for.
  private static let lockTimeout = "60s"

  private let connection: PostgreSQLConnection
  private let sql: ScoredTableSQL
  private let exists: Bool
  private let model: String
  private let time: String

  init(
    connection string: String, table: String, name: String, columns: ScoredTableColumns,
    model: String, time: String
  ) throws {
    self.model = model
    self.time = time
    connection = try PostgreSQLConnection(string, name: name)
    try connection.run("BEGIN")
    let isReadOnly = try connection.run(
      "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::bool")
    guard isReadOnly.text(0, 0) == "f" else {
      throw SourceError.database(name: name, .readOnly)
    }
    try connection.run(
      "SELECT set_config('work_mem', '\(Self.workMemory)', true), "
        + "set_config('lock_timeout', '\(Self.lockTimeout)', true)")
    let found = try connection.table(named: table)
    exists = found != nil
    sql = ScoredTableSQL(
      columns: columns, table: found ?? Self.spelling(table),
      gathered: "pg_temp.kelvin_scored_leads")
    if let found { try Self.check(found, columns, connection) }
    // With an absent table, what would refuse it is asked for now and undone.
    try connection.run("SAVEPOINT before")
    if !exists {
      try connection.run(sql.createTable(Self.types))
      try connection.run("ROLLBACK TO before")
    }
    try connection.run(sql.createGathered(Self.types, like: exists, "ON COMMIT DROP"))
    if exists {
      do {
        // Only planned: what may not be written is refused before the leads are scored.
        try connection.run("EXPLAIN " + sql.testUniqueKeys)
        for statement in changes { try connection.run("EXPLAIN " + statement, [model, time]) }
      } catch SourceError.database(_, .failed(let reason)) where reason.contains("ON CONFLICT") {
        throw SourceError.database(name: name, .noUniqueKey(columns.keys))
      }
    }
    try connection.startCopy(
      "COPY \(sql.gathered) (\(sql.recordColumns)) FROM STDIN "
        + "(FORMAT csv, ENCODING 'UTF8', FORCE_NULL (\(sql.recordColumns)))")
  }

  /// Changes rows that differ, then adds those that are new.
  private var changes: [String] {
    let (model, time) = ("$1::text", "$2::timestamptz")
    return [
      sql.updateChanged(model: model, time: time), sql.insertNew(model: model, time: time),
    ]
  }

  /// A name that is not there yet, with a schema before its first point.
  private static func spelling(_ table: String) -> String {
    table.split(separator: ".", maxSplits: 1).map { quotedName(String($0)) }.joined(separator: ".")
  }

  /// - Throws: `SourceError` for columns that the table lacks or has of another type.
  private static func check(
    _ table: String, _ columns: ScoredTableColumns, _ connection: PostgreSQLConnection
  ) throws {
    let found = try connection.run(
      """
      SELECT a.attname, format_type(a.atttypid, a.atttypmod), t.typcategory,
        t.oid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
      """, [table])
    let present = (0..<found.rowCount).map { found.text($0, 0) }
    try checkColumns(
      columns, table: table, present: present, name: connection.name
    ) { name, type in
      guard let row = present.firstIndex(of: name) else { return .missing }
      // Categories of the catalogue: numbers, strings, enumerations, booleans, dates.
      let category = found.text(row, 2)
      let fits =
        switch type {
        case .number: category == "N" && found.text(row, 3) == "f"
        case .integer: category == "N"
        case .text: ["S", "E", "B"].contains(category)
        case nil: name != ScoredTableColumns.timeColumn || ["D", "S"].contains(category)
        }
      return fits ? .fits : .differs(type: found.text(row, 1))
    }
  }

  func write(_ records: CSVRecordBuffer) throws {
    try records.bytes.withUnsafeBufferPointer { bytes in
      try bytes.withMemoryRebound(to: CChar.self) { characters in
        var rest = characters[...]
        while !rest.isEmpty {
          // Bounds: a slice of the records, of at most what an Int32 counts; libpq copies it.
          let piece = UnsafeBufferPointer(rebasing: rest.prefix(1 << 30))
          guard PQputCopyData(connection.handle, piece.baseAddress, Int32(piece.count)) == 1 else {
            throw connection.lost()
          }
          rest = rest.dropFirst(piece.count)
        }
      }
    }
  }

  func finish() throws -> ScoredTableCounts {
    guard PQputCopyEnd(connection.handle, nil) == 1 else { throw connection.lost() }
    let total = try connection.finishCommand().affectedCount
    try Self.checkKeys(
      sql.columns, name: connection.name, empty: try integer(sql.countEmptyKeys),
      repeated: try integer(sql.countRepeatedKeys))
    if !exists { try connection.run(sql.createTable(Self.types)) }
    if total > Self.mostLookups {
      // A server that has last seen the table empty would go through it again for every row.
      try connection.run("SELECT set_config('enable_nestloop', 'off', true)")
    }
    // Nobody else writes between the two.
    try connection.run("LOCK TABLE \(sql.table) IN SHARE ROW EXCLUSIVE MODE")
    let written = try changes.map { try connection.run($0, [model, time]).affectedCount }
    do {
      try connection.run("COMMIT")
    } catch SourceError.database(let name, .connectionLost(let reason)) {
      throw SourceError.database(name: name, .outcomeUnknown(reason: reason))
    }
    return ScoredTableCounts(
      inserted: written[1], updated: written[0], unchanged: total - written[0] - written[1])
  }

  private func integer(_ query: String) throws -> Int {
    Int(try connection.run(query).text(0, 0)) ?? 0
  }
}
