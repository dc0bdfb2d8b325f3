import GRDBSQLite
import Glibc

/// A connection to an SQLite file. One thread uses it at a time.
package final class SQLiteConnection {
  package enum Access { case read, write }

  /// How long another program's lock is waited for.
  private static let busyMilliseconds: Int32 = 10_000

  /// For messages.
  let name: String
  let handle: OpaquePointer

  /// - Parameter access: a file is made only where it is to be written.
  /// - Throws: `SourceError`.
  package init(path: String, access: Access, name: String) throws {
    self.name = name
    if access == .read {
      var status = stat()
      guard stat(path, &status) == 0 else {
        throw errno == ENOENT || errno == ENOTDIR
          ? SourceError.fileNotFound(path: path)
          : SourceError.unreadable(path: path, reason: String(cString: strerror(errno)))
      }
      guard status.st_mode & S_IFMT != S_IFDIR else { throw SourceError.isDirectory(path: path) }
    }
    var opened: OpaquePointer?
    let flags =
      access == .read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    // A relative path with a folder before it is never taken for a URI or for `:memory:`.
    let file = path.hasPrefix("/") ? path : "./" + path
    let code = sqlite3_open_v2(file, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(opened)
      throw SourceError.database(name: name, .cannotConnect(reason: reason))
    }
    handle = opened
    sqlite3_busy_timeout(handle, Self.busyMilliseconds)
    // A misspelt "column" is an error, not a text.
    _disableDoubleQuotedStringLiterals(handle)
  }

  deinit {
    sqlite3_close_v2(handle)
  }

  /// What the last call that gave `code` says.
  func fault(_ code: Int32) -> SourceError {
    let reason = String(cString: sqlite3_errmsg(handle))
    // The lower byte is the code, what stands above it is its detail.
    let fault: DatabaseFault =
      switch code & 0xFF {
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_READONLY: .readOnly
      case SQLITE_NOTADB, SQLITE_CANTOPEN: .cannotConnect(reason: reason)
      case SQLITE_PERM, SQLITE_AUTH: .permissionDenied(reason: reason)
      default: .failed(reason: reason)
      }
    return .database(name: name, fault)
  }

  /// - Parameter sql: one statement.
  package func prepare(_ sql: String) throws -> SQLiteStatement {
    try SQLiteStatement(sql, connection: self)
  }

  package func run(_ sql: String) throws {
    let statement = try prepare(sql)
    while try statement.step() {}
  }

  /// The whole number in the first column of the first row; 0 where there is none.
  func integer(_ sql: String) throws -> Int {
    let statement = try prepare(sql)
    return try statement.step() ? statement.integer(0) : 0
  }

  /// Names of the tables and views, in order.
  func tables() throws -> [String] {
    let statement = try prepare(
      """
      SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' \
      ESCAPE '\\' ORDER BY name
      """)
    var names: [String] = []
    while try statement.step() { names.append(statement.text(0)) }
    return names
  }

  /// The table's own spelling of a name; `nil` where there is none. Case does not count in SQLite.
  func table(named name: String) throws -> String? {
    let statement = try prepare(
      "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE")
    try statement.bind([.text(Array(name.utf8))])
    return try statement.step() ? statement.text(0) : nil
  }
}

/// A name as SQL writes it.
func quotedName(_ name: String) -> String {
  var quoted = "\""
  for character in name.unicodeScalars {
    if character == "\"" { quoted.unicodeScalars.append("\"") }
    quoted.unicodeScalars.append(character)
  }
  return quoted + "\""
}
