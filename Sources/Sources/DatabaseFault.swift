/// What is wrong with a database, its table or query, and what to do about it.
///
/// Reasons are the database's own first line, without passwords and without values of cells.
public enum DatabaseFault: Sendable, Equatable, CustomStringConvertible {
  case cannotConnect(reason: String)
  case connectionLost(reason: String)
  case busy
  case tableNotFound(table: String, present: [String])
  /// The query file holds none, or more than one statement.
  case notOneQuery(found: Int)
  /// The statement gives no rows, or would write.
  case notAQuery
  case failed(reason: String)
  case repeatedColumn(String)
  case binaryColumn(String, row: Int?)
  /// Bytes that are no UTF-8, or a NUL, in a text cell; rows are counted from 1.
  case invalidText(column: String, row: Int)
  case readOnly
  case permissionDenied(reason: String)
  /// Of a table to be written.
  case columnsMissing([String], present: [String])
  case wrongColumnType(column: String, expected: String, found: String)
  case noUniqueKey([String])
  case emptyKeys([String], rows: Int)
  case repeatedKeys([String], count: Int)
  case valueRefused(column: String, reason: String)
  /// The connection was lost between the last command and its answer.
  case outcomeUnknown(reason: String)

  public var description: String {
    switch self {
    case .cannotConnect(let reason):
      "cannot be opened: \(reason)."
    case .connectionLost(let reason):
      "the connection was lost: \(reason). Nothing was kept; run again."
    case .busy:
      "another program holds the database locked. Run again when it is done."
    case .tableNotFound(let table, let present):
      "no table \"\(table)\"; "
        + (present.isEmpty ? "there are none." : "there are \(SourceError.shortList(present)).")
    case .notOneQuery(let found):
      found == 0
        ? "the query file holds no statement; one SELECT was expected."
        : "the query file holds more than one statement; one SELECT was expected."
    case .notAQuery:
      "the statement gives no rows or would write; one SELECT was expected."
    case .failed(let reason):
      "the database refused: \(reason)."
    case .repeatedColumn(let column):
      "two columns are called \"\(column)\". Name them apart in the query, with AS."
    case .binaryColumn(let column, let row):
      "column \"\(column)\" holds binary data" + (row.map { " (row \($0))" } ?? "")
        + ". Leave it out, or cast it to text in a query."
    case .invalidText(let column, let row):
      "column \"\(column)\", row \(row): not valid UTF-8. Correct the cell, or leave the column out "
        + "with a query."
    case .readOnly:
      "the database is read-only, so nothing can be written to it."
    case .permissionDenied(let reason):
      "\(reason). Ask for the privilege, or name another user or table."
    case .columnsMissing(let columns, let present):
      "the table lacks \(SourceError.columnList(columns)); it has "
        + "\(SourceError.shortList(present)). Add them, or name a table that is not there yet: it will "
        + "be made."
    case .wrongColumnType(let column, let expected, let found):
      "column \"\(column)\" is of the type \(found), where a \(expected) is to be written. Change the "
        + "column, or name a table that is not there yet: it will be made."
    case .noUniqueKey(let columns):
      "the table has no primary key or unique index on \(SourceError.columnList(columns)), by which "
        + "leads are found again. Make one: CREATE UNIQUE INDEX."
    case .emptyKeys(let columns, let rows):
      "nothing stands in \(SourceError.columnList(columns)) of \(rows) of the leads. Nothing was "
        + "changed; every lead needs an id."
    case .repeatedKeys(let columns, let count):
      "more than one lead has the same \(SourceError.columnList(columns)), \(count) times. Nothing was "
        + "changed; give each lead an id of its own, or leave out the doubles."
    case .valueRefused(let column, let reason):
      "column \"\(column)\": \(reason). Nothing was changed."
    case .outcomeUnknown(let reason):
      "the connection was lost while the changes were made final: \(reason). Either all of them are "
        + "in the table or none. Run again; rows that are there already are left alone."
    }
  }
}
