import Models

/// A leaf as Shapley values see it: which bins of which features lead to it, each feature once.
struct LeafPath: Sendable, Equatable {
  struct Part: Sendable, Equatable {
    let feature: Int
    /// The bins that pass all splits of the path on the feature.
    var bins: BinSet
    /// The share of training rows that passes these splits: the product, over them, of the share of the
    /// parent's rows that went the path's way.
    var share: Double
  }

  /// Log-odds.
  let value: Double
  /// In the order in which the path first asks for them.
  let parts: [Part]

  /// What the leaf adds to the average lead: its value times the share of rows that reach it.
  var mean: Double { parts.reduce(value) { $0 * $1.share } }
}

extension DecisionTree {
  /// The leaves from left to right.
  /// - Parameter binCounts: one a feature.
  func leafPaths(binCounts: [Int]) -> [LeafPath] {
    var paths: [LeafPath] = []
    var pending: [(node: Int, parts: [LeafPath.Part])] = [(0, [])]
    while let (index, parts) = pending.popLast() {
      let node = nodes[index]
      guard let split = node.split else {
        paths.append(LeafPath(value: node.value, parts: parts))
        continue
      }
      let left = split.leftBins(binCount: binCounts[split.feature])
      let right = BinSet(words: ~left.words & BinSet.first(binCounts[split.feature]).words)
      let weights = (nodes[split.leftChild].weight, nodes[split.rightChild].weight)
      let total = weights.0 + weights.1
      // Where no training row came, none tells which way is the usual one.
      let share = total > 0 ? weights.0 / total : 0.5
      pending.append(
        (split.rightChild, parts.adding(split.feature, bins: right, share: 1 - share)))
      pending.append((split.leftChild, parts.adding(split.feature, bins: left, share: share)))
    }
    return paths
  }
}

extension [LeafPath.Part] {
  fileprivate func adding(_ feature: Int, bins: BinSet, share: Double) -> [LeafPath.Part] {
    var parts = self
    if let known = parts.firstIndex(where: { $0.feature == feature }) {
      parts[known].bins = BinSet(words: parts[known].bins.words & bins.words)
      parts[known].share *= share
    } else {
      parts.append(LeafPath.Part(feature: feature, bins: bins, share: share))
    }
    return parts
  }
}

extension TreeSplit {
  /// The bins that go left, the missing one, which is the last, included.
  fileprivate func leftBins(binCount: Int) -> BinSet {
    var bins = BinSet()
    for bin in 0..<binCount where goesLeft(bin, missingBin: binCount - 1) { bins.insert(bin) }
    return bins
  }
}

extension BinSet {
  /// The bins 0 to count − 1.
  fileprivate static func first(_ count: Int) -> BinSet {
    var bins = BinSet()
    for bin in 0..<count { bins.insert(bin) }
    return bins
  }
}
