import Metrics

/// That the base rate drifted beyond doubt, and by how much the recent rate lies off what the model means.
public struct BaseRateShift: Codable, Sendable, Equatable {
  /// A stretch of time, with what was expected of its leads and what they did.
  public struct Period: Codable, Sendable, Equatable {
    /// The times of its first and last lead.
    public let from: Double
    public let to: Double
    public let leads: Double
    public let conversions: Double
    /// The sum of the model's probabilities.
    public let expected: Double
    /// What would have to be added to its leads' log-odds.
    public let shift: Estimate
  }

  /// In log-odds: what to add for the recent rate, with its error.
  public let shift: Estimate
  /// In time order; the last is the recent one.
  public let periods: [Period]
  /// The two-sided p-value of the recent period's shift.
  public let pValue: Double
  /// By how much the mean log loss of all periods but the first fell, on each being given the shift of the
  /// one before it.
  public let logLossGain: Double
  /// The gain in standard errors.
  public let gainStatistic: Double

  public var recent: Period { periods[periods.count - 1] }
}
