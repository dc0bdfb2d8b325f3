import Tables

/// An encoder bound to a table: rows in, bins out.
///
/// Kernel: writes to raw memory.
enum BinWriter: Sendable {
  case number([Double], rows: [Int]?, BinSearch)
  case days(later: [Double], laterRows: [Int]?, earlier: [Double], earlierRows: [Int]?, BinSearch)
  /// - bins: one a level code of the source.
  case levels(LevelReader, bins: [UInt8])
  case cells(CellGrid, readers: [LevelReader], RateTable)

  /// The bin of each cell: one, or one a fold for training rows.
  struct RateTable: Sendable {
    /// The entry of each cell; entry 0 is the missing bin's.
    let entries: [Int32]
    /// Entry by entry, fold by fold.
    let bins: [UInt8]
    let foldCount: Int
    /// The fold of each row position; empty where there is one fold.
    let folds: [UInt8]
  }

  /// Writes the bins of the rows at positions `range`.
  /// - Parameter target: room for `range.count` bytes.
  func write(_ range: Range<Int>, to target: UnsafeMutablePointer<UInt8>) {
    switch self {
    case .number(let values, let rows, let search):
      search.write(values, rows: rows, range: range, to: target)
    case .days(let later, let laterRows, let earlier, let earlierRows, let search):
      let days = range.map { position in
        NumberInput.days(
          later[laterRows?[position] ?? position], earlier[earlierRows?[position] ?? position])
      }
      search.write(days, rows: nil, range: 0..<range.count, to: target)
    case .levels(let reader, let bins):
      withUnsafeTemporaryAllocation(of: UInt16.self, capacity: range.count) { levels in
        guard let levels = levels.baseAddress else { return }
        reader.read(range, to: levels)
        bins.withUnsafeBufferPointer { bins in
          for position in 0..<range.count { target[position] = bins[Int(levels[position])] }
        }
      }
    case .cells(let grid, let readers, let table):
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: range.count) { cells in
        guard let cells = cells.baseAddress else { return }
        grid.read(range, readers: readers, to: cells)
        // A grid's cells are below its `cellCount`, the length of `entries`; entries times folds is
        // the length of `bins`.
        table.entries.withUnsafeBufferPointer { entries in
          table.bins.withUnsafeBufferPointer { bins in
            if table.foldCount == 1 {
              for position in 0..<range.count {
                target[position] = bins[Int(entries[Int(cells[position])])]
              }
            } else {
              table.folds.withUnsafeBufferPointer { folds in
                for position in 0..<range.count {
                  let entry = Int(entries[Int(cells[position])])
                  let fold = Int(folds[range.lowerBound + position])
                  target[position] = bins[entry * table.foldCount + fold]
                }
              }
            }
          }
        }
      }
    }
  }
}

extension NumberInput {
  /// Days between two moments in seconds; NaN where either is missing.
  @inline(__always)
  static func days(_ later: Double, _ earlier: Double) -> Double { (later - earlier) / 86_400 }
}
