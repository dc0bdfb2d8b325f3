import Glibc

/// A table or view of a database, and its columns in order.
public struct DatabaseTable: Sendable, Equatable {
  public let name: String
  public let columns: [String]

  public init(name: String, columns: [String]) {
    self.name = name
    self.columns = columns
  }
}

/// Whether a file is an SQLite database, by its first bytes.
public func isSQLiteFile(_ path: String) -> Bool {
  let mark = Array("SQLite format 3\0".utf8)
  guard let file = fopen(path, "r") else { return false }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: mark.count)
  return fread(&bytes, 1, mark.count, file) == mark.count && bytes == mark
}

/// The tables and views of an SQLite database, by name.
/// - Throws: `SourceError`.
public func sqliteTables(path: String) throws -> [DatabaseTable] {
  let connection = try SQLiteConnection(path: path, access: .read, name: path)
  return try connection.tables().map { name in
    let statement = try connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")
    try statement.bind([.text(Array(name.utf8))])
    var columns: [String] = []
    while try statement.step() { columns.append(statement.text(0)) }
    return DatabaseTable(name: name, columns: columns)
  }
}
