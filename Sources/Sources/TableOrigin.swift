/// Where a table is read from.
///
/// Its description names the origin for messages and never holds a connection string.
public enum TableOrigin: Sendable, Equatable {
  /// A text file of records: comma, semicolon or tab between fields, plain or gzipped.
  case csv(path: String)
  /// A sheet of an Excel file; the first one where none is named.
  case excel(path: String, sheet: String?)
  case sqlite(path: String, DatabaseSelection)
  /// - Parameter connection: a connection string or URI in libpq's own notation; empty for what the
  ///   environment says.
  case postgresql(connection: String, DatabaseSelection)

  /// For messages: the path, or the database with the table or query file. Never a password.
  public var name: String {
    switch self {
    case .csv(let path): path
    case .excel(let path, nil): path
    case .excel(let path, let sheet?): "\(path) (sheet \(sheet))"
    case .sqlite(let path, let selection): "\(path) (\(selection.name))"
    case .postgresql(_, let selection): "postgresql (\(selection.name))"
    }
  }

  /// The files that are read, so that none of them is written over.
  public var files: [String] {
    switch self {
    case .csv(let path), .excel(let path, _): [path]
    case .sqlite(let path, let selection): [path] + selection.files
    case .postgresql(_, let selection): selection.files
    }
  }
}

extension TableOrigin: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { name }
  public var debugDescription: String { name }
  /// Without children: a dump must not show the connection string.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What is read from a database.
public enum DatabaseSelection: Sendable, Equatable {
  /// A table or view with all of its columns; in PostgreSQL `schema.table` too.
  case table(String)
  /// A file that holds one query; its result has the names that the query gives.
  case query(path: String)

  var name: String {
    switch self {
    case .table(let table): "table \(table)"
    case .query(let path): path
    }
  }

  var files: [String] {
    switch self {
    case .table: []
    case .query(let path): [path]
    }
  }
}
