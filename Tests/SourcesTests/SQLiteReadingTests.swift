import Parallel
import Tables
import Testing

@testable import Sources

/// Tables and queries of SQLite, read as what their CSV export would be read as.
@Suite struct SQLiteReadingTests {
  private let folder: TemporaryFolder
  private let pool = WorkerPool(threadCount: 2)
  private let database: String

  init() throws {
    folder = try TemporaryFolder()
    database = folder.path("crm.db")
  }

  private func make(_ statements: String...) throws {
    let connection = try SQLiteConnection(path: database, access: .write, name: database)
    for statement in statements { try connection.run(statement) }
  }

  private func table(_ name: String) -> TableOrigin { .sqlite(path: database, .table(name)) }

  private func query(_ sql: String) throws -> TableOrigin {
    .sqlite(path: database, .query(path: try folder.write(sql, "leads.sql")))
  }

  /// All bytes of an origin, asked for in pieces of a size.
  private func bytes(
    _ origin: TableOrigin, pieces: Int = 1 << 12, decimalMarks: [String: UInt8] = [:]
  ) throws -> String {
    let source = try origin.openRecords(
      decimalMarks: decimalMarks, snapshot: DatabaseSnapshot())
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
    try make(
      "CREATE TABLE leads (id TEXT, visits INTEGER, value REAL, note TEXT)",
      """
      INSERT INTO leads VALUES ('a1', 3, 1.5, 'plain'), ('a2', NULL, 1e300, 'with, "both"'),
      ('a3', -7, 0.1, ''), ('a4', 9223372036854775807, 2.0, ' spaced '), ('a5', 0, 9e999, 'Ñandú'),
      ('a6', 1, -1e-7, '=1+1')
      """)
    let expected = """
      id,visits,value,note
      a1,3,1.5,plain
      a2,,1e+300,"with, ""both""\"
      a3,-7,0.1,
      a4,9223372036854775807,2," spaced "
      a5,0,,Ñandú
      a6,1,-1e-07,=1+1

      """
    for pieces in [16, 100, 1 << 12] {
      #expect(try bytes(table("leads"), pieces: pieces) == expected)
    }
  }

