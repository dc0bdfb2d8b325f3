import Features
import Models

/// A tree as its splits are carried out on rows that it was not grown on.
///
/// A few thousand rows at a time are parted split by split, so that each column is read in order and
/// what is worked on stays in the cache.
struct TreeReplay {
  private struct Step {
    let column: UnsafePointer<UInt8>
    let test: BinTest
    let left: Int
    let right: Int
  }

  /// Rows that are worked on at a time.
  static let block = 8_192

  /// The columns live as long as this does.
  private let columns: BinnedColumns
  private let steps: [Step?]
  private let values: [Double]

  init(_ tree: DecisionTree, _ columns: BinnedColumns, level: Int32) {
    self.columns = columns
    values = tree.nodes.map(\.value)
    steps = tree.nodes.map { node in
      node.split.map { split in
        Step(
          column: columns.column(split.feature),
          test: BinTest(
            split.condition, missingBin: columns.features[split.feature].missingBin,
            missingGoesLeft: split.missingGoesLeft, level: level),
          left: split.leftChild, right: split.rightChild)
      }
    }
  }

  /// One thread's rows.
  ///
  /// `@unchecked Sendable`: a thread has its own.
  final class Memory: @unchecked Sendable {
    let rows = AlignedBuffer<UInt32>(block)
    fileprivate let left = AlignedBuffer<UInt32>(block)
    fileprivate let right = AlignedBuffer<UInt32>(block)
    fileprivate var stack: [(node: Int, start: Int, count: Int)] = []
  }

  /// Adds the tree's values to the scores of the first `count` rows that `memory` names, at most
  /// `block`.
  func add(to scores: UnsafeMutablePointer<Double>, count: Int, _ memory: Memory) {
    let rows = memory.rows.start
    memory.stack.append((0, 0, count))
    while let (node, start, count) = memory.stack.popLast() {
      guard let step = steps[node] else {
        for index in start..<start + count { scores[Int(rows[index])] += values[node] }
        continue
      }
      let left = step.test.part(
        step.column, rows + start, start: 0, count: count, left: memory.left.start,
        right: memory.right.start)
      (rows + start).update(from: memory.left.start, count: left)
      (rows + start + left).update(from: memory.right.start, count: count - left)
      if left < count { memory.stack.append((step.right, start + left, count - left)) }
      if left > 0 { memory.stack.append((step.left, start, left)) }
    }
  }
}
