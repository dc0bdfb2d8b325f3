import LinearAlgebra
import Parallel

/// The Hessian of the loss, X′WX, without materialised indicator columns.
///
/// Three pieces: numbers × numbers (with the intercept as one of them) by `syrk` on strips of rows
/// scaled by √w; numbers × levels by adding w·z to the level's row; levels × levels by adding w to a
/// contingency table for each pair of groups. The first two are summed over the fixed blocks of rows
/// in block order. The tables of a group with all later groups are one task that goes through all rows
/// in order, so they need no reduction and stay in the cache. All in double.
extension LogisticProblem {
  /// Rows scaled for one call of `syrk`.
  private static let gramStrip = 512

  /// Numbers and the intercept, and that padded to whole vectors of eight.
  private var denseCount: Int { numberCount + 1 }
  private var paddedCount: Int { (denseCount + 7) & ~7 }

  /// X′WX over `rows`: upper triangle, intercept last.
  func hessian(_ rows: HessianRows) -> SymmetricMatrix {
    let blocks = rows.blocks
    let gramCount = denseCount * denseCount
    let blockCount = gramCount + slotCount * paddedCount
    let tables = pairTables(taskCount: 2 * pool.threadCount)
    let tableTasks = tables.tasks.count
    var sums = [Double](repeating: 0, count: blockCount * blocks.count)
    var cells = [Double](repeating: 0, count: tables.cellCount)
    sums.withUnsafeMutableBufferPointer { sums in
      cells.withUnsafeMutableBufferPointer { cells in
        // Each block and each table writes its own memory; the pool joins before it is read.
        nonisolated(unsafe) let sums = sums
        nonisolated(unsafe) let cells = cells
        nonisolated(unsafe) let problem = self
        pool.forEach(tableTasks + blocks.count) { task, _ in
          if task < tableTasks {
            problem.addPairs(rows, task: tables.tasks[task], tables: tables, cells: cells)
          } else {
            let block = task - tableTasks
            problem.addBlock(
              rows, block: blocks[block],
              sums: UnsafeMutableBufferPointer(
                rebasing: sums[block * blockCount..<(block + 1) * blockCount]))
          }
        }
      }
    }
    // The blocks are added up in block order, in the first one's place; columns are shared out among
    // the threads, which leaves each entry's order as it is.
    let chunks = RowBlocks(rowCount: blockCount, blockSize: 4_096)
    sums.withUnsafeMutableBufferPointer { sums in
      nonisolated(unsafe) let sums = sums
      let count = blocks.count
      pool.forEach(chunks.count) { chunk, _ in
        for block in 1..<max(1, count) {
          for index in chunks[chunk] { sums[index] += sums[block * blockCount + index] }
        }
      }
    }
    return assemble(sums: sums, tables: tables, cells: cells)
  }

  /// Where the table of a group with all later groups lies among the cells, and who fills it.
  struct PairTables {
    /// First cell of each group's table.
    var starts: [Int] = []
    /// Cells in one of its rows: the slots of all later groups.
    var widths: [Int] = []
    var cellCount = 0
    /// First groups of the tables that one task fills.
    var tasks: [[Int]] = []
  }

  /// - Parameter taskCount: tasks at most. A cell is summed in row order by one task, so how the tables
  ///   are dealt out does not show in the sums; few tasks read the codes few times.
  private func pairTables(taskCount: Int) -> PairTables {
    var tables = PairTables()
    for group in 0..<groupCount {
      let slots = layout.groups[group].levels.count + 1
      let width = slotCount - slotOffsets[group] - slots
      tables.starts.append(tables.cellCount)
      tables.widths.append(width)
      tables.cellCount += slots * width
    }
    guard groupCount > 1 else { return tables }
    // The first groups have the most partners: each goes to the task with the fewest pairs so far.
    let count = min(taskCount, groupCount - 1)
    var loads = [Int](repeating: 0, count: count)
    tables.tasks = [[Int]](repeating: [], count: count)
    for group in 0..<groupCount - 1 {
      let task = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      tables.tasks[task].append(group)
      loads[task] += groupCount - 1 - group
    }
    return tables
  }

  /// Adds each row's weight to the cell of its level of each first group of the task and of each later
  /// group.
  ///
  /// Bounds: a cell is start + code × width + (slot of the later group, from the first later one on),
  /// within the table because codes were checked against the groups' levels; `rows` holds `groupCount`
  /// codes and a weight a row. Buffers live for the call.
  private func addPairs(
    _ rows: HessianRows, task: [Int], tables: PairTables,
    cells: UnsafeMutableBufferPointer<Double>
  ) {
    let groupCount = self.groupCount
    let firsts = task.map { first in
      // The slot of a later group, from the table's own first one on, is its slot in all less this.
      (
        first: first, table: tables.starts[first] - slotOffsets[first + 1],
        width: tables.widths[first]
      )
    }
    rows.codes.withUnsafeBufferPointer { codes in
      rows.weights.withUnsafeBufferPointer { weights in
        slotOffsets.withUnsafeBufferPointer { offsets in
          firsts.withUnsafeBufferPointer { firsts in
            guard let codeStart = codes.baseAddress, let cellStart = cells.baseAddress,
              let offsetStart = offsets.baseAddress
            else { return }
            for row in 0..<rows.blocks.rowCount {
              let rowCodes = codeStart + row &* groupCount
              let weight = weights[row]
              for index in 0..<firsts.count {
                let entry = firsts[index]
                let tableRow = entry.table &+ Int(rowCodes[entry.first]) &* entry.width
                var later = entry.first &+ 1
                while later < groupCount {
                  cellStart[tableRow &+ offsetStart[later] &+ Int(rowCodes[later])] += weight
                  later &+= 1
                }
              }
            }
          }
        }
      }
    }
  }

