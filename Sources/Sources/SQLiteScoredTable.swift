import GRDBSQLite
import Glibc

/// A table of SQLite that takes scored leads, gathered in a temporary table of the connection.
final class SQLiteScoredTable: ScoredTable {
  private static let types = ScoredTableSQL.TypeNames(
    number: "REAL", integer: "INTEGER", text: "TEXT", time: "TEXT")

  private let path: String
  private let connection: SQLiteConnection
  private let sql: ScoredTableSQL
  private let exists: Bool
  private let model: String
  private let time: String
  private let insert: SQLiteStatement
  /// The file is this writer's own as long as nothing is in it.
  private var removesFile: Bool

  init(
    path: String, table: String, name: String, columns: ScoredTableColumns, model: String,
    time: String
  ) throws {
    self.path = path
    self.model = model
    self.time = time
    let isNew = access(path, F_OK) != 0
    connection = try SQLiteConnection(path: path, access: .write, name: name)
    do {
      let found = try isNew ? nil : connection.table(named: table)
      exists = found != nil
      sql = ScoredTableSQL(
        columns: columns, table: "main." + quotedName(found ?? table),
        gathered: "temp.kelvin_scored_leads")
      guard sqlite3_db_readonly(connection.handle, "main") == 0 else {
        throw SourceError.database(name: name, .readOnly)
      }
      if let found { try Self.check(found, columns, connection) }
      try connection.run(sql.createGathered(Self.types, like: exists, ""))
      if exists { _ = try Self.prepareUpsert(sql, connection) }
      try connection.run("BEGIN")
      let parameters = columns.recordNames.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
      insert = try connection.prepare("INSERT INTO \(sql.gathered) VALUES (\(parameters))")
    } catch {
      if isNew { unlink(path) }
      throw error
    }
    removesFile = isNew
  }

  deinit {
    if removesFile { unlink(path) }
  }

  /// - Throws: `SourceError` for columns that the table lacks or has of another type.
  private static func check(
    _ table: String, _ columns: ScoredTableColumns, _ connection: SQLiteConnection
  ) throws {
    let found = try connection.prepare("SELECT name, type FROM pragma_table_info(?1)")
    try found.bind([.text(Array(table.utf8))])
    var types: [String: String] = [:]
    var present: [String] = []
    while try found.step() {
      present.append(found.text(0))
      types[found.text(0).lowercased()] = found.text(1)
    }
    try checkColumns(
      columns, table: table, present: present, name: connection.name
    ) { name, type in
      guard let declared = types[name.lowercased()] else { return .missing }
      return accepts(declared, type) ? .fits : .differs(type: declared.lowercased())
    }
  }

  /// Whether a column of a declared type keeps values as they are, by SQLite's rules of affinity.
  private static func accepts(
    _ declared: String, _ type: ScoredTableColumns.ValueType?
  ) -> Bool {
    let name = declared.uppercased()
    func holds(_ words: String...) -> Bool { words.contains { name.contains($0) } }
    guard let type, !name.isEmpty, !holds("BLOB") else { return true }
    // In this order: an INTEGER is one whatever else its name holds.
    if holds("INT") { return type == .integer }
    if holds("CHAR", "CLOB", "TEXT") { return type == .text }
    return type != .text
  }

  private static func prepareUpsert(
    _ sql: ScoredTableSQL, _ connection: SQLiteConnection
  ) throws -> SQLiteStatement {
    do {
      return try connection.prepare(sql.upsert(model: "?1", time: "?2", differs: "IS NOT"))
    } catch SourceError.database(let name, .failed(let reason))
      where reason.contains("ON CONFLICT")
    {
      throw SourceError.database(name: name, .noUniqueKey(sql.columns.keys))
    }
  }

  func write(_ records: CSVRecordBuffer) throws {
    let keyCount = sql.columns.keys.count
    var values: [SQLiteStatement.Value] = []
    try records.forEachRecord { fields in
      precondition(fields.count == keyCount + sql.columns.values.count, "a record of the table")
      values.removeAll(keepingCapacity: true)
      for index in 0..<fields.count {
        values.append(
          Self.value(
            fields[index], index < keyCount ? .text : sql.columns.values[index - keyCount].type))
      }
      try insert.bind(values)
      _ = try insert.step()
      insert.reset()
    }
  }

  private static func value(
    _ field: ArraySlice<UInt8>, _ type: ScoredTableColumns.ValueType
  ) -> SQLiteStatement.Value {
    guard !field.isEmpty else { return .null }
    if type != .text {
      let text = String(decoding: field, as: UTF8.self)
      if let integer = Int(text) { return .integer(integer) }
      if let number = Double(text) { return .number(number) }
    }
    return .text(Array(field))
  }

  func finish() throws -> ScoredTableCounts {
    try connection.run("COMMIT")
    try Self.checkKeys(
      sql.columns, name: connection.name, empty: try connection.integer(sql.countEmptyKeys),
      repeated: try connection.integer(sql.countRepeatedKeys))
    try connection.run("BEGIN IMMEDIATE")
    do {
      if !exists { try connection.run(sql.createTable(Self.types)) }
      let total = try connection.integer(sql.countGathered)
      let present = try connection.integer(sql.countPresent)
      let upsert = try Self.prepareUpsert(sql, connection)
      try upsert.bind([.text(Array(model.utf8)), .text(Array(time.utf8))])
      _ = try upsert.step()
      let written = Int(sqlite3_changes(connection.handle))
      upsert.reset()
      try connection.run("COMMIT")
      removesFile = false
      let inserted = total - present
      return ScoredTableCounts(
        inserted: inserted, updated: written - inserted, unchanged: total - written)
    } catch {
      // The error that led here is the one to tell.
      try? connection.run("ROLLBACK")
      throw error
    }
  }
}
