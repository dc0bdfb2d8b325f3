/// A table of a database that scored leads are written to.
///
/// Its description never holds a connection string.
public enum DatabaseTarget: Sendable, Equatable {
  case sqlite(path: String, table: String)
  /// - Parameter connection: a connection string or URI in libpq's own notation; empty for what the
  ///   environment says.
  case postgresql(connection: String, table: String)

  /// For messages: the path or the database, with the table. Never a password.
  public var name: String {
    switch self {
    case .sqlite(let path, let table): "\(path) (table \(table))"
    case .postgresql(_, let table): "postgresql (table \(table))"
    }
  }

  public var table: String {
    switch self {
    case .sqlite(_, let table), .postgresql(_, let table): table
    }
  }
}

extension DatabaseTarget: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { name }
  public var debugDescription: String { name }
  /// Without children: a dump must not show the connection string.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
