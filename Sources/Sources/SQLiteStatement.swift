import GRDBSQLite

/// A prepared statement of SQLite and its current row.
package final class SQLiteStatement {
  /// A cell to be written.
  package enum Value: Equatable {
    case null
    case integer(Int)
    case number(Double)
    case text([UInt8])
  }

  /// `SQLITE_TRANSIENT`: SQLite copies a text that it is given before the call returns.
  private static let isCopied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  let connection: SQLiteConnection
  let handle: OpaquePointer

  /// - Throws: `SourceError.database` with what SQLite says of the statement.
  init(_ sql: String, connection: SQLiteConnection) throws {
    self.connection = connection
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v2(connection.handle, sql, -1, &prepared, nil)
    guard code == SQLITE_OK else { throw connection.fault(code) }
    guard let prepared else {
      throw SourceError.database(name: connection.name, .notOneQuery(found: 0))
    }
    handle = prepared
  }

  deinit {
    sqlite3_finalize(handle)
  }

  /// Whether it gives rows and changes nothing.
  var isQuery: Bool { sqlite3_stmt_readonly(handle) != 0 && sqlite3_column_count(handle) > 0 }

  var columnNames: [String] {
    (0..<sqlite3_column_count(handle)).map { column in
      sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
    }
  }

  /// Goes to the next row.
  /// - Returns: whether there is one.
  @discardableResult
  package func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw connection.fault(code)
    }
  }

  package func reset() {
    // The code is that of the last step, which has thrown it.
    sqlite3_reset(handle)
  }

  func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

  func text(_ column: Int32) -> String {
    sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
  }

  /// Gives the statement its values, in order of its parameters.
  package func bind(_ values: [Value]) throws {
    for (index, value) in values.enumerated() {
      let parameter = Int32(index + 1)
      let code =
        switch value {
        case .null: sqlite3_bind_null(handle, parameter)
        case .integer(let integer): sqlite3_bind_int64(handle, parameter, Int64(integer))
        case .number(let number): sqlite3_bind_double(handle, parameter, number)
        case .text(let text) where text.isEmpty:
          // An empty array may have no address, which would be NULL.
          sqlite3_bind_text(handle, parameter, "", 0, Self.isCopied)
        case .text(let text):
          text.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
              sqlite3_bind_text64(
                handle, parameter, characters.baseAddress, UInt64(characters.count),
                Self.isCopied, UInt8(SQLITE_UTF8))
            }
          }
        }
      guard code == SQLITE_OK else { throw connection.fault(code) }
    }
  }
}
