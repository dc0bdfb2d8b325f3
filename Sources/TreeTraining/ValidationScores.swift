import CSimd
import Features
import Models
import Parallel

/// Rows that trees are not grown on, their log-odds so far, and how well these do.
struct ValidationScores {
  private let columns: BinnedColumns
  private let blocks: RowBlocks
  private let scores: AlignedBuffer<Double>
  private let labels: AlignedBuffer<UInt8>
  private let weights: AlignedBuffer<Double>?
  private let totalWeight: Double
  private let level: Int32

  /// - Throws: ``BoostingError/noRows`` where none weighs anything.
  init(_ rows: BoostingRows, base: Double, level: Int32) throws {
    columns = rows.columns
    blocks = RowBlocks(rowCount: rows.count, blockSize: TreeReplay.block)
    self.level = level
    totalWeight = rows.weights?.reduce(0, +) ?? Double(rows.count)
    guard totalWeight > 0 else { throw BoostingError.noRows }
    // Kernels read up to seven rows more.
    scores = AlignedBuffer(rows.count + 8)
    labels = AlignedBuffer(rows.count + 8)
    weights = rows.weights.map { weights in
      let buffer = AlignedBuffer<Double>(weights.count + 8)
      for (row, weight) in weights.enumerated() { buffer.start[row] = weight }
      return buffer
    }
    for (row, label) in rows.labels.enumerated() {
      labels.start[row] = label
      scores.start[row] = base
    }
  }

  /// Adds the values of a round's trees and returns the mean log loss, summed block by block.
  func add(_ trees: [DecisionTree], _ memories: [TreeReplay.Memory], pool: WorkerPool) -> Double {
    let replays = trees.map { TreeReplay($0, columns, level: level) }
    return add(pool: pool) { rows, worker, scores in
      let memory = memories[worker]
      for index in 0..<rows.count { memory.rows.start[index] = UInt32(rows.lowerBound + index) }
      for replay in replays { replay.add(to: scores, count: rows.count, memory) }
    }
  }

  /// Sets the scores of all rows.
  func set(_ rawPredictions: [Double]) {
    precondition(rawPredictions.count == columns.rowCount, "one score a row")
    for (row, raw) in rawPredictions.enumerated() { scores.start[row] = raw }
  }

  /// Has a function add to the scores and returns the mean log loss, summed block by block.
  /// - Parameter body: adds to the scores of some rows; these are indices into the scores. May be called
  ///   from several threads, each with rows of its own.
  func add(
    pool: WorkerPool,
    _ body: (_ rows: Range<Int>, _ worker: Int, _ scores: UnsafeMutablePointer<Double>) -> Void
  ) -> Double {
    var losses = [Double](repeating: 0, count: blocks.count)
    losses.withUnsafeMutableBufferPointer { losses in
      // Each block writes its own loss, and the scores of its own rows.
      nonisolated(unsafe) let losses = losses
      pool.forEach(blocks.count) { block, worker in
        let rows = blocks[block]
        body(rows, worker, scores.start)
        losses[block] = csimd_log_loss(
          scores.start, labels.start, weights?.start, rows.lowerBound, rows.upperBound, level)
      }
    }
    return losses.reduce(0, +) / totalWeight
  }
}
