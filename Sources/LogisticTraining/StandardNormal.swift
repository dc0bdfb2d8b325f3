import Glibc

/// The standard normal distribution, for p-values and intervals.
enum StandardNormal {
  /// The probability of a value at least as far from 0 as `z`, on either side.
  static func twoSidedProbability(_ z: Double) -> Double {
    erfc(z.magnitude / 2.0.squareRoot())
  }

  /// The value below which a share `probability` of the distribution lies; within 0 and 1.
  ///
  /// Newton's method on the distribution function in its accurate tail, with Halley's correction,
  /// from a logistic approximation.
  static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability between 0 and 1")
    let tail = min(probability, 1 - probability)
    guard tail < 0.5 else { return 0 }
    // The logistic curve of slope 1.702 is within 0.01 of the normal one.
    var z = log(tail / (1 - tail)) / 1.702
    for _ in 0..<60 {
      let below = 0.5 * erfc(-z / 2.0.squareRoot())
      let density = exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
      let ratio = (below - tail) / density
      let step = ratio / (1 + 0.5 * ratio * z)
      z -= step
      if step.magnitude <= 1e-15 * max(1, z.magnitude) { break }
    }
    return probability < 0.5 ? z : -z
  }
}
