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
  /// Rows whose weighted numbers are added to levels together: some ten kilobytes.
  private static let levelStrip = 64
  /// Rows whose codes are counted in pairs together: some ten kilobytes.
  private static let pairStrip = 256

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
  /// group: strip by strip, and within a strip pair by pair, so that both the strip's codes and the
  /// pair's cells stay in the nearest cache. A cell still gets its rows in order.
  ///
  /// Bounds: a cell is start + code × width + (slot of the later group, from the first later one on),
  /// within the table because codes were checked against the groups' levels; `rows` holds `groupCount`
  /// codes and a weight a row. Buffers live for the call.
  private func addPairs(
    _ rows: HessianRows, task: [Int], tables: PairTables,
    cells: UnsafeMutableBufferPointer<Double>
  ) {
    let groupCount = self.groupCount
    let rowCount = rows.blocks.rowCount
    guard let cellStart = cells.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.pairStrip) { bases in
      rows.codes.withUnsafeBufferPointer { codes in
        rows.weights.withUnsafeBufferPointer { weights in
          guard let base = bases.baseAddress, let codeStart = codes.baseAddress,
            let weightStart = weights.baseAddress
          else { return }
          for start in stride(from: 0, to: rowCount, by: Self.pairStrip) {
            let count = min(Self.pairStrip, rowCount - start)
            let stripCodes = codeStart + start * groupCount
            let stripWeights = weightStart + start
            for first in task {
              // The slot of a later group, from the table's own first one on, is its slot in all less
              // that of the first later one.
              let table = tables.starts[first] - slotOffsets[first + 1]
              let width = tables.widths[first]
              for row in 0..<count {
                base[row] = table &+ Int(stripCodes[row &* groupCount &+ first]) &* width
              }
              for later in first + 1..<groupCount {
                let pairCells = cellStart + slotOffsets[later]
                let laterCodes = stripCodes + later
                for row in 0..<count {
                  pairCells[base[row] &+ Int(laterCodes[row &* groupCount])] += stripWeights[row]
                }
              }
            }
          }
        }
      }
    }
  }

  /// Adds a block's numbers × numbers to the first `denseCount²` sums and its levels × numbers to the
  /// rest, a padded row a slot: strip by strip, and within a strip group by group, so that the strip's
  /// weighted numbers and the group's sums stay in the nearest cache.
  ///
  /// Bounds: `block` lies within `rows`, which hold their numbers, codes and weights; `sums` holds
  /// `denseCount² + slotCount × paddedCount` values; the scratch holds a strip of each and lives for
  /// the call.
  private func addBlock(
    _ rows: HessianRows, block: Range<Int>, sums: UnsafeMutableBufferPointer<Double>
  ) {
    let denseCount = self.denseCount
    let paddedCount = self.paddedCount
    guard let gram = sums.baseAddress else { return }
    let levelRows = gram + denseCount * denseCount
    var scaled = [Double](repeating: 0, count: Self.gramStrip * denseCount)
    var weighted = [Double](repeating: 0, count: Self.levelStrip * paddedCount)
    scaled.withUnsafeMutableBufferPointer { scaled in
      weighted.withUnsafeMutableBufferPointer { weighted in
        guard let scaledStart = scaled.baseAddress, let weightedStart = weighted.baseAddress else {
          return
        }
        for start in stride(from: block.lowerBound, to: block.upperBound, by: Self.gramStrip) {
          let end = min(start + Self.gramStrip, block.upperBound)
          for part in stride(from: start, to: end, by: Self.levelStrip) {
            let partRows = part..<min(part + Self.levelStrip, end)
            scale(
              rows, partRows, scaled: scaledStart + (part - start) * denseCount,
              weighted: weightedStart)
            addLevels(rows, partRows, weighted: weightedStart, levelRows: levelRows)
          }
          BLAS.addGram(
            of: scaledStart, rowCount: end - start, columnCount: denseCount, to: gram,
            stride: denseCount)
        }
      }
    }
  }

  /// Numbers and the intercept of each row times √w, rows of `denseCount`, and times w, rows of
  /// `paddedCount` whose padding stays 0. Both hold a row for each of `part`, which lies within `rows`.
  private func scale(
    _ rows: HessianRows, _ part: Range<Int>, scaled: UnsafeMutablePointer<Double>,
    weighted: UnsafeMutablePointer<Double>
  ) {
    let numberCount = self.numberCount
    let denseCount = self.denseCount
    let paddedCount = self.paddedCount
    rows.numbers.withUnsafeBufferPointer { numbers in
      rows.weights.withUnsafeBufferPointer { weights in
        for row in part {
          let weight = weights[row]
          let root = weight.squareRoot()
          let scaledRow = scaled + (row - part.lowerBound) * denseCount
          let weightedRow = weighted + (row - part.lowerBound) * paddedCount
          let base = row * numberCount
          for column in 0..<numberCount {
            let value = numbers[base + column]
            scaledRow[column] = value * root
            weightedRow[column] = value * weight
          }
          scaledRow[numberCount] = root
          weightedRow[numberCount] = weight
        }
      }
    }
  }

  /// Adds the weighted numbers of each row of `part` to the sums of its level of each group.
  /// Bounds: as for `addBlock`; `levelRows` holds `slotCount × paddedCount` values.
  private func addLevels(
    _ rows: HessianRows, _ part: Range<Int>, weighted: UnsafeMutablePointer<Double>,
    levelRows: UnsafeMutablePointer<Double>
  ) {
    let groupCount = self.groupCount
    let rowBytes = paddedCount * MemoryLayout<Double>.stride
    let weightedBytes = UnsafeRawPointer(weighted)
    rows.codes.withUnsafeBufferPointer { codes in
      for group in 0..<groupCount {
        let groupRows = UnsafeMutableRawPointer(levelRows + slotOffsets[group] * paddedCount)
        var source = weightedBytes
        for row in part {
          let target = groupRows + Int(codes[row &* groupCount &+ group]) &* rowBytes
          var lane = 0
          while lane < rowBytes {
            let sum =
              target.loadUnaligned(fromByteOffset: lane, as: SIMD8<Double>.self)
              + source.loadUnaligned(fromByteOffset: lane, as: SIMD8<Double>.self)
            target.storeBytes(of: sum, toByteOffset: lane, as: SIMD8<Double>.self)
            lane &+= 64
          }
          source += rowBytes
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
