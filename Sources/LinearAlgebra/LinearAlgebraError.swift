/// What can go wrong below the fits: a broken BLAS, or a matrix that has no factor.
public enum LinearAlgebraError: Error, Equatable, CustomStringConvertible {
  /// The installed OpenBLAS was built without threads, and gives wrong results when called from
  /// several threads.
  case serialBLAS(configuration: String)
  /// A BLAS routine disagreed with plain loops at start-up.
  case selfTestFailed(routine: String, order: Int, difference: Double, core: String)
  /// A leading block of the matrix is not positive definite.
  case notPositiveDefinite(order: Int, leadingBlock: Int)
  /// A matrix held a value that is not finite.
  case notFinite(order: Int)
  /// A solve came back with a residual far above rounding.
  case residualTooLarge(order: Int, residual: Double, allowed: Double)
  /// LAPACK refused an argument.
  case refused(routine: String, code: Int)

  public var description: String {
    switch self {
    case .serialBLAS(let configuration):
      return "The installed OpenBLAS (\(configuration)) was built without threads and is not safe "
        + "to call from several. Install libopenblas0-pthread and remove libopenblas0-serial."
    case .selfTestFailed(let routine, let order, let difference, let core):
      return "OpenBLAS gives wrong results on this processor: \(routine) of order \(order) is off "
        + "by \(difference) with its \(core) kernels. Set OPENBLAS_CORETYPE to another family "
        + "(Haswell is safe on x86-64) or install a newer OpenBLAS."
    case .notPositiveDefinite(let order, let leadingBlock):
      return "A matrix of order \(order) is not positive definite (leading block "
        + "\(leadingBlock)). Columns are collinear: add a penalty or leave some out."
    case .notFinite(let order):
      return "A matrix of order \(order) holds values that are not finite. Check the features for "
        + "infinite or missing numbers."
    case .residualTooLarge(let order, let residual, let allowed):
      return "Solving \(order) equations left a residual of \(residual), where rounding explains "
        + "\(allowed). Set OPENBLAS_CORETYPE to another family (Haswell is safe on x86-64)."
    case .refused(let routine, let code):
      return "LAPACK's \(routine) refused its arguments (code \(code))."
    }
  }
}
