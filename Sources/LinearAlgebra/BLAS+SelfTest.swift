import COpenBLAS

/// The routines that fits rest on, held against plain loops on small matrices.
enum SelfTest {
  /// (rows, columns): below, at and above the width of a kernel's tile, and tall enough for its
  /// unrolled inner loop and its remainder.
  private static let gramShapes = [(5, 3), (64, 16), (131, 25), (300, 67), (1_024, 33)]
  /// Below and above the order at which `potrf` turns to blocks.
  private static let factorOrders = [7, 32, 67, 213]

  static func run(core: String) -> LinearAlgebraError? {
    for (rows, columns) in gramShapes {
      let values = numbers(rows * columns, seed: UInt64(rows * 1_000 + columns))
      if let failure = checkGram(values, rows: rows, columns: columns, core: core) {
        return failure
      }
    }
    for order in factorOrders {
      if let failure = checkFactor(order: order, core: core) { return failure }
    }
    return nil
  }

  /// Numbers in −1..<1 from a linear congruential generator (Knuth's MMIX multiplier).
  static func numbers(_ count: Int, seed: UInt64) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 52) - 1
    }
  }

  /// `values' · values` by plain loops: `columns × columns`, row-major, upper triangle.
  static func plainGram(_ values: [Double], rows: Int, columns: Int) -> [Double] {
    var gram = [Double](repeating: 0, count: columns * columns)
    for row in 0..<rows {
      for first in 0..<columns {
        let factor = values[row * columns + first]
        for second in first..<columns {
          gram[first * columns + second] += factor * values[row * columns + second]
        }
      }
    }
    return gram
  }

  private static func checkGram(
    _ values: [Double], rows: Int, columns: Int, core: String
  ) -> LinearAlgebraError? {
    let expected = plainGram(values, rows: rows, columns: columns)
    var double = [Double](repeating: 0, count: columns * columns)
    BLAS.addGram(of: values, rowCount: rows, columnCount: columns, to: &double, stride: columns)
    var single = [Float](repeating: 0, count: columns * columns)
    cblas_ssyrk(
      CblasRowMajor, CblasUpper, CblasTrans, Int32(columns), Int32(rows), 1,
      values.map(Float.init), Int32(columns), 0, &single, Int32(columns))
    // Each entry is a sum of `rows` products of magnitude at most 1, so rounding stays below
    // rows × rows/2 units in the last place, and in practice far below.
    if let off = difference(
      double, expected, order: columns, limit: Double(rows) * 32 * Double.ulpOfOne)
    {
      return .selfTestFailed(routine: "dsyrk", order: columns, difference: off, core: core)
    }
    if let off = difference(
      single.map(Double.init), expected, order: columns,
      limit: Double(rows) * 32 * Double(Float.ulpOfOne))
    {
      return .selfTestFailed(routine: "ssyrk", order: columns, difference: off, core: core)
    }
    let factors = numbers(rows, seed: 11)
    var sums = [Double](repeating: 0, count: columns)
    BLAS.addTransposedProduct(
      of: values, rowCount: rows, columnCount: columns, factors: factors, to: &sums)
    for column in 0..<columns {
      var sum = 0.0
      for row in 0..<rows { sum += values[row * columns + column] * factors[row] }
      let off = abs(sum - sums[column])
      if !(off <= Double(rows) * 32 * Double.ulpOfOne) {
        return .selfTestFailed(routine: "dgemv", order: columns, difference: off, core: core)
      }
    }
    return nil
  }

  private static func checkFactor(order: Int, core: String) -> LinearAlgebraError? {
    let values = numbers(2 * order * order, seed: UInt64(order))
    var matrix = plainGram(values, rows: 2 * order, columns: order)
    for index in 0..<order { matrix[index * order + index] += 1 }
    var factor = matrix
    let code = LAPACKE_dpotrf(
      LAPACK.columnMajor, LAPACK.lower, Int32(order), &factor, Int32(order))
    guard code == 0 else {
      return .selfTestFailed(routine: "dpotrf", order: order, difference: .infinity, core: core)
    }
    // The upper row-major triangle R of the factor satisfies R'R = matrix: its rows are those of a
    // Gram matrix once what lies below the diagonal is cleared.
    for row in 0..<order {
      for column in 0..<row { factor[row * order + column] = 0 }
    }
    let product = plainGram(factor, rows: order, columns: order)
    let limit = Double(order) * 64 * Double.ulpOfOne * Double(order)
    if let off = difference(product, matrix, order: order, limit: limit) {
      return .selfTestFailed(routine: "dpotrf", order: order, difference: off, core: core)
    }
    return nil
  }

  /// The largest difference of two upper triangles, where it is above `limit`.
  static func difference(
    _ found: [Double], _ expected: [Double], order: Int, limit: Double
  ) -> Double? {
    var largest = 0.0
    for row in 0..<order {
      for column in row..<order {
        let off = abs(found[row * order + column] - expected[row * order + column])
        // Written so that a value that is not a number counts as a difference.
        if !(off <= largest) { largest = off }
      }
    }
    return largest <= limit ? nil : largest
  }
}
