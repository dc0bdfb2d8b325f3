extension TreeEnsemble {
  /// The log-odds of one row, by walking the trees: what `TreeScorer` computes for many.
  /// - Parameter bins: one a feature.
  public func rawPrediction(bins: [UInt8]) -> Double {
    precondition(bins.count == features.count, "one bin a feature")
    var raw = baseRawPrediction
    for tree in trees { raw += tree.nodes[leaf(of: tree, bins: bins)].value }
    return raw
  }

  /// The node of a tree that a row ends in.
  func leaf(of tree: DecisionTree, bins: [UInt8]) -> Int {
    var node = 0
    while let split = tree.nodes[node].split {
      let goesLeft = split.goesLeft(
        Int(bins[split.feature]), missingBin: features[split.feature].missingBin)
      node = goesLeft ? split.leftChild : split.rightChild
    }
    return node
  }
}
