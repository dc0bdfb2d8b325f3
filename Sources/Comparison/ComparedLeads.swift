import Reports
import Tables

/// Leads to be compared on: what became of them, both scores, and what else is known. One entry a lead.
public struct ComparedLeads: Sendable {
  /// The leads that one rule holds of.
  public struct RuleHits: Sendable, Equatable {
    public let rule: String
    public let group: String
    /// What it gave where it held, on average.
    public let points: Double
    /// Ascending.
    public let rows: [Int32]

    public init(rule: String, group: String, points: Double, rows: [Int32]) {
      self.rule = rule
      self.group = group
      self.points = points
      self.rows = rows
    }
  }

  /// The cells of the rules' grid.
  public struct Grades: Sendable, Equatable {
    /// `nil` where one category alone is graded.
    public let rowCategory: String?
    public let columnCategory: String
    public let rows: [String]
    public let columns: [String]
    /// `row × columns.count + column`; -1 where a lead has no grade.
    public let codes: [Int32]

    public init(
      rowCategory: String?, columnCategory: String, rows: [String], columns: [String],
      codes: [Int32]
    ) {
      self.rowCategory = rowCategory
      self.columnCategory = columnCategory
      self.rows = rows
      self.columns = columns
      self.codes = codes
    }
  }

  /// A column whose values part the leads.
  public struct SegmentColumn: Sendable {
    public let name: String
    public let values: CategoryValues
    /// Whether the levels have an order of their own, such as months.
    public let isOrdered: Bool

    public init(name: String, values: CategoryValues, isOrdered: Bool = false) {
      self.name = name
      self.values = values
      self.isOrdered = isOrdered
    }
  }

  /// 1 won, 0 lost.
  public var labels: [UInt8]
  public var probabilities: [Double]
  /// Finite, higher is better.
  public var ruleScores: [Double]
  /// How many times each lead counts; `nil` counts each once.
  public var weights: [Double]?
  /// From the lowest to the highest; a code below 0 is a lead below every stage.
  public var stages: CategoryValues?
  public var grades: Grades?
  public var rules: [RuleHits] = []
  public var lateColumns: [LateColumn] = []
  /// Whether each was contacted, and the column or the types of activity that say so.
  public var contacted: (name: String, flags: [Bool])?
  /// When, where activities say it.
  public var contactMoment: ContactMoment?
  /// What each would be worth if it converted, and the column that says so; finite.
  public var values: (column: String, amounts: [Double])?
  public var segments: [SegmentColumn] = []
  /// `nil` for leads as they stand.
  public var decisions: Decisions?
  /// Both scores put together by a fit.
  public var combined: CombinedScores?

  public init(
    labels: [UInt8], probabilities: [Double], ruleScores: [Double], weights: [Double]? = nil
  ) {
    self.labels = labels
    self.probabilities = probabilities
    self.ruleScores = ruleScores
    self.weights = weights
  }
}

/// What a list shows of a lead beside its scores.
public struct LeadDescription: Sendable, Equatable {
  public let id: String
  public let reasons: String
  public let ruleReasons: String

  public init(id: String, reasons: String, ruleReasons: String) {
    self.id = id
    self.reasons = reasons
    self.ruleReasons = ruleReasons
  }
}

/// How a comparison is made.
public struct ComparisonOptions: Sendable {
  /// Of the leads worked from the top, each above 0 and at most 1.
  public var shares = [0.05, 0.1, 0.2, 0.3, 0.5]
  /// The share whose figures answer the question in one sentence.
  public var headlineShare = 0.2
  /// How many leads can be worked; `nil` where it was not said.
  public var capacity: CapacityPlan.Capacity?
  /// What a conversion is worth, where no column says so.
  public var valuePerConversion: Double?
  public var costPerContact = 0.0
  /// Of the bootstrap.
  public var seed: UInt64 = 1
  /// Enough for percentiles of 2.5%: ten draws lie beyond each.
  public var draws = 400
  /// Leads in each list of those that the two scores disagree on.
  public var swaps = 10

  public init() {}

  /// Of very many leads fewer draws are made: their intervals are narrow, and each draw costs as much as
  /// there are leads.
  func draws(leads: Int) -> Int {
    min(draws, max(100, 100_000_000 / max(leads, 1)))
  }
}