  /// Adds a block's numbers × numbers to the first `denseCount²` sums and its levels × numbers to the
  /// rest, a padded row a slot.
  ///
  /// Bounds: `block` lies within `rows`, which hold their numbers, codes and weights; `sums` holds
  /// `denseCount² + slotCount × paddedCount` values. Scratch lives for the call.
  private func addBlock(
    _ rows: HessianRows, block: Range<Int>, sums: UnsafeMutableBufferPointer<Double>
  ) {
    let numberCount = self.numberCount
    let denseCount = self.denseCount
    let paddedCount = self.paddedCount
    let groupCount = self.groupCount
    guard let gram = sums.baseAddress else { return }
    let levelRows = gram + denseCount * denseCount
    var scaled = [Double](repeating: 0, count: Self.gramStrip * denseCount)
    var weighted = [Double](repeating: 0, count: paddedCount)
    scaled.withUnsafeMutableBufferPointer { scaled in
      weighted.withUnsafeMutableBufferPointer { weighted in
        rows.numbers.withUnsafeBufferPointer { numbers in
          rows.codes.withUnsafeBufferPointer { codes in
            rows.weights.withUnsafeBufferPointer { weights in
              slotOffsets.withUnsafeBufferPointer { offsets in
                guard let scaledStart = scaled.baseAddress, let weightedStart = weighted.baseAddress
                else { return }
                let weightedBytes = UnsafeRawPointer(weightedStart)
                var start = block.lowerBound
                while start < block.upperBound {
                  let end = min(start + Self.gramStrip, block.upperBound)
                  for row in start..<end {
                    let weight = weights[row]
                    let root = weight.squareRoot()
                    let scaledRow = scaledStart + (row - start) * denseCount
                    let base = row * numberCount
                    for column in 0..<numberCount {
                      let value = numbers[base + column]
                      scaledRow[column] = value * root
                      weightedStart[column] = value * weight
                    }
                    scaledRow[numberCount] = root
                    weightedStart[numberCount] = weight
                    let codeBase = row * groupCount
                    for group in 0..<groupCount {
                      let slot = offsets[group] + Int(codes[codeBase + group])
                      let target = UnsafeMutableRawPointer(levelRows + slot * paddedCount)
                      var lane = 0
                      while lane < paddedCount * 8 {
                        let sum =
                          target.loadUnaligned(fromByteOffset: lane, as: SIMD8<Double>.self)
                          + weightedBytes.loadUnaligned(
                            fromByteOffset: lane, as: SIMD8<Double>.self)
                        target.storeBytes(of: sum, toByteOffset: lane, as: SIMD8<Double>.self)
                        lane += 64
                      }
                    }
                  }
                  BLAS.addGram(
                    of: scaledStart, rowCount: end - start, columnCount: denseCount, to: gram,
                    stride: denseCount)
                  start = end
                }
              }
            }
          }
        }
      }
    }
  }

  /// Puts the pieces in their places.
  private func assemble(
    sums: [Double], tables: PairTables, cells: [Double]
  ) -> SymmetricMatrix {
    let order = unknownCount
    let last = order - 1
    let denseCount = self.denseCount
    let paddedCount = self.paddedCount
    let levelRows = denseCount * denseCount
    let columnOffsets = layout.groupOffsets
    var hessian = SymmetricMatrix(order: order)
    // Bounds: rows and columns are unknowns, below `order`; the pieces are indexed as they were
    // written. Buffers live for the closure.
    hessian.withUnsafeMutableValues { values in
      for row in 0..<denseCount {
        let target = row == numberCount ? last : row
        for column in row..<denseCount {
          values[target * order + (column == numberCount ? last : column)] =
            sums[row * denseCount + column]
        }
      }
      for group in 0..<groupCount {
        for level in 0..<layout.groups[group].levels.count {
          let unknown = columnOffsets[group] + level
          let source = levelRows + (slotOffsets[group] + level) * paddedCount
          for column in 0..<numberCount { values[column * order + unknown] = sums[source + column] }
          values[unknown * order + last] = sums[source + numberCount]
          values[unknown * order + unknown] = sums[source + numberCount]
          let cellRow = tables.starts[group] + level * tables.widths[group]
          for later in group + 1..<max(groupCount, group + 1) {
            let cell = cellRow + slotOffsets[later] - slotOffsets[group + 1]
            let target = unknown * order + columnOffsets[later]
            for laterLevel in 0..<layout.groups[later].levels.count {
              values[target + laterLevel] = cells[cell + laterLevel]
            }
          }
        }
      }
    }
    return hessian
  }
}
