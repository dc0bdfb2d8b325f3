import COpenBLAS

/// OpenBLAS, checked before it is trusted, on one thread: the fits bring their own.
public enum BLAS {
  /// Core family and build of the OpenBLAS in use, for reports. It differs between machines, so it
  /// does not belong in a model file.
  public static var description: String {
    "OpenBLAS \(coreName) (\(configuration))"
  }

  /// Holds `syrk`, `gemv` and `potrf` against plain loops and sets OpenBLAS to one thread.
  ///
  /// The first call does the work (some ten milliseconds); later ones return what it found.
  /// - Throws: `LinearAlgebraError.serialBLAS` or `.selfTestFailed`.
  public static func selfTest() throws {
    if let failure { throw failure }
  }

  private static let failure: LinearAlgebraError? = {
    openblas_set_num_threads(1)
    guard openblas_get_parallel() != 0 else {
      return .serialBLAS(configuration: configuration)
    }
    return SelfTest.run(core: coreName)
  }()

  private static var coreName: String {
    openblas_get_corename().map { String(cString: $0) } ?? "unknown"
  }

  private static var configuration: String {
    openblas_get_config().map { String(cString: $0) } ?? "unknown"
  }

  /// Adds `rows' · rows` to the upper triangle of `gram` (`dsyrk`).
  ///
  /// - Parameters:
  ///   - rows: `rowCount × columnCount` doubles, row-major; read during the call only.
  ///   - gram: `columnCount × stride` doubles, row-major; its upper triangle is added to.
  ///   - stride: doubles from one row of `gram` to the next, at least `columnCount`.
  public static func addGram(
    of rows: UnsafePointer<Double>, rowCount: Int, columnCount: Int,
    to gram: UnsafeMutablePointer<Double>, stride: Int
  ) {
    guard rowCount > 0, columnCount > 0 else { return }
    cblas_dsyrk(
      CblasRowMajor, CblasUpper, CblasTrans, Int32(columnCount), Int32(rowCount), 1, rows,
      Int32(columnCount), 1, gram, Int32(stride))
  }

  /// Adds `rows' · factors` to `sums` (`dgemv`).
  ///
  /// - Parameters:
  ///   - rows: `rowCount × columnCount` doubles, row-major; read during the call only.
  ///   - factors: `rowCount` doubles.
  ///   - sums: `columnCount` doubles, added to.
  public static func addTransposedProduct(
    of rows: UnsafePointer<Double>, rowCount: Int, columnCount: Int,
    factors: UnsafePointer<Double>, to sums: UnsafeMutablePointer<Double>
  ) {
    guard rowCount > 0, columnCount > 0 else { return }
    cblas_dgemv(
      CblasRowMajor, CblasTrans, Int32(rowCount), Int32(columnCount), 1, rows,
      Int32(columnCount), factors, 1, 1, sums, 1)
  }
}
