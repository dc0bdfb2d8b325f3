/// Two bounds and how often such bounds hold the truth.
public struct ConfidenceInterval: Codable, Sendable, Equatable {
  public let low: Double
  public let high: Double
  /// 0.95 unless asked otherwise.
  public let level: Double

  public init(low: Double, high: Double, level: Double = 0.95) {
    self.low = low
    self.high = high
    self.level = level
  }

  public func contains(_ value: Double) -> Bool {
    value >= low && value <= high
  }

  /// `value` plus and minus the normal quantile times the standard error.
  public static func normal(
    around value: Double, standardError: Double, level: Double = 0.95
  ) -> ConfidenceInterval {
    let reach = NormalDistribution.halfWidth(level: level) * standardError
    return ConfidenceInterval(low: value - reach, high: value + reach, level: level)
  }

  /// The interval of a conversion rate by Wilson's score method (1927): it stays within 0 and 1 and
  /// keeps its level at small counts and at rates near zero, where `rate ± 2 SE` does not.
  ///
  /// - Parameters:
  ///   - conversions: leads that converted, 0 to `leads`; fractions are allowed (weights, ties).
  ///   - leads: leads in all.
  /// - Returns: `nil` without leads.
  public static func wilson(
    conversions: Double, leads: Double, level: Double = 0.95
  ) -> ConfidenceInterval? {
    guard leads > 0 else { return nil }
    let z = NormalDistribution.halfWidth(level: level)
    let rate = conversions / leads
    let shrink = 1 + z * z / leads
    let centre = (rate + z * z / (2 * leads)) / shrink
    let spread = max(0, rate * (1 - rate) / leads + z * z / (4 * leads * leads))
    let reach = z * spread.squareRoot() / shrink
    return ConfidenceInterval(
      low: conversions <= 0 ? 0 : max(0, centre - reach),
      high: conversions >= leads ? 1 : min(1, centre + reach), level: level)
  }

  /// The interval of the difference of two conversion rates, the first less the second: the hybrid of
  /// their Wilson intervals (Newcombe, Statistics in Medicine 1998, method 10).
  ///
  /// - Returns: `nil` without leads on either side.
  public static func newcombe(
    conversions: Double, leads: Double, otherConversions: Double, otherLeads: Double,
    level: Double = 0.95
  ) -> ConfidenceInterval? {
    guard let own = wilson(conversions: conversions, leads: leads, level: level),
      let other = wilson(conversions: otherConversions, leads: otherLeads, level: level)
    else { return nil }
    let (rate, otherRate) = (conversions / leads, otherConversions / otherLeads)
    func reach(_ first: Double, _ second: Double) -> Double {
      (first * first + second * second).squareRoot()
    }
    return ConfidenceInterval(
      low: rate - otherRate - reach(rate - own.low, other.high - otherRate),
      high: rate - otherRate + reach(own.high - rate, otherRate - other.low), level: level)
  }
}
