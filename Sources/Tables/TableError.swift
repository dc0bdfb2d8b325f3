/// What is wrong with a request to combine tables, and what to do about it.
public enum TableError: Error, Equatable, CustomStringConvertible {
  /// `table` as the user knows it; `columns` are those that it has.
  case joinColumnMissing(table: String, column: String, nearest: String?, columns: [String])
  /// `keys` stand more than once in the table that is joined, one of them `mostRows` times; `examples`
  /// are empty where keys are personal data.
  case severalRowsForKey(
    table: String, key: String, keys: Int, mostRows: Int, examples: [String])
  /// Columns that both tables have.
  case joinedColumnsClash(table: String, columns: [String])
  /// What is to say which of several rows is taken is neither a number nor a date.
  case joinOrderNotComparable(table: String, column: String, found: ColumnType)

  public var description: String {
    switch self {
    case .joinColumnMissing(let table, let column, let nearest, let columns):
      "\(table) has no column \"\(column)\"; it has \(Self.list(columns))."
        + (nearest.map { " Did you mean \"\($0)\"?" } ?? "")
    case .severalRowsForKey(let table, let key, let keys, let mostRows, let examples):
      "\(table): \(keys == 1 ? "one value" : "\(keys) values") of \"\(key)\" "
        + (keys == 1 ? "stands in \(mostRows) rows" : "stand in up to \(mostRows) rows each")
        + (examples.isEmpty ? "" : " (\(Self.list(examples)))")
        + ", so a lead would have several rows. Say which one counts: several: {earliest: COLUMN}, "
        + "several: {latest: COLUMN}, or several: {largest: COLUMN}."
    case .joinedColumnsClash(let table, let columns):
      "\(table) and the leads both have \(columns.count == 1 ? "a column" : "columns") "
        + "\(Self.list(columns)). Bring other columns, or give those that come a prefix."
    case .joinOrderNotComparable(let table, let column, let found):
      "\(table), column \"\(column)\": a \(found.rawValue) can't say which of several rows comes first. "
        + "Name a column of dates or numbers."
    }
  }

  /// Names in quotes, at most twelve of them.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }
}
