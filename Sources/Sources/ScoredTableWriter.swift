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
