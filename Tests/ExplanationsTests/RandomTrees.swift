import Features
import Models

/// Seeded numbers for tests: SplitMix64 (G. L. Steele et al., 2014).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// Ensembles whose nodes' weights add up, and rows, without any meaning.
struct RandomTrees {
  var generator: SeededGenerator
  let features: [BinnedFeature]

  /// - Parameter featureCount: ordered and of categories by turns, with few to many bins.
  init(seed: UInt64, featureCount: Int) {
    generator = SeededGenerator(state: seed)
    let bins = [3, 9, 64, 255, 2, 30]
    features = (0..<featureCount).map { index in
      BinnedFeature(
        name: "feature \(index)", sources: ["column \(index / 2)"],
        kind: index.isMultiple(of: 3) ? .categories : .ordered,
        binCount: bins[index % bins.count])
    }
  }

  /// - Parameter isChain: whether a tree grows at its last leaf, as deep as it can be.
  mutating func ensemble(trees: Int, leaves: Int, isChain: Bool = false) -> TreeEnsemble {
    TreeEnsemble(
      features: features, baseRawPrediction: Double.random(in: -3...0, using: &generator),
      trees: (0..<trees).map { _ in tree(leaves: leaves, isChain: isChain) })
  }

  private mutating func tree(leaves: Int, isChain: Bool) -> DecisionTree {
    var nodes = [TreeNode(value: 0, weight: 1_000)]
    var open = [0]
    while open.count < leaves {
      let place =
        isChain ? open.count - 1 : Int.random(in: open.indices, using: &generator)
      let index = open.remove(at: place)
      let weight = nodes[index].weight
      let share = Double.random(in: 0.05...0.95, using: &generator)
      nodes[index] = TreeNode(
        value: nodes[index].value, weight: weight,
        split: split(left: nodes.count, right: nodes.count + 1))
      open += [nodes.count, nodes.count + 1]
      for share in [share, 1 - share] {
        nodes.append(
          TreeNode(
            value: Double.random(in: -1...1, using: &generator), weight: weight * share))
      }
    }
    return DecisionTree(nodes: nodes)
  }

  private mutating func split(left: Int, right: Int) -> TreeSplit {
    let feature = Int.random(in: features.indices, using: &generator)
    let values = features[feature].binCount - 1
    var condition = TreeSplit.Condition.upTo(Int.random(in: 0..<values, using: &generator))
    if features[feature].kind == .categories {
      var bins = BinSet()
      for bin in 0..<values where Bool.random(using: &generator) { bins.insert(bin) }
      condition = .among(bins)
    }
    return TreeSplit(
      feature: feature, condition: condition, missingGoesLeft: Bool.random(using: &generator),
      leftChild: left, rightChild: right, gain: 1)
  }

  mutating func columns(rows: Int) -> BinnedColumns {
    var generator = generator
    defer { self.generator = generator }
    return BinnedColumns(features: features, rowCount: rows) { bytes, stride in
      for (index, feature) in features.enumerated() {
        for row in 0..<rows {
          bytes[index * stride + row] = UInt8(
            Int.random(in: 0..<feature.binCount, using: &generator))
        }
      }
    }
  }
}

extension BinnedColumns {
  func bins(row: Int) -> [UInt8] {
    features.indices.map { UInt8(bin(row: row, feature: $0)) }
  }
}
