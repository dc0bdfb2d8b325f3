import Glibc
import Tables

/// Writes scored leads to a table of a database: all of them or none, and changed rows only.
///
/// Records are gathered beside the table as they come. `finish` then, in one transaction, makes the
/// table if it is absent, adds the leads that it does not have, and changes those of which a value or
/// the model differs; a row whose values are equal keeps its time. Rows of other leads stay.
/// Without `finish`, nothing is changed. One thread uses it at a time.
public final class ScoredTableWriter {
  /// How records are written: UTF-8, commas, no header. A field without anything is NULL.
  public static let dialect = TextDialect(hasHeader: false)

  private let target: any ScoredTable
  private var isFinished = false

  /// Connects and checks what can be checked before the leads are scored: that the table may be
  /// written, and has the columns, their types and the key.
  ///
  /// - Parameters:
  ///   - model: name and version.
  ///   - scoredAt: seconds since 1970, UTC.
  /// - Throws: `SourceError`.
  public init(
    _ target: DatabaseTarget, columns: ScoredTableColumns, model: String, scoredAt: Double
  ) throws {
    let time = Self.timestamp(scoredAt)
    switch target {
    case .sqlite(let path, let table):
      self.target = try SQLiteScoredTable(
        path: path, table: table, name: target.name, columns: columns, model: model, time: time)
    case .postgresql(let connection, let table):
      self.target = try PostgreSQLScoredTable(
        connection: connection, table: table, name: target.name, columns: columns, model: model,
        time: time)
    }
  }

  /// A buffer for records of the table: the keys, then the values, in order.
  public static func makeRecords() -> CSVRecordBuffer {
    CSVRecordBuffer(dialect: dialect, escapesFormulas: false)
  }

  /// Takes whole records, made in a buffer of `makeRecords`.
  /// - Throws: `SourceError`.
  public func write(_ records: CSVRecordBuffer) throws {
    precondition(!isFinished, "records after the end of the table")
    guard !records.bytes.isEmpty else { return }
    try target.write(records)
  }

  /// Puts the rows in the table.
  /// - Throws: `SourceError`, and the table is as it was.
  public func finish() throws -> ScoredTableCounts {
    precondition(!isFinished, "the table is finished once")
    isFinished = true
    return try target.finish()
  }

  /// As ISO 8601 has it, in whole seconds: 2024-03-07T09:00:00Z.
  static func timestamp(_ seconds: Double) -> String {
    var time = time_t(seconds.rounded(.down))
    var parts = tm()
    gmtime_r(&time, &parts)
    func padded(_ value: Int32, _ width: Int = 2) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
    return "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
      + "T\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))Z"
  }
}

/// A table of one kind of database that takes scored leads.
protocol ScoredTable {
  func write(_ records: CSVRecordBuffer) throws
  func finish() throws -> ScoredTableCounts
}

/// What SQLite and PostgreSQL are told in the same words.
struct ScoredTableSQL {
  let columns: ScoredTableColumns
  /// The table as SQL writes it.
  let table: String
  /// Where records are gathered.
  let gathered: String

  /// What the types of values and of the time are called.
  struct TypeNames {
    let number: String
    let integer: String
    let text: String
    let time: String

    subscript(type: ScoredTableColumns.ValueType) -> String {
      switch type {
      case .number: number
      case .integer: integer
      case .text: text
      }
    }
  }

  private static func list(_ names: [String], before: String = "") -> String {
    names.map { before + quotedName($0) }.joined(separator: ", ")
  }

  var keys: String { Self.list(columns.keys) }
  var recordColumns: String { Self.list(columns.recordNames) }

  func createTable(_ types: TypeNames) -> String {
    let columns = [
      self.columns.keys.map { "\(quotedName($0)) \(types.text) NOT NULL" },
      self.columns.values.map { "\(quotedName($0.name)) \(types[$0.type])" },
      [
        "\(quotedName(ScoredTableColumns.modelColumn)) \(types.text) NOT NULL",
        "\(quotedName(ScoredTableColumns.timeColumn)) \(types.time) NOT NULL",
        "PRIMARY KEY (\(keys))",
      ],
    ]
    return "CREATE TABLE \(table) (\(columns.joined().joined(separator: ", ")))"
  }

  /// The table that gathers records, with the types of the target or, where there is none, its own.
  func createGathered(_ types: TypeNames, like exists: Bool, _ ending: String) -> String {
    let name = gathered.split(separator: ".").last ?? ""
    if exists {
      return
        "CREATE TEMP TABLE \(name) \(ending) AS SELECT \(recordColumns) FROM \(table) WHERE 1 = 0"
    }
    let columns =
      self.columns.keys.map { "\(quotedName($0)) \(types.text)" }
      + self.columns.values.map { "\(quotedName($0.name)) \(types[$0.type])" }
    return "CREATE TEMP TABLE \(name) (\(columns.joined(separator: ", "))) \(ending)"
  }

  /// How many gathered rows lack a part of their key.
  var countEmptyKeys: String {
    let tests = columns.keys.map { "\(quotedName($0)) IS NULL" }.joined(separator: " OR ")
    return "SELECT count(*) FROM \(gathered) WHERE \(tests)"
  }

  /// How many keys were gathered more than once.
  var countRepeatedKeys: String {
    "SELECT count(*) FROM (SELECT 1 FROM \(gathered) GROUP BY \(keys) HAVING count(*) > 1) AS r"
  }

  var countGathered: String { "SELECT count(*) FROM \(gathered)" }

  /// How many gathered rows the table has already.
  var countPresent: String {
    "SELECT count(*) FROM \(gathered) JOIN \(table) USING (\(keys))"
  }

  /// Inserts rows that are new and changes those that differ.
  ///
  /// Equal rows are left out before the conflict, not by a condition behind it: both databases lock or
  /// visit each row that conflicts, and PostgreSQL writes the lock to the row.
  /// - Parameters:
  ///   - model, time: what stands for them in the statement.
  ///   - differs: the operator that tells rows apart, NULL being equal to itself.
  func upsert(model: String, time: String, differs: String) -> String {
    let extra = [ScoredTableColumns.modelColumn, ScoredTableColumns.timeColumn]
    let values = columns.values.map(\.name)
    let changes = (values + extra).map { "\(quotedName($0)) = excluded.\(quotedName($0))" }
    let stands = Self.list(values + [ScoredTableColumns.modelColumn], before: "held.")
    return """
      INSERT INTO \(table) (\(recordColumns), \(Self.list(extra)))
      SELECT \(Self.list(columns.recordNames, before: "fresh.")), \(model), \(time)
      FROM \(gathered) AS fresh LEFT JOIN \(table) AS held USING (\(keys))
      WHERE held.\(quotedName(columns.keys[0])) IS NULL
        OR (\(stands)) \(differs) (\(Self.list(values, before: "fresh.")), \(model))
      ON CONFLICT (\(keys)) DO UPDATE SET \(changes.joined(separator: ", "))
      """
  }
}
