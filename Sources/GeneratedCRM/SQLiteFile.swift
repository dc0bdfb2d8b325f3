import Glibc
import Sources

/// One SQLite file with the tables of the CRM, indexed by lead.
public struct SQLiteFile: CRMDestination {
  private let path: String
  private let temporary: String
  private let connection: SQLiteConnection
  private let inserts: [CRMTable: SQLiteStatement]

  /// - Parameter path: the file to make; it replaces one of the same name when all is in it.
  /// - Throws: `SourceError`.
  public init(path: String) throws {
    self.path = path
    temporary = path + ".partial"
    unlink(temporary)
    connection = try SQLiteConnection(path: temporary, access: .write, name: path)
    // The file takes its place when it is complete, so that nothing has to be undone in it.
    try connection.run("PRAGMA journal_mode = OFF")
    try connection.run("PRAGMA synchronous = OFF")
    try connection.run("BEGIN")
    var inserts: [CRMTable: SQLiteStatement] = [:]
    for table in CRMTable.allCases {
      let columns = table.columns.map { "\($0.name) \($0.kind.sqlName)" }
      let key = table.key.map { ", PRIMARY KEY (\($0))" } ?? ""
      try connection.run(
        "CREATE TABLE \(table.rawValue) (\(columns.joined(separator: ", "))\(key))")
      let places = table.columns.map { _ in "?" }.joined(separator: ", ")
      inserts[table] = try connection.prepare("INSERT INTO \(table.rawValue) VALUES (\(places))")
    }
    self.inserts = inserts
  }

  public mutating func add(_ row: [CRMCell], to table: CRMTable) throws {
    guard let insert = inserts[table] else { return }
    try insert.bind(
      row.map { cell in
        switch cell {
        case .empty: .null
        case .text(let text): .text(Array(text.utf8))
        case .integer(let number): .integer(number)
        case .real(let number): .number(number)
        }
      })
    try insert.step()
    insert.reset()
  }

  public mutating func commit() throws {
    try connection.run("CREATE INDEX activities_of_lead ON activities (lead_id)")
    try connection.run("CREATE INDEX changes_of_lead ON changes (lead_id)")
    try connection.run("COMMIT")
    guard rename(temporary, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw SourceError.writeFailed(path: path, reason: reason)
    }
  }
}

extension CRMTable {
  fileprivate var key: String? {
    switch self {
    case .leads: "lead_id"
    case .accounts: "account_id"
    case .activities: "activity_id"
    case .changes, .truth: nil
    }
  }
}

extension CRMTable.Kind {
  fileprivate var sqlName: String {
    switch self {
    case .text: "TEXT"
    case .integer: "INTEGER"
    case .real: "REAL"
    }
  }
}
