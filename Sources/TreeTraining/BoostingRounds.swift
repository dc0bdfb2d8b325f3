import Models
import Parallel

/// One fit's rounds: a tree each, until there are enough or the validation loss no longer falls.
struct BoostingRounds {
  private let options: BoostingOptions
  private let grower: Grower
  private let judged: ValidationScores?
  private let rowSampling: RowSampling
  private let columnSampling: ColumnSampling
  private let update: ScoreUpdate
  private let refit: LeafRefit
  private let memories: [TreeReplay.Memory]

  private var trees: [DecisionTree] = []
  private var losses: [Double] = []
  private var bestRound = 0
  private var stoppedEarly = false

  init(options: BoostingOptions, grower: Grower, judged: ValidationScores?) {
    self.options = options
    self.grower = grower
    self.judged = judged
    rowSampling = RowSampling(share: options.rowShare, seed: options.seed)
    columnSampling = ColumnSampling(share: options.columnShare, seed: options.seed)
    update = ScoreUpdate(
      columns: grower.columns, gradients: grower.gradients, pool: grower.pool)
    refit = LeafRefit(rules: grower.rules, gradients: grower.gradients, pool: grower.pool)
    memories = (0..<grower.pool.threadCount).map { _ in TreeReplay.Memory() }
  }

  mutating func run(_ progress: ProgressSink) {
    update.start(treeKey: roundingKey(0))
    for round in 0..<options.rounds {
      let rowCount = sample(round)
      let grown = grower.grow(
        rowCount: rowCount, isWhole: rowSampling.takesAll,
        features: columnSampling.features(tree: round, count: grower.rules.features.count))
      // Without sampling, the next tree would have no more to go by.
      if grown.nodes.count == 1, rowSampling.takesAll, options.columnShare == 1 { break }
      let tree = refit.tree(grown, grower.partition)
      trees.append(tree)
      update.add(
        tree, grown, grower.partition, grownRows: rowCount, memories: memories,
        nextKey: round + 1 < options.rounds ? roundingKey(round + 1) : nil)
      progress(Progress(stage: "growing trees", done: round + 1, total: options.rounds))
      if let judged, isDone(judged.add(tree, memories, pool: grower.pool)) { break }
    }
  }

  func fit(base: Double) -> BoostingFit {
    BoostingFit(
      ensemble: TreeEnsemble(
        features: grower.rules.features, baseRawPrediction: base, trees: trees),
      validationLosses: losses, bestRound: judged == nil ? trees.count : bestRound,
      stoppedEarly: stoppedEarly)
  }

  private func roundingKey(_ round: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: CounterHash.bits(.rounding, options.seed, UInt64(round)))
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

  /// Takes note of a round's loss; whether it was the last round.
  private mutating func isDone(_ loss: Double) -> Bool {
    losses.append(loss)
    if losses.count == 1 || loss < losses[bestRound - 1] { bestRound = losses.count }
    stoppedEarly = losses.count - bestRound >= options.patience
    return stoppedEarly
  }
}
