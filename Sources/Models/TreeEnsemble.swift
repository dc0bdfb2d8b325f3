import Features

/// A sum of decision trees over binned features: scores bins and nothing else.
public struct TreeEnsemble: Sendable, Equatable {
  public let features: [BinnedFeature]
  /// Log-odds before any tree.
  public let baseRawPrediction: Double
  public let trees: [DecisionTree]

  public init(features: [BinnedFeature], baseRawPrediction: Double, trees: [DecisionTree]) {
    self.features = features
    self.baseRawPrediction = baseRawPrediction
    self.trees = trees
  }

  /// The ensemble as it was after its first `count` trees.
  public func prefix(_ count: Int) -> TreeEnsemble {
    TreeEnsemble(
      features: features, baseRawPrediction: baseRawPrediction, trees: Array(trees.prefix(count)))
  }
}

/// A binary tree; node 0 is the root, and children stand behind their parents.
public struct DecisionTree: Sendable, Equatable {
  public let nodes: [TreeNode]

  public init(nodes: [TreeNode]) {
    precondition(!nodes.isEmpty, "a tree has a root")
    self.nodes = nodes
  }

  public var leafCount: Int { nodes.count { $0.split == nil } }
}

public struct TreeNode: Sendable, Equatable {
  /// What the node adds to the log-odds where it is a leaf, and would add otherwise.
  public let value: Double
  /// Weights of the training rows that reached it.
  public let weight: Double
  /// `nil` in a leaf.
  public let split: TreeSplit?

  public init(value: Double, weight: Double, split: TreeSplit? = nil) {
    self.value = value
    self.weight = weight
    self.split = split
  }
}

/// How an inner node parts its rows.
public struct TreeSplit: Sendable, Equatable {
  /// Which bins, the missing one aside, go left.
  public enum Condition: Sendable, Equatable {
    /// Those of an ordered feature up to this one.
    case upTo(Int)
    /// These of a feature of categories.
    case among(BinSet)
  }

  /// An index into the ensemble's features.
  public let feature: Int
  public let condition: Condition
  public let missingGoesLeft: Bool
  public let leftChild: Int
  public let rightChild: Int
  /// G²/(H + l2) of the two sides less that of the node: twice what the split lowers the training loss
  /// by, to second order.
  public let gain: Double

  public init(
    feature: Int, condition: Condition, missingGoesLeft: Bool, leftChild: Int, rightChild: Int,
    gain: Double
  ) {
    self.feature = feature
    self.condition = condition
    self.missingGoesLeft = missingGoesLeft
    self.leftChild = leftChild
    self.rightChild = rightChild
    self.gain = gain
  }

  /// Whether a bin of the split's feature goes left.
  public func goesLeft(_ bin: Int, missingBin: Int) -> Bool {
    if bin == missingBin { return missingGoesLeft }
    switch condition {
    case .upTo(let highest): return bin <= highest
    case .among(let bins): return bins.contains(bin)
    }
  }
}

/// Some of the bins 0 to 255.
public struct BinSet: Sendable, Equatable, Hashable {
  /// Bit b % 64 of word b / 64 is set where bin b belongs to the set.
  public private(set) var words: SIMD4<UInt64>

  public init(words: SIMD4<UInt64> = .zero) {
    self.words = words
  }

  public func contains(_ bin: Int) -> Bool {
    words[bin >> 6] & (1 << UInt64(bin & 63)) != 0
  }

  public mutating func insert(_ bin: Int) {
    words[bin >> 6] |= 1 << UInt64(bin & 63)
  }
}
