import Parallel
import TestDatabases
import Testing

@testable import Sources

/// Connections by libpq's own rules, and passwords that are never seen.
@Suite struct ConnectionTests {
  private let pool = WorkerPool(threadCount: 1)

  /// What is said of a connection that cannot be made.
  private func complaint(_ connection: String) -> String {
    do {
      _ = try PostgreSQLConnection(connection, name: "postgresql (table leads)")
      return "connected"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    "host=127.0.0.1 port=1 user=u password=S3cret dbname=d",
    "host=127.0.0.1 port=1 user=u password='two S3cret' dbname=d",
    // Not quoted: libpq repeats what it takes for the next word.
    "host=127.0.0.1 password=my S3cret dbname=d",
    "host=127.0.0.1 password=my S3cret=x dbname=d",
    "host=127.0.0.1 passwort=S3cret S3cret",
    "postgresql://u:S3cret@127.0.0.1:1/d",
    "postgresql://u:half@S3cret@127.0.0.1:1/d",
    "postgresql://u:half/S3cret@127.0.0.1:1/d",
    "postgresql://u:half?S3cret@127.0.0.1:1/d",
    "postgresql://u:half%ZZS3cret@127.0.0.1:1/d",
    "postgresql://u@127.0.0.1:1/d?password=S3cret",
    "postgresql://u@127.0.0.1:1/d?S3cret",
    "postgres://u:S3cret@127.0.0.1:S3cret/d",
  ])
  func noMessageHoldsAPassword(_ connection: String) {
    let message = complaint(connection)
    #expect(message.hasPrefix("postgresql (table leads): cannot be opened: "))
    #expect(!message.contains("S3cret"), "\(message)")
    let origin = TableOrigin.postgresql(connection: connection, .table("leads"))
    let target = DatabaseTarget.postgresql(connection: connection, table: "scores")
    var dumped = ""
    dump([origin], to: &dumped)
    dump([target], to: &dumped)
    for text in [
      "\(origin)", String(reflecting: origin), "\([origin])", dumped, origin.name, "\(target)",
      String(reflecting: target), target.name,
    ] {
      #expect(!text.contains("S3cret"), "\(text)")
    }
  }

  @Test func serversThatAreNotThereAreNamed() {
    let message = complaint("host=127.0.0.1 port=1 password=x")
    #expect(message.contains("127.0.0.1"))
    #expect(message.contains("Connection refused"))
  }

  @Test func wrongPasswordsAreRefused() throws {
    let server = try PostgreSQLServer.shared()
    let right = server.connection(database: "postgres")
    let wrong = right.replacing(PostgreSQLServer.password, with: "Wr0ng-one")
    let message = complaint(wrong)
    #expect(message.contains("password authentication failed for user"))
    #expect(!message.contains("Wr0ng-one"))
    #expect(complaint(right) == "connected")
  }

  @Test func urisAndSocketsWork() throws {
    let server = try PostgreSQLServer.shared()
    let password = "S%C3%A9cret-of-the-tests"
    #expect(
      complaint("postgresql://kelvin:\(password)@127.0.0.1:\(server.port)/postgres") == "connected")
    #expect(
      complaint("host=\(server.folder) port=\(server.port) user=kelvin dbname=postgres")
        == "connected")
  }
}
