/// How intervals for the conversion probability of a score are made.
public struct IntervalOptions: Sendable, Equatable {
  /// How often an interval is to hold the mean true probability of leads with the score.
  public var level = 0.9
  /// By how much the standard errors of the curve are raised for each standard deviation that a score lies
  /// from the mean, up to two. Predictions out of fold are those of models that learned from fewer leads
  /// and are a little less sharp than the final one: their slope is off, which the curve's own error does
  /// not know and which tells at the ends (Docs/decisions/calibration.md).
  public var slopeAllowance = 0.1

  public init() {}

  /// - Throws: `CalibrationError.invalidOption`.
  func validated() throws -> IntervalOptions {
    guard level > 0, level < 1 else {
      throw CalibrationError.invalidOption(
        name: "level", value: level, expected: "between 0 and 1")
    }
    guard slopeAllowance >= 0, slopeAllowance.isFinite else {
      throw CalibrationError.invalidOption(
        name: "slopeAllowance", value: slopeAllowance, expected: "at least 0")
    }
    return self
  }
}
