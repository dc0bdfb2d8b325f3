import Features
import LinearAlgebra
import Models
import Parallel

/// Fits logistic regression by Newton's method on the Cholesky factor of the Hessian (iteratively
/// reweighted least squares), with an L2 penalty or Firth's.
///
/// Indicator columns are never materialised, and sums are taken over fixed blocks of rows in block
/// order, so the coefficients are the same bits for any number of threads.
public struct LogisticTrainer: Sendable {
  public let options: LogisticOptions

  public init(_ options: ValidatedLogisticOptions) {
    self.options = options.options
  }

  /// - Throws: `LogisticError.invalidOption`.
  public init(_ options: LogisticOptions = LogisticOptions()) throws {
    self.init(try options.validated())
  }

  /// Fits one model.
  ///
  /// - Parameters:
  ///   - matrix: the features.
  ///   - labels: 1 for won and 0 for lost, one a row.
  ///   - weights: frequency weights, one a row: weight 2 equals the row twice. `nil` is 1 each.
  ///   - priorMeans: what the penalty draws the coefficients to, one a column of the layout; `nil` is 0
  ///     each.
  ///   - start: a model of the same layout to start from, such as one of a neighbouring penalty.
  ///   - pool: threads; the result does not depend on their number.
  /// - Returns: the fit, converged or not: look at `status`.
  /// - Throws: `LogisticError` for data that can't be fitted; `LinearAlgebraError` where BLAS fails
  ///   its self-test or a solve its residual check.
  public func fit(
    _ matrix: FeatureMatrix, labels: [UInt8], weights: [Double]? = nil,
    priorMeans: [Double]? = nil, start: LogisticModel? = nil, pool: WorkerPool
  ) throws -> LogisticFit {
    try BLAS.selfTest()
    let problem = try LogisticProblem(
      matrix, labels: labels, weights: weights, priorMeans: priorMeans, pool: pool)
    return try fit(problem, penalty: options.penalty, start: startValues(start, for: matrix.layout))
  }

  /// Fits a model for each penalty, from the strongest down, each from the one before.
  ///
  /// - Parameter penalties: in any order; `options.penalty` is not used.
  /// - Returns: one fit a penalty, in the order of `penalties`.
  /// - Throws: as `fit`; `LogisticError.invalidOption` for a penalty that is negative or not finite.
  public func fitPath(
    _ matrix: FeatureMatrix, labels: [UInt8], weights: [Double]? = nil, penalties: [Double],
    priorMeans: [Double]? = nil, pool: WorkerPool
  ) throws -> [LogisticFit] {
    for penalty in penalties where !(penalty >= 0 && penalty.isFinite) {
      throw LogisticError.invalidOption(
        name: "penalty", value: penalty, expected: "a finite number, at least 0")
    }
    try BLAS.selfTest()
    let problem = try LogisticProblem(
      matrix, labels: labels, weights: weights, priorMeans: priorMeans, pool: pool)
    let strongestFirst = penalties.indices.sorted {
      (penalties[$1], $0) < (penalties[$0], $1)
    }
    var fits = [LogisticFit?](repeating: nil, count: penalties.count)
    var start: [Double]?
    for index in strongestFirst {
      let fit = try fit(problem, penalty: penalties[index], start: start)
      start = fit.model.coefficients + [fit.model.intercept]
      fits[index] = fit
    }
    return fits.compactMap { $0 }
  }

  private func startValues(
    _ start: LogisticModel?, for layout: FeatureLayout
  ) throws -> [Double]? {
    guard let start else { return nil }
    guard start.coefficients.count == layout.coefficientCount else {
      throw LogisticError.startMismatch(
        expected: layout.coefficientCount, found: start.coefficients.count)
    }
    return start.coefficients + [start.intercept]
  }

  private func fit(
    _ problem: LogisticProblem, penalty: Double, start: [Double]?
  ) throws -> LogisticFit {
    let aliased = try problem.aliasedColumns(penalty: penalty)
    let solution: LogisticSolution
    if options.firth {
      solution = try FirthSolver(
        problem: problem, options: options, penalty: penalty, aliased: aliased
      ).solve(from: start)
    } else {
      solution = try NewtonSolver(
        problem: problem, options: options, penalty: penalty, aliased: aliased
      ).solve(from: start)
    }
    let layout = problem.layout
    let names = layout.coefficientNames
    var standardErrors: [Double]?
    if let covariance = solution.covariance {
      standardErrors = (0..<layout.coefficientCount).map {
        covariance[$0, $0].squareRoot()
      }
    }
    let model = LogisticModel(
      layout: layout, intercept: solution.coefficients[layout.coefficientCount],
      coefficients: Array(solution.coefficients[..<layout.coefficientCount]),
      standardErrors: standardErrors,
      intervalKind: penalty > 0 || options.firth ? .posterior : .confidence,
      featureMeans: problem.featureMeans)
    return LogisticFit(
      model: model, status: solution.status, iterations: solution.iterations, penalty: penalty,
      maximumGradient: solution.maximumGradient, newtonDecrement: solution.newtonDecrement,
      logLoss: solution.logLoss, objective: solution.objective,
      aliased: aliased.map { names[$0] }, covarianceMatrix: solution.covariance)
  }
}
