/// A table prepared to be joined to leads, at once or block by block.
public struct JoinIndex: Sendable {
  private let join: TableJoin
  /// The row that each key stands for.
  private let rowOfKey: [String: Int]
  private let severalKeys: Int
  private let columns: [Column]
  private let holdsPersonalData: Bool

  /// - Throws: `TableError` for a column that is not there, and for a key in several rows where they are
  ///   refused.
  public init(_ join: TableJoin, other: Table) throws {
    precondition(!join.on.isEmpty, "a join has a key")
    self.join = join
    let keys = try JoinKeys(other, columns: join.on.map(\.right), name: join.name)
    let names =
      join.columns.isEmpty
      ? other.columns.map(\.name).filter { name in !join.on.contains { $0.right == name } }
      : join.columns
    columns = try names.map { try Self.column($0, of: other, name: join.name) }
    holdsPersonalData = join.on.contains { key in
      other[key.right].map { personalDataKind(of: $0) != nil } ?? false
    }
    let order = try RowOrder(join, other)
    var rowOfKey: [String: Int] = [:]
    var counts: [String: Int] = [:]
    for row in 0..<other.rowCount {
      guard let key = keys[row] else { continue }
      guard let before = rowOfKey[key] else {
        rowOfKey[key] = row
        continue
      }
      counts[key, default: 1] += 1
      if order.precedes(row, before) { rowOfKey[key] = row }
    }
    if join.several == .refused, let most = counts.values.max() {
      let examples = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map(\.key)
      throw TableError.severalRowsForKey(
        table: join.name, key: join.on.map(\.right).joined(separator: ", "), keys: counts.count,
        mostRows: most, examples: holdsPersonalData ? [] : examples.map(JoinKeys.shown))
    }
    self.rowOfKey = rowOfKey
    severalKeys = counts.count
  }

  fileprivate static func column(_ column: String, of table: Table, name: String) throws -> Column {
    guard let found = table[column] else {
      let columns = table.columns.map(\.name)
      throw TableError.joinColumnMissing(
        table: name, column: column, nearest: NearestKeys(columns).nearest(to: column),
        columns: columns)
    }
    return found
  }

  /// The leads, or a block of them, with the other table's columns behind their own.
  /// - Throws: `TableError` for a key column that the leads do not have, and for columns of one name.
  public func joining(_ left: Table, tally: inout JoinTally) throws -> Table {
    let names = columns.map { join.prefix + $0.name }
    let clashes = names.filter { left[$0] != nil }
    guard clashes.isEmpty else {
      throw TableError.joinedColumnsClash(table: join.name, columns: clashes)
    }
    let keys = try JoinKeys(left, columns: join.on.map(\.left), name: "The leads' table")
    tally.rows += left.rowCount
    let rows = (0..<left.rowCount).map { row -> Int in
      guard let key = keys[row] else {
        tally.withoutKey += 1
        return -1
      }
      if let found = rowOfKey[key] {
        tally.matched += 1
        return found
      }
      tally.misses[key, default: 0] += 1
      return -1
    }
    return Table(
      columns: left.columns
        + zip(names, columns).map { Column(name: $0, values: $1.values.gathered(rows)) },
      rowCount: left.rowCount)
  }

  /// What became of the rows that were joined.
  public func report(_ tally: JoinTally) -> JoinReport {
    var misses: [JoinReport.Miss] = []
    if !holdsPersonalData, !tally.misses.isEmpty {
      let keys = NearestKeys(rowOfKey.keys.sorted())
      misses = tally.misses.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .prefix(JoinReport.missLimit).map { key, rows in
          .init(
            key: JoinKeys.shown(key), rows: rows,
            nearest: keys.nearest(to: key).map(JoinKeys.shown))
        }
    }
    var report = JoinReport(
      name: join.name, rows: tally.rows, matched: tally.matched, withoutKey: tally.withoutKey,
      unmatchedKeys: tally.misses.count, misses: misses, severalKeys: severalKeys)
    if tally.matched == 0, !holdsPersonalData {
      report.otherKey = rowOfKey.keys.min().map(JoinKeys.shown)
    }
    return report
  }
}

/// The key of each row, of one column or of several.
private struct JoinKeys {
  private let columns: [ColumnValues]

  /// Stands between the parts of a key, and in no cell.
  private static let mark: Character = "\u{1F}"

  init(_ table: Table, columns: [String], name: String) throws {
    self.columns = try columns.map { try JoinIndex.column($0, of: table, name: name).values }
  }

  /// `nil` where a part of the key is missing.
  subscript(row: Int) -> String? {
    guard var key = columns[0].cellText(row) else { return nil }
    for column in columns.dropFirst() {
      guard let part = column.cellText(row) else { return nil }
      key.append(Self.mark)
      key += part
    }
    return key
  }

  static func shown(_ key: String) -> String {
    key.split(separator: mark, omittingEmptySubsequences: false).joined(separator: ", ")
  }
}

extension ColumnValues {
  /// A cell in writing, for comparison with other cells; `nil` where it is missing. Whole numbers have no
  /// decimals.
  fileprivate func cellText(_ row: Int) -> String? {
    switch self {
    case .number(let values), .date(let values):
      values[row].isNaN ? nil : Int(exactly: values[row]).map(String.init) ?? String(values[row])
    case .flag(let values): values[row] < 0 ? nil : String(values[row])
    case .category(let values):
      values.codes[row] < 0 ? nil : values.levels[Int(values.codes[row])]
    case .text(let values): values[row]
    }
  }
}

/// Which of two rows with the same key is taken.
private struct RowOrder {
  /// The row with the least goes first; missing goes last.
  private let ranks: [Double]
  private let isWon: [Bool]

  init(_ join: TableJoin, _ other: Table) throws {
    if let name = join.several.column {
      let column = try JoinIndex.column(name, of: other, name: join.name)
      let values: [Double]
      switch (column.values, join.several) {
      case (.number(let numbers), _): values = numbers
      case (.date(let dates), .first), (.date(let dates), .last): values = dates
      default:
        throw TableError.joinOrderNotComparable(
          table: join.name, column: name, found: column.type)
      }
      if case .first = join.several { ranks = values } else { ranks = values.map { -$0 } }
    } else {
      ranks = []
    }
    if let won = join.wonFirst {
      let column = try JoinIndex.column(won.column, of: other, name: join.name).values
      let values = Set(won.values)
      isWon = (0..<other.rowCount).map { column.cellText($0).map(values.contains) ?? false }
    } else {
      isWon = []
    }
  }

  /// - Parameter row: behind `before` in the table: it must be better to be taken.
  func precedes(_ row: Int, _ before: Int) -> Bool {
    if !isWon.isEmpty, isWon[row] != isWon[before] { return isWon[row] }
    guard !ranks.isEmpty else { return false }
    return ranks[row] < ranks[before] || ranks[before].isNaN && !ranks[row].isNaN
  }
}
