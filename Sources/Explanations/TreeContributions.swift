import Features
import Models
import Parallel

/// Shapley values of rows of bins under an ensemble of trees, in log-odds: path-dependent TreeSHAP.
///
/// The value of a set of features is what the trees give on average where only these are known: at a
/// split of another feature a row goes both ways, weighted by the training rows that did. Values are
/// exact (`PathQuadrature`), and computed once for all rows that look alike to some leaves
/// (`LeafGroup`): a row then takes one look-up a group of leaves and feature, and one a group and sum.
///
/// A row's sums are taken tree after tree, group after group, so they depend neither on the rows around
/// it nor on the number of threads.
public struct TreeContributions: Sendable {
  public let features: [BinnedFeature]
  let slots: FeatureSlots
  /// Log-odds of the average training row: what all contributions are told against. Without the
  /// slots' weight.
  public let baseline: Double
  private let trees: [TreeTables]
  /// Of those that have no table.
  private let longestPath: LongPath?

  /// Rows a block: some look-ups' tables are read once for all of them.
  static let blockSize = 4_096
  /// Rows whose cells and one sum stay in the first-level cache.
  private static let stripSize = 1_024
  /// Cells a group at most: with 1,024, the leaves that ask for up to ten features share tables, some six a
  /// table, which for 200 trees of 63 leaves take some 90 megabytes. With 256, explaining takes up to
  /// twice as long, with 4,096 two thirds, for two and a half times the memory and work before the first
  /// lead.
  static let mostCells = 1_024

  /// Of each feature by itself.
  /// - Throws: ``ExplanationError/noNodeWeights(tree:)``.
  public init(_ ensemble: TreeEnsemble, pool: WorkerPool) throws(ExplanationError) {
    try self.init(
      ensemble, slots: FeatureSlots(featureCount: ensemble.features.count), pool: pool)
  }

  /// The contributions of all rows: rows × features, row-major.
  public func contributions(_ columns: BinnedColumns, pool: WorkerPool) -> [Double] {
    let count = columns.rowCount * slots.count
    return [Double](unsafeUninitializedCapacity: count) { output, initialised in
      let output = UnsafeMutableBufferPointer(rebasing: output[..<count])
      output.initialize(repeating: 0)
      add(columns, to: output, pool: pool)
      initialised = count
    }
  }

  /// - Throws: ``ExplanationError/noNodeWeights(tree:)``.
  init(
    _ ensemble: TreeEnsemble, slots: FeatureSlots, mostCells: Int = mostCells, pool: WorkerPool
  ) throws(ExplanationError) {
    precondition(slots.shares.count == ensemble.features.count, "shares of each feature")
    if let unknown = ensemble.trees.firstIndex(where: { !($0.nodes[0].weight > 0) }) {
      throw .noNodeWeights(tree: unknown + 1)
    }
    features = ensemble.features
    self.slots = slots
    let binCounts = ensemble.features.map(\.binCount)
    let leaves = pool.map(ensemble.trees.count) {
      ensemble.trees[$0].leafPaths(binCounts: binCounts)
    }
    baseline = leaves.reduce(ensemble.baseRawPrediction) { $1.reduce($0) { $0 + $1.mean } }
    let longest = leaves.lazy.joined().map(\.parts.count).max() ?? 0
    let rules = (0..<PathQuadrature.points(forParts: longest)).map { GaussLegendre(count: $0 + 1) }
    trees = pool.map(leaves.count) {
      TreeTables(
        leaves[$0], binCounts: binCounts, slots: slots, rules: rules, mostCells: mostCells)
    }
    longestPath = trees.lazy.flatMap(\.longPaths).max { $0.partCount < $1.partCount }
  }

  /// Adds the contributions of all rows to sums.
  /// - Parameter output: rows × `slots.count`, row-major.
  func add(
    _ columns: BinnedColumns, to output: UnsafeMutableBufferPointer<Double>, pool: WorkerPool
  ) {
    precondition(columns.features == features, "columns of other features")
    precondition(output.count == columns.rowCount * slots.count, "as many sums a row as slots")
    guard let start = output.baseAddress else { return }
    let blocks = RowBlocks(rowCount: columns.rowCount, blockSize: Self.blockSize)
    let scratch = (0..<(blocks.count == 1 ? 1 : pool.threadCount)).map { _ in
      Scratch(slots: slots.count, longestPath: longestPath)
    }
    // Each worker has scratch memory of its own, each block writes its own rows only, and the pool
    // joins before the sums are read.
    nonisolated(unsafe) let sums = start
    if blocks.count == 1 {
      add(columns, blocks[0], to: sums, scratch[0])
    } else {
      pool.forEach(blocks.count) { block, worker in
        add(columns, blocks[block], to: sums, scratch[worker])
      }
    }
  }

