import CSimd

/// Gradients and hessians of the log loss at the rows' scores, unrounded and as whole numbers.
///
/// A row's whole number is gradient · 2³² + hessian, the gradient in units of 1/32,766 and the hessian
/// in units of 1/262,136 whatever the number of rows, rounded after a dither that is hashed from the
/// seed, the tree and the row's identity. Whole numbers add up to the same sum in any order, and
/// 65,536 rows of weight 1 cannot overflow either half (`blockCapacity`).
struct Gradients {
  static let gradientUnit = Double(CSIMD_GRADIENT_UNIT)
  static let hessianUnit = Double(CSIMD_HESSIAN_UNIT)
  /// Loads (whole weights) that a packed sum can hold.
  static let blockCapacity = 65_536

  let rowCount: Int
  let weights: RowWeights
  /// Log-odds so far, one a row.
  let scores: AlignedBuffer<Double>
  /// Gradient and hessian, one pair a row, without weight.
  let raw: AlignedBuffer<Float>
  let packed: AlignedBuffer<Int64>
  private let labels: AlignedBuffer<UInt8>
  private let keys: AlignedBuffer<UInt32>?
  private let level: Int32
  /// Unrounded sums are taken in units of 1 / `refitUnit`: 2⁴⁰, or less where so many rows would
  /// overflow 63 bits.
  let refitUnit: Double

  init(rows: BoostingRows, weights: RowWeights, base: Double, seed: UInt64, level: Int32) {
    rowCount = rows.count
    self.weights = weights
    self.level = level
    // Kernels work on sixteen rows at a time.
    let padded = (rowCount + 15) / 16 * 16
    scores = AlignedBuffer(padded)
    raw = AlignedBuffer(2 * padded)
    packed = AlignedBuffer(padded + 32)
    labels = AlignedBuffer(padded)
    for (row, label) in rows.labels.enumerated() {
      labels.start[row] = label
      scores.start[row] = base
    }
    keys = rows.identities.map { identities in
      let keys = AlignedBuffer<UInt32>(padded)
      for (row, identity) in identities.enumerated() {
        keys.start[row] = UInt32(truncatingIfNeeded: CounterHash.bits(.identities, identity))
      }
      return keys
    }
    let bits = Int.bitWidth - weights.totalLoad.leadingZeroBitCount
    refitUnit = Double(sign: .plus, exponent: min(40, 62 - bits), significand: 1)
  }

  /// What a row's random numbers are drawn from; `nil` for its index.
  var rowKeys: UnsafePointer<UInt32>? { keys.map { UnsafePointer($0.start) } }

  /// Computes the gradients of some rows for a tree.
  ///
  /// - Parameters:
  ///   - rows: starts at a multiple of 16, and ends at one or at the last row.
  ///   - treeKey: from the seed and the tree.
  func update(_ rows: Range<Int>, treeKey: UInt32) {
    let end = (rows.upperBound + 15) / 16 * 16
    // All buffers hold the row count rounded up to 16 and live as long as `self`.
    csimd_gradients(
      scores.start, labels.start, rowKeys, treeKey, rows.lowerBound, end, raw.start, packed.start,
      level)
    if let fractions = weights.fractions {
      csimd_weigh_gradients(
        raw.start, fractions.start, rowKeys, treeKey, rows.lowerBound, rows.upperBound,
        packed.start)
    } else if let loads = weights.loads {
      // Both halves are multiplied at once: the hessian's product stays below 2³².
      for row in rows { packed.start[row] &*= Int64(loads.start[row]) }
    }
  }

  /// Sums of the unrounded gradients of some rows, weighted, in units of 1 / `refitUnit`.
  ///
  /// - Parameter rows: `count` indices, and 16 more, each below the row count, that may be read.
  func sums(of rows: UnsafePointer<UInt32>, count: Int) -> csimd_sums {
    csimd_sum_raw(
      raw.start, weights.loads?.start, weights.fractions?.start, rows, count, refitUnit)
  }
}
