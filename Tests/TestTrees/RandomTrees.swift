import Features
import Models

/// Ensembles and rows without any meaning; the weights of a node's children add up to its own.
public struct RandomTrees {
  /// Where a tree grows next.
  public enum Shape: CaseIterable, Sendable {
    case bushy
    case leftChain
    case rightChain
  }

  private var generator: SeededGenerator
  public let features: [BinnedFeature]

  /// Ordered and unordered features with few, some and all the bins there can be.
  public init(seed: UInt64) {
    self.init(
      seed: seed,
      features: [2, 3, 9, 64, 65, 129, 254, 255].flatMap { bins in
        [BinnedFeature.Kind.ordered, .categories].map { kind in
          BinnedFeature(
            name: "\(kind) \(bins)", sources: ["\(kind) \(bins)"], kind: kind, binCount: bins)
        }
      })
  }

  /// - Parameter featureCount: ordered and of categories by turns, with few to many bins; two a source column.
  public init(seed: UInt64, featureCount: Int) {
    let bins = [3, 9, 64, 255, 2, 30]
    self.init(
      seed: seed,
      features: (0..<featureCount).map { index in
        BinnedFeature(
          name: "feature \(index)", sources: ["column \(index / 2)"],
          kind: index.isMultiple(of: 3) ? .categories : .ordered,
          binCount: bins[index % bins.count])
      })
  }

  private init(seed: UInt64, features: [BinnedFeature]) {
    generator = SeededGenerator(state: seed)
    self.features = features
  }

  public mutating func ensemble(
    trees: Int, leaves: Int, shape: Shape = .bushy
  ) -> TreeEnsemble {
    TreeEnsemble(
      features: features, baseRawPrediction: Double.random(in: -3...0, using: &generator),
      trees: (0..<trees).map { _ in tree(leaves: leaves, shape: shape) })
  }

  public mutating func tree(leaves: Int, shape: Shape = .bushy) -> DecisionTree {
    var nodes = [node(weight: 1_000)]
    var open = [0]
    while open.count < leaves {
      let place =
        switch shape {
        case .bushy: Int.random(in: open.indices, using: &generator)
        case .leftChain: open.count - 1
        case .rightChain: 0
        }
      let index = open.remove(at: place)
      let weight = nodes[index].weight
      nodes[index] = TreeNode(
        value: nodes[index].value, weight: weight,
        split: split(left: nodes.count, right: nodes.count + 1))
      // The left child last, the right one first: a chain grows at one end.
      open.append(nodes.count)
      open.insert(nodes.count + 1, at: 0)
      let share = Double.random(in: 0.05...0.95, using: &generator)
      nodes += [node(weight: weight * share), node(weight: weight * (1 - share))]
    }
    return DecisionTree(nodes: nodes)
  }

  private mutating func node(weight: Double) -> TreeNode {
    TreeNode(value: Double.random(in: -1...1, using: &generator), weight: weight)
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
  public mutating func columns(rows: Int) -> BinnedColumns {
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
  /// Of one row, one a feature.
  public func bins(row: Int) -> [UInt8] {
    features.indices.map { UInt8(bin(row: row, feature: $0)) }
  }
}
