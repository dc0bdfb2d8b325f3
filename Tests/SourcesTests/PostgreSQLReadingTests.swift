import Parallel
import Tables
import TestDatabases
import Testing

@testable import Sources

/// Tables and queries of a real server, read as what their CSV export would be read as.
@Suite struct PostgreSQLReadingTests {
  private let folder: TemporaryFolder
  private let pool = WorkerPool(threadCount: 2)
  private let server: PostgreSQLServer
  private let connection: String

  init() throws {
    folder = try TemporaryFolder()
    server = try PostgreSQLServer.shared()
    connection = try server.makeDatabase()
  }

  private func table(_ name: String) -> TableOrigin {
    .postgresql(connection: connection, .table(name))
  }

  private func query(_ sql: String) throws -> TableOrigin {
    .postgresql(connection: connection, .query(path: try folder.write(sql, "leads.sql")))
  }

  private func bytes(
    _ origin: TableOrigin, pieces: Int = 1 << 12, decimalMarks: [String: UInt8] = [:],
    snapshot: DatabaseSnapshot = DatabaseSnapshot()
  ) throws -> String {
    let source = try origin.openRecords(decimalMarks: decimalMarks, snapshot: snapshot)
    return String(decoding: try HeldText(source, pieceSize: pieces).pieces.joined(), as: UTF8.self)
  }

