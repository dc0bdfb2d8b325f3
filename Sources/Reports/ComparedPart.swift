import Metrics

/// Rules and model on a part of the leads.
public struct ComparedPart: Codable, Sendable, Equatable {
  /// What is remarkable about the part.
  public enum Flag: String, Codable, Sendable {
    /// The model ranks these leads no better than chance, as far as they can tell.
    case modelFails
    case rulesFail
    case bothFail
    /// The model ranks these leads worse than the rules do, beyond chance.
    case rulesBetter
    case modelBetter
    /// Too few conversions to tell.
    case tooFew
    case level
  }

  public let name: String
  public let leads: Double
  public let conversions: Double
  public let modelAUC: AUCEstimate?
  public let rulesAUC: AUCEstimate?
  /// The model's AUC less the rules'.
  public let aucTest: PairedAUCTest?
  /// At the share of the headline, of this part alone.
  public let top: ComparisonReport.Top?
  public let meanProbability: Double?
  public let meanRuleScore: Double?
  public let flag: Flag

  public var conversionRate: Double? { leads > 0 ? conversions / leads : nil }

  public init(
    name: String, leads: Double, conversions: Double, modelAUC: AUCEstimate?,
    rulesAUC: AUCEstimate?, aucTest: PairedAUCTest?, top: ComparisonReport.Top?,
    meanProbability: Double?, meanRuleScore: Double?, flag: Flag
  ) {
    self.name = name
    self.leads = leads
    self.conversions = conversions
    self.modelAUC = modelAUC
    self.rulesAUC = rulesAUC
    self.aucTest = aucTest
    self.top = top
    self.meanProbability = meanProbability
    self.meanRuleScore = meanRuleScore
    self.flag = flag
  }
}

/// The leads by the values of one column.
public struct Segment: Codable, Sendable, Equatable {
  public let column: String
  /// The largest first, or in order of time; an empty name is a cell that is not filled in.
  public let parts: [ComparedPart]
  /// Leads of values that are too rare to be shown by themselves.
  public let others: Double

  public init(column: String, parts: [ComparedPart], others: Double) {
    self.column = column
    self.parts = parts
    self.others = others
  }
}

/// When an activity has to have been for a lead to count as contacted.
public enum ContactMoment: String, Codable, Sendable, CaseIterable {
  /// At the decision or after it, before the outcome and within the horizon: what the decision led to.
  case after
  /// Before the decision.
  case before
}

/// Who of the leads was contacted: rules decided it so far, and get credit for what contacting caused.
public struct ContactFigures: Codable, Sendable, Equatable {
  /// The column, or types of activity, that says so; `nil` where it is not known.
  public let column: String?
  /// The comparison among contacted leads alone; `nil` where it is not known, or none was.
  public let contacted: ComparedPart?
  /// Of activities; `nil` for a column.
  public let moment: ContactMoment?

  public init(column: String?, contacted: ComparedPart?, moment: ContactMoment? = nil) {
    self.column = column
    self.contacted = contacted
    self.moment = moment
  }
}
