import Metrics

/// How rule scores move over time: from one decision about a lead to the next, and from month to month.
public struct ScoreMovement: Codable, Sendable, Equatable {
  /// The leads of which there are decisions at both of two ages.
  public struct Step: Codable, Sendable, Equatable {
    /// In days; `nil` where decisions are not of a few ages, so that each is set against the next.
    public let fromAge: Double?
    public let toAge: Double?
    public let leads: Double
    public let rose: Double
    public let fell: Double
    /// Means of the rule score.
    public let before: Double
    public let after: Double
    /// Around the mean change; `nil` with fewer than two leads.
    public let interval: ConfidenceInterval?
    /// Means of the model's probability.
    public let probabilityBefore: Double
    public let probabilityAfter: Double

    public init(
      fromAge: Double?, toAge: Double?, leads: Double, rose: Double, fell: Double, before: Double,
      after: Double, interval: ConfidenceInterval?, probabilityBefore: Double,
      probabilityAfter: Double
    ) {
      self.fromAge = fromAge
      self.toAge = toAge
      self.leads = leads
      self.rose = rose
      self.fell = fell
      self.before = before
      self.after = after
      self.interval = interval
      self.probabilityBefore = probabilityBefore
      self.probabilityAfter = probabilityAfter
    }

    public var level: Double { max(0, leads - rose - fell) }
  }

  /// First decisions about leads, by month.
  public struct Month: Codable, Sendable, Equatable {
    /// `2025-03`.
    public let month: String
    public let leads: Double
    public let conversions: Double
    /// `nil` for months without weight, as the next.
    public let meanScore: Double?
    public let meanProbability: Double?

    public init(
      month: String, leads: Double, conversions: Double, meanScore: Double?,
      meanProbability: Double?
    ) {
      self.month = month
      self.leads = leads
      self.conversions = conversions
      self.meanScore = meanScore
      self.meanProbability = meanProbability
    }
  }

  /// What happens to the score of one lead.
  public enum Verdict: String, Codable, Sendable {
    /// At most one move in a hundred is a fall.
    case onlyUp
    case upAndDown
    /// Hardly any score moves.
    case still
    /// Too few leads were decided on twice.
    case unknown
  }

  /// The younger to the older; empty where each lead was decided on once.
  public let steps: [Step]
  /// In order; empty with fewer than two.
  public let months: [Month]
  public let verdict: Verdict
  /// The mean score of first decisions in the later half of the months less that in the earlier half;
  /// `nil` with fewer than two months, or too few leads.
  public let trend: Double?
  public let trendInterval: ConfidenceInterval?
  /// The same of the conversion rate.
  public let rateTrend: Double?
  public let rateInterval: ConfidenceInterval?

  public init(
    steps: [Step], months: [Month], verdict: Verdict, trend: Double?,
    trendInterval: ConfidenceInterval?, rateTrend: Double?, rateInterval: ConfidenceInterval?
  ) {
    self.steps = steps
    self.months = months
    self.verdict = verdict
    self.trend = trend
    self.trendInterval = trendInterval
    self.rateTrend = rateTrend
    self.rateInterval = rateInterval
  }

  /// Whether scores rise from month to month beyond chance while conversions do not.
  public var inflates: Bool {
    guard let low = trendInterval?.low, low > 0 else { return false }
    return (rateInterval?.low ?? 0) <= 0
  }

  public var rose: Double { steps.reduce(0) { $0 + $1.rose } }
  public var fell: Double { steps.reduce(0) { $0 + $1.fell } }
  public var level: Double { steps.reduce(0) { $0 + $1.level } }
}
