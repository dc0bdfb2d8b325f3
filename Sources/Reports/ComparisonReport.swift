import Metrics

/// Rule score and model judged on the same leads.
public struct ComparisonReport: Report {
  /// Which leads these were.
  public enum Population: String, Codable, Sendable {
    /// Kept away from training.
    case heldOut
    /// Training leads, each scored by a model that was fitted without it.
    case outOfFold
    /// Leads that came later or from elsewhere.
    case newData
  }

  /// What the figures say.
  public enum Verdict: String, Codable, Sendable {
    case modelFindsMore
    case rulesFindMore
    case notDistinguishable
    /// There are no won or no lost leads, so nothing can be compared.
    case undefined
  }

  /// How one of the two scores ranks the leads.
  public struct Contender: Codable, Sendable, Equatable {
    /// `nil` unless there are both won and lost leads.
    public let auc: AUCEstimate?
    public let averagePrecision: Double?
    /// One a share of `ComparisonReport.tops`, in that order.
    public let topShares: [TopShare]
    /// By tenths of the leads, best scored first.
    public let gain: [GainBand]

    public init(
      auc: AUCEstimate?, averagePrecision: Double?, topShares: [TopShare], gain: [GainBand]
    ) {
      self.auc = auc
      self.averagePrecision = averagePrecision
      self.topShares = topShares
      self.gain = gain
    }
  }

  /// Some leads and what became of them. Expected numbers where a cut goes through a tie.
  public struct Group: Codable, Sendable, Equatable {
    public let leads: Double
    public let conversions: Double

    public init(leads: Double, conversions: Double) {
      self.leads = leads
      self.conversions = conversions
    }

    /// `nil` without leads.
    public var conversionRate: Double? { leads > 0 ? conversions / leads : nil }
  }

  /// The same number of leads taken by each score: who is on both lists, who on one alone.
  public struct Top: Codable, Sendable, Equatable {
    /// Of all leads, 0 to 1.
    public let share: Double
    /// Leads taken by each.
    public let leads: Double
    public let both: Group
    public let modelOnly: Group
    public let rulesOnly: Group
    /// Conversions that the model finds less those that the rules find.
    public let difference: Double
    /// Around the difference, from the buyers that one finds and the other does not.
    public let interval: ConfidenceInterval

    public init(
      share: Double, leads: Double, both: Group, modelOnly: Group, rulesOnly: Group,
      difference: Double, interval: ConfidenceInterval
    ) {
      self.share = share
      self.leads = leads
      self.both = both
      self.modelOnly = modelOnly
      self.rulesOnly = rulesOnly
      self.difference = difference
      self.interval = interval
    }
  }

  /// Leads of about the same rule score.
  public struct ScoreBand: Codable, Sendable, Equatable {
    /// The lowest and highest rule score seen in the band.
    public let lowest: Double
    public let highest: Double
    public let leads: Double
    public let conversions: Double
    public let conversionRate: Double
    /// Wilson's, around the conversion rate.
    public let interval: ConfidenceInterval
    /// What the model gives these leads, on average.
    public let meanProbability: Double

    public init(
      lowest: Double, highest: Double, leads: Double, conversions: Double,
      conversionRate: Double, interval: ConfidenceInterval, meanProbability: Double
    ) {
      self.lowest = lowest
      self.highest = highest
      self.leads = leads
      self.conversions = conversions
      self.conversionRate = conversionRate
      self.interval = interval
      self.meanProbability = meanProbability
    }
  }

  public let population: Population
  /// `bank@v0001`; `nil` where the model has no name yet.
  public let model: String?
  /// What the rule score is: a rule file's name, or a column's.
  public let rules: String?
  /// Leads, weights counted.
  public let leads: Double
  public let conversions: Double
  public let baseRate: Double
  public let byModel: Contender
  public let byRules: Contender
  /// The model's AUC less the rules', tested on the same leads; `nil` with fewer than two won or lost.
  public let aucTest: PairedAUCTest?
  /// Of the model's probabilities; points are no probabilities and have none.
  public let logLoss: Double
  /// What giving every lead the base rate would have.
  public let baseRateLogLoss: Double
  public let brier: Double
  /// The lists that each score would have worked, by share of the leads.
  public let tops: [Top]
  /// The share whose figures answer the question in one sentence.
  public let headlineShare: Double
  public let verdict: Verdict
  /// From the highest rule score to the lowest.
  public let ruleBands: [ScoreBand]
  /// What the reader must know, in any language.
  public let cautions: [ComparisonCaution]
  /// The same in English.
  public let warnings: [String]
  /// Both put together by the fit; `nil` where it had no rules, other rules, or rules that say nothing.
  public var combined: CombinedFigures?
  /// `nil` where the rankings alone were asked for.
  public var details: ComparisonDetails?

  public init(
    population: Population, model: String?, rules: String?, leads: Double, conversions: Double,
    baseRate: Double, byModel: Contender, byRules: Contender, aucTest: PairedAUCTest?,
    logLoss: Double, baseRateLogLoss: Double, brier: Double, tops: [Top], headlineShare: Double,
    verdict: Verdict, ruleBands: [ScoreBand], cautions: [ComparisonCaution],
    details: ComparisonDetails? = nil
  ) {
    self.population = population
    self.model = model
    self.rules = rules
    self.leads = leads
    self.conversions = conversions
    self.baseRate = baseRate
    self.byModel = byModel
    self.byRules = byRules
    self.aucTest = aucTest
    self.logLoss = logLoss
    self.baseRateLogLoss = baseRateLogLoss
    self.brier = brier
    self.tops = tops
    self.headlineShare = headlineShare
    self.verdict = verdict
    self.ruleBands = ruleBands
    self.cautions = cautions
    warnings = cautions.map(\.english)
    self.details = details
  }
}
