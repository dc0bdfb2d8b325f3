import LinearAlgebra

/// What a solver hands back, unknowns in the layout's order with the intercept last.
struct LogisticSolution {
  var coefficients: [Double]
  var status: LogisticStatus
  var iterations: Int
  /// Divided by the sum of weights.
  var maximumGradient: Double
  var newtonDecrement: Double
  /// Mean.
  var logLoss: Double
  var objective: Double
  /// Zeros in rows and columns of aliased unknowns.
  var covariance: SymmetricMatrix?
}

/// Newton's method with Armijo step halving.
///
/// The gradient is exact at every step. The Hessian is kept for another step while the decrement still
/// falls by a factor of a hundred with it: a gradient costs a fraction of a Hessian, and what the
/// steps converge to does not depend on it.
struct NewtonSolver {
  let problem: LogisticProblem
  let options: LogisticOptions
  let penalty: Double
  let aliased: [Int]

  /// A Hessian is kept while it brings the decrement down to this share at every step.
  private static let reuseShare = 1e-2
  /// Share of the predicted gain that a step must bring (Armijo's condition; Nocedal and Wright,
  /// Numerical Optimization, 3.1).
  private static let sufficientGain = 1e-4
  private static let maximumHalvings = 40
  /// Rounding of the objective, relative to it: gains below this can't be told from none.
  private static let objectiveNoise = 1e-13
  /// Half a decrement below this and rows whose log-odds still move by `separationMove`: the data are
  /// separated. At a finite optimum both go to zero together; along a direction that separates, each
  /// Newton step moves the log-odds by 1 for ever while the gain falls by e.
  private static let separationGain = 1e-4
  private static let separationMove = 0.5

  func solve(from start: [Double]?) throws -> LogisticSolution {
    let penaltyWeights = problem.penaltyWeights(penalty)
    var coefficients = try start ?? startCoefficients()
    for index in aliased { coefficients[index] = 0 }
    var point = evaluate(coefficients, penaltyWeights)
    if !point.objective.isFinite { try problem.checkNumbers() }
    let unpenalised = penaltyWeights.dropLast().contains(0)
    var factor: CholeskyFactor?
    var step: [Double] = []
    var halfDecrement = Double.infinity
    var iterations = 0
    var status = LogisticStatus.iterationLimit
    while true {
      if let kept = factor {
        let previous = halfDecrement
        (step, halfDecrement) = try newtonStep(kept, point.gradient)
        if !converged(point, halfDecrement), halfDecrement > Self.reuseShare * previous {
          factor = nil
        }
      }
      if factor == nil {
        let fresh = try factorHessian(penaltyWeights)
        (step, halfDecrement) = try newtonStep(fresh, point.gradient)
        factor = fresh
      }
      if converged(point, halfDecrement) {
        status = .converged
        break
      }
      if unpenalised, iterations > 1, halfDecrement < Self.separationGain,
        point.largestChange > Self.separationMove
      {
        status = .separated
        break
      }
      guard iterations < options.maximumIterations else { break }
      guard
        let next = search(
          from: coefficients, point, step, halfDecrement: halfDecrement, penaltyWeights)
      else {
        status = .noDescent
        break
      }
      (coefficients, point) = next
      iterations += 1
    }
    if status == .noDescent {
      // A rejected trial was evaluated last.
      point = evaluate(coefficients, penaltyWeights)
    }
    var covariance: SymmetricMatrix?
    if options.wantsStandardErrors {
      covariance = try factorHessian(penaltyWeights).inverse()
      for index in aliased {
        covariance?.isolate(index)
        covariance?[index, index] = 0
      }
    }
    return LogisticSolution(
      coefficients: coefficients, status: status, iterations: iterations,
      maximumGradient: point.largestGradient / problem.totalWeight,
      newtonDecrement: halfDecrement, logLoss: point.loss / problem.totalWeight,
      objective: point.objective, covariance: covariance)
  }

  private func converged(_ point: LogisticEvaluation, _ halfDecrement: Double) -> Bool {
    point.largestGradient <= options.gradientTolerance * problem.totalWeight
      && halfDecrement <= options.decrementTolerance
  }

  private func evaluate(
    _ coefficients: [Double], _ penaltyWeights: [Double]
  ) -> LogisticEvaluation {
    problem.evaluate(coefficients, penaltyWeights: penaltyWeights, excluded: aliased)
  }

  private func newtonStep(
    _ factor: CholeskyFactor, _ gradient: [Double]
  ) throws -> (step: [Double], halfDecrement: Double) {
    let step = try factor.solve(gradient.map { -$0 })
    var product = 0.0
    for index in step.indices { product -= step[index] * gradient[index] }
    return (step, 0.5 * product)
  }

  /// The Hessian of loss and penalty at the last evaluation, factored. Where rounding leaves it
  /// indefinite, its diagonal is raised until it is not: the steps become shorter, what they converge
  /// to stays.
  private func factorHessian(_ penaltyWeights: [Double]) throws -> CholeskyFactor {
    var hessian = problem.hessian()
    for index in penaltyWeights.indices { hessian[index, index] += penaltyWeights[index] }
    for index in aliased { hessian.isolate(index) }
    var raise = 1e-12
    while true {
      do {
        return try CholeskyFactor(of: hessian)
      } catch LinearAlgebraError.notPositiveDefinite(let order, let block) {
        guard raise < 1 else {
          throw LinearAlgebraError.notPositiveDefinite(order: order, leadingBlock: block)
        }
        for index in penaltyWeights.indices {
          hessian[index, index] += raise * max(hessian[index, index], Double.leastNormalMagnitude)
        }
        raise *= 100
      }
    }
  }

  /// The first of the step and its halves that lowers the objective enough; `nil` where none does.
  private func search(
    from coefficients: [Double], _ point: LogisticEvaluation, _ step: [Double],
    halfDecrement: Double, _ penaltyWeights: [Double]
  ) -> (coefficients: [Double], point: LogisticEvaluation)? {
    let noise = Self.objectiveNoise * point.objective.magnitude
    var scale = 1.0
    for _ in 0..<Self.maximumHalvings {
      var trial = coefficients
      for index in trial.indices { trial[index] += scale * step[index] }
      let next = evaluate(trial, penaltyWeights)
      let wanted = Self.sufficientGain * scale * 2 * halfDecrement
      if next.objective <= point.objective - wanted + noise { return (trial, next) }
      scale *= 0.5
    }
    return nil
  }

  private func startCoefficients() throws -> [Double] {
    var coefficients = [Double](repeating: 0, count: problem.unknownCount)
    coefficients[problem.unknownCount - 1] = problem.startIntercept
    return coefficients
  }
}
