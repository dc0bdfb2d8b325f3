import CSimd
import Models
import Parallel

/// A tree's values, from the unrounded gradients of its rows.
///
/// −T(ΣG)/(ΣH + l2) times the learning rate, kept within the node's bounds. The sums are taken in fixed
/// point, so they don't depend on the order of rows; an inner node's are its children's.
struct LeafRefit {
  let rules: GrowthRules
  let gradients: Gradients
  let pool: WorkerPool

  /// Rows that one thread sums up at a time.
  private static let block = 8_192

  /// A leaf, and rows of it.
  private struct Piece {
    let leaf: Int
    let start: Int
    let count: Int
  }

  func tree(_ grown: GrownTree, _ partition: RowPartition) -> DecisionTree {
    let nodes = grown.nodes
    guard nodes.count > 1 else {
      return DecisionTree(nodes: [TreeNode(value: 0, weight: nodes[0].sums.weight)])
    }
    var sums = leafSums(grown, partition)
    var built = [TreeNode?](repeating: nil, count: nodes.count)
    for index in nodes.indices.reversed() {
      if let split = nodes[index].split {
        for child in [split.leftChild, split.rightChild] {
          sums[index].gradient += sums[child].gradient
          sums[index].hessian += sums[child].hessian
        }
      }
      built[index] = TreeNode(
        value: value(sums[index], nodes[index]), weight: nodes[index].sums.weight,
        split: nodes[index].split)
    }
    return DecisionTree(nodes: built.compactMap { $0 })
  }

  private func leafSums(_ grown: GrownTree, _ partition: RowPartition) -> [csimd_sums] {
    var pieces: [Piece] = []
    for leaf in grown.leaves {
      let node = grown.nodes[leaf]
      for rows in RowBlocks(rowCount: node.count, blockSize: Self.block) {
        pieces.append(Piece(leaf: leaf, start: node.start + rows.lowerBound, count: rows.count))
      }
    }
    var parts = [csimd_sums](repeating: csimd_sums(), count: pieces.count)
    // About a block's rows at a time: small leaves are dealt out several together.
    let groups = groups(pieces)
    parts.withUnsafeMutableBufferPointer { parts in
      // Each group writes the sums of its own pieces.
      nonisolated(unsafe) let parts = parts
      pool.forEach(groups.count) { group, _ in
        for index in groups[group] {
          parts[index] = gradients.sums(
            of: UnsafePointer(partition.indices.start + pieces[index].start),
            count: pieces[index].count)
        }
      }
    }
    var sums = [csimd_sums](repeating: csimd_sums(), count: grown.nodes.count)
    for (piece, part) in zip(pieces, parts) {
      sums[piece.leaf].gradient += part.gradient
      sums[piece.leaf].hessian += part.hessian
    }
    return sums
  }

  private func groups(_ pieces: [Piece]) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    var rows = 0
    for (index, piece) in pieces.enumerated() {
      rows += piece.count
      if rows >= Self.block {
        groups.append(start..<index + 1)
        start = index + 1
        rows = 0
      }
    }
    if start < pieces.count { groups.append(start..<pieces.count) }
    return groups
  }

  private func value(_ sums: csimd_sums, _ node: GrownTree.Node) -> Double {
    let unit = gradients.refitUnit * gradients.weights.scale
    let gradient = Double(sums.gradient) / unit
    let hessian = Double(sums.hessian) / unit + node.l2
    let rest = max(abs(gradient) - rules.options.l1, 0)
    let bounds = ValueBounds(
      lowest: node.bounds.lowest * rules.valueUnit,
      highest: node.bounds.highest * rules.valueUnit)
    let value = hessian > 0 ? (gradient < 0 ? rest : -rest) / hessian : 0
    return rules.options.learningRate * bounds.clip(value)
  }
}
