import Glibc

/// Points and weights that integrate polynomials of degree up to 2 × count − 1 from 0 to 1 without
/// error, after Gauss and Legendre.
struct GaussLegendre: Sendable {
  /// Ascending, within 0 and 1.
  let points: [Double]
  /// They add up to 1.
  let weights: [Double]

  /// - Parameter count: at least 1.
  init(count: Int) {
    precondition(count >= 1, "an integral needs a point")
    var points = [Double](repeating: 0, count: count)
    var weights = points
    for index in 0..<count {
      // Newton's method from Chebyshev's approximation of the root; each root has one such start.
      var x = -cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<Self.steps {
        let (value, derivative) = Self.legendre(count, x)
        slope = derivative
        x -= value / derivative
      }
      points[index] = (1 + x) / 2
      weights[index] = 1 / ((1 - x * x) * slope * slope)
    }
    self.points = points
    self.weights = weights
  }

  /// Convergence is quadratic, and the start is right to two digits or more.
  private static let steps = 6

  /// The Legendre polynomial of a degree and its derivative, by the recurrence of three terms.
  private static func legendre(_ degree: Int, _ x: Double) -> (value: Double, derivative: Double) {
    var before = 1.0
    var value = x
    for k in stride(from: 2, through: degree, by: 1) {
      (before, value) = (
        value, (Double(2 * k - 1) * x * value - Double(k - 1) * before) / Double(k)
      )
    }
    return (value, Double(degree) * (x * value - before) / (x * x - 1))
  }
}
