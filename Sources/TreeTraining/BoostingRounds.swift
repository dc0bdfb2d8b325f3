import Features
import Models
import Parallel

/// One fit's rounds: a tree of each member in each, until there are enough or the validation loss no
/// longer falls.
struct BoostingRounds {
  private let options: BoostingOptions
  private let members: [BoostingMember]
  private let judged: ValidationScores?
  private let pool: WorkerPool
  private let memories: [TreeReplay.Memory]

  private var trees: [DecisionTree] = []
  private var losses: [Double] = []
  private var bestRound = 0
  private var stoppedEarly = false

  init(
    options: BoostingOptions, members: [BoostingMember], judged: ValidationScores?,
    pool: WorkerPool
  ) {
    self.options = options
    self.members = members
    self.judged = judged
    self.pool = pool
    memories = (0..<pool.threadCount).map { _ in TreeReplay.Memory() }
  }

  mutating func run(_ progress: ProgressSink) {
    for round in 0..<options.rounds {
      let isLast = round + 1 == options.rounds
      let grown = members.map { $0.grow(round: round, isLast: isLast, memories: memories) }
      // Without sampling, the next trees would have no more to go by.
      if grown.allSatisfy(\.isExhausted) { break }
      let added = grown.map { members.count == 1 ? $0.tree : $0.tree.divided(by: members.count) }
      trees += added
      progress(Progress(stage: "growing trees", done: round + 1, total: options.rounds))
      if let judged, isDone(judged.add(added, memories, pool: pool)) { break }
    }
  }

  func fit(of features: [BinnedFeature], base: Double) -> BoostingFit {
    BoostingFit(
      ensemble: TreeEnsemble(features: features, baseRawPrediction: base, trees: trees),
      treesPerRound: members.count, validationLosses: losses,
      bestRound: judged == nil ? trees.count / members.count : bestRound,
      stoppedEarly: stoppedEarly)
  }

  /// Takes note of a round's loss; whether it was the last round.
  private mutating func isDone(_ loss: Double) -> Bool {
    losses.append(loss)
    if losses.count == 1 || loss < losses[bestRound - 1] { bestRound = losses.count }
    stoppedEarly = losses.count - bestRound >= options.patience
    return stoppedEarly
  }
}

extension DecisionTree {
  /// The tree with its values divided: its part of an average.
  fileprivate func divided(by count: Int) -> DecisionTree {
    DecisionTree(
      nodes: nodes.map {
        TreeNode(value: $0.value / Double(count), weight: $0.weight, split: $0.split)
      })
  }
}
