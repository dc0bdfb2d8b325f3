/// A symmetric positive definite system of a handful of unknowns, solved by Cholesky's method in plain
/// loops: at this size a call of LAPACK costs more than the work, and the loops give the same bits on every
/// machine.
struct SmallSystem: Sendable {
  let order: Int
  /// The lower triangle, row-major in a square.
  private var factor: [Double]

  /// - Parameter matrix: row-major, `order × order`.
  /// - Returns: `nil` where the matrix is not positive definite.
  init?(_ matrix: [Double], order: Int) {
    precondition(matrix.count == order * order, "a square matrix")
    self.order = order
    factor = matrix
    for row in 0..<order {
      for column in 0...row {
        var sum = matrix[row * order + column]
        for index in 0..<column {
          sum -= factor[row * order + index] * factor[column * order + index]
        }
        if row == column {
          // Below this share of its diagonal a pivot is rounding.
          guard sum > 1e-14 * matrix[row * order + row] else { return nil }
          factor[row * order + row] = sum.squareRoot()
        } else {
          factor[row * order + column] = sum / factor[column * order + column]
        }
      }
    }
  }

  func solve(_ rightHandSide: [Double]) -> [Double] {
    var values = halfSolve(rightHandSide)
    for row in stride(from: order - 1, through: 0, by: -1) {
      for below in row + 1..<max(order, row + 1) {
        values[row] -= factor[below * order + row] * values[below]
      }
      values[row] /= factor[row * order + row]
    }
    return values
  }

  /// vᵀ · matrix⁻¹ · v.
  func inverseForm(_ vector: [Double]) -> Double {
    halfSolve(vector).reduce(0) { $0 + $1 * $1 }
  }

  private func halfSolve(_ rightHandSide: [Double]) -> [Double] {
    precondition(rightHandSide.count == order, "one value an unknown")
    var values = rightHandSide
    for row in 0..<order {
      for column in 0..<row { values[row] -= factor[row * order + column] * values[column] }
      values[row] /= factor[row * order + row]
    }
    return values
  }
}
