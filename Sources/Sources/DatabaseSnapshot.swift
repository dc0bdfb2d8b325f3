import Synchronization

/// What the PostgreSQL tables of one run are read in: all tables of a connection string as of one moment.
///
/// Each connection string is connected to once, in a transaction that only reads, at the level of
/// repeatable reads. A second reading that overlaps the first gets a connection of its own, which takes
/// over the first one's snapshot. The transactions end with the last use of this object.
public final class DatabaseSnapshot: Sendable {
  private let pools = Mutex<[String: SnapshotPool]>([:])

  public init() {}

  /// Opens a table or query of PostgreSQL.
  func open(
    connection: String, selection: DatabaseSelection, name: String, decimalMarks: [String: UInt8]
  ) throws -> any RecordSource {
    let pool = pools.withLock { pools in
      let pool = pools[connection] ?? SnapshotPool(connection: connection)
      pools[connection] = pool
      return pool
    }
    return try PostgreSQLBytes(
      connection: pool.take(name: name), selection: selection, name: name,
      decimalMarks: decimalMarks, giveBack: pool.giveBack)
  }
}

/// The connections of one connection string that share a snapshot.
final class SnapshotPool: Sendable {
  private struct State {
    /// The first connection: the snapshot stands as long as its transaction.
    var first: PostgreSQLConnection?
    var snapshot = ""
    var idle: [PostgreSQLConnection] = []
  }

  private let connection: String
  private let state = Mutex(State())

  init(connection: String) {
    self.connection = connection
  }

  /// A connection in the snapshot that nobody else uses.
  func take(name: String) throws -> PostgreSQLConnection {
    try state.withLock { state in
      if let idle = state.idle.popLast() {
        idle.name = name
        return idle
      }
      let opened = try PostgreSQLConnection(connection, name: name)
      try opened.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
      if state.first == nil {
        state.snapshot = try opened.run("SELECT pg_export_snapshot()").text(0, 0)
        state.first = opened
      } else {
        // The name is the server's own: hexadecimal digits and hyphens.
        try opened.run("SET TRANSACTION SNAPSHOT '\(state.snapshot)'")
      }
      return opened
    }
  }

  func giveBack(_ connection: PostgreSQLConnection) {
    state.withLock { $0.idle.append(connection) }
  }
}
