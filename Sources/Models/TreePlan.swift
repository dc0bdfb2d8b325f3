import CSimd
import Features

/// The trees of an ensemble laid out for the kernel of `TreeScorer`.
///
/// A split of ordered bins, with missing on either side, and a split that sets one category or a run of
/// them apart, all ask the same question: is the bin, shifted around the circle of 256, at most a
/// threshold? So the kernel reads shifted columns, one for each feature and shift that some split
/// needs, and compares. Other sets of categories are looked up bit by bit.
struct TreePlan: Sendable {
  /// A feature's bins with a number added, modulo 256.
  struct ShiftedColumn: Sendable, Hashable {
    let feature: Int
    let shift: UInt8
  }

  /// One tree's ranges of the shared arrays.
  struct Tree: Sendable {
    let nodes: Range<Int>
    let values: Range<Int>
  }

  /// Number c starts c × `columnStride` bytes into a block.
  private(set) var columns: [ShiftedColumn] = []
  private(set) var nodes: [csimd_tree_node] = []
  /// Leaf values of all trees, from left to right within each.
  private(set) var values: [Double] = []
  /// Sets of bins that no threshold can tell, 32 bytes each.
  private(set) var sets: [UInt8] = []
  private(set) var trees: [Tree] = []
  /// Inner nodes of the largest tree.
  private(set) var mostNodes = 0

  private let features: [BinnedFeature]
  private let columnStride: Int
  private var columnNumbers: [ShiftedColumn: Int] = [:]
  private var setNumbers: [BinSet: Int32] = [:]

  /// Leaves are numbered in two bytes.
  private static let mostLeaves = TreeScorer.mostLeaves

  init(_ ensemble: TreeEnsemble, columnStride: Int) {
    features = ensemble.features
    self.columnStride = columnStride
    for tree in ensemble.trees { add(tree) }
  }

  private mutating func add(_ tree: DecisionTree) {
    let shape = TreeShape(tree)
    precondition(shape.leafCount <= Self.mostLeaves, "a tree has at most 65,536 leaves")
    let firstNode = nodes.count
    let firstValue = values.count
    let order = shape.innerNodes
    // Any leaf is the place behind the last node.
    var places = [UInt32](repeating: UInt32(order.count), count: tree.nodes.count)
    for (place, node) in order.enumerated() { places[node] = UInt32(place) }
    for node in order {
      guard let split = tree.nodes[node].split else { continue }
      let left = shape.firstLeaves[split.leftChild]
      let right = shape.firstLeaves[split.rightChild]
      let (column, threshold, set) = question(split)
      nodes.append(
        csimd_tree_node(
          column: UInt64(column * columnStride), threshold: Self.fourTimes(threshold),
          low_step: Self.fourTimes(UInt8(truncatingIfNeeded: right - left)),
          high_step: Self.fourTimes(UInt8(truncatingIfNeeded: (right >> 8) - (left >> 8))),
          left: places[split.leftChild], right: places[split.rightChild], set: set))
    }
    values.append(contentsOf: shape.leaves.map { tree.nodes[$0].value })
    mostNodes = max(mostNodes, order.count)
    trees.append(
      Tree(nodes: firstNode..<nodes.count, values: firstValue..<values.count))
  }

  /// The column that a split reads, and what it compares its bytes with: a threshold, or a set where
  /// that is not negative.
  private mutating func question(_ split: TreeSplit) -> (Int, UInt8, Int32) {
    let feature = features[split.feature]
    var left = BinSet()
    for bin in 0..<feature.binCount
    where split.goesLeft(bin, missingBin: feature.missingBin) { left.insert(bin) }
    if let run = left.run(among: feature.binCount) {
      let column = number(
        of: ShiftedColumn(feature: split.feature, shift: 0 &- UInt8(run.start)))
      return (column, UInt8(run.count - 1), -1)
    }
    let column = number(of: ShiftedColumn(feature: split.feature, shift: 0))
    if let set = setNumbers[left] { return (column, 0, set) }
    let set = Int32(sets.count / Int(csimd_tree_set_bytes))
    setNumbers[left] = set
    for word in 0..<4 {
      for byte in 0..<8 {
        sets.append(UInt8(truncatingIfNeeded: left.words[word] >> UInt64(8 * byte)))
      }
    }
    return (column, 0, set)
  }

  private mutating func number(of column: ShiftedColumn) -> Int {
    if let number = columnNumbers[column] { return number }
    columnNumbers[column] = columns.count
    columns.append(column)
    return columns.count - 1
  }

  private static func fourTimes(_ byte: UInt8) -> UInt32 { UInt32(byte) * 0x0101_0101 }
}

/// The order of a tree's nodes.
private struct TreeShape {
  /// By depth, and in the tree's own order within each.
  let innerNodes: [Int]
  /// Of each node, the leftmost leaf that it leads to; leaves are numbered from left to right.
  let firstLeaves: [Int]
  /// The leaves' nodes from left to right.
  let leaves: [Int]

  var leafCount: Int { leaves.count }

  init(_ tree: DecisionTree) {
    let nodes = tree.nodes
    var leafCounts = [Int](repeating: 1, count: nodes.count)
    // Children stand behind their parents.
    for (node, content) in nodes.enumerated().reversed() {
      guard let split = content.split else { continue }
      precondition(
        split.leftChild > node && split.rightChild > node, "children stand behind their parents")
      leafCounts[node] = leafCounts[split.leftChild] + leafCounts[split.rightChild]
    }
    var firstLeaves = [Int](repeating: 0, count: nodes.count)
    var depths = [Int](repeating: 0, count: nodes.count)
    var leaves = [Int](repeating: 0, count: leafCounts[0])
    var inner: [(node: Int, depth: Int)] = []
    for (node, content) in nodes.enumerated() {
      guard let split = content.split else {
        leaves[firstLeaves[node]] = node
        continue
      }
      inner.append((node, depths[node]))
      firstLeaves[split.leftChild] = firstLeaves[node]
      firstLeaves[split.rightChild] = firstLeaves[node] + leafCounts[split.leftChild]
      depths[split.leftChild] = depths[node] + 1
      depths[split.rightChild] = depths[node] + 1
    }
    innerNodes = inner.sorted { ($0.depth, $0.node) < ($1.depth, $1.node) }.map(\.node)
    self.firstLeaves = firstLeaves
    self.leaves = leaves
  }
}

extension BinSet {
  /// The set as bins that follow each other around the circle of 256, where bins from `binCount` up may
  /// belong to it or not; `nil` for any other set, and for an empty one.
  func run(among binCount: Int) -> (start: Int, count: Int)? {
    let starts = (0..<binCount).filter {
      contains($0) && !contains($0 == 0 ? binCount - 1 : $0 - 1)
    }
    if starts.isEmpty { return contains(0) ? (0, 256) : nil }
    guard starts.count == 1, let start = starts.first else { return nil }
    guard let end = (start..<binCount).first(where: { !contains($0) }) else {
      // Around the end: through the bins that do not exist to those from 0 on.
      let beyond = (0..<binCount).first { !contains($0) } ?? 0
      return (start, 256 - start + beyond)
    }
    return (start, end - start)
  }
}
