import Glibc
import Models

/// Outcome on a few columns by logistic regression with a normal prior, of grouped leads.
///
/// Minimises −Σ [won·η − leads·ln(1 + e^η)] + ½ Σ ((combination · coefficients − mean)/deviation)², where η =
/// offset + design · coefficients, by Newton's method with step halving. The objective is convex, so where
/// its gradient is 0 is the minimum.
struct PenalisedLogit: Sendable {
  /// A prior about a linear combination of the coefficients: combination · coefficients ~ N(mean, deviation²).
  struct Prior: Sendable {
    let combination: [Double]
    let mean: Double
    let deviation: Double
  }

  struct Minimum: Sendable {
    let coefficients: [Double]
    let objective: Double
    /// Second derivatives of the objective, row-major.
    let hessian: [Double]
    /// The largest derivative of the objective by a coefficient that was not held.
    let largestGradient: Double
  }

  let columnCount: Int
  /// Row-major, one row a group.
  let design: [Double]
  /// Added to the linear predictor; one a group, or none at all.
  let offsets: [Double]
  let leads: [Double]
  let won: [Double]
  let priors: [Prior]
  /// What is fitted, for errors.
  let name: String

  static let steps = 100

  /// - Parameter held: columns whose coefficients stay as in `start`.
  /// - Throws: `CalibrationError.notConverged`.
  func minimum(from start: [Double], holding held: Set<Int> = []) throws -> Minimum {
    precondition(start.count == columnCount, "one coefficient a column")
    let free = (0..<columnCount).filter { !held.contains($0) }
    var point = derivatives(at: start)
    for _ in 0..<Self.steps {
      guard let direction = newtonDirection(point, free: free) else { break }
      // Half the decrement is what a full step still gains. From here the next one would gain its square,
      // far below the rounding of the objective, which therefore can't judge this one.
      let decrement = -zip(direction, point.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      if decrement <= 1e-8 {
        return finished(
          derivatives(at: zip(point.coefficients, direction).map(+)), free: free)
      }
      var scale = 1.0
      var next = point
      repeat {
        next = derivatives(at: zip(point.coefficients, direction).map { $0 + scale * $1 })
        scale /= 2
      } while !(next.objective <= point.objective) && scale > 1e-12
      guard next.objective <= point.objective else { return finished(point, free: free) }
      point = next
    }
    throw CalibrationError.notConverged(what: name, steps: Self.steps)
  }

  private struct Point {
    var coefficients: [Double]
    var objective: Double
    var gradient: [Double]
    var hessian: [Double]
  }

  private func finished(_ point: Point, free: [Int]) -> Minimum {
    Minimum(
      coefficients: point.coefficients, objective: point.objective, hessian: point.hessian,
      largestGradient: free.map { abs(point.gradient[$0]) }.max() ?? 0)
  }

  private func newtonDirection(_ point: Point, free: [Int]) -> [Double]? {
    var direction = [Double](repeating: 0, count: columnCount)
    guard !free.isEmpty else { return direction }
    var matrix: [Double] = []
    for row in free {
      for column in free { matrix.append(point.hessian[row * columnCount + column]) }
    }
    guard let system = SmallSystem(matrix, order: free.count) else { return nil }
    for (position, value) in system.solve(free.map { -point.gradient[$0] }).enumerated() {
      direction[free[position]] = value
    }
    return direction
  }

  private func derivatives(at coefficients: [Double]) -> Point {
    let k = columnCount
    var objective = 0.0
    var gradient = [Double](repeating: 0, count: k)
    var hessian = [Double](repeating: 0, count: k * k)
    for group in leads.indices {
      let base = group * k
      var raw = offsets.isEmpty ? 0 : offsets[group]
      for column in 0..<k { raw += coefficients[column] * design[base + column] }
      // Both tails from one exponential: e = exp(−|raw|).
      let e = exponential(-abs(raw))
      let upper = 1 / (1 + e)
      let probability = raw >= 0 ? upper : e * upper
      let lost = leads[group] - won[group]
      objective += (raw >= 0 ? lost * raw : -won[group] * raw) + leads[group] * log1p(e)
      let excess = leads[group] * probability - won[group]
      let curvature = leads[group] * e * upper * upper
      for row in 0..<k {
        let value = design[base + row]
        gradient[row] += excess * value
        for column in 0...row {
          hessian[row * k + column] += curvature * value * design[base + column]
        }
      }
    }
    for prior in priors {
      let precision = 1 / (prior.deviation * prior.deviation)
      let distance =
        zip(prior.combination, coefficients).reduce(0) { $0 + $1.0 * $1.1 } - prior.mean
      objective += precision * distance * distance / 2
      for row in 0..<k {
        gradient[row] += precision * distance * prior.combination[row]
        for column in 0...row {
          hessian[row * k + column] +=
            precision * prior.combination[row] * prior.combination[column]
        }
      }
    }
    for row in 0..<k {
      for column in 0..<row { hessian[column * k + row] = hessian[row * k + column] }
    }
    return Point(
      coefficients: coefficients, objective: objective, gradient: gradient, hessian: hessian)
  }
}
