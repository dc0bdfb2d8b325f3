import Features
import Glibc
import LinearAlgebra
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
  /// What the penalty draws each unknown to; the intercept's is never used.
  let priorMeans: [Double]
  let pool: WorkerPool
  /// Rows cut into at most `blockLimit` blocks, whatever the number of threads.
  let blocks: RowBlocks
  /// Sum of weights, and of the weights of won rows.
  let totalWeight: Double
  let wonWeight: Double

  /// Rows of the rarest level that occurs.
  private let rarestLevel: Int

  /// The log-odds of the last evaluation, one a row.
  var rawPredictions: [Double]
  /// The Hessian weights of the last evaluation, weight · p(1 − p), one a row.
  var hessianWeights: [Double]

  /// The loss's Hessian that was computed last, of all rows or a sample.
  var lastHessian: SymmetricMatrix?

  /// What an average lead has, one a column of the layout.
  private(set) lazy var featureMeans = meanFeatures()

  /// The sample of the last `sampledRows`.
  private var sample: RowSample?

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
    _ matrix: FeatureMatrix, labels: [UInt8], weights: [Double]?, priorMeans: [Double]? = nil,
    pool: WorkerPool
  ) throws {
    let rowCount = matrix.rowCount
    let coefficientCount = matrix.layout.coefficientCount
    if let priorMeans, priorMeans.count != coefficientCount {
      throw LogisticError.countMismatch(
        what: "prior means", expected: coefficientCount, found: priorMeans.count)
    }
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
    unknownCount = coefficientCount + 1
    self.priorMeans = (priorMeans ?? [Double](repeating: 0, count: coefficientCount)) + [0]
    var offsets: [Int] = []
    var slots = 0
    for group in matrix.layout.groups {
      offsets.append(slots)
      slots += group.levels.count + 1
    }
    slotOffsets = offsets
    slotCount = slots
    rarestLevel = try Self.checkCodes(
      matrix, offsets: offsets, slots: slots, blocks: blocks, pool: pool)
    (totalWeight, wonWeight) = try Self.sumWeights(labels: labels, weights: weights)
    rawPredictions = [Double](repeating: 0, count: rowCount)
    hessianWeights = [Double](repeating: 0, count: rowCount)
  }

  /// Where fits start: the log-odds of the observed rate, and every coefficient 0.
  var startCoefficients: [Double] {
    var coefficients = [Double](repeating: 0, count: unknownCount)
    coefficients[unknownCount - 1] = log(wonWeight / (totalWeight - wonWeight))
    return coefficients
  }

  /// One row of so many gives a Hessian that serves far from the optimum; 1 where the table is too
  /// small, or some level too rare, for a sample of rows.
  ///
  /// With 128 rows a column, the sample's curvature is within some 20% of the table's in every
  /// direction (its relative error is about 2√(columns / rows)); beyond one row of eight, the gradient
  /// is what costs.
  var sampleStride: Int {
    var stride = 8
    while stride > 1, blocks.rowCount / stride < 128 * unknownCount || rarestLevel / stride < 32 {
      stride /= 2
    }
    return stride
  }

  /// All rows with the Hessian weights of the last evaluation.
  var allRows: HessianRows {
    HessianRows(
      numbers: matrix.numbers, codes: matrix.codes, weights: hessianWeights, blocks: blocks)
  }

  /// One row of so many, with the Hessian weights of the last evaluation.
  func sampledRows(stride: Int) -> HessianRows {
    if let sample, sample.stride == stride { return sample.rows(weights: hessianWeights) }
    let fresh = RowSample(of: self, stride: stride)
    sample = fresh
    return fresh.rows(weights: hessianWeights)
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
  /// - Returns: rows of the rarest level that occurs.
  private static func checkCodes(
    _ matrix: FeatureMatrix, offsets: [Int], slots: Int, blocks: RowBlocks, pool: WorkerPool
  ) throws -> Int {
    let groupCount = matrix.layout.groups.count
    guard groupCount > 0 else { return matrix.rowCount }
    let limits = matrix.layout.groups.map { UInt16(clamping: $0.levels.count) }
    let counts = try pool.map(blocks.count) { block in
      var counts = [Int](repeating: 0, count: slots)
      // Bounds: rows lie within the matrix, whose codes are rowCount × groupCount; a slot is an
      // offset plus a code that was compared with its group's limit.
      try matrix.codes.withUnsafeBufferPointer { codes in
        try limits.withUnsafeBufferPointer { limits in
          try counts.withUnsafeMutableBufferPointer { counts in
            for row in blocks[block] {
              for group in 0..<groupCount {
                let code = codes[row * groupCount + group]
                guard code <= limits[group] else {
                  throw LogisticError.invalidCode(
                    group: matrix.layout.groups[group].name, row: row, code: Int(code),
                    levels: Int(limits[group]))
                }
                counts[offsets[group] + Int(code)] += 1
              }
            }
          }
        }
      }
      return counts
    }
    return (0..<slots).reduce(matrix.rowCount) { rarest, slot in
      let count = counts.reduce(0) { $0 + $1[slot] }
      return count > 0 ? min(rarest, count) : rarest
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
