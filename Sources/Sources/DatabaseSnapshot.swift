/// What the PostgreSQL tables of one run are read in: all tables of a connection as of one moment.
public final class DatabaseSnapshot: Sendable {
  public init() {}

  func open(
    connection: String, selection: DatabaseSelection, name: String, decimalMarks: [String: UInt8]
  ) throws -> any RecordSource {
    throw SourceError.unreadable(path: name, reason: "PostgreSQL is not read yet")
  }
}