  private func add(
    _ columns: BinnedColumns, _ rows: Range<Int>, to output: UnsafeMutablePointer<Double>,
    _ scratch: Scratch
  ) {
    // Bounds: rows lie within the columns and the output (`add` above checks its size); the scratch
    // memory has `blockSize` sums a slot and `stripSize` cells. A cell's number is below its group's
    // `cellCount` for whatever byte a bin is, since each look-up has 256 steps of which the largest add
    // up to the last cell. The arrays' pointers live for the closures that use them.
    scratch.clear(rows: rows.count, slots: slots.count)
    for tree in trees {
      tree.lookups.withUnsafeBufferPointer { lookups in
        tree.steps.withUnsafeBufferPointer { steps in
          tree.slots.withUnsafeBufferPointer { slots in
            tree.values.withUnsafeBufferPointer { values in
              for group in tree.groups {
                for strip in stride(from: 0, to: rows.count, by: Self.stripSize) {
                  let count = min(Self.stripSize, rows.count - strip)
                  findCells(
                    group, columns, row: rows.lowerBound + strip, count: count, lookups, steps,
                    scratch.cells)
                  addCells(group, from: strip, count: count, slots, values, scratch)
                }
              }
            }
          }
        }
      }
      for path in tree.longPaths {
        path.add(columns, rows, to: scratch.sums, stride: Self.blockSize, scratch.long)
      }
    }
    for slot in 0..<slots.count {
      let sums = scratch.sums + slot * Self.blockSize
      let first = output + rows.lowerBound * slots.count + slot
      for row in 0..<rows.count { first[row * slots.count] += sums[row] }
    }
  }

  /// Numbers the cells of rows, two features a pass.
  private func findCells(
    _ group: TreeTables.Group, _ columns: BinnedColumns, row: Int, count: Int,
    _ lookups: UnsafeBufferPointer<Int>, _ steps: UnsafeBufferPointer<UInt16>,
    _ cells: UnsafeMutablePointer<UInt16>
  ) {
    guard let steps = steps.baseAddress else { return }
    var lookup = group.lookups.lowerBound
    let first = columns.column(lookups[lookup]) + row
    let ownSteps = steps + 256 * lookup
    for row in 0..<count { cells[row] = ownSteps[Int(first[row])] }
    lookup += 1
    while lookup + 1 < group.lookups.upperBound {
      let bins = columns.column(lookups[lookup]) + row
      let otherBins = columns.column(lookups[lookup + 1]) + row
      let ownSteps = steps + 256 * lookup
      let otherSteps = steps + 256 * (lookup + 1)
      for row in 0..<count {
        cells[row] &+= ownSteps[Int(bins[row])] &+ otherSteps[Int(otherBins[row])]
      }
      lookup += 2
    }
    if lookup < group.lookups.upperBound {
      let bins = columns.column(lookups[lookup]) + row
      let ownSteps = steps + 256 * lookup
      for row in 0..<count { cells[row] &+= ownSteps[Int(bins[row])] }
    }
  }

  /// Adds what the cells hold, two sums a pass.
  private func addCells(
    _ group: TreeTables.Group, from strip: Int, count: Int, _ slots: UnsafeBufferPointer<Int>,
    _ values: UnsafeBufferPointer<Double>, _ scratch: Scratch
  ) {
    guard let values = values.baseAddress else { return }
    let cells = UnsafePointer(scratch.cells)
    var slot = group.slots.lowerBound
    var run = values + group.firstValue
    while slot + 1 < group.slots.upperBound {
      let sums = scratch.sums + slots[slot] * Self.blockSize + strip
      let otherSums = scratch.sums + slots[slot + 1] * Self.blockSize + strip
      let other = run + group.cellCount
      for row in 0..<count {
        let cell = Int(cells[row])
        sums[row] += run[cell]
        otherSums[row] += other[cell]
      }
      slot += 2
      run += 2 * group.cellCount
    }
    if slot < group.slots.upperBound {
      let sums = scratch.sums + slots[slot] * Self.blockSize + strip
      for row in 0..<count { sums[row] += run[Int(cells[row])] }
    }
  }

  /// Memory for one block on one thread.
  ///
  /// `@unchecked Sendable`: used by one worker at a time.
  private final class Scratch: @unchecked Sendable {
    /// `blockSize` a slot.
    let sums: UnsafeMutablePointer<Double>
    /// `stripSize`.
    let cells: UnsafeMutablePointer<UInt16>
    let long: LongPathScratch

    init(slots: Int, longestPath: LongPath?) {
      let count = max(1, slots * TreeContributions.blockSize)
      sums = .allocate(capacity: count)
      sums.initialize(repeating: 0, count: count)
      cells = .allocate(capacity: TreeContributions.stripSize)
      cells.initialize(repeating: 0, count: TreeContributions.stripSize)
      long = LongPathScratch(longestPath, rows: TreeContributions.blockSize)
    }

    func clear(rows: Int, slots: Int) {
      for slot in 0..<slots {
        (sums + slot * TreeContributions.blockSize).update(repeating: 0, count: rows)
      }
    }

    deinit {
      sums.deallocate()
      cells.deallocate()
    }
  }
}
