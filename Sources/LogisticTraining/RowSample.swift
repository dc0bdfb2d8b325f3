import Parallel

/// The rows that a Hessian is summed over: all of a table's, or an even sample of them.
struct HessianRows {
  /// Rows × number features.
  let numbers: [Double]
  /// Rows × groups.
  let codes: [UInt16]
  /// Hessian weights, one a row.
  let weights: [Double]
  let blocks: RowBlocks
}

/// One row of every `stride`, each at a place of its own within them, copied out.
///
/// Which rows are taken depends on their number alone. The place varies (a multiplicative hash, by
/// Knuth's golden ratio), so that a period in the table does not meet a period in the sample.
struct RowSample {
  let stride: Int
  let numbers: [Double]
  let codes: [UInt16]
  let blocks: RowBlocks

  init(of problem: LogisticProblem, stride: Int) {
    let blocks = RowBlocks(
      rowCount: problem.matrix.rowCount / stride,
      blockSize: max(1, (problem.blocks.blockSize + stride - 1) / stride))
    self.stride = stride
    self.blocks = blocks
    numbers = Self.gather(
      problem.matrix.numbers, width: problem.numberCount, stride: stride, blocks: blocks,
      pool: problem.pool)
    codes = Self.gather(
      problem.matrix.codes, width: problem.groupCount, stride: stride, blocks: blocks,
      pool: problem.pool)
  }

  /// The sample with its share of `weights`, each standing for `stride` rows.
  func rows(weights: [Double]) -> HessianRows {
    let factor = Double(stride)
    return HessianRows(
      numbers: numbers, codes: codes,
      weights: (0..<blocks.rowCount).map {
        factor * weights[Self.row($0, stride: stride)]
      },
      blocks: blocks)
  }

  /// The row at a position of the sample: within its own `stride` rows.
  private static func row(_ position: Int, stride: Int) -> Int {
    position * stride + ((position &* 2_654_435_769) >> 8 & 0xFFFF) % stride
  }

  private static func gather<Value: BitwiseCopyable>(
    _ values: [Value], width: Int, stride: Int, blocks: RowBlocks, pool: WorkerPool
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: blocks.rowCount * width) { output, count in
      values.withUnsafeBufferPointer { values in
        // Each block writes its own rows; a sampled row lies within the table, so its `width` values
        // lie within `values`. The pool joins before the array is read.
        nonisolated(unsafe) let output = output
        nonisolated(unsafe) let values = values
        pool.forEach(blocks.count) { block, _ in
          for position in blocks[block] {
            let source = row(position, stride: stride) * width
            for column in 0..<width {
              output.initializeElement(at: position * width + column, to: values[source + column])
            }
          }
        }
      }
      count = blocks.rowCount * width
    }
  }
}
