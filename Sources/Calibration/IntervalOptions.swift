/// How intervals for the conversion probability of a score are made.
public struct IntervalOptions: Sendable, Equatable {
  /// How often an interval is to hold the mean true probability of leads with the score.
  public var level = 0.9
  /// By how much the standard errors of the curve are raised for each standard deviation that a score lies
  /// from the mean, up to two. Predictions out of fold are those of models that learned from fewer leads
  /// and are a little less sharp than the final one: their slope is off, which the curve's own error does
  /// not know and which tells at the ends (Docs/decisions/calibration.md).
  public var slopeAllowance = 0.1
  /// The same below `leadsForUsualSlope`: penalty, rounds and weights are chosen so that the slope out of fold
  /// is about 1, by so few conversions that the final model's slope is off by a third more than the curve's own
  /// error of it, and no calibration corrects it.
  public var fewSlopeAllowance = 0.15
  /// Leads of the rarer class from which `slopeAllowance` is enough.
  public var leadsForUsualSlope = 200.0

  public init() {}

  /// - Throws: `CalibrationError.invalidOption`.
  func validated() throws -> IntervalOptions {
    guard level > 0, level < 1 else {
      throw CalibrationError.invalidOption(
        name: "level", value: level, expected: "between 0 and 1")
    }
    for (name, value) in [
      ("slopeAllowance", slopeAllowance), ("fewSlopeAllowance", fewSlopeAllowance),
      ("leadsForUsualSlope", leadsForUsualSlope),
    ] where !(value >= 0 && value.isFinite) {
      throw CalibrationError.invalidOption(name: name, value: value, expected: "at least 0")
    }
    return self
  }

  /// What a band of so many leads of the rarer class is raised by.
  func slopeAllowance(rarerClass: Double) -> Double {
    rarerClass < leadsForUsualSlope ? fewSlopeAllowance : slopeAllowance
  }
}
