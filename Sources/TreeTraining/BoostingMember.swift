import Models
import Parallel

/// One of the ensembles that are grown side by side and averaged: its own trees, scores and draws, on
/// bins that all members share.
struct BoostingMember {
  private let grower: Grower
  private let seed: UInt64
  private let rowSampling: RowSampling
  private let columnSampling: ColumnSampling
  private let candidates: [Int]
  private let update: ScoreUpdate
  private let refit: LeafRefit

  /// - Parameters:
  ///   - candidates: the features that its trees may use, ascending.
  ///   - seed: its own.
  init(options: BoostingOptions, candidates: [Int], seed: UInt64, grower: Grower) {
    self.grower = grower
    self.seed = seed
    self.candidates = candidates
    rowSampling = RowSampling(share: options.rowShare, seed: seed)
    columnSampling = ColumnSampling(share: options.columnShare, seed: seed)
    update = ScoreUpdate(
      columns: grower.columns, gradients: grower.gradients, pool: grower.pool,
      level: grower.finder.level)
    refit = LeafRefit(rules: grower.rules, gradients: grower.gradients, pool: grower.pool)
    update.start(treeKey: roundingKey(0))
  }

  /// Whether every tree is grown on the same rows and columns, so that one without a split is the last.
  private var seesAll: Bool { rowSampling.takesAll && columnSampling.share == 1 }

  /// Grows the tree of a round and takes it into the scores.
  ///
  /// - Returns: the tree, and whether there can be no more to come.
  func grow(
    round: Int, isLast: Bool, memories: [TreeReplay.Memory]
  ) -> (tree: DecisionTree, isExhausted: Bool) {
    let rowCount = sample(round)
    let grown = grower.grow(
      rowCount: rowCount, isWhole: rowSampling.takesAll,
      features: columnSampling.features(tree: round, among: candidates))
    let tree = refit.tree(grown, grower.partition)
    update.add(
      tree, grown, grower.partition, grownRows: rowCount, memories: memories,
      nextKey: isLast ? nil : roundingKey(round + 1))
    return (tree, grown.nodes.count == 1 && seesAll)
  }

  private func roundingKey(_ round: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: CounterHash.bits(.rounding, seed, UInt64(round)))
  }

  /// Puts a tree's rows first in the partition, and returns their number.
  private func sample(_ round: Int) -> Int {
    let all = grower.columns.rowCount
    guard !rowSampling.takesAll else { return all }
    let draw = rowSampling.draw(tree: round)
    let keys = grower.gradients.rowKeys
    let taken = grower.partition.stage(0, all, whole: true) { _, start, count, left, right in
      draw.part(keys, start: start, count: count, left: left, right: right)
    }
    grower.partition.commit(0, all, leftCount: taken.count)
    return taken.count
  }
}
