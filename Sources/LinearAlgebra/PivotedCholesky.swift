import COpenBLAS

/// The rank of a positive semidefinite matrix, and which columns depend on the others (LAPACK
/// `dpstrf`: Cholesky with complete pivoting).
public struct PivotedCholesky: Sendable, Equatable {
  /// Columns that are independent.
  public let rank: Int
  /// Column indices in the order in which they were chosen; the first `rank` are independent.
  public let pivots: [Int]

  /// Columns that are sums of multiples of the chosen ones, in rising order.
  public var dependentColumns: [Int] { pivots[rank...].sorted() }

  /// - Parameters:
  ///   - matrix: positive semidefinite; scale it to a unit diagonal where the columns have different
  ///     units.
  ///   - tolerance: a column whose remaining diagonal is at most this depends on those before it.
  /// - Throws: `LinearAlgebraError.notFinite`.
  public init(of matrix: SymmetricMatrix, tolerance: Double) throws {
    let order = matrix.order
    guard order > 0 else {
      rank = 0
      pivots = []
      return
    }
    guard matrix.values.allSatisfy(\.isFinite) else {
      throw LinearAlgebraError.notFinite(order: order)
    }
    var factor = matrix.values
    var positions = [Int32](repeating: 0, count: order)
    var found: Int32 = 0
    let code = LAPACKE_dpstrf(
      LAPACK.columnMajor, LAPACK.lower, Int32(order), &factor, Int32(order), &positions, &found,
      tolerance)
    guard code >= 0 else { throw LinearAlgebraError.refused(routine: "dpstrf", code: Int(code)) }
    rank = Int(found)
    pivots = positions.map { Int($0) - 1 }
  }
}
