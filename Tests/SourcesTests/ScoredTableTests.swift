import Parallel
import Tables
import TestDatabases
import Testing

@testable import Sources

/// Scored leads written to a table of either database: all or none, and changed rows only.
@Suite struct ScoredTableTests {
  /// A database of each kind, and SQL run in it from outside.
  struct Database: CustomStringConvertible {
    let description: String
    let target: DatabaseTarget
    let origin: TableOrigin
    let run: (String) throws -> Void
  }

  private static let kinds = ["SQLite", "PostgreSQL"]
  private let folder: TemporaryFolder
  private let columns: ScoredTableColumns
  private static let first = 1_709_802_000.0
  private static let second = 1_709_888_400.5

  init() throws {
    folder = try TemporaryFolder()
    columns = try ScoredTableColumns(
      keys: ["lead_id"],
      values: [
        .init(name: "probability", type: .number), .init(name: "score", type: .integer),
        .init(name: "band", type: .text),
      ])
  }

  private func database(_ kind: String, table: String = "scores") throws -> Database {
    if kind == "SQLite" {
      let path = folder.path("crm.db")
      return Database(
        description: kind, target: .sqlite(path: path, table: table),
        origin: .sqlite(path: path, .table(table))
      ) { sql in
        let connection = try SQLiteConnection(path: path, access: .write, name: path)
        for statement in QueryText.statements(Array(sql.utf8)) {
          try connection.run(String(decoding: statement, as: UTF8.self))
        }
      }
    }
    let server = try PostgreSQLServer.shared()
    let connection = try server.makeDatabase()
    return Database(
      description: kind, target: .postgresql(connection: connection, table: table),
      origin: .postgresql(connection: connection, .table(table))
    ) { try server.sql($0, in: connection) }
  }

  /// Rows of text as the wiring makes them, in blocks.
  @discardableResult
  private func write(
    _ rows: [(String, Double?, Int, String)], to database: Database, model: String = "bank@v0001",
    at time: Double = ScoredTableTests.first, block: Int = 2
  ) throws -> ScoredTableCounts {
    let writer = try ScoredTableWriter(
      database.target, columns: columns, model: model, scoredAt: time)
    var at = 0
    while at < rows.count {
      var records = ScoredTableWriter.makeRecords()
      for row in rows[at..<min(at + block, rows.count)] {
        records.append(raw: row.0.utf8)
        if let probability = row.1 {
          records.append(number: probability)
        } else {
          records.appendMissing()
        }
        records.append(integer: row.2)
        records.append(text: row.3)
        records.endRecord()
      }
      try writer.write(records)
      at += block
    }
    return try writer.finish()
  }

  private func rows(_ database: Database) throws -> [String] {
    let source = try database.origin.openRecords(decimalMarks: [:], snapshot: DatabaseSnapshot())
    let text = String(decoding: try HeldText(source).pieces.joined(), as: UTF8.self)
    // The two write the same time differently.
    return text.split(separator: "\n").dropFirst().map {
      String($0).replacing("T", with: " ").replacing("Z", with: "").replacing("+00", with: "")
    }.sorted()
  }

