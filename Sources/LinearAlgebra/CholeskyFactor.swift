import COpenBLAS

/// The Cholesky factor of a symmetric positive definite matrix (LAPACK `dpotrf`).
public struct CholeskyFactor: Sendable {
  public let order: Int

  /// The matrix that was factored, for the residual of each solve.
  private let matrix: SymmetricMatrix
  /// Column-major lower triangle, which is the row-major upper one.
  private let factor: [Double]
  /// The largest absolute row sum of the matrix.
  private let norm: Double

  /// - Throws: `LinearAlgebraError.notPositiveDefinite` or `.notFinite`.
  public init(of matrix: SymmetricMatrix) throws {
    order = matrix.order
    self.matrix = matrix
    norm = Self.largestRowSum(of: matrix)
    guard norm.isFinite else { throw LinearAlgebraError.notFinite(order: order) }
    var factor = matrix.values
    if order > 0 {
      let code = LAPACKE_dpotrf(
        LAPACK.columnMajor, LAPACK.lower, Int32(order), &factor, Int32(order))
      if code > 0 {
        throw LinearAlgebraError.notPositiveDefinite(order: order, leadingBlock: Int(code))
      }
      if code < 0 { throw LinearAlgebraError.refused(routine: "dpotrf", code: Int(code)) }
    }
    self.factor = factor
  }

  /// Solves `matrix · x = rightHandSide` (LAPACK `dpotrs`) and checks the residual.
  ///
  /// - Throws: `LinearAlgebraError.residualTooLarge` where the residual is far above what rounding
  ///   explains (Higham, Accuracy and Stability of Numerical Algorithms, theorem 10.4).
  public func solve(_ rightHandSide: [Double]) throws -> [Double] {
    precondition(rightHandSide.count == order, "one value a row")
    guard order > 0 else { return [] }
    var solution = rightHandSide
    let code = LAPACKE_dpotrs(
      LAPACK.columnMajor, LAPACK.lower, Int32(order), 1, factor, Int32(order), &solution,
      Int32(order))
    guard code == 0 else { throw LinearAlgebraError.refused(routine: "dpotrs", code: Int(code)) }
    let product = matrix.multiplied(by: solution)
    var residual = 0.0
    var largest = 0.0
    var largestRight = 0.0
    for row in 0..<order {
      // `max` would let a value that is not a number pass.
      let difference = abs(product[row] - rightHandSide[row])
      if !(difference <= residual) { residual = difference }
      largest = max(largest, abs(solution[row]))
      largestRight = max(largestRight, abs(rightHandSide[row]))
    }
    let scale = norm * largest + largestRight
    let allowed = 8 * Double(order + 8) * Double.ulpOfOne * scale
    guard residual <= allowed else {
      throw LinearAlgebraError.residualTooLarge(
        order: order, residual: residual, allowed: allowed)
    }
    return solution
  }

  /// The inverse of the matrix (LAPACK `dpotri`), its upper triangle filled in.
  public func inverse() throws -> SymmetricMatrix {
    var inverse = SymmetricMatrix(order: order)
    guard order > 0 else { return inverse }
    let factor = self.factor
    let code = inverse.withUnsafeMutableValues { values in
      _ = values.update(from: factor)
      return LAPACKE_dpotri(
        LAPACK.columnMajor, LAPACK.lower, Int32(order), values.baseAddress, Int32(order))
    }
    guard code == 0 else { throw LinearAlgebraError.refused(routine: "dpotri", code: Int(code)) }
    return inverse
  }

  /// The logarithm of the matrix's determinant.
  public var logDeterminant: Double {
    var sum = 0.0
    for index in 0..<order { sum += Logarithm.natural(factor[index * order + index]) }
    return 2 * sum
  }

  private static func largestRowSum(of matrix: SymmetricMatrix) -> Double {
    let order = matrix.order
    var sums = [Double](repeating: 0, count: order)
    for row in 0..<order {
      for column in row..<order {
        let value = abs(matrix.values[row * order + column])
        sums[row] += value
        if column != row { sums[column] += value }
      }
    }
    var largest = 0.0
    for sum in sums where !(sum <= largest) { largest = sum }
    return largest
  }
}