  @Test func numbersTakeTheDecimalMarkOfASchema() throws {
    try make("CREATE TABLE leads (value, note)", "INSERT INTO leads VALUES (1.5, '1.5'), (2, 'x')")
    let marks = ["value": UInt8(ascii: ",")]
    #expect(
      try bytes(table("leads"), decimalMarks: marks) == "value,note\n\"1,5\",1.5\n2,x\n")
  }

  @Test func theSameLeadsAreTheSameTable() throws {
    let text = """
      id,visits,value,won,day,note
      a1,3,1.125,yes,2024-03-07,one
      a2,,2.25,no,2024-04-01,"two, three"
      a3,-7,,yes,,
      a4,12,0.1,no,2023-12-31,Ñandú

      """
    try make(
      "CREATE TABLE leads (id TEXT, visits INTEGER, value REAL, won TEXT, day TEXT, note TEXT)",
      """
      INSERT INTO leads VALUES ('a1', 3, 1.125, 'yes', '2024-03-07', 'one'),
      ('a2', NULL, 2.25, 'no', '2024-04-01', 'two, three'), ('a3', -7, NULL, 'yes', NULL, NULL),
      ('a4', 12, 0.1, 'no', '2023-12-31', 'Ñandú')
      """)
    let csv = try readTable(.csv(path: folder.write(text)), pool: pool)
    let found = try readTable(table("leads"), pool: pool)
    #expect(found.table == csv.table)
    #expect(found.schema == csv.schema)
    #expect(try bytes(table("leads")) == text)
    let queried = try readTable(query("SELECT * FROM leads -- all\n;\n"), pool: pool)
    #expect(queried.table == csv.table)
  }

  @Test func aDatabaseKnowsThatItsNumbersHavePoints() throws {
    try make("CREATE TABLE leads (value REAL)", "INSERT INTO leads VALUES (1.125), (2.375)")
    let path = try folder.write("value\n1.125\n2.375\n")
    #expect(
      throws: SourceError.ambiguousNumbers(
        path: path, column: "value", line: 2, example: "1.125")
    ) { try readTable(.csv(path: path), pool: pool) }
    let found = try readTable(table("leads"), pool: pool)
    #expect(found.table["value"]?.values == .number([1.125, 2.375]))
  }

  @Test func emptyCellsOfASingleColumnAreRows() throws {
    try make(
      "CREATE TABLE leads (note TEXT)", "INSERT INTO leads VALUES ('a'), (NULL), (''), ('b')")
    #expect(try readTable(table("leads"), pool: pool).table.rowCount == 4)
  }

  @Test func streamsInTheTypesOfASchema() throws {
    try make(
      "CREATE TABLE leads (id INTEGER PRIMARY KEY, value REAL, note TEXT)",
      """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
      INSERT INTO leads SELECT i, i * 0.5, 'note ' || i FROM n
      """)
    // A schema of a file with semicolons and decimal commas reads the database all the same.
    let schema = TableSchema(
      columns: [
        ColumnSchema(name: "id", type: .text),
        ColumnSchema(
          name: "value", type: .number,
          numberFormat: NumberFormat(decimalMark: UInt8(ascii: ","))),
      ],
      dialect: TextDialect(
        separator: UInt8(ascii: ";"), hasHeader: false, decimalMark: UInt8(ascii: ",")))
    let stream = try CSVStream(
      origin: table("leads"), schema: schema, columns: ["value"], rawColumns: ["id"])
    #expect(stream.columnNames == ["id", "value", "note"])
    #expect(stream.unknownColumns == ["note"])
    #expect(stream.dialect == TextDialect())
    var sum = 0.0
    var ids: [String] = []
    try stream.forEachBlock(pool: pool, blockSize: 1 << 12) {
      $0
    } consume: { block in
      guard case .number(let values)? = block.table["value"]?.values else { return }
      sum += values.reduce(0, +)
      for row in 0..<block.table.rowCount { ids.append(block.rawFields[0].text(row)) }
    }
    #expect(sum == 0.25 * 5000 * 5001)
    #expect(ids == (1...5000).map(String.init))
  }

  @Test func missingDatabasesAndTables() throws {
    #expect(throws: SourceError.fileNotFound(path: database)) {
      try readTable(table("leads"), pool: pool)
    }
    let folderOrigin = TableOrigin.sqlite(path: folder.url.path, .table("leads"))
    #expect(throws: SourceError.isDirectory(path: folder.url.path)) {
      try readTable(folderOrigin, pool: pool)
    }
    try make("CREATE TABLE \"Leads\" (a)", "CREATE VIEW open_leads AS SELECT * FROM Leads")
    #expect(
      throws: SourceError.database(
        name: table("lead\"s; DROP TABLE Leads").name,
        .tableNotFound(table: "lead\"s; DROP TABLE Leads", present: ["Leads", "open_leads"]))
    ) { try readTable(table("lead\"s; DROP TABLE Leads"), pool: pool) }
    // Case does not count, as in SQLite itself.
    #expect(throws: SourceError.noRows(path: table("leads").name)) {
      try readTable(table("leads"), pool: pool)
    }
    let text = TableOrigin.sqlite(
      path: try folder.write(String(repeating: "id,a\n", count: 300)), .table("leads"))
    expect(text, .cannotConnect(reason: "file is not a database"))
  }

  @Test func queriesMustReadAndBeOne() throws {
    try make("CREATE TABLE leads (a, b)", "INSERT INTO leads VALUES (1, 2)")
    expect(try query("  -- nothing\n/* ; */ ;"), .notOneQuery(found: 0))
    expect(try query("SELECT 1; SELECT 2"), .notOneQuery(found: 2))
    expect(try query("DELETE FROM leads RETURNING a"), .notAQuery)
    expect(try query("BEGIN"), .notAQuery)
    expect(try query("SELECT a, b AS a FROM leads"), .repeatedColumn("a"))
    expect(try query("SELECT c FROM leads"), .failed(reason: "no such column: c"))
    expect(try query("SELECT \"c\" FROM leads"), .failed(reason: "no such column: c"))
    let origin = TableOrigin.sqlite(path: database, .query(path: folder.path("none.sql")))
    #expect(throws: SourceError.fileNotFound(path: folder.path("none.sql"))) {
      try readTable(origin, pool: pool)
    }
    let semicolons = try query("SELECT ';' AS \"x;y\", a FROM leads /* ; */ -- ;")
    #expect(try bytes(semicolons) == "x;y,a\n;,1\n")
  }

  @Test func blobsAndBrokenTextNameTheirColumn() throws {
    try make(
      "CREATE TABLE leads (id, photo)", "INSERT INTO leads VALUES (1, 'a'), (2, x'00ff')",
      "CREATE TABLE texts (id, note)",
      "INSERT INTO texts VALUES (1, 'a'), (2, 'b'), (3, CAST(x'ff61' AS TEXT))",
      "CREATE TABLE nuls (note)", "INSERT INTO nuls VALUES (CAST(x'610062' AS TEXT))")
    expect(table("leads"), .binaryColumn("photo", row: 2))
    expect(table("texts"), .invalidText(column: "note", row: 3))
    expect(table("nuls"), .invalidText(column: "note", row: 1))
  }

  @Test func aLockedDatabaseIsReadOnlyWhenItIsFree() throws {
    try make("PRAGMA journal_mode = WAL", "CREATE TABLE leads (a)", "INSERT INTO leads VALUES (1)")
    let writer = try SQLiteConnection(path: database, access: .write, name: database)
    try writer.run("BEGIN IMMEDIATE")
    try writer.run("INSERT INTO leads VALUES (2)")
    // What is not committed is not there.
    #expect(try bytes(table("leads")) == "a\n1\n")
    try writer.run("COMMIT")
    #expect(try bytes(table("leads")) == "a\n1\n2\n")
  }

  @Test func copiesChosenRowsToAFile() throws {
    try make(
      "CREATE TABLE leads (id, note)", "INSERT INTO leads VALUES (1, 'a'), (2, 'b,c'), (3, 'd')")
    let count = try copyRecords(
      from: table("leads"), dialect: TextDialect(), to: folder.path("held.csv")
    ) { $0 != 0 }
    #expect(count == 2)
    #expect(try folder.bytes("held.csv") == Array("id,note\n2,\"b,c\"\n3,d\n".utf8))
  }
}
