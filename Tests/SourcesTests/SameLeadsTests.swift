import Parallel
import Tables
import TestDatabases
import Testing

@testable import Sources

/// The same leads are the same table, whatever they are read from.
@Suite struct SameLeadsTests {
  private static let header = "lead_id,employees,revenue,country,won,created,opted_in,note"

  /// Leads with what is hard: NULL, quotes, line ends, accents, thousandths, extremes.
  private static func lead(_ index: Int) -> [String?] {
    let countries = ["España", "France", nil, "Côte d’Ivoire", "Côte \"d'Or\""]
    let revenues = [nil, "0.1", "1500", "1e+300", "-2.5", "0.125", "123456.789"]
    let notes = [nil, "called, no answer", "said \"maybe\"", "two\nlines", " padded ", "=1+1"]
    return [
      "L\(index)", index % 11 == 0 ? nil : String(index * 7 % 5_000), revenues[index % 7],
      countries[index % 5], index % 3 == 0 ? "yes" : "no",
      index % 13 == 0
        ? nil : "2025-0\(index % 9 + 1)-1\(index % 10) 08:0\(index % 10):00",
      ["true", "false", nil][index % 3], notes[index % 6],
    ]
  }

  private static let leads = (0..<3_000).map(lead)

  private static func csv() -> String {
    leads.reduce(into: header + "\n") { text, lead in
      let fields = lead.map { field -> String in
        guard let field else { return "" }
        return field.contains { ",\" \n".contains($0) }
          ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
      }
      text += fields.joined(separator: ",") + "\n"
    }
  }

  /// - Parameter quotes: which columns are no numbers.
  private static func inserts(_ quoted: (Int) -> Bool) -> String {
    let rows = leads.map { lead in
      let cells = lead.enumerated().map { index, cell -> String in
        guard let cell else { return "NULL" }
        return quoted(index) ? "'\(cell.replacing("'", with: "''"))'" : cell
      }
      return "(\(cells.joined(separator: ", ")))"
    }
    return "INSERT INTO leads VALUES \(rows.joined(separator: ",\n"))"
  }

  @Test(arguments: [1, 3]) func fromFilesAndDatabases(threads: Int) throws {
    let folder = try TemporaryFolder()
    let file = TableOrigin.csv(path: try folder.write(Self.csv()))
    let path = folder.path("crm.db")
    let connection = try SQLiteConnection(path: path, access: .write, name: path)
    try connection.run(
      "CREATE TABLE leads (lead_id TEXT, employees INTEGER, revenue REAL, country TEXT, won TEXT, "
        + "created TEXT, opted_in TEXT, note TEXT)")
    try connection.run(Self.inserts { ![1, 2].contains($0) })
    let server = try PostgreSQLServer.shared()
    let database = try server.makeDatabase()
    try server.sql(
      "CREATE TABLE leads (lead_id text, employees int, revenue float8, country text, won text, "
        + "created timestamp, opted_in boolean, note text); "
        + Self.inserts { ![1, 2, 6].contains($0) }, in: database)
    let query = try folder.write("SELECT * FROM leads;", "leads.sql")

    var options = CSVReadOptions()
    options.keepAsText = ["lead_id"]
    let pool = WorkerPool(threadCount: threads)
    let expected = try readTable(file, options: options, pool: pool)
    #expect(expected.table.rowCount == 3_000)
    let types = expected.schema.columns.map(\.type)
    #expect(types[0..<7] == [.text, .number, .number, .category, .flag, .date, .flag])
    for origin in [
      TableOrigin.sqlite(path: path, .table("leads")), .sqlite(path: path, .query(path: query)),
      .postgresql(connection: database, .table("leads")),
      .postgresql(connection: database, .query(path: query)),
    ] {
      let found = try readTable(origin, options: options, pool: pool)
      #expect(found.table == expected.table, "\(origin)")
      #expect(found.schema == expected.schema, "\(origin)")
      #expect(found.notes == expected.notes, "\(origin)")
    }
  }
}
