import Parallel
import Tables

/// Columns that part the rows alike, under whatever names and values: a country and its code, a price
/// in euros and in cents.
struct DuplicateColumns {
  private let table: Table
  private let rows: [Int]

  /// Rows on which columns are compared before all are.
  private static let firstRows = 2_000

  /// - Parameter rows: rows to compare on, ascending.
  init(table: Table, rows: [Int]) {
    self.table = table
    self.rows = rows
  }

  /// Groups of at least two of these columns that say the same in every row, in the order of the table.
  func groups(of columns: [String], pool: WorkerPool) -> [[String]] {
    let first = Array(rows.prefix(Self.firstRows))
    let partitions = pool.map(columns.count) { index in
      table[columns[index]].flatMap { Self.partition($0.values, rows: first) }
    }
    var candidates: [[Int32]: [Int]] = [:]
    for (index, partition) in partitions.enumerated() {
      if let partition { candidates[partition, default: []].append(index) }
    }
    var groups: [[Int]] = []
    for alike in candidates.values.filter({ $0.count > 1 }).sorted(by: { $0[0] < $1[0] }) {
      var left = alike
      while let leader = left.first {
        let same = left.filter { $0 == leader || areAlike(columns[leader], columns[$0]) }
        left.removeAll(where: same.contains)
        if same.count > 1 { groups.append(same) }
      }
    }
    return groups.sorted { $0[0] < $1[0] }.map { $0.map { columns[$0] } }
  }

  /// Each row's value as the number of values met before it, 0 for missing; `nil` for text, and for a
  /// column of one value, which parts nothing.
  private static func partition(_ values: ColumnValues, rows: [Int]) -> [Int32]? {
    guard values.type != .text else { return nil }
    var codes: [UInt64: Int32] = [:]
    let partition = rows.map { row -> Int32 in
      guard let identity = values.identity(row) else { return 0 }
      if let code = codes[identity] { return code }
      let code = Int32(codes.count + 1)
      codes[identity] = code
      return code
    }
    return partition.contains { $0 != partition[0] } ? partition : nil
  }

  /// Whether each value of one goes with one value of the other, over all rows. Columns with almost as
  /// many values as rows do that by chance alone, unless they are numbers in the same or the opposite
  /// order.
  private func areAlike(_ left: String, _ right: String) -> Bool {
    guard let left = table[left]?.values, let right = table[right]?.values else { return false }
    var forth: [UInt64: UInt64] = [:]
    var back: [UInt64: UInt64] = [:]
    var filled = 0
    for row in rows {
      switch (left.identity(row), right.identity(row)) {
      case (nil, nil): continue
      case (let one?, let other?):
        filled += 1
        if forth.updateValue(other, forKey: one).map({ $0 != other }) == true { return false }
        if back.updateValue(one, forKey: other).map({ $0 != one }) == true { return false }
      default: return false
      }
    }
    guard forth.count * 2 > filled else { return true }
    return haveOneOrder(left, right)
  }

  private func haveOneOrder(_ left: ColumnValues, _ right: ColumnValues) -> Bool {
    guard let one = left.numbers, let other = right.numbers else { return false }
    let order = rows.filter { !one[$0].isNaN }.sorted { one[$0] < one[$1] }
    let steps = zip(order, order.dropFirst()).map { other[$1] - other[$0] }
    return steps.allSatisfy { $0 >= 0 } || steps.allSatisfy { $0 <= 0 }
  }
}

extension ColumnValues {
  /// What tells one value of a cell from another; `nil` for missing.
  fileprivate func identity(_ row: Int) -> UInt64? {
    switch self {
    case .number(let cells), .date(let cells):
      // Adding 0 makes −0 and 0 one value.
      cells[row].isNaN ? nil : (cells[row] + 0).bitPattern
    case .category(let cells): cells.codes[row] < 0 ? nil : UInt64(cells.codes[row])
    case .flag(let cells): cells[row] < 0 ? nil : UInt64(cells[row])
    case .text: nil
    }
  }

  fileprivate var numbers: [Double]? {
    switch self {
    case .number(let cells), .date(let cells): cells
    case .category, .flag, .text: nil
    }
  }
}
