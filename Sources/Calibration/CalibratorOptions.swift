/// How strongly a calibration is held to the identity.
public struct CalibratorOptions: Sendable, Equatable {
  /// Leads of the rarer class from which more than an intercept is fitted. Below, a slope is known to no
  /// better than a tenth, which is as far as slopes out of fold usually lie from 1.
  public var leadsForCurve = 200.0
  /// The standard deviation of the prior of the mean slope about 1: out of fold, slopes of models whose
  /// penalty or rounds the same folds chose lie mostly between 0.9 and 1.1. Docs/decisions/calibration.md
  /// has what other strengths cost and buy.
  public var slopeDeviation = 0.1
  /// The standard deviation of the prior, about 0, of half the difference of the slopes at the range's ends.
  public var bendDeviation = 0.1
  /// The least slope at either end, so that no two leads change places or become one.
  public var leastSlope = 0.05
  /// Share of the leads below and above the range of the parabola: a few far scores must not bend it.
  public var tailShare = 0.01
  /// The two-sided p-value below which an intercept is corrected where there are too few leads for a curve.
  public var interceptPValue = 0.01

  public init() {}

  /// - Throws: `CalibrationError.invalidOption`.
  func validated() throws -> CalibratorOptions {
    for (name, value) in [
      ("slopeDeviation", slopeDeviation), ("bendDeviation", bendDeviation),
      ("leadsForCurve", leadsForCurve),
    ] where !(value > 0 && value.isFinite) {
      throw CalibrationError.invalidOption(name: name, value: value, expected: "a number above 0")
    }
    guard leastSlope > 0, leastSlope <= 1 else {
      throw CalibrationError.invalidOption(
        name: "leastSlope", value: leastSlope, expected: "above 0, at most 1")
    }
    guard tailShare >= 0, tailShare < 0.5 else {
      throw CalibrationError.invalidOption(
        name: "tailShare", value: tailShare, expected: "from 0 to below 0.5")
    }
    guard interceptPValue > 0, interceptPValue < 1 else {
      throw CalibrationError.invalidOption(
        name: "interceptPValue", value: interceptPValue, expected: "between 0 and 1")
    }
    return self
  }
}