  private func expect(
    _ origin: TableOrigin, _ fault: DatabaseFault,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      throws: SourceError.database(name: origin.name, fault), sourceLocation: sourceLocation
    ) {
      try readTable(origin, pool: pool)
    }
  }

  @Test func cellsAreWrittenAsTheirExport() throws {
    try server.sql(
      """
      CREATE TABLE leads (id text, visits bigint, value float8, price numeric(9, 2), won boolean,
        day date, at timestamptz, wait interval, note text);
      SET TimeZone = 'Europe/Madrid';
      INSERT INTO leads VALUES
      ('a1', 3, 0.1, 1.5, true, '2024-03-07', '2024-03-07 10:00:00.25', '1 day 2 hours', 'plain'),
      ('a2', NULL, 1e300, NULL, false, NULL, NULL, NULL, 'with, "both"'),
      ('a3', -7, 2, 0.05, NULL, '1999-12-31', '2024-07-07 10:00', '90 minutes', 'Ñandú');
      """, in: connection)
    let expected = """
      id,visits,value,price,won,day,at,wait,note
      a1,3,0.1,1.50,true,2024-03-07,2024-03-07 09:00:00.25+00,P1DT2H,plain
      a2,,1e+300,,false,,,,"with, ""both""\"
      a3,-7,2,0.05,,1999-12-31,2024-07-07 08:00:00+00,PT1H30M,Ñandú

      """
    // What the user or the database sets otherwise does not show.
    try server.sql(
      """
      ALTER DATABASE \(databaseName) SET DateStyle = 'SQL, DMY';
      ALTER DATABASE \(databaseName) SET TimeZone = 'Asia/Tokyo';
      ALTER DATABASE \(databaseName) SET extra_float_digits = -5;
      """, in: connection)
    for pieces in [16, 100, 1 << 12] {
      #expect(try bytes(table("leads"), pieces: pieces) == expected)
    }
  }

  private var databaseName: String {
    String(connection.split(separator: "dbname=")[1].prefix { $0 != " " })
  }

  @Test func numbersTakeTheDecimalMarkOfASchema() throws {
    try server.sql(
      """
      CREATE TABLE leads (value float8, price numeric, note text);
      INSERT INTO leads VALUES (1.125, 1.500, '1.5'), (2, NULL, 'x');
      """, in: connection)
    let marks = ["value", "price", "note"].reduce(into: [:]) { $0[$1] = UInt8(ascii: ",") }
    #expect(
      try bytes(table("leads"), decimalMarks: marks)
        == "value,price,note\n\"1,125\",\"1,500\",1.5\n2,,x\n")
  }

  @Test func thousandthsAreNoThousands() throws {
    try server.sql(
      "CREATE TABLE leads (p numeric(9, 3)); INSERT INTO leads VALUES (1.5), (2.25);",
      in: connection)
    #expect(try readTable(table("leads"), pool: pool).table["p"]?.values == .number([1.5, 2.25]))
  }

  @Test func emptyCellsOfASingleColumnAreRows() throws {
    try server.sql(
      "CREATE TABLE leads (note text); INSERT INTO leads VALUES ('a'), (NULL), (''), ('b');",
      in: connection)
    #expect(try bytes(table("leads")) == "note\na\n\"\"\n\"\"\nb\n")
    #expect(try readTable(table("leads"), pool: pool).table.rowCount == 4)
  }

  @Test func namesAreCheckedAndQuoted() throws {
    try server.sql(
      """
      CREATE SCHEMA crm; CREATE TABLE crm.leads (a int); INSERT INTO crm.leads VALUES (1);
      CREATE TABLE "odd "".name" (a int); INSERT INTO "odd "".name" VALUES (2);
      CREATE VIEW open_leads AS SELECT a + 2 AS a FROM crm.leads;
      """, in: connection)
    #expect(try bytes(table("crm.leads")) == "a\n1\n")
    #expect(try bytes(table("odd \".name")) == "a\n2\n")
    #expect(try bytes(table("open_leads")) == "a\n3\n")
    let attack = "leads\"; DROP TABLE crm.leads; --"
    expect(
      table(attack),
      .tableNotFound(table: attack, present: ["crm.leads", "odd \".name", "open_leads"]))
    #expect(try bytes(table("crm.leads")) == "a\n1\n")
  }

  @Test func queriesMustReadAndBeOne() throws {
    try server.sql(
      "CREATE TABLE leads (a int, b int); INSERT INTO leads VALUES (1, 2);", in: connection)
    #expect(try bytes(query("SELECT a, ';' AS \"x;y\" FROM leads; -- all\n")) == "a,x;y\n1,;\n")
    #expect(try bytes(query("WITH l AS (TABLE leads) SELECT b FROM l")) == "b\n2\n")
    expect(try query("/* nothing */ ;"), .notOneQuery(found: 0))
    expect(try query("SELECT 1; COMMIT; DELETE FROM leads"), .notOneQuery(found: 3))
    expect(try query("DELETE FROM leads RETURNING a, b"), .notAQuery)
    expect(
      try query("WITH d AS (DELETE FROM leads RETURNING a) SELECT 1 AS b, a FROM d"), .notAQuery)
    expect(try query("CREATE TABLE x (a int)"), .notAQuery)
    expect(try query("SELECT a, b AS a FROM leads"), .repeatedColumn("a"))
    expect(try query("SELECT c FROM leads"), .failed(reason: "column \"c\" does not exist"))
    expect(try query("SELECT ''::bytea AS photo"), .binaryColumn("photo", row: nil))
    // A cell's value is not repeated.
    expect(
      try query("SELECT ('maria' || a)::int AS n FROM leads"),
      .failed(reason: "invalid input syntax for type integer: \"…\""))
    #expect(try bytes(table("leads")) == "a,b\n1,2\n")
  }

  @Test func allTablesAreOfOneMoment() throws {
    try server.sql(
      """
      CREATE TABLE leads (id int); INSERT INTO leads VALUES (1);
      CREATE TABLE activities (lead int); INSERT INTO activities VALUES (1);
      """, in: connection)
    let snapshot = DatabaseSnapshot()
    #expect(try bytes(table("leads"), snapshot: snapshot) == "id\n1\n")
    try server.sql(
      "INSERT INTO leads VALUES (2); INSERT INTO activities VALUES (2);", in: connection)
    // One after the other on one connection, and one inside the other on two.
    #expect(try bytes(table("activities"), snapshot: snapshot) == "lead\n1\n")
    let first = try table("leads").openRecords(decimalMarks: [:], snapshot: snapshot)
    #expect(try bytes(table("activities"), snapshot: snapshot) == "lead\n1\n")
    #expect(try HeldText(first).byteCount == 5)
    #expect(try bytes(table("activities")) == "lead\n1\n2\n")
  }

  @Test func streamsInTheTypesOfASchema() throws {
    try server.sql(
      """
      CREATE TABLE leads AS SELECT i AS id, i * 0.5 AS value, 'note ' || i AS note
      FROM generate_series(1, 20000) AS i;
      """, in: connection)
    let schema = TableSchema(
      columns: [
        ColumnSchema(
          name: "value", type: .number,
          numberFormat: NumberFormat(decimalMark: UInt8(ascii: ",")))
      ],
      dialect: TextDialect(separator: UInt8(ascii: ";"), decimalMark: UInt8(ascii: ",")))
    let stream = try CSVStream(
      origin: table("leads"), schema: schema, columns: ["value"], rawColumns: ["id"])
    #expect(stream.columnNames == ["id", "value", "note"])
    var sum = 0.0
    var rows = 0
    try stream.forEachBlock(pool: pool, blockSize: 1 << 14) {
      $0
    } consume: { block in
      guard case .number(let values)? = block.table["value"]?.values else { return }
      sum += values.reduce(0, +)
      rows += block.table.rowCount
    }
    #expect(rows == 20_000)
    #expect(sum == 0.25 * 20_000 * 20_001)
  }

  @Test func aConnectionDroppedInMidStreamIsAnError() throws {
    try server.sql(
      "CREATE TABLE leads AS SELECT i AS id, repeat('x', 1000) AS note "
        + "FROM generate_series(1, 100000) AS i;", in: connection)
    let source = try table("leads").openRecords(
      decimalMarks: [:], snapshot: DatabaseSnapshot())
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    for _ in 0..<3 { _ = try piece.withUnsafeMutableBytes { try source.read(into: $0) } }
    try server.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        + "WHERE datname = current_database() AND application_name = 'kelvin'", in: connection)
    var failure: SourceError?
    do {
      while try piece.withUnsafeMutableBytes({ try source.read(into: $0) }) > 0 {}
    } catch let error as SourceError {
      failure = error
    }
    guard case .database("postgresql (table leads)", .connectionLost)? = failure else {
      Issue.record("not told that the connection was lost: \(String(describing: failure))")
      return
    }
  }

  @Test func missingPrivilegesAreNamed() throws {
    try server.sql(
      """
      CREATE TABLE leads (a int); CREATE ROLE reader_\(databaseName) LOGIN PASSWORD 'only-reads';
      """, in: connection)
    let origin = TableOrigin.postgresql(
      connection: "host=127.0.0.1 port=\(server.port) dbname=\(databaseName) "
        + "user=reader_\(databaseName) password=only-reads", .table("leads"))
    expect(origin, .permissionDenied(reason: "permission denied for table leads"))
  }
}
