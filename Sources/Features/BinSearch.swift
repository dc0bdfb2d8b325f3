import CSimd

/// Thresholds laid out for the binning kernel.
///
/// Kernel: hands raw memory to C.
struct BinSearch: Sendable {
  private let table: [Double]
  private let thresholdCount: Int
  private let missingBin: UInt8
  private let level: Int32

  init(_ thresholds: BinThresholds, level: Int32 = csimd_level()) {
    let pivotCount = Int(csimd_bin_pivots)
    var bounds = [Double](repeating: .nan, count: Int(csimd_bin_bounds))
    for (index, value) in thresholds.values.enumerated() { bounds[index] = value }
    let pivots = (0..<pivotCount).map { bounds[16 * $0 + 15] }
    table = pivots + bounds
    thresholdCount = thresholds.values.count
    missingBin = UInt8(thresholds.valueBinCount)
    self.level = level
  }

  /// Writes the bins of `values[rows[range]]`, or of `values[range]` without rows; NaN has the bin
  /// behind the others.
  ///
  /// - Parameter bins: room for `range.count` bytes. Every row of the range, or that `rows` names in
  ///   it, is an index of `values`; checked by the caller.
  func write(
    _ values: [Double], rows: [Int]?, range: Range<Int>, to bins: UnsafeMutablePointer<UInt8>
  ) {
    precondition(range.upperBound <= (rows?.count ?? values.count), "rows beyond the column")
    values.withUnsafeBufferPointer { values in
      table.withUnsafeBufferPointer { table in
        guard let table = table.baseAddress, let first = values.baseAddress else { return }
        if let rows {
          rows.withUnsafeBufferPointer { rows in
            guard let rows = rows.baseAddress else { return }
            csimd_bin_values(
              first, rows + range.lowerBound, range.count, table, thresholdCount, missingBin,
              level, bins)
          }
        } else {
          csimd_bin_values(
            first + range.lowerBound, nil, range.count, table, thresholdCount, missingBin, level,
            bins)
        }
      }
    }
  }
}
