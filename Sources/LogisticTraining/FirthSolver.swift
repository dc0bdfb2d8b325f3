import LinearAlgebra
import Models

/// Firth's penalised likelihood with FLIC.
///
/// Maximises the log-likelihood, less the L2 penalty, plus half the log determinant of the information
/// A = X′WX + λP (Firth 1993, Biometrika 80; Heinze and Schemper 2002, Statistics in Medicine 21).
/// With λ = 0 that is Jeffreys' prior; with λ > 0 the penalty's own information is counted in A, which
/// keeps it regular where indicators of all levels stand beside the intercept. Its gradient adds
/// hᵢ(½ − pᵢ) to each row's residual, hᵢ the row's share of the hat matrix. Steps are A⁻¹ times the
/// gradient, halved while the objective does not fall.
///
/// FLIC (Puhr et al. 2017, Statistics in Medicine 36): the intercept alone is then fitted again by
/// maximum likelihood, so that the mean probability is the observed rate; the other coefficients and
/// their covariances stay those of Firth.
struct FirthSolver {
  let problem: LogisticProblem
  let options: LogisticOptions
  let penalty: Double
  let aliased: [Int]

  private static let maximumHalvings = 40
  private static let objectiveNoise = 1e-13

  /// The penalised objective at a point, with what the next step needs.
  private struct Point {
    var evaluation: LogisticEvaluation
    var objective: Double
    var gradient: [Double]
    var factor: CholeskyFactor

    var largestGradient: Double { gradient.reduce(0) { max($0, $1.magnitude) } }
  }

  func solve(from start: [Double]?) throws -> LogisticSolution {
    let penaltyWeights = problem.penaltyWeights(penalty)
    var coefficients = start ?? problem.startCoefficients
    for index in aliased { coefficients[index] = 0 }
    try problem.checkNumbers()
    guard var point = try evaluate(coefficients, penaltyWeights) else {
      throw LinearAlgebraError.notPositiveDefinite(
        order: problem.unknownCount, leadingBlock: problem.unknownCount)
    }
    var halfDecrement = Double.infinity
    var iterations = 0
    var status = LogisticStatus.iterationLimit
    while true {
      let step = try point.factor.solve(point.gradient.map { -$0 })
      var product = 0.0
      for index in step.indices { product -= step[index] * point.gradient[index] }
      halfDecrement = 0.5 * product
      if point.largestGradient <= options.gradientTolerance * problem.totalWeight,
        halfDecrement <= options.decrementTolerance
      {
        status = .converged
        break
      }
      guard iterations < options.maximumIterations else { break }
      guard let next = try search(from: coefficients, point, step, penaltyWeights) else {
        status = .noDescent
        break
      }
      (coefficients, point) = next
      iterations += 1
    }
    return try finish(
      coefficients, point, penaltyWeights, status: status, iterations: iterations,
      halfDecrement: halfDecrement)
  }

  private func search(
    from coefficients: [Double], _ point: Point, _ step: [Double], _ penaltyWeights: [Double]
  ) throws -> (coefficients: [Double], point: Point)? {
    let noise = Self.objectiveNoise * point.objective.magnitude
    var scale = 1.0
    for _ in 0..<Self.maximumHalvings {
      var trial = coefficients
      for index in trial.indices { trial[index] += scale * step[index] }
      if let next = try evaluate(trial, penaltyWeights), next.objective <= point.objective + noise {
        return (trial, next)
      }
      scale *= 0.5
    }
    return nil
  }

  /// `nil` where the information is singular to working precision, which a shorter step avoids.
  private func evaluate(
    _ coefficients: [Double], _ penaltyWeights: [Double]
  ) throws -> Point? {
    let evaluation = problem.evaluate(
      coefficients, penaltyWeights: penaltyWeights, excluded: aliased)
    let factor: CholeskyFactor
    do {
      factor = try CholeskyFactor(of: information(penaltyWeights))
    } catch LinearAlgebraError.notPositiveDefinite {
      return nil
    }
    var gradient = evaluation.gradient
    var inverse = try factor.inverse()
    for index in aliased { inverse[index, index] = 0 }
    for (index, value) in problem.priorGradient(inverse: inverse).enumerated() {
      gradient[index] += value
    }
    for index in aliased { gradient[index] = 0 }
    return Point(
      evaluation: evaluation,
      objective: evaluation.objective - 0.5 * factor.logDeterminant,
      gradient: gradient, factor: factor)
  }

  private func information(_ penaltyWeights: [Double]) -> SymmetricMatrix {
    var hessian = problem.hessian(problem.allRows)
    for index in penaltyWeights.indices { hessian[index, index] += penaltyWeights[index] }
    for index in aliased { hessian.isolate(index) }
    return hessian
  }

  private func finish(
    _ coefficients: [Double], _ point: Point, _ penaltyWeights: [Double], status: LogisticStatus,
    iterations: Int, halfDecrement: Double
  ) throws -> LogisticSolution {
    var final = coefficients
    let last = problem.unknownCount - 1
    var covariance = options.wantsStandardErrors ? try point.factor.inverse() : nil
    // The intercept alone, the rest held: Newton on one unknown, where the loss is convex.
    var evaluation = problem.evaluate(
      final, penaltyWeights: penaltyWeights, excluded: aliased)
    var previous = Double.infinity
    while evaluation.gradient[last].magnitude > 1e-14 * problem.totalWeight,
      evaluation.gradient[last].magnitude < previous
    {
      previous = evaluation.gradient[last].magnitude
      let slope = problem.hessianWeights.reduce(0, +)
      guard slope > 0 else { break }
      final[last] -= evaluation.gradient[last] / slope
      evaluation = problem.evaluate(final, penaltyWeights: penaltyWeights, excluded: aliased)
    }
    if var table = covariance {
      for index in aliased {
        table.isolate(index)
        table[index, index] = 0
      }
      // The intercept's variance is that of the information at the final probabilities.
      table[last, last] = try CholeskyFactor(of: information(penaltyWeights)).inverse()[last, last]
      covariance = table
    }
    return LogisticSolution(
      coefficients: final, status: status, iterations: iterations,
      maximumGradient: point.largestGradient / problem.totalWeight,
      newtonDecrement: halfDecrement, logLoss: evaluation.loss / problem.totalWeight,
      objective: point.objective, covariance: covariance)
  }
}
