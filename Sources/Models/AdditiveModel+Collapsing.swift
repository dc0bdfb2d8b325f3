import Features
import Parallel

extension AdditiveModel {
  /// Trees of one or two features each as tables: the same log-odds for every lead, up to the rounding of
  /// sums. Without weights, and not purified.
  ///
  /// Bins that no split of a pair's trees tells apart share a cell.
  ///
  /// - Parameter ensemble: no tree of which has splits of more than two features.
  public init(
    collapsing ensemble: TreeEnsemble, pool: WorkerPool = WorkerPool(threadCount: 1)
  ) {
    let features = ensemble.features
    var intercept = ensemble.baseRawPrediction
    var singles: [Int: [DecisionTree]] = [:]
    var pairs: [FeaturePair: [DecisionTree]] = [:]
    for tree in ensemble.trees {
      let used = Set(tree.nodes.compactMap { $0.split?.feature }).sorted()
      switch used.count {
      case 0: intercept += tree.nodes[0].value
      case 1: singles[used[0], default: []].append(tree)
      case 2: pairs[FeaturePair(first: used[0], second: used[1]), default: []].append(tree)
      default: preconditionFailure("a tree of an additive model has at most two features")
      }
    }
    let single = singles.keys.sorted()
    let curves = pool.map(single.count) { index in
      let feature = single[index]
      let trees = singles[feature] ?? []
      let values = (0..<features[feature].binCount).map { bin in
        trees.reduce(0) { $0 + $1.value(features) { _ in bin } }
      }
      return Curve(
        feature: feature, values: values, weights: [Double](repeating: 0, count: values.count))
    }
    let pair = pairs.keys.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    let surfaces = pool.map(pair.count) {
      Self.surface(pair[$0], pairs[pair[$0]] ?? [], features: features)
    }
    self.init(features: features, intercept: intercept, curves: curves, surfaces: surfaces)
  }

  private struct FeaturePair: Hashable, Sendable {
    let first: Int
    let second: Int
  }

  private static func surface(
    _ pair: FeaturePair, _ trees: [DecisionTree], features: [BinnedFeature]
  ) -> Surface {
    let first = BinCells(of: pair.first, features[pair.first], splitBy: trees)
    let second = BinCells(of: pair.second, features[pair.second], splitBy: trees)
    var values: [Double] = []
    values.reserveCapacity(first.examples.count * second.examples.count)
    for bin in first.examples {
      for secondBin in second.examples {
        values.append(
          trees.reduce(0) {
            $0 + $1.value(features) { $0 == pair.first ? bin : secondBin }
          })
      }
    }
    return Surface(
      first: pair.first, second: pair.second, firstCells: first.cells, secondCells: second.cells,
      values: values, weights: [Double](repeating: 0, count: values.count))
  }
}

/// The bins of a feature, put together where no split tells them apart.
private struct BinCells {
  /// One a bin.
  let cells: [UInt8]
  /// Some bin of each cell.
  let examples: [Int]

  init(of feature: Int, _ binned: BinnedFeature, splitBy trees: [DecisionTree]) {
    var questions: Set<BinSet> = []
    for tree in trees {
      for case let split? in tree.nodes.map(\.split) where split.feature == feature {
        var left = BinSet()
        for bin in 0..<binned.binCount
        where split.goesLeft(bin, missingBin: binned.missingBin) { left.insert(bin) }
        questions.insert(left)
      }
    }
    // Each question parts the cells of the ones before.
    var cells = [Int](repeating: 0, count: binned.binCount)
    for question in questions {
      var numbers: [Int: Int] = [:]
      cells = cells.enumerated().map { bin, cell in
        let key = 2 * cell + (question.contains(bin) ? 1 : 0)
        if let number = numbers[key] { return number }
        numbers[key] = numbers.count
        return numbers.count - 1
      }
    }
    // Numbered in the order of bins, whatever the order of the questions.
    var numbers: [Int: Int] = [:]
    var examples: [Int] = []
    self.cells = cells.enumerated().map { bin, cell in
      if let number = numbers[cell] { return UInt8(number) }
      numbers[cell] = examples.count
      examples.append(bin)
      return UInt8(examples.count - 1)
    }
    self.examples = examples
  }
}

extension DecisionTree {
  /// The value of the leaf that a row ends in.
  /// - Parameter bin: of a feature.
  fileprivate func value(_ features: [BinnedFeature], bin: (Int) -> Int) -> Double {
    var node = 0
    while let split = nodes[node].split {
      let goesLeft = split.goesLeft(
        bin(split.feature), missingBin: features[split.feature].missingBin)
      node = goesLeft ? split.leftChild : split.rightChild
    }
    return nodes[node].value
  }
}
