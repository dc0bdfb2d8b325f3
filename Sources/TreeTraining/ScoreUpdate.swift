import Features
import Models
import Parallel

/// Brings the training rows' scores up to date with a tree, and their gradients with the scores.
struct ScoreUpdate {
  let columns: BinnedColumns
  let gradients: Gradients
  let pool: WorkerPool
  let level: Int32

  /// Rows that one thread works on at a time: a multiple of 16, a few stretches a thread where there
  /// are many, since each costs a search in every leaf.
  private var blocks: RowBlocks {
    let share = columns.rowCount / (4 * pool.threadCount)
    return RowBlocks(
      rowCount: columns.rowCount, blockSize: max(TreeReplay.block, (share + 15) / 16 * 16))
  }

  /// Computes the gradients of a tree's rows from the scores as they are.
  func start(treeKey: UInt32) {
    let blocks = blocks
    pool.forEach(blocks.count) { block, _ in gradients.update(blocks[block], treeKey: treeKey) }
  }

  /// Adds a tree's values to the scores, and computes the gradients for the next tree.
  ///
  /// - Parameters:
  ///   - tree: as it was refitted.
  ///   - grown: the same with its leaves' rows; rows behind `grownRows` in the partition were not
  ///     sampled, and take the tree's splits one by one.
  ///   - nextKey: the next tree's; `nil` if there is none.
  func add(
    _ tree: DecisionTree, _ grown: GrownTree, _ partition: RowPartition, grownRows: Int,
    memories: [TreeReplay.Memory], nextKey: UInt32?
  ) {
    let blocks = blocks
    let leaves = grown.leaves
    let replay = grownRows < columns.rowCount ? TreeReplay(tree, columns, level: level) : nil
    let indices = partition.indices.start
    pool.forEach(blocks.count) { block, worker in
      let rows = blocks[block]
      if tree.nodes.count > 1 {
        // Every run of indices ascends: those of this stretch of rows lie together.
        for leaf in leaves {
          let node = grown.nodes[leaf]
          let range = Self.stretch(indices, node.start, node.count, rows)
          let value = tree.nodes[leaf].value
          for index in range { gradients.scores.start[Int(indices[index])] += value }
        }
        if let replay {
          let rest = Self.stretch(indices, grownRows, columns.rowCount - grownRows, rows)
          let memory = memories[worker]
          for part in RowBlocks(rowCount: rest.count, blockSize: TreeReplay.block) {
            memory.rows.start.update(
              from: indices + rest.lowerBound + part.lowerBound, count: part.count)
            replay.add(to: gradients.scores.start, count: part.count, memory)
          }
        }
      }
      if let nextKey { gradients.update(rows, treeKey: nextKey) }
    }
  }

  /// Where in the ascending run of indices those of `rows` lie.
  private static func stretch(
    _ indices: UnsafePointer<UInt32>, _ start: Int, _ count: Int, _ rows: Range<Int>
  ) -> Range<Int> {
    func first(_ row: Int) -> Int {
      var low = start
      var high = start + count
      while low < high {
        let middle = (low + high) / 2
        if Int(indices[middle]) < row { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return first(rows.lowerBound)..<first(rows.upperBound)
  }
}
