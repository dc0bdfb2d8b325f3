import Models

/// A tree with the rows of its leaves.
struct GrownTree {
  struct Node {
    /// Its run of rows in the partition's indices.
    var start: Int
    var count: Int
    var total: RowPartition.Total
    var sums: NodeSums
    var depth: Int
    var bounds: ValueBounds
    /// The L2 penalty on the node's value, in log-odds' units.
    var l2: Double
    var split: TreeSplit?
    /// The best split found, its gain less the node's own; `nil` where there is none.
    var candidate: SplitCandidate?
    /// Features whose rows are counted, since a split by estimated rows left too few on a side.
    var exactFeatures: [Int] = []
    /// The histogram, as long as it may be needed.
    var slot: HistogramSlots.Slot?
  }

  var nodes: [Node]

  var leaves: [Int] { nodes.indices.filter { nodes[$0].split == nil } }
}
