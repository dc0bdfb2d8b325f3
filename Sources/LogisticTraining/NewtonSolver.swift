import LinearAlgebra

/// Newton's method with Armijo step halving.
///
/// The gradient is exact at every step; what the steps converge to does not depend on the Hessian. So a
/// Hessian is kept while it still brings the decrement down quickly, since a gradient costs a fraction
/// of it, and far from the optimum, where it changes from step to step anyway, that of a sample of the
/// rows does. Standard errors take the whole one.
struct NewtonSolver {
  let problem: LogisticProblem
  let options: LogisticOptions
  let penalty: Double
  let aliased: [Int]

  /// A Hessian is kept while it brings the decrement down to this share at every step. A fresh one costs
  /// about as much as five such steps, which gain six digits and more, as a fresh one does near the
  /// optimum.
  private static let reuseShare = 5e-2
  /// Half a decrement above which a sample's Hessian is good enough, in log-likelihood.
  private static let farGain = 1.0
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
    var coefficients = start ?? problem.startCoefficients
    for index in aliased { coefficients[index] = 0 }
    var point = evaluate(coefficients, penaltyWeights)
    if !point.objective.isFinite { try problem.checkNumbers() }
    let unpenalised = penaltyWeights.dropLast().contains(0)
    var sampleStride = problem.sampleStride
    // On a path of penalties the first steps go by the Hessian that the neighbour left behind.
    var factor =
      start == nil ? nil : try problem.lastHessian.map { try self.factor($0, penaltyWeights) }
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
        if !(halfDecrement > Self.farGain) { sampleStride = 1 }
        let fresh = try factorHessian(penaltyWeights, rowStride: sampleStride)
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
        if sampleStride > 1 {
          sampleStride = 1
          factor = nil
          point = evaluate(coefficients, penaltyWeights)
          continue
        }
        status = .noDescent
        break
      }
      (coefficients, point) = (next.coefficients, next.point)
      // A step that had to be halved says that the sample misses something.
      if next.scale < 1 { sampleStride = 1 }
      iterations += 1
    }
    if status == .noDescent {
      // A rejected trial was evaluated last.
      point = evaluate(coefficients, penaltyWeights)
    }
    var covariance: SymmetricMatrix?
    if options.wantsStandardErrors {
      covariance = try factorHessian(penaltyWeights, rowStride: 1).inverse()
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

  /// The Hessian of loss and penalty at the last evaluation, factored.
  private func factorHessian(
    _ penaltyWeights: [Double], rowStride: Int
  ) throws -> CholeskyFactor {
    let hessian = problem.hessian(
      rowStride > 1 ? problem.sampledRows(stride: rowStride) : problem.allRows)
    problem.lastHessian = hessian
    return try factor(hessian, penaltyWeights)
  }

  /// Adds the penalty to the loss's Hessian and factors it. Where rounding leaves it indefinite, its
  /// diagonal is raised until it is not: the steps become shorter, what they converge to stays.
  private func factor(
    _ lossHessian: SymmetricMatrix, _ penaltyWeights: [Double]
  ) throws -> CholeskyFactor {
    var hessian = lossHessian
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
  ) -> (coefficients: [Double], point: LogisticEvaluation, scale: Double)? {
    let noise = Self.objectiveNoise * point.objective.magnitude
    var scale = 1.0
    for _ in 0..<Self.maximumHalvings {
      var trial = coefficients
      for index in trial.indices { trial[index] += scale * step[index] }
      let next = evaluate(trial, penaltyWeights)
      let wanted = Self.sufficientGain * scale * 2 * halfDecrement
      if next.objective <= point.objective - wanted + noise {
        return (trial, next, scale)
      }
      scale *= 0.5
    }
    return nil
  }
}
