import Features

@testable import Models

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

/// Ensembles and rows without any meaning.
struct RandomTrees {
  /// Where a tree grows next.
  enum Shape: CaseIterable {
    case bushy
    case leftChain
    case rightChain
  }

  var generator: SeededGenerator
  let features: [BinnedFeature]

  /// Ordered and unordered features with few, some and all the bins there can be.
  init(seed: UInt64) {
    generator = SeededGenerator(state: seed)
    features = [2, 3, 9, 64, 65, 129, 254, 255].flatMap { bins in
      [BinnedFeature.Kind.ordered, .categories].map { kind in
        BinnedFeature(
          name: "\(kind) \(bins)", sources: ["\(kind) \(bins)"], kind: kind, binCount: bins)
      }
    }
  }

  mutating func ensemble(trees: Int, leaves: Int, shape: Shape = .bushy) -> TreeEnsemble {
    TreeEnsemble(
      features: features, baseRawPrediction: Double.random(in: -3...0, using: &generator),
      trees: (0..<trees).map { _ in tree(leaves: leaves, shape: shape) })
  }

  mutating func tree(leaves: Int, shape: Shape) -> DecisionTree {
    var nodes = [node()]
    var open = [0]
    while open.count < leaves {
      let place =
        switch shape {
        case .bushy: Int.random(in: open.indices, using: &generator)
        case .leftChain: open.count - 1
        case .rightChain: 0
        }
      let index = open.remove(at: place)
      nodes[index] = TreeNode(
        value: nodes[index].value, weight: nodes[index].weight,
        split: split(left: nodes.count, right: nodes.count + 1))
      // The left child last, the right one first: a chain grows at one end.
      open.append(nodes.count)
      open.insert(nodes.count + 1, at: 0)
      nodes += [node(), node()]
    }
    return DecisionTree(nodes: nodes)
  }

  private mutating func node() -> TreeNode {
    TreeNode(
      value: Double.random(in: -1...1, using: &generator),
      weight: Double.random(in: 1...100, using: &generator))
  }

  private mutating func split(left: Int, right: Int) -> TreeSplit {
    let feature = Int.random(in: features.indices, using: &generator)
    let values = features[feature].binCount - 1
    var condition = TreeSplit.Condition.upTo(Int.random(in: 0..<values, using: &generator))
    if features[feature].kind == .categories {
      var bins = BinSet()
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bins.insert(Int.random(in: 0..<values, using: &generator))
      case 1: for bin in 0..<values where Bool.random(using: &generator) { bins.insert(bin) }
      default:
        let one = Int.random(in: 0..<values, using: &generator)
        for bin in 0..<values where bin != one { bins.insert(bin) }
      }
      condition = .among(bins)
    }
    return TreeSplit(
      feature: feature, condition: condition, missingGoesLeft: Bool.random(using: &generator),
      leftChild: left, rightChild: right, gain: Double.random(in: 0...1, using: &generator))
  }

  /// Rows of bins, a tenth of them missing.
  mutating func columns(rows: Int) -> BinnedColumns {
    var generator = generator
    defer { self.generator = generator }
    return BinnedColumns(features: features, rowCount: rows) { bytes, stride in
      for (index, feature) in features.enumerated() {
        for row in 0..<rows {
          let isMissing = Int.random(in: 0..<10, using: &generator) == 0
          bytes[index * stride + row] = UInt8(
            isMissing
              ? feature.missingBin : Int.random(in: 0..<feature.binCount, using: &generator))
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
