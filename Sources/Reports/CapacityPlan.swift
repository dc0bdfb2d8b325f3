import Metrics

/// What working so many leads from the top of a list would bring.
public struct CapacityPlan: Codable, Sendable, Equatable {
  /// How many leads can be worked.
  public struct Capacity: Codable, Sendable, Equatable {
    public let leads: Double
    /// Of how many that come in in the same time; `nil` where it is of the leads compared.
    public let outOf: Double?

    public init(leads: Double, outOf: Double?) {
      self.leads = leads
      self.outOf = outOf
    }
  }

  /// The top of one list.
  public struct Worked: Codable, Sendable, Equatable {
    /// The lowest score taken; of both together there is none that could be told.
    public let threshold: Double?
    public let conversions: Double
    /// Conversions among the leads that are not worked.
    public let missed: Double
    /// Conversions a lead worked.
    public let precision: Double
    /// Wilson's, around the precision.
    public let interval: ConfidenceInterval
    /// The share of all conversions found; `nil` where there are none.
    public let recall: Double?
    /// What the conversions are worth; `nil` without values, as is the next.
    public let value: Double?
    /// That less the cost of the contacts.
    public let net: Double?

    public init(
      threshold: Double?, conversions: Double, missed: Double, precision: Double,
      interval: ConfidenceInterval, recall: Double?, value: Double?, net: Double?
    ) {
      self.threshold = threshold
      self.conversions = conversions
      self.missed = missed
      self.precision = precision
      self.interval = interval
      self.recall = recall
      self.value = value
      self.net = net
    }
  }

  /// One number of leads, worked by each list.
  public struct Step: Codable, Sendable, Equatable {
    /// Of the leads, 0 to 1.
    public let share: Double
    public let leads: Double
    public let model: Worked
    public let rules: Worked
    /// By the mean of a lead's places on the two lists.
    public let together: Worked
    /// Leads on at least one of the two lists: the workload of working both.
    public let either: ComparisonReport.Group
    /// Leads on both lists.
    public let both: ComparisonReport.Group

    public init(
      share: Double, leads: Double, model: Worked, rules: Worked, together: Worked,
      either: ComparisonReport.Group, both: ComparisonReport.Group
    ) {
      self.share = share
      self.leads = leads
      self.model = model
      self.rules = rules
      self.together = together
      self.either = either
      self.both = both
    }
  }

  /// How far down a list it pays to work.
  public struct Best: Codable, Sendable, Equatable {
    /// The lowest score that is worked; `nil` where no contact pays.
    public let threshold: Double?
    public let leads: Double
    public let conversions: Double
    public let net: Double

    public init(threshold: Double?, leads: Double, conversions: Double, net: Double) {
      self.threshold = threshold
      self.leads = leads
      self.conversions = conversions
      self.net = net
    }
  }

  /// What was asked for; `nil` where nothing was.
  public let capacity: Capacity?
  /// The step that answers it.
  public let asked: Step?
  /// From few leads to many.
  public let steps: [Step]
  /// What each conversion is worth; `nil` where a column says so, or nothing does.
  public let valuePerConversion: Double?
  public let valueColumn: String?
  public let costPerContact: Double
  /// Without values, `nil`. Found on these very leads, which flatters each a little.
  public let bestOfModel: Best?
  public let bestOfRules: Best?

  public var hasValues: Bool { valuePerConversion != nil || valueColumn != nil }

  public init(
    capacity: Capacity?, asked: Step?, steps: [Step], valuePerConversion: Double?,
    valueColumn: String?, costPerContact: Double, bestOfModel: Best?, bestOfRules: Best?
  ) {
    self.capacity = capacity
    self.asked = asked
    self.steps = steps
    self.valuePerConversion = valuePerConversion
    self.valueColumn = valueColumn
    self.costPerContact = costPerContact
    self.bestOfModel = bestOfModel
    self.bestOfRules = bestOfRules
  }
}
