import Metrics

/// The share of all conversions that working the list from the top finds, by each score.
public struct GainCurves: Codable, Sendable, Equatable {
  public struct Point: Codable, Sendable, Equatable {
    /// Of the leads, 0 to 1.
    public let share: Double
    /// Of the conversions, in expectation where the cut goes through leads of equal score.
    public let model: Double
    public let rules: Double
    /// The model's less the rules'.
    public let difference: Double
    /// Percentiles of the bootstrap, point by point.
    public let modelInterval: ConfidenceInterval
    public let rulesInterval: ConfidenceInterval
    public let differenceInterval: ConfidenceInterval

    public init(
      share: Double, model: Double, rules: Double, difference: Double,
      modelInterval: ConfidenceInterval, rulesInterval: ConfidenceInterval,
      differenceInterval: ConfidenceInterval
    ) {
      self.share = share
      self.model = model
      self.rules = rules
      self.difference = difference
      self.modelInterval = modelInterval
      self.rulesInterval = rulesInterval
      self.differenceInterval = differenceInterval
    }
  }

  /// From a share of 0 to one of 1.
  public let points: [Point]

  public init(points: [Point]) { self.points = points }
}
