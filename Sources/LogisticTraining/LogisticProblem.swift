import Features
import Glibc
import Models
import Parallel

/// The data of a fit, checked, with the scratch memory that its kernels share.
///
/// Unknowns are numbered in the layout's order with the intercept last. Not `Sendable`: one fit at a
/// time; its kernels run side by side on disjoint rows and partial sums.
final class LogisticProblem {
  let matrix: FeatureMatrix
  let labels: [UInt8]
  let weights: [Double]?
  let pool: WorkerPool
  /// Rows cut into at most `blockLimit` blocks, whatever the number of threads.
  let blocks: RowBlocks
  /// Sum of weights, and of the weights of won rows.
  let totalWeight: Double
  let wonWeight: Double

  /// The log-odds of the last evaluation, one a row.
  var rawPredictions: [Double]
  /// The Hessian weights of the last evaluation, weight · p(1 − p), one a row.
  var hessianWeights: [Double]

  var layout: FeatureLayout { matrix.layout }
  var numberCount: Int { layout.numbers.count }
  var groupCount: Int { layout.groups.count }
  /// Unknowns: the columns and the intercept.
  let unknownCount: Int
  /// Where each group's slots start, a slot a level and one for "none of the indicators".
  let slotOffsets: [Int]
  let slotCount: Int

  /// Blocks at most: enough for the load to balance on a dozen threads, few enough that a block's
  /// partial sums (numbers × levels) are small beside its rows.
  static let blockLimit = 32
  /// Rows a block at least, so that small tables don't pay for partial sums.
  static let smallestBlock = 4_096

  init(
    _ matrix: FeatureMatrix, labels: [UInt8], weights: [Double]?, pool: WorkerPool
  ) throws {
    let rowCount = matrix.rowCount
    guard labels.count == rowCount else {
      throw LogisticError.countMismatch(what: "labels", expected: rowCount, found: labels.count)
    }
    if let weights, weights.count != rowCount {
      throw LogisticError.countMismatch(what: "weights", expected: rowCount, found: weights.count)
    }
    self.matrix = matrix
    self.labels = labels
    self.weights = weights
    self.pool = pool
    let share = (rowCount + Self.blockLimit - 1) / Self.blockLimit
    blocks = RowBlocks(rowCount: rowCount, blockSize: max(Self.smallestBlock, share))
    unknownCount = matrix.layout.coefficientCount + 1
    var offsets: [Int] = []
    var slots = 0
    for group in matrix.layout.groups {
      offsets.append(slots)
      slots += group.levels.count + 1
    }
    slotOffsets = offsets
    slotCount = slots
    try Self.checkCodes(matrix, blocks: blocks, pool: pool)
    (totalWeight, wonWeight) = try Self.sumWeights(labels: labels, weights: weights)
    rawPredictions = [Double](repeating: 0, count: rowCount)
    hessianWeights = [Double](repeating: 0, count: rowCount)
  }

  /// The log-odds of the observed rate, which is where fits start.
  var startIntercept: Double {
    log(wonWeight / (totalWeight - wonWeight))
  }

  /// The weight of each unknown's square in the penalty; 0 for the intercept.
  func penaltyWeights(_ penalty: Double) -> [Double] {
    layout.penaltyFactors.map { $0 * penalty } + [0]
  }

  /// Throws the first number that is not finite, if there is one.
  func checkNumbers() throws {
    guard numberCount > 0 else { return }
    if let position = matrix.numbers.firstIndex(where: { !$0.isFinite }) {
      throw LogisticError.notFinite(
        feature: layout.numbers[position % numberCount].name, row: position / numberCount)
    }
  }

  /// Kernels index by code, so every code is checked once.
  private static func checkCodes(
    _ matrix: FeatureMatrix, blocks: RowBlocks, pool: WorkerPool
  ) throws {
    let groupCount = matrix.layout.groups.count
    guard groupCount > 0 else { return }
    let limits = matrix.layout.groups.map { UInt16(clamping: $0.levels.count) }
    _ = try pool.map(blocks.count) { block in
      let rows = blocks[block]
      // Bounds: rows lie within the matrix, whose codes are rowCount × groupCount.
      try matrix.codes.withUnsafeBufferPointer { codes in
        try limits.withUnsafeBufferPointer { limits in
          for row in rows {
            for group in 0..<groupCount where codes[row * groupCount + group] > limits[group] {
              throw LogisticError.invalidCode(
                group: matrix.layout.groups[group].name, row: row,
                code: Int(codes[row * groupCount + group]), levels: Int(limits[group]))
            }
          }
        }
      }
    }
  }

  private static func sumWeights(
    labels: [UInt8], weights: [Double]?
  ) throws -> (total: Double, won: Double) {
    var total = 0.0
    var won = 0.0
    var rows = 0
    for row in labels.indices {
      let label = labels[row]
      guard label <= 1 else { throw LogisticError.invalidLabel(row: row, value: label) }
      let weight = weights?[row] ?? 1
      guard weight >= 0, weight.isFinite else {
        throw LogisticError.invalidWeight(row: row, value: weight)
      }
      total += weight
      if label == 1 { won += weight }
      if weight > 0 { rows += 1 }
    }
    guard total > 0 else { throw LogisticError.noRows }
    guard won > 0 else { throw LogisticError.oneClass(label: 0, rows: rows) }
    guard won < total else { throw LogisticError.oneClass(label: 1, rows: rows) }
    return (total, won)
  }
}
