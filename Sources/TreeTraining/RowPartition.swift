import Parallel

/// The rows of a tree, those of each node in one run, ascending.
final class RowPartition {
  /// Row indices; 64 more may be read, as kernels look ahead.
  let indices: AlignedBuffer<UInt32>
  private let left: AlignedBuffer<UInt32>
  private let right: AlignedBuffer<UInt32>
  private let weights: RowWeights
  private let pool: WorkerPool
  private var parts: [Part]

  /// What a run weighs.
  struct Total: Equatable {
    /// Whole weights: what the rows use up of a block's capacity.
    var load = 0
    /// Weights in units of 1 / `unitsPerWeight`, so that sums don't depend on their order.
    var fixed = 0

    static func + (one: Total, other: Total) -> Total {
      Total(load: one.load + other.load, fixed: one.fixed + other.fixed)
    }

    static func - (one: Total, other: Total) -> Total {
      Total(load: one.load - other.load, fixed: one.fixed - other.fixed)
    }
  }

  private struct Part {
    var left = 0
    var total = Total()
  }

  /// Rows that one thread parts at a time; runs of fewer than two such are parted by the caller.
  private static let block = 2_048

  init(rowCount: Int, weights: RowWeights, pool: WorkerPool) {
    indices = AlignedBuffer(rowCount + 64)
    left = AlignedBuffer(rowCount + 32)
    right = AlignedBuffer(rowCount + 32)
    self.weights = weights
    self.pool = pool
    parts = [Part](
      repeating: Part(), count: RowBlocks(rowCount: rowCount, blockSize: Self.block).count + 1)
  }

  /// A total's weight, as the caller gave weights.
  func weight(_ total: Total) -> Double {
    weights.fractions == nil
      ? Double(total.fixed) : Double(total.fixed) / RowWeights.fractionUnit / weights.scale
  }

  /// What the rows in `indices[start..<start + count]` weigh, or rows start, start + 1, … themselves.
  func total(_ rows: UnsafePointer<UInt32>?, start: Int, count: Int) -> Total {
    guard let loads = weights.loads?.start else { return Total(load: count, fixed: count) }
    var total = Total()
    for index in 0..<count {
      let row = rows.map { Int($0[index]) } ?? start + index
      total.load += Int(loads[row])
      if let fractions = weights.fractions?.start {
        total.fixed += Int(Double(fractions[row]) * RowWeights.fractionUnit)
      }
    }
    if weights.fractions == nil { total.fixed = total.load }
    return total
  }

  /// Parts a run into two, without moving anything yet.
  ///
  /// - Parameters:
  ///   - whole: whether the run is all rows in order, which `indices` need not hold then.
  ///   - part: parts some rows into left and right and returns the number on the left.
  /// - Returns: the number of rows that go left, and what they weigh.
  func stage(
    _ start: Int, _ count: Int, whole: Bool,
    _ part: (
      _ rows: UnsafePointer<UInt32>?, _ start: Int, _ count: Int,
      _ left: UnsafeMutablePointer<UInt32>, _ right: UnsafeMutablePointer<UInt32>
    ) -> Int
  ) -> (count: Int, total: Total) {
    let blocks = RowBlocks(rowCount: count, blockSize: Self.block)
    parts.withUnsafeMutableBufferPointer { parts in
      // Blocks write their own part and their own stretch of the two buffers, which end 32 values
      // behind the last row.
      nonisolated(unsafe) let parts = parts
      func job(_ block: Int, _ worker: Int) {
        let at = start + blocks[block].lowerBound
        let rows = whole ? nil : UnsafePointer(self.indices.start + at)
        let gone = part(rows, at, blocks[block].count, self.left.start + at, self.right.start + at)
        parts[block] = Part(
          left: gone, total: self.total(self.left.start + at, start: 0, count: gone))
      }
      if blocks.count < 2 {
        for block in blocks.indices { job(block, 0) }
      } else {
        pool.forEach(blocks.count, job)
      }
    }
    return parts.prefix(blocks.count).reduce((0, Total())) { ($0.0 + $1.left, $0.1 + $1.total) }
  }

  /// Moves the rows of the run that was staged last: `leftCount` go to its front, the others behind.
  func commit(_ start: Int, _ count: Int, leftCount: Int) {
    let blocks = RowBlocks(rowCount: count, blockSize: Self.block)
    var targets: [(left: Int, right: Int)] = []
    var next = (left: start, right: start + leftCount)
    for block in blocks.indices {
      targets.append(next)
      next.left += parts[block].left
      next.right += blocks[block].count - parts[block].left
    }
    func job(_ block: Int, _ worker: Int) {
      let at = start + blocks[block].lowerBound
      let gone = self.parts[block].left
      (self.indices.start + targets[block].left).update(from: self.left.start + at, count: gone)
      (self.indices.start + targets[block].right)
        .update(from: self.right.start + at, count: blocks[block].count - gone)
    }
    if blocks.count < 2 {
      for block in blocks.indices { job(block, 0) }
    } else {
      pool.forEach(blocks.count, job)
    }
  }
}
