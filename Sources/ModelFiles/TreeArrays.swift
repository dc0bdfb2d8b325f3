import Models

/// The nodes of all trees as arrays: those of all nodes in tree and node order, those of all splits in
/// the same order.
struct TreeArrays {
  /// What `node_kinds` holds.
  private enum NodeKind {
    static let leaf: UInt8 = 0
    static let upTo: UInt8 = 1
    static let among: UInt8 = 2
    /// Added to either kind of split.
    static let missingGoesLeft: UInt8 = 4
  }

  private var treeOffsets: [UInt64] = [0]
  private var nodeKinds: [UInt8] = []
  private var nodeValues: [Double] = []
  private var nodeWeights: [Double] = []
  private var splitFeatures: [UInt32] = []
  /// The highest bin that goes left, or which of the sets does.
  private var splitBins: [UInt32] = []
  /// Left and right child of each split, counted within the tree.
  private var splitChildren: [UInt32] = []
  private var splitGains: [Double] = []
  /// Four words a set.
  private var binSets: [UInt64] = []

  init(_ trees: [DecisionTree]) {
    for tree in trees {
      for node in tree.nodes { append(node) }
      treeOffsets.append(UInt64(nodeKinds.count))
    }
  }

  private mutating func append(_ node: TreeNode) {
    nodeValues.append(node.value)
    nodeWeights.append(node.weight)
    guard let split = node.split else {
      nodeKinds.append(NodeKind.leaf)
      return
    }
    let missing = split.missingGoesLeft ? NodeKind.missingGoesLeft : 0
    switch split.condition {
    case .upTo(let bin):
      nodeKinds.append(NodeKind.upTo + missing)
      splitBins.append(UInt32(bin))
    case .among(let set):
      nodeKinds.append(NodeKind.among + missing)
      splitBins.append(UInt32(binSets.count / 4))
      for word in 0..<4 { binSets.append(set.words[word]) }
    }
    splitFeatures.append(UInt32(split.feature))
    splitChildren += [UInt32(split.leftChild), UInt32(split.rightChild)]
    splitGains.append(split.gain)
  }

  var sections: [ModelSection] {
    [
      ModelSection(name: SectionName.treeOffsets, integers: treeOffsets),
      ModelSection(name: SectionName.nodeKinds, bytes: nodeKinds),
      ModelSection(name: SectionName.nodeValues, numbers: nodeValues),
      ModelSection(name: SectionName.nodeWeights, numbers: nodeWeights),
      ModelSection(name: SectionName.splitFeatures, words: splitFeatures),
      ModelSection(name: SectionName.splitBins, words: splitBins),
      ModelSection(name: SectionName.splitChildren, words: splitChildren),
      ModelSection(name: SectionName.splitGains, numbers: splitGains),
      ModelSection(name: SectionName.binSets, integers: binSets),
    ]
  }

  /// The arrays of a file, of which the lengths are found to agree.
  init(_ frame: ModelContainer.Frame, _ bytes: RawSpan) throws {
    treeOffsets = try frame.integers(SectionName.treeOffsets, bytes)
    nodeKinds = try frame.bytes(SectionName.nodeKinds, bytes)
    nodeValues = try frame.doubles(SectionName.nodeValues, bytes)
    nodeWeights = try frame.doubles(SectionName.nodeWeights, bytes)
    splitFeatures = try frame.words(SectionName.splitFeatures, bytes)
    splitBins = try frame.words(SectionName.splitBins, bytes)
    splitChildren = try frame.words(SectionName.splitChildren, bytes)
    splitGains = try frame.doubles(SectionName.splitGains, bytes)
    binSets = try frame.integers(SectionName.binSets, bytes)
    let splits = nodeKinds.count { $0 != NodeKind.leaf }
    try require(
      nodeValues.count == nodeKinds.count && nodeWeights.count == nodeKinds.count
        && splitFeatures.count == splits && splitBins.count == splits
        && splitChildren.count == 2 * splits && splitGains.count == splits
        && binSets.count.isMultiple(of: 4),
      "the parts of its trees are not equally many")
    try require(
      treeOffsets.first == 0 && treeOffsets.last == UInt64(nodeKinds.count)
        && zip(treeOffsets, treeOffsets.dropFirst()).allSatisfy(<),
      "its trees do not follow each other")
  }

  /// The trees; what their splits refer to is not checked here, other than their sets.
  func trees() throws -> [DecisionTree] {
    var split = 0
    return try zip(treeOffsets, treeOffsets.dropFirst()).map { start, end in
      DecisionTree(
        nodes: try (Int(start)..<Int(end)).map { node in
          guard nodeKinds[node] != NodeKind.leaf else {
            return TreeNode(value: nodeValues[node], weight: nodeWeights[node])
          }
          defer { split += 1 }
          return TreeNode(
            value: nodeValues[node], weight: nodeWeights[node],
            split: TreeSplit(
              feature: Int(splitFeatures[split]),
              condition: try condition(ofNode: node, split: split),
              missingGoesLeft: nodeKinds[node] & NodeKind.missingGoesLeft != 0,
              leftChild: Int(splitChildren[2 * split]),
              rightChild: Int(splitChildren[2 * split + 1]), gain: splitGains[split]))
        })
    }
  }

  private func condition(ofNode node: Int, split: Int) throws -> TreeSplit.Condition {
    switch nodeKinds[node] & ~NodeKind.missingGoesLeft {
    case NodeKind.upTo: return .upTo(Int(splitBins[split]))
    case NodeKind.among:
      let start = 4 * Int(splitBins[split])
      try require(start < binSets.count, "a split refers to a set that is not there")
      return .among(
        BinSet(
          words: SIMD4(
            binSets[start], binSets[start + 1], binSets[start + 2], binSets[start + 3])))
    default: throw ModelFileError.inconsistent("a node is neither a leaf nor a split")
    }
  }
}
