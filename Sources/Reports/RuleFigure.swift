import Metrics

/// What one rule says of conversion: leads that it holds of against all others.
public struct RuleFigure: Codable, Sendable, Equatable {
  public enum Verdict: String, Codable, Sendable {
    /// Leads with its points convert more where it gives them, less where it takes them.
    case agrees
    /// The other way round, beyond chance.
    case wrongSign
    /// No difference that these leads could show.
    case predictsNothing
    /// Too few leads on one of the two sides to tell.
    case tooFew
  }

  public let rule: String
  public let group: String
  /// What it gave, on average, where it held; 0 for a rule that only disqualifies.
  public let points: Double
  /// Leads that it holds of.
  public let leads: Double
  public let conversions: Double
  public let conversionRate: Double?
  /// Wilson's.
  public let interval: ConfidenceInterval?
  /// Of all other leads.
  public let otherRate: Double?
  /// The first rate less the second; Newcombe's interval.
  public let difference: Double?
  public let differenceInterval: ConfidenceInterval?
  public let verdict: Verdict

  public init(
    rule: String, group: String, points: Double, leads: Double, conversions: Double,
    conversionRate: Double?, interval: ConfidenceInterval?, otherRate: Double?,
    difference: Double?, differenceInterval: ConfidenceInterval?, verdict: Verdict
  ) {
    self.rule = rule
    self.group = group
    self.points = points
    self.leads = leads
    self.conversions = conversions
    self.conversionRate = conversionRate
    self.interval = interval
    self.otherRate = otherRate
    self.difference = difference
    self.differenceInterval = differenceInterval
    self.verdict = verdict
  }
}

/// Two rules that hold of nearly the same leads, which then get points twice for one thing.
public struct RuleOverlap: Codable, Sendable, Equatable {
  public let first: String
  public let second: String
  /// Leads that either holds of.
  public let either: Double
  /// Leads that both hold of.
  public let both: Double

  public var share: Double { either > 0 ? both / either : 0 }

  public init(first: String, second: String, either: Double, both: Double) {
    self.first = first
    self.second = second
    self.either = either
    self.both = both
  }
}

/// A column of the rules that is filled when or after the outcome is known.
public struct LateColumn: Codable, Sendable, Equatable {
  public let column: String
  /// Whether it is the outcome itself.
  public let isOutcome: Bool

  public init(column: String, isOutcome: Bool) {
    self.column = column
    self.isOutcome = isOutcome
  }
}
