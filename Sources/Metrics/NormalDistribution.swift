import Glibc

/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability of a value at least as far from zero as `z`, on either side.
  public static func twoSidedTail(_ z: Double) -> Double {
    erfc(abs(z) / 2.0.squareRoot())
  }

  /// The value below which lies the share `probability`, which must be between 0 and 1.
  ///
  /// Acklam's rational approximation (relative error below 1.15e-9), followed by one step of Halley's
  /// method on `erfc`, which brings it to the accuracy of `erfc` itself.
  public static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile needs a share between 0 and 1")
    let start = approximateQuantile(probability)
    let error = 0.5 * erfc(-start / 2.0.squareRoot()) - probability
    let step = error * (2 * Double.pi).squareRoot() * exp(start * start / 2)
    return start - step / (1 + start * step / 2)
  }

  /// Half the width, in standard errors, of a two-sided interval: 1.96 for a level of 0.95.
  public static func halfWidth(level: Double) -> Double {
    precondition(level > 0 && level < 1, "a level must be between 0 and 1")
    return -quantile((1 - level) / 2)
  }

  private static func approximateQuantile(_ probability: Double) -> Double {
    // Acklam's coefficients; the tails begin at 0.02425.
    let tail = 0.02425
    if probability < tail { return lowerTail((-2 * log(probability)).squareRoot()) }
    if probability > 1 - tail { return -lowerTail((-2 * log1p(-probability)).squareRoot()) }
    let q = probability - 0.5
    let r = q * q
    let numerator = horner(
      r,
      [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
        1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00,
      ])
    let denominator = horner(
      r,
      [
        -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
        6.680131188771972e+01, -1.328068155288572e+01, 1,
      ])
    return q * numerator / denominator
  }

  private static func lowerTail(_ q: Double) -> Double {
    let numerator = horner(
      q,
      [
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
        -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00,
      ])
    let denominator = horner(
      q,
      [
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
        3.754408661907416e+00, 1,
      ])
    return numerator / denominator
  }

  private static func horner(_ x: Double, _ coefficients: [Double]) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }
}
