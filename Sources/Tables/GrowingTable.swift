/// A table that is put together of others, the rows of each behind those before.
///
/// Cells are added in place: all rows together cost what one copy of them does. A category has the levels
/// of the first table, and behind them those of the others in the order of their first cells.
public struct GrowingTable: Sendable {
  public private(set) var rowCount = 0
  private var columns: [GrowingColumn]

  /// - Parameters:
  ///   - columns: names and types of all columns, in order.
  ///   - expectedRows: how many rows there will be, where that is known.
  public init(columns: [(name: String, type: ColumnType)], expectedRows: Int = 0) {
    self.columns = columns.map {
      GrowingColumn(name: $0.name, type: $0.type, expectedRows: expectedRows)
    }
  }

  /// - Parameter block: has the columns of this table, in their order and types.
  public mutating func append(_ block: Table) {
    precondition(
      block.columns.count == columns.count, "the tables that are put together have equal columns")
    for index in columns.indices { columns[index].append(block.columns[index].values) }
    rowCount += block.rowCount
  }

  /// All rows so far.
  public var table: Table {
    Table(columns: columns.map(\.column), rowCount: rowCount)
  }
}

/// One column of blocks put behind one another; of the arrays those are used that its type needs.
private struct GrowingColumn {
  private let name: String
  private let type: ColumnType
  /// Of numbers and dates.
  private var numbers: [Double] = []
  private var flags: [Int8] = []
  private var codes: [Int32] = []
  private var levels: [String] = []
  private var codeOfLevel: [String: Int32] = [:]
  private var bytes: [UInt8] = []
  private var offsets = [0]
  private var missing: [Bool] = []

  init(name: String, type: ColumnType, expectedRows: Int) {
    self.name = name
    self.type = type
    switch type {
    case .number, .date: numbers.reserveCapacity(expectedRows)
    case .flag: flags.reserveCapacity(expectedRows)
    case .category: codes.reserveCapacity(expectedRows)
    case .text:
      offsets.reserveCapacity(expectedRows + 1)
      missing.reserveCapacity(expectedRows)
    }
  }

  mutating func append(_ values: ColumnValues) {
    switch (type, values) {
    case (.number, .number(let cells)), (.date, .date(let cells)): numbers += cells
    case (.flag, .flag(let cells)): flags += cells
    case (.category, .category(let cells)): append(cells)
    case (.text, .text(let cells)):
      let end = bytes.count
      bytes += cells.bytes
      for offset in cells.offsets.dropFirst() { offsets.append(offset + end) }
      missing += cells.missing
    default: preconditionFailure("the tables that are put together have columns of equal types")
    }
  }

  /// Levels are looked up once a block, and only those that a cell has.
  private mutating func append(_ cells: CategoryValues) {
    if levels.isEmpty && codes.isEmpty {
      for level in cells.levels { _ = code(of: level) }
      guard levels.count < cells.levels.count else {
        codes += cells.codes
        return
      }
    }
    var newCodes = [Int32](repeating: -1, count: cells.levels.count)
    for code in cells.codes {
      guard code >= 0 else {
        codes.append(-1)
        continue
      }
      if newCodes[Int(code)] < 0 { newCodes[Int(code)] = self.code(of: cells.levels[Int(code)]) }
      codes.append(newCodes[Int(code)])
    }
  }

  private mutating func code(of level: String) -> Int32 {
    if let code = codeOfLevel[level] { return code }
    let code = Int32(levels.count)
    codeOfLevel[level] = code
    levels.append(level)
    return code
  }

  var column: Column {
    let values: ColumnValues =
      switch type {
      case .number: .number(numbers)
      case .date: .date(numbers)
      case .flag: .flag(flags)
      case .category: .category(CategoryValues(codes: codes, levels: levels))
      case .text: .text(TextValues(offsets: offsets, bytes: bytes, missing: missing))
      }
    return Column(name: name, values: values)
  }
}
