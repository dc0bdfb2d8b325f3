import GRDBSQLite
import Tables

/// A table or query of SQLite as records.
///
/// Whole numbers and text as they are, other numbers the shortest that read back the same, NULL and
/// infinities as nothing. Rows come in the order in which SQLite gives them.
final class SQLiteBytes: ChunkedRecordSource {
  private(set) var numberColumns: Set<Int> = []
  private let connection: SQLiteConnection
  private let statement: SQLiteStatement
  private let names: [String]
  private let decimalMarks: [UInt8]
  var chunk = RecordChunk()
  private var row = 0
  private var isDone = false

  /// Prepares the query; no row is asked for.
  /// - Throws: `SourceError`.
  init(
    path: String, selection: DatabaseSelection, name: String, decimalMarks: [String: UInt8]
  ) throws {
    connection = try SQLiteConnection(path: path, access: .read, name: name)
    switch selection {
    case .table(let table):
      guard let found = try connection.table(named: table) else {
        throw SourceError.database(
          name: name, .tableNotFound(table: table, present: try connection.tables()))
      }
      statement = try connection.prepare("SELECT * FROM \(quotedName(found))")
    case .query(let path):
      statement = try connection.prepare(try QueryText(path: path, name: name).statement)
    }
    guard statement.isQuery else { throw SourceError.database(name: name, .notAQuery) }
    names = statement.columnNames
    try checkNamesDiffer(names, of: name)
    self.decimalMarks = names.map { decimalMarks[$0] ?? UInt8(ascii: ".") }
    for name in names { chunk.records.append(name: name) }
    chunk.records.endRecord()
  }

  func fill() throws {
    while !isDone, !chunk.isFull {
      guard try statement.step() else {
        isDone = true
        return
      }
      row += 1
      for column in names.indices { try appendCell(column) }
      chunk.records.endRecord()
    }
  }

  private func appendCell(_ column: Int) throws {
    let handle = statement.handle
    let index = Int32(column)
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER:
      chunk.records.append(integer: Int(sqlite3_column_int64(handle, index)))
    case SQLITE_FLOAT:
      numberColumns.insert(column)
      chunk.records.append(
        number: sqlite3_column_double(handle, index), decimalMark: decimalMarks[column])
    case SQLITE_TEXT:
      // Lifetime: SQLite keeps the text until the next step. Bounds: it says how many bytes there are.
      let text = UnsafeBufferPointer(
        start: sqlite3_column_text(handle, index),
        count: Int(sqlite3_column_bytes(handle, index)))
      if let base = text.baseAddress, UTF8Check.firstFault(base, 0..<text.count) != nil {
        throw SourceError.database(
          name: connection.name, .invalidText(column: names[column], row: row))
      }
      // A record of one empty field would be a blank line, which is no record.
      if text.isEmpty && names.count == 1 {
        chunk.records.append(raw: [0x22, 0x22])
      } else {
        chunk.records.append(cell: text)
      }
    case SQLITE_BLOB:
      throw SourceError.database(
        name: connection.name, .binaryColumn(names[column], row: row))
    default:
      if names.count == 1 {
        chunk.records.append(raw: [0x22, 0x22])
      } else {
        chunk.records.appendMissing()
      }
    }
  }
}

/// - Throws: `SourceError` for a name that stands twice among a query's columns.
func checkNamesDiffer(_ names: [String], of origin: String) throws {
  var seen: Set<String> = []
  for name in names where !seen.insert(name).inserted {
    throw SourceError.database(name: origin, .repeatedColumn(name))
  }
}
