/// How intervals for the conversion probability of a score are made.
public struct IntervalOptions: Sendable, Equatable {
  /// How often an interval is to hold the mean true probability of leads with the score.
  public var level = 0.9
  /// What the standard errors of the curve are multiplied by. Predictions out of fold are those of models
  /// that differ a little from the final one, which the curve's own error does not know: without this,
  /// intervals of 90% held the truth in 81% to 94% of draws, mostly below 90 (Docs/decisions/calibration.md).
  public var inflation = 1.1

  public init() {}

  /// - Throws: `CalibrationError.invalidOption`.
  func validated() throws -> IntervalOptions {
    guard level > 0, level < 1 else {
      throw CalibrationError.invalidOption(
        name: "level", value: level, expected: "between 0 and 1")
    }
    guard inflation >= 1, inflation.isFinite else {
      throw CalibrationError.invalidOption(
        name: "inflation", value: inflation, expected: "at least 1")
    }
    return self
  }
}
