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
    /// What would have to be added to its leads' log-odds, by the model that judged them.
    public let shift: Estimate
  }

  /// In log-odds: what to add to a model of all leads for the rate of today, with its error.
  public let shift: Estimate
  /// In time order.
  public let periods: [Period]
  /// How many of the last periods are recent: those of the last stretch.
  public let recentPeriods: Int
  /// How rare so much movement is in histories whose level stays.
  public let pValue: Double
  /// Twice by how much the log-likelihood rises where the level may wander.
  public let likelihoodRatio: Double
  /// Variances at the highest likelihood, in log-odds: of the level's step over a usual period, and of what is
  /// a period's own.
  public let walk: Double
  public let noise: Double

  /// Leads of the recent periods, of which converted, and the sum of their probabilities.
  public var recent: (leads: Double, conversions: Double, expected: Double) {
    periods.suffix(recentPeriods).reduce(into: (0, 0, 0)) {
      $0.0 += $1.leads
      $0.1 += $1.conversions
      $0.2 += $1.expected
    }
  }
}
