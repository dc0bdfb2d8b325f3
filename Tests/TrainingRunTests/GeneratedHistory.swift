import Foundation
import GeneratedCRM
import Parallel
import ProjectReading
import Projects
import Sources
import Tables
import TestDatabases

/// A small generated CRM in a folder, as CSV files, workbooks, and tables of two kinds of database.
struct GeneratedHistory {
  let folder: TemporaryFolder

  /// - Parameter count: leads.
  init(_ count: Int = 600, seed: UInt64 = 3) throws {
    folder = try TemporaryFolder()
    let path = folder.url.path
    var destination = CRMDestinations([
      try CSVFolder(path: path), try SQLiteFile(path: path + "/crm.db"),
    ])
    _ = try CRMGenerator(leadCount: count, seed: seed).write(to: &destination)
    try destination.commit()
  }

  /// Writes the CSV files as workbooks, every cell as it stands.
  func writeWorkbooks() throws {
    for name in ["leads", "accounts", "activities", "changes"] {
      var options = CSVReadOptions()
      let origin = TableOrigin.csv(path: folder.path("\(name).csv"))
      let names = try CSVStream(
        origin: origin, schema: TableSchema(columns: []), columns: []
      ).columnNames
      options.keepAsText = Set(names)
      options.missingTokens = [""]
      let table = try readTable(origin, options: options, pool: WorkerPool(threadCount: 1))
      try writeTable(table.table, to: folder.path("\(name).xlsx"))
    }
  }

  /// Copies the CSV files into a database of the tests' server, whole numbers and times as such, and
  /// writes the query that gives the leads in their order, which a server does not keep by itself.
  /// - Returns: the connection string.
  func copyToPostgreSQL() throws -> String {
    let server = try PostgreSQLServer.shared()
    let connection = try server.makeDatabase()
    for table in CRMTable.allCases where table != .truth {
      let columns = table.columns.map { name, kind in
        switch kind {
        case .integer: "\(name) bigint"
        case .real: "\(name) double precision"
        case .text: "\(name) \(name.hasSuffix("_at") ? "timestamp" : "text")"
        }
      }
      let name = table.rawValue
      try server.sql(
        """
        CREATE TABLE \(name) (\(columns.joined(separator: ", ")));
        \\copy \(name) FROM '\(folder.path("\(name).csv"))' (FORMAT csv, HEADER)
        """, in: connection)
    }
    try Data("SELECT * FROM leads ORDER BY lead_id;".utf8).write(
      to: folder.url.appendingPathComponent("leads.sql"))
    return connection
  }

  /// How a project names a table of a place; a connection string is a place too.
  private static func table(_ name: String, at place: String) -> String {
    switch place {
    case "csv": "\(name).csv"
    case "excel": "\(name).xlsx"
    case "sqlite": "{sqlite: crm.db, table: \(name)}"
    default:
      "{postgresql: \"\(place)\", " + (name == "leads" ? "query: leads.sql}" : "table: \(name)}")
    }
  }

  /// The project of `datasets/crm`, its tables at another place.
  func project(
    at place: String = "csv", outcome: String = "{event: won, lost: lost, within: 90d}",
    more: String = "decision: {ages: [0d, 7d, 30d]}"
  ) throws -> Project {
    func from(_ name: String) -> String { Self.table(name, at: place) }
    let text = """
      name: crm
      leads: \(from("leads"))
      id: lead_id
      account: account_id
      created: created_at
      exclude: [stage, closed_at, onboarding_owner]
      outcome: \(outcome)
      activities: {from: \(from("activities")), lead: lead_id, at: occurred_at, type: kind,
                   value: amount, attributes: [product, page], by_us: [email_sent, call],
                   recorded_at: recorded_at}
      changes: {from: \(from("changes")), lead: lead_id, at: changed_at, column: field,
                old: old_value, new: new_value}
      joins:
        - {from: \(from("accounts")), on: account_id, columns: [sector, headcount, crm_in_use]}
      \(more)
      """
    return try Project.parse(text, fileName: folder.path("kelvin.yaml"))
  }
}
