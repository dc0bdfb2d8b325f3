import Metrics

/// Cells of a column that are filled in and can't be read in the column's type, so that they are missing.
public struct UnreadCells: Sendable, Equatable {
  /// The table's name, as the user gave it.
  public let source: String
  public let column: String
  public let count: Int
  /// Rows of the table.
  public let rows: Int

  public var line: String {
    "\(source): \(NumberText.count(count)) of \(NumberText.count(rows)) cells of “\(column)” can't be read, "
      + "and count as missing"
  }
}

/// Which share of a column's cells may be unreadable.
public struct UnreadLimit: Sendable, Equatable {
  /// 0 to 1.
  public var share: Double
  /// Columns of the leads that it holds for; other ones are of no use. It always holds for the columns that
  /// have a part of their own, and for those of other tables.
  public var columns: Set<String>

  public init(share: Double, columns: Set<String>) {
    self.share = share
    self.columns = columns
  }

  func withColumns(_ names: [String]) -> UnreadLimit {
    UnreadLimit(share: share, columns: columns.union(names))
  }

  /// - Throws: `ProjectReadingError.tooManyUnread`.
  func check(_ cells: UnreadCells) throws {
    guard Double(cells.count) > share * Double(cells.rows) else { return }
    throw ProjectReadingError.tooManyUnread(cells, limit: share)
  }
}

extension TypedTable {
  /// What could not be read, in the order of the columns.
  func unread(source: String) -> [UnreadCells] {
    zip(schema.columns, unparsedCounts).compactMap { column, count in
      count > 0
        ? UnreadCells(source: source, column: column.name, count: count, rows: table.rowCount) : nil
    }
  }
}
