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

  /// X′WX with the weights of the last evaluation: upper triangle, intercept last.
  func hessian() -> SymmetricMatrix {
    let denseCount = self.denseCount
    let paddedCount = self.paddedCount
    let gramCount = denseCount * denseCount
    let blockCount = gramCount + slotCount * paddedCount
    let tableTasks = max(0, groupCount - 1)
    let tables = pairTables()
    var sums = [Double](repeating: 0, count: blockCount * blocks.count)
    var cells = [Double](repeating: 0, count: tables.cellCount)
    hessianWeights.withUnsafeBufferPointer { weights in
      sums.withUnsafeMutableBufferPointer { sums in
        cells.withUnsafeMutableBufferPointer { cells in
          // Each block and each table writes its own memory; the pool joins before it is read.
          nonisolated(unsafe) let weights = weights
          nonisolated(unsafe) let sums = sums
          nonisolated(unsafe) let cells = cells
          nonisolated(unsafe) let problem = self
          pool.forEach(tableTasks + blocks.count) { task, _ in
            if task < tableTasks {
              problem.addPairs(first: task, weights: weights, tables: tables, cells: cells)
            } else {
              let block = task - tableTasks
              problem.addBlock(
                rows: problem.blocks[block], weights: weights,
                sums: UnsafeMutableBufferPointer(
                  rebasing: sums[block * blockCount..<(block + 1) * blockCount]))
            }
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

  /// Where the table of a group with all later groups lies among the cells.
  struct PairTables {
    /// First cell of each group's table.
    var starts: [Int]
    /// Cells in one of its rows: the slots of all later groups.
    var widths: [Int]
    var cellCount: Int
  }

  private func pairTables() -> PairTables {
    var starts: [Int] = []
    var widths: [Int] = []
    var cellCount = 0
    for group in 0..<groupCount {
      let slots = layout.groups[group].levels.count + 1
      let width = slotCount - slotOffsets[group] - slots
      starts.append(cellCount)
      widths.append(width)
      cellCount += slots * width
    }
    return PairTables(starts: starts, widths: widths, cellCount: cellCount)
  }

  /// Adds each row's weight to the cell of its level of group `first` and of each later group.
  ///
  /// Bounds: a cell is start + code × width + (slot of the later group, from the first later one on),
  /// within the table because codes were checked against the groups' levels; `weights` holds a value a
  /// row. Buffers live for the call.
  private func addPairs(
    first: Int, weights: UnsafeBufferPointer<Double>, tables: PairTables,
    cells: UnsafeMutableBufferPointer<Double>
  ) {
    let groupCount = self.groupCount
    let width = tables.widths[first]
    let later = first + 1
    let base = slotOffsets[later]
    let offsets = slotOffsets[later...].map { $0 - base }
    matrix.codes.withUnsafeBufferPointer { codes in
      offsets.withUnsafeBufferPointer { offsets in
        guard let codeStart = codes.baseAddress, let cellStart = cells.baseAddress,
          let offsetStart = offsets.baseAddress
        else { return }
        let table = cellStart + tables.starts[first]
        let pairCount = offsets.count
        for row in 0..<matrix.rowCount {
          let rowCodes = codeStart + row * groupCount + first
          let weight = weights[row]
          let tableRow = table + Int(rowCodes[0]) * width
          let laterCodes = rowCodes + 1
          for pair in 0..<pairCount {
            tableRow[offsetStart[pair] + Int(laterCodes[pair])] += weight
          }
        }
      }
    }
  }

  /// Adds a block's numbers × numbers to the first `denseCount²` sums and its levels × numbers to the
  /// rest, a padded row a slot.
  ///
  /// Bounds: `rows` lie within the matrix; `weights` holds a value a row; `sums` holds
  /// `denseCount² + slotCount × paddedCount` values. Scratch lives for the call.
  private func addBlock(
    rows: Range<Int>, weights: UnsafeBufferPointer<Double>,
    sums: UnsafeMutableBufferPointer<Double>
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
        matrix.numbers.withUnsafeBufferPointer { numbers in
          matrix.codes.withUnsafeBufferPointer { codes in
            slotOffsets.withUnsafeBufferPointer { offsets in
              guard let scaledStart = scaled.baseAddress, let weightedStart = weighted.baseAddress
              else { return }
              let weightedBytes = UnsafeRawPointer(weightedStart)
              var start = rows.lowerBound
              while start < rows.upperBound {
                let end = min(start + Self.gramStrip, rows.upperBound)
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
