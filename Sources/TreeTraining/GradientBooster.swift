import CSimd
import Features
import Glibc
import Models
import Parallel

/// Grows gradient-boosted trees for the binomial log loss.
public struct GradientBooster: Sendable {
  public let options: BoostingOptions
  private let level: Int32

  /// - Throws: ``BoostingError/badOption(name:found:expected:)``.
  public init(_ options: BoostingOptions) throws {
    try self.init(options, level: csimd_level())
  }

  /// - Parameter level: the instruction set (`csimd_portable`…); all give the same trees.
  init(_ options: BoostingOptions, level: Int32) throws {
    self.options = try options.validated()
    self.level = level
  }

  /// Grows trees on the training rows, one a round.
  ///
  /// - Parameters:
  ///   - validation: rows whose log loss is taken after each round, and ends growth after
  ///     `options.patience` rounds without a lower one.
  ///   - baseRawPrediction: log-odds before any tree; `nil` takes those of the training rows' mean
  ///     outcome.
  ///   - progress: told after each round.
  /// - Throws: ``BoostingError`` where there is nothing to learn from, or the options don't suit the
  ///   features.
  public func fit(
    _ training: BoostingRows, validation: BoostingRows? = nil, baseRawPrediction: Double? = nil,
    pool: WorkerPool, progress: ProgressSink = { _ in }
  ) throws -> BoostingFit {
    let features = training.columns.features
    guard !features.isEmpty else { throw BoostingError.noFeatures }
    let options = try options.validated(for: features)
    let training = try training.validated()
    let validation = try validation?.validated()
    if let validation, validation.columns.features != features {
      throw BoostingError.otherFeatures(
        training: features.count, validation: validation.columns.features.count)
    }
    let base = try baseRawPrediction ?? training.meanRawPrediction()
    guard base.isFinite else { throw BoostingError.badBase(found: base) }
    let weights = RowWeights(training.weights, count: training.count)
    guard weights.totalLoad > 0 else { throw BoostingError.noRows }
    let gradients = Gradients(
      rows: training, weights: weights, base: base, seed: options.seed, level: level)
    let rules = GrowthRules(
      options: options, features: features, weightScale: weights.scale)
    var judged = try validation.map { try ValidationScores($0, base: base) }
    let rowSampling = RowSampling(share: options.rowShare, seed: options.seed)
    let columnSampling = ColumnSampling(share: options.columnShare, seed: options.seed)
    var trees: [DecisionTree] = []
    var losses: [Double] = []
    var bestRound = 0
    var stoppedEarly = false
    for round in 0..<options.rounds {
      let key = UInt32(
        truncatingIfNeeded: CounterHash.bits(.rounding, options.seed, UInt64(round)))
      gradients.update(0..<training.count, treeKey: key)
      let draw = rowSampling.draw(tree: round)
      let rows = (0..<training.count).filter { row in
        rowSampling.takesAll || draw.takes(gradients.rowKeys?[row] ?? UInt32(row))
      }
      let grower = PlainGrower(
        rules: rules, columns: training.columns,
        packed: (0..<training.count).map { gradients.packed.start[$0] },
        weights: training.weights ?? [Double](repeating: 1, count: training.count),
        features: columnSampling.features(tree: round, count: features.count))
      let nodes = grower.grow(rows)
      let tree = DecisionTree(
        nodes: nodes.map { node in
          TreeNode(
            value: nodes.count == 1 ? 0 : value(node, gradients, rules),
            weight: node.sums.weight, split: node.split)
        })
      if nodes.count == 1, options.rowShare == 1, options.columnShare == 1 { break }
      for row in 0..<training.count {
        var index = 0
        while let split = tree.nodes[index].split {
          let bin = training.columns.bin(row: row, feature: split.feature)
          let missing = features[split.feature].missingBin
          index = split.goesLeft(bin, missingBin: missing) ? split.leftChild : split.rightChild
        }
        gradients.scores.start[row] += tree.nodes[index].value
      }
      trees.append(tree)
      progress(Progress(stage: "growing trees", done: round + 1, total: options.rounds))
      guard let loss = judged?.add(tree) else { continue }
      losses.append(loss)
      if losses.count == 1 || loss < losses[bestRound - 1] { bestRound = losses.count }
      if losses.count - bestRound >= options.patience {
        stoppedEarly = true
        break
      }
    }
    return BoostingFit(
      ensemble: TreeEnsemble(features: features, baseRawPrediction: base, trees: trees),
      validationLosses: losses, bestRound: validation == nil ? trees.count : bestRound,
      stoppedEarly: stoppedEarly)
  }

  /// A node's value from the unrounded gradients of its rows, shrunk by the learning rate.
  private func value(_ node: PlainGrower.Node, _ gradients: Gradients, _ rules: GrowthRules)
    -> Double
  {
    let rows = node.rows.map { UInt32($0) }
    let sums = rows.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { gradients.sums(of: $0, count: buffer.count) } ?? .init()
    }
    let unit = gradients.refitUnit * gradients.weights.scale
    let g = Double(sums.gradient) / unit
    let rest = max(abs(g) - options.l1, 0)
    let h =
      Double(sums.hessian) / unit + node.l2 / (Gradients.hessianUnit * gradients.weights.scale)
    let bounds = ValueBounds(
      lowest: node.bounds.lowest * rules.valueUnit,
      highest: node.bounds.highest * rules.valueUnit)
    return options.learningRate * bounds.clip(h > 0 ? (g < 0 ? rest : -rest) / h : 0)
  }
}

extension BoostingRows {
  /// The log-odds of the mean outcome.
  ///
  /// - Throws: ``BoostingError/noRows``, or ``BoostingError/oneOutcome(label:)`` where they would be
  ///   infinite.
  func meanRawPrediction() throws -> Double {
    var won = 0.0
    var lost = 0.0
    for (row, label) in labels.enumerated() {
      let weight = weights?[row] ?? 1
      if label == 1 { won += weight } else { lost += weight }
    }
    guard won + lost > 0 else { throw BoostingError.noRows }
    guard won > 0, lost > 0 else { throw BoostingError.oneOutcome(label: won > 0 ? 1 : 0) }
    return log(won / lost)
  }
}
