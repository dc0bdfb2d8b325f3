import CSimd
import Features
import Parallel

/// Scores rows of bins with the trees of an ensemble.
///
/// Rows pass a tree in groups of 256 whose bins lie in the first-level cache: each inner node parts the
/// rows that reach it with one comparison of bytes, 64 rows at a time where the processor can (compare
/// QuickScorer by Lucchese and others, 2015, which also reads trees node by node instead of walking
/// them row by row). A row's sum is taken in double precision, base first, then tree after tree, so it
/// is that of `TreeEnsemble.rawPrediction(bins:)` to the bit whatever the processor, the number of
/// threads and the rows around it.
public struct TreeScorer: Sendable {
  /// What the columns that are scored must have, in this order.
  public let features: [BinnedFeature]
  public let baseRawPrediction: Double
  private let plan: TreePlan
  private let level: Int32

  /// The most leaves that a tree may have.
  public static let mostLeaves = 65_536

  /// Rows a block: their shifted columns stay in the second-level cache while all trees pass.
  static let blockSize = 1_024
  /// Off a multiple of 4,096, lest the columns of a block share few lines of the cache.
  private static let columnStride = blockSize + 64

  /// - Parameter ensemble: of trees whose children stand behind their parents, with features in range
  ///   and at most 65,536 leaves each.
  public init(_ ensemble: TreeEnsemble) {
    self.init(ensemble, level: csimd_level())
  }

  /// - Parameter level: the instruction set, of those that the processor has.
  init(_ ensemble: TreeEnsemble, level: Int32) {
    features = ensemble.features
    baseRawPrediction = ensemble.baseRawPrediction
    plan = TreePlan(ensemble, columnStride: Self.columnStride)
    self.level = min(level, csimd_best_level())
  }

  /// The log-odds of all rows, on the threads of a pool.
  public func rawPredictions(_ columns: BinnedColumns, pool: WorkerPool) -> [Double] {
    raw(columns) { add(columns, to: $0, pool: pool) }
  }

  /// The log-odds of all rows, on the calling thread: for a block of a stream.
  public func rawPredictions(_ columns: BinnedColumns) -> [Double] {
    raw(columns) { add(columns, rows: 0..<columns.rowCount, to: $0) }
  }

  private func raw(
    _ columns: BinnedColumns, _ add: (UnsafeMutableBufferPointer<Double>) -> Void
  ) -> [Double] {
    [Double](unsafeUninitializedCapacity: columns.rowCount) { output, count in
      let output = UnsafeMutableBufferPointer(rebasing: output[..<columns.rowCount])
      output.initialize(repeating: baseRawPrediction)
      add(output)
      count = columns.rowCount
    }
  }

  /// Adds the trees' values, without the base, to the sums of all rows, tree after tree: with the one
  /// new tree of a round, the round's step of training.
  /// - Parameter sums: one a row of `columns`.
  public func add(
    _ columns: BinnedColumns, to sums: UnsafeMutableBufferPointer<Double>, pool: WorkerPool
  ) {
    check(columns, rows: 0..<columns.rowCount, sums)
    let blocks = RowBlocks(rowCount: columns.rowCount, blockSize: Self.blockSize)
    let workers = min(pool.threadCount, blocks.count)
    guard workers > 1 else { return add(columns, rows: 0..<columns.rowCount, to: sums) }
    // Each worker has scratch memory of its own, each block writes its own rows only, and the pool
    // joins before the sums are read.
    let scratch = (0..<pool.threadCount).map { _ in TreeScratch(plan, Self.columnStride) }
    nonisolated(unsafe) let sums = sums
    pool.forEach(blocks.count) { block, worker in
      add(columns, block: blocks[block], to: sums, from: 0, scratch[worker])
    }
  }

  /// As above for some of the rows, on the calling thread.
  /// - Parameters:
  ///   - rows: within those of `columns`.
  ///   - sums: one for each of `rows`.
  public func add(
    _ columns: BinnedColumns, rows: Range<Int>, to sums: UnsafeMutableBufferPointer<Double>
  ) {
    check(columns, rows: rows, sums)
    let scratch = TreeScratch(plan, Self.columnStride)
    var start = rows.lowerBound
    while start < rows.upperBound {
      let end = min(start + Self.blockSize, rows.upperBound)
      add(columns, block: start..<end, to: sums, from: rows.lowerBound, scratch)
      start = end
    }
  }

  private func check(
    _ columns: BinnedColumns, rows: Range<Int>, _ sums: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(columns.features.count == features.count, "columns of other features")
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= columns.rowCount, "rows outside the columns")
    precondition(sums.count >= rows.count, "one sum a row")
  }

  /// - Parameter from: the row whose sum is the first.
  private func add(
    _ columns: BinnedColumns, block: Range<Int>,
    to sums: UnsafeMutableBufferPointer<Double>, from first: Int, _ scratch: TreeScratch
  ) {
    guard let sums = sums.baseAddress, !block.isEmpty else { return }
    // Bounds: a block has at most `blockSize` rows, which is a multiple of the kernel's group, and its
    // rows lie within the columns and the sums (`check`); a node's column starts below
    // columns.count × columnStride, and its children are at most one behind the tree's last node, for
    // which the scratch memory has room. All pointers live for the closures that use them.
    for (number, column) in plan.columns.enumerated() {
      let bins = columns.column(column.feature) + block.lowerBound
      let shifted = scratch.columns + number * Self.columnStride
      for row in 0..<block.count { shifted[row] = bins[row] &+ column.shift }
    }
    let output = sums + (block.lowerBound - first)
    plan.nodes.withUnsafeBufferPointer { nodes in
      plan.values.withUnsafeBufferPointer { values in
        plan.sets.withUnsafeBufferPointer { sets in
          for tree in plan.trees {
            csimd_tree_add(
              nodes.baseAddress.map { $0 + tree.nodes.lowerBound }, tree.nodes.count,
              sets.baseAddress, values.baseAddress.map { $0 + tree.values.lowerBound },
              scratch.columns, block.count, level, scratch.walk, output)
          }
        }
      }
    }
  }
}

/// Memory for one block on one thread.
///
/// `@unchecked Sendable`: used by one worker at a time.
private final class TreeScratch: @unchecked Sendable {
  let columns: UnsafeMutablePointer<UInt8>
  let walk: UnsafeMutablePointer<UInt8>

  init(_ plan: TreePlan, _ columnStride: Int) {
    columns = Self.zeros(plan.columns.count * columnStride)
    walk = Self.zeros(csimd_tree_scratch(plan.mostNodes))
  }

  deinit {
    columns.deallocate()
    walk.deallocate()
  }

  /// Zeros on a 64-byte boundary.
  private static func zeros(_ size: Int) -> UnsafeMutablePointer<UInt8> {
    let size = max(64, size)
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
      .bindMemory(to: UInt8.self, capacity: size)
    bytes.initialize(repeating: 0, count: size)
    return bytes
  }
}
