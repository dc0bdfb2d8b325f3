import Tables

/// A level source bound to a table's column: rows in, level codes out.
///
/// Kernel: writes to raw memory.
struct LevelReader: Sendable {
  private enum Cells: Sendable {
    /// The level code of each of the table's own codes.
    case category(codes: [Int32], levels: [UInt16])
    case flag([Int8])
    case calendar([Double], CalendarPart)
    case number([Double], BinSearch)
  }

  private let cells: Cells
  private let missing: UInt16
  private let unseen: UInt16
  /// The table's rows to read, in this order; `nil` reads row by row.
  private let rows: [Int]?

  /// - Parameters:
  ///   - dictionary: the level codes of a category; not used for other sources.
  ///   - rows: indices of the table's rows, checked by the caller.
  init(
    _ source: LevelSource, dictionary: [String: UInt16], table: Table, rows: [Int]?
  ) throws {
    missing = UInt16(source.missingLevel)
    unseen = UInt16(source.unseenLevel)
    self.rows = rows
    switch source {
    case .category(let category):
      let values = try table.categories(category.column)
      let levels = values.levels.map { level in
        dictionary[level]
          ?? UInt16(category.isRare(level) ? source.rareLevel : source.unseenLevel)
      }
      cells = .category(codes: values.codes, levels: levels)
    case .flag(let column): cells = .flag(try table.flags(column))
    case .calendar(let column, let part): cells = .calendar(try table.dates(column), part)
    case .number(let column, let thresholds):
      cells = .number(try table.numbers(column), BinSearch(thresholds))
    }
  }

  /// Whether the table has a level that training never saw, in whatever rows.
  var mayMeetUnseen: Bool {
    if case .category(_, let levels) = cells { levels.contains(unseen) } else { false }
  }

  /// Writes the level codes of the rows at positions `range`.
  /// - Parameter target: room for `range.count` codes.
  func read(_ range: Range<Int>, to target: UnsafeMutablePointer<UInt16>) {
    switch cells {
    case .category(let codes, let levels):
      // Both arrays are read in bounds: rows are checked by the caller, and a table's codes are below
      // the number of its levels.
      codes.withUnsafeBufferPointer { codes in
        levels.withUnsafeBufferPointer { levels in
          visit(range) { position, row in
            let code = Int(codes[row])
            target[position] = code < 0 ? missing : levels[code]
          }
        }
      }
    case .flag(let values):
      values.withUnsafeBufferPointer { values in
        visit(range) { position, row in
          let value = values[row]
          target[position] = value < 0 ? missing : UInt16(value)
        }
      }
    case .calendar(let values, let part):
      visit(range) { position, row in
        target[position] = part.level(values[row]).map { UInt16($0) } ?? missing
      }
    case .number(let values, let search):
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: range.count) { bins in
        guard let first = bins.baseAddress else { return }
        search.write(values, rows: rows, range: range, to: first)
        for position in 0..<range.count { target[position] = UInt16(bins[position]) }
      }
    }
  }

  /// The number of cells, among the rows at positions `range`, whose level training never saw.
  func countUnseen(_ range: Range<Int>) -> Int {
    guard case .category(let codes, let levels) = cells else { return 0 }
    var count = 0
    visit(range) { _, row in
      let code = Int(codes[row])
      if code >= 0, levels[code] == unseen { count += 1 }
    }
    return count
  }

  @inline(__always)
  private func visit(_ range: Range<Int>, _ body: (_ position: Int, _ row: Int) -> Void) {
    if let rows {
      rows.withUnsafeBufferPointer { rows in
        for position in 0..<range.count { body(position, rows[range.lowerBound + position]) }
      }
    } else {
      for position in 0..<range.count { body(position, range.lowerBound + position) }
    }
  }
}

/// The cells that the levels of one or two sources span, and a number for each.
///
/// The last row and column stand for levels without a rate: rare and never seen ones, and those beyond
/// the limit.
struct CellGrid: Sendable {
  private struct Axis: Sendable {
    let levelCount: Int
    /// Frequent levels that have a place of their own.
    let kept: Int

    init(_ source: LevelSource, limit: Int) {
      levelCount = source.levelCount
      kept = min(source.levelCount, limit)
    }

    /// The kept levels, missing, and none.
    var count: Int { kept + 2 }
    func index(ofLevel level: Int) -> Int {
      level < kept ? level : level == levelCount ? kept : kept + 1
    }
    func level(ofIndex index: Int) -> Int? {
      index < kept ? index : index == kept ? levelCount : nil
    }
  }

  private let first: Axis
  private let second: Axis?
  /// Where a level of the first source starts, and what a level of the second adds.
  private let firstCells: [Int32]
  private let secondCells: [Int32]
  let cellCount: Int

  /// - Parameters:
  ///   - sources: one or two.
  ///   - limits: the most frequent levels that count, one a source.
  init(_ sources: [LevelSource], limits: [Int]) {
    precondition((1...2).contains(sources.count) && limits.count == sources.count)
    let first = Axis(sources[0], limit: limits[0])
    let second = sources.count > 1 ? Axis(sources[1], limit: limits[1]) : nil
    let stride = second?.count ?? 1
    firstCells = (0..<sources[0].codeCount).map { Int32(first.index(ofLevel: $0) * stride) }
    secondCells =
      second.map { axis in
        (0..<sources[1].codeCount).map { Int32(axis.index(ofLevel: $0)) }
      } ?? []
    cellCount = first.count * stride
    self.first = first
    self.second = second
  }

  func cell(first level: Int, second other: Int?) -> Int {
    Int(firstCells[level]) + (other.map { Int(secondCells[$0]) } ?? 0)
  }

  /// The levels that meet in a cell; `nil` where one of them has no rate.
  func levels(ofCell cell: Int) -> (first: Int, second: Int?)? {
    guard let second else { return first.level(ofIndex: cell).map { ($0, nil) } }
    guard let one = first.level(ofIndex: cell / second.count),
      let other = second.level(ofIndex: cell % second.count)
    else { return nil }
    return (one, other)
  }

  /// Writes the cells of the rows at positions `range`.
  /// - Parameters:
  ///   - readers: one a source of the grid.
  ///   - target: room for `range.count` cells.
  func read(
    _ range: Range<Int>, readers: [LevelReader], to target: UnsafeMutablePointer<Int32>
  ) {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: range.count) { levels in
      guard let levels = levels.baseAddress else { return }
      readers[0].read(range, to: levels)
      // Every code that a reader writes is below its source's `codeCount`, as are these maps.
      firstCells.withUnsafeBufferPointer { cells in
        for position in 0..<range.count { target[position] = cells[Int(levels[position])] }
      }
      guard second != nil else { return }
      readers[1].read(range, to: levels)
      secondCells.withUnsafeBufferPointer { cells in
        for position in 0..<range.count { target[position] &+= cells[Int(levels[position])] }
      }
    }
  }
}