  @Test(arguments: kinds) func changedRowsAlone(_ kind: String) throws {
    let database = try database(kind)
    let counts = try write(
      [("a1", 0.1, 10, "low"), ("\"a,2\"", nil, 0, ""), ("a3", 0.125, 13, "=high")], to: database)
    #expect(counts == ScoredTableCounts(inserted: 3, updated: 0, unchanged: 0))
    let before = [
      "\"a,2\",,0,,bank@v0001,2024-03-07 09:00:00", "a1,0.1,10,low,bank@v0001,2024-03-07 09:00:00",
      "a3,0.125,13,=high,bank@v0001,2024-03-07 09:00:00",
    ]
    #expect(try rows(database) == before)
    // One new, one changed, one the same, one that is not among the new ones.
    let again = try write(
      [("a4", 1e-7, 0, "low"), ("a1", 0.2, 10, "low"), ("\"a,2\"", nil, 0, "")], to: database,
      at: Self.second)
    #expect(again == ScoredTableCounts(inserted: 1, updated: 1, unchanged: 1))
    #expect(
      try rows(database) == [
        before[0], "a1,0.2,10,low,bank@v0001,2024-03-08 09:00:00", before[2],
        "a4,1e-07,0,low,bank@v0001,2024-03-08 09:00:00",
      ])
    // A row says which model scored it.
    let newer = try write([("a3", 0.125, 13, "=high")], to: database, model: "bank@v0002")
    #expect(newer == ScoredTableCounts(inserted: 0, updated: 1, unchanged: 0))
    #expect(try write([], to: database) == ScoredTableCounts(inserted: 0, updated: 0, unchanged: 0))
  }

  @Test(arguments: kinds) func tablesThatAreThereKeepTheirTypesAndOtherColumns(
    _ kind: String
  ) throws {
    let database = try database(kind, table: "my scores")
    try database.run(
      """
      CREATE TABLE "my scores" (owner varchar(10) DEFAULT 'nobody', lead_id integer PRIMARY KEY,
        probability real, score smallint, band varchar(9), model varchar(40), scored_at \
      \(kind == "SQLite" ? "text" : "timestamp"));
      INSERT INTO "my scores" (owner, lead_id) VALUES ('maria', 1), ('jordi', 3);
      """)
    // 0.1 is rounded to a `real`; it stays the same all the same.
    for expected in [(1, 1, 0), (0, 0, 2)] {
      let counts = try write([("1", 0.1, 10, "low"), ("2", 0.5, 50, "mid")], to: database)
      #expect(
        counts
          == ScoredTableCounts(
            inserted: expected.0, updated: expected.1, unchanged: expected.2))
    }
    #expect(
      try rows(database) == [
        "jordi,3,,,,,", "maria,1,0.1,10,low,bank@v0001,2024-03-07 09:00:00",
        "nobody,2,0.5,50,mid,bank@v0001,2024-03-07 09:00:00",
      ])
  }

  private func expect(
    _ database: Database, _ fault: DatabaseFault, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
  ) {
    #expect(
      throws: SourceError.database(name: database.target.name, fault), "\(database)",
      sourceLocation: sourceLocation, performing: body)
  }

  @Test(arguments: kinds) func leadsNeedAnIdOfTheirOwn(_ kind: String) throws {
    let database = try database(kind)
    try write([("a1", 0.1, 10, "low")], to: database)
    let before = try rows(database)
    expect(database, .repeatedKeys(["lead_id"], count: 1)) {
      try write([("a1", 0.2, 1, ""), ("a2", 0.2, 1, ""), ("a1", 0.2, 1, "")], to: database)
    }
    expect(database, .emptyKeys(["lead_id"], rows: 1)) {
      try write([("a1", 0.2, 1, ""), ("\"\"", 0.2, 1, "")], to: database)
    }
    #expect(try rows(database) == before)
  }

  @Test(arguments: kinds) func nothingIsLeftWithoutAnEnd(_ kind: String) throws {
    let database = try database(kind)
    do {
      let writer = try ScoredTableWriter(
        database.target, columns: columns, model: "m", scoredAt: 0)
      var records = ScoredTableWriter.makeRecords()
      records.append(raw: "a1,0.5,1,x".utf8)
      records.endRecord()
      try writer.write(records)
    }
    #expect(throws: SourceError.self) { try rows(database) }
    if kind == "SQLite" { #expect(try folder.names == []) }
  }

  @Test(arguments: kinds) func tablesThatDoNotFitAreRefusedBeforeAnyLead(_ kind: String) throws {
    let database = try database(kind)
    func expectRefusal(
      _ table: String, _ fault: DatabaseFault, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      try database.run("DROP TABLE IF EXISTS scores; CREATE TABLE scores (\(table))")
      expect(database, fault, sourceLocation: sourceLocation) {
        _ = try ScoredTableWriter(database.target, columns: columns, model: "m", scoredAt: 0)
      }
    }
    try expectRefusal(
      "lead_id text PRIMARY KEY, score integer",
      .columnsMissing(
        ["probability", "band", "model", "scored_at"], present: ["lead_id", "score"]))
    let rest =
      "score integer, band text, model text, scored_at \(kind == "SQLite" ? "text" : "date")"
    try expectRefusal(
      "lead_id text PRIMARY KEY, probability text, \(rest)",
      .wrongColumnType(column: "probability", expected: "number", found: "text"))
    try expectRefusal(
      "lead_id text PRIMARY KEY, probability integer, \(rest)",
      .wrongColumnType(column: "probability", expected: "number", found: "integer"))
    try expectRefusal("lead_id text, probability real, \(rest)", .noUniqueKey(["lead_id"]))
  }

  @Test func aReadOnlyFileIsRefused() throws {
    let database = try database("SQLite")
    try write([("a1", 0.1, 10, "low")], to: database)
    // The file format's own word for a database that this version may only read.
    var bytes = try folder.bytes("crm.db")
    bytes[18] = 3
    _ = try folder.write(bytes, "crm.db")
    expect(database, .readOnly) {
      _ = try ScoredTableWriter(database.target, columns: columns, model: "m", scoredAt: 0)
    }
    #expect(try folder.bytes("crm.db") == bytes)
  }

  @Test func aServerThatOnlyReadsAndMissingPrivilegesAreNamed() throws {
    let database = try database("PostgreSQL")
    let server = try PostgreSQLServer.shared()
    guard case .postgresql(let connection, _) = database.target else { return }
    let name = String(connection.split(separator: "dbname=")[1].prefix { $0 != " " })
    try server.sql(
      """
      CREATE ROLE writer_\(name) LOGIN PASSWORD 'w'; REVOKE CREATE ON SCHEMA public FROM PUBLIC;
      """, in: connection)
    let limited = "host=127.0.0.1 port=\(server.port) dbname=\(name) user=writer_\(name) password=w"
    let target = DatabaseTarget.postgresql(connection: limited, table: "scores")
    func expectRefusal(_ fault: DatabaseFault, sourceLocation: SourceLocation = #_sourceLocation) {
      #expect(
        throws: SourceError.database(name: target.name, fault), sourceLocation: sourceLocation
      ) { _ = try ScoredTableWriter(target, columns: columns, model: "m", scoredAt: 0) }
    }
    expectRefusal(.permissionDenied(reason: "permission denied for schema public"))
    try write([("a1", 0.1, 10, "low")], to: database)
    try server.sql("GRANT SELECT, INSERT ON scores TO writer_\(name)", in: connection)
    expectRefusal(.permissionDenied(reason: "permission denied for table scores"))
    try server.sql(
      "ALTER DATABASE \(name) SET default_transaction_read_only = on", in: connection)
    expectRefusal(.readOnly)
  }

  /// A server that has seen the table empty must not go through it again for every row that is added.
  @Test func manyRowsIntoAnEmptyTableTakeOnePassThroughIt() throws {
    let server = try PostgreSQLServer.shared()
    let connection = try server.makeDatabase()
    let target = DatabaseTarget.postgresql(connection: connection, table: "scores")
    let database = Database(
      description: "PostgreSQL", target: target,
      origin: .postgresql(connection: connection, .table("scores"))
    ) { try server.sql($0, in: connection) }
    try write([("a1", 0.1, 10, "low")], to: database)
    try server.sql("TRUNCATE scores; VACUUM ANALYZE scores;", in: connection)
    let leads = (0..<5_000).map { ("L\($0)", Optional(0.5), 50, "mid") }
    let scans = "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'scores'"
    func passes() throws -> Int? {
      Int(try server.sql(scans, in: connection).filter { !$0.isWhitespace })
    }
    let before = try #require(try passes())
    let counts = try write(leads, to: database, block: 1_000)
    #expect(counts == ScoredTableCounts(inserted: 5_000, updated: 0, unchanged: 0))
    let after = try #require(try passes())
    #expect(after - before < 20, "\(after - before) passes")
  }

  @Test func aConnectionDroppedBeforeTheEndLeavesTheTable() throws {
    let database = try database("PostgreSQL")
    try write([("a1", 0.1, 10, "low")], to: database)
    let before = try rows(database)
    let writer = try ScoredTableWriter(database.target, columns: columns, model: "m", scoredAt: 0)
    var records = ScoredTableWriter.makeRecords()
    records.append(raw: "a1,0.5,1,x".utf8)
    records.endRecord()
    try writer.write(records)
    try database.run(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        + "WHERE datname = current_database() AND application_name = 'kelvin'")
    do {
      _ = try writer.finish()
      Issue.record("not told that the connection was lost")
    } catch SourceError.database(database.target.name, .connectionLost) {}
    #expect(try rows(database) == before)
  }

  @Test func aValueThatAColumnCannotHoldIsNamed() throws {
    let database = try database("PostgreSQL")
    try database.run(
      "CREATE TABLE scores (lead_id int PRIMARY KEY, probability real, score int, band text, "
        + "model text, scored_at date)")
    expect(
      database,
      .valueRefused(
        column: "lead_id", reason: "invalid input syntax for type integer: \"…\"")
    ) { try write([("maria@example.org", 0.1, 10, "low")], to: database) }
  }

  @Test func namesMayNotMeet() {
    func make(_ keys: [String], _ values: [String]) throws -> ScoredTableColumns {
      try ScoredTableColumns(keys: keys, values: values.map { .init(name: $0, type: .number) })
    }
    for (keys, values) in [
      ([], ["a"]), (["a"], []), (["a"], ["A"]), (["a"], ["model"]), (["scored_at"], ["b"]),
    ] {
      #expect(throws: SourceError.self) { try make(keys, values) }
    }
  }
}
