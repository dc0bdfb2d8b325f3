import Metrics

/// What a comparison knows beyond the two rankings: curves with intervals, capacity, stages, segments,
/// what the points mean.
public struct ComparisonDetails: Codable, Sendable, Equatable {
  /// Seed of the bootstrap.
  public let seed: UInt64
  /// Of how many draws the bootstrap's intervals are made.
  public let draws: Int
  /// The share of all conversions found, along the list.
  public let curves: GainCurves
  /// The model's probabilities against what happened, from the lowest to the highest.
  public let reliability: [ReliabilityBin]
  public let capacity: CapacityPlan
  public let contact: ContactFigures
  /// `nil` where there is nothing that names leads.
  public let swaps: SwapLists?
  /// By stage of the rules, lowest first, those below every stage before; empty without stages.
  public let stages: [ScoreCell]
  /// `nil` unless the rules grade leads.
  public let grid: GradeGrid?
  /// One a rule that can be told apart, in the order of the file; empty for a column of points.
  public let rules: [RuleFigure]
  /// Rules that hold of nearly the same leads.
  public let overlaps: [RuleOverlap]
  /// Columns that rules ask about and that are filled when or after the outcome is known.
  public let lateColumns: [LateColumn]
  /// How rule scores move over time; `nil` for leads that are decided on once, as they stand.
  public let movement: ScoreMovement?
  public let segments: [Segment]

  public init(
    seed: UInt64, draws: Int, curves: GainCurves, reliability: [ReliabilityBin],
    capacity: CapacityPlan, contact: ContactFigures, swaps: SwapLists?, stages: [ScoreCell],
    grid: GradeGrid?, rules: [RuleFigure], overlaps: [RuleOverlap], lateColumns: [LateColumn],
    movement: ScoreMovement? = nil, segments: [Segment]
  ) {
    self.seed = seed
    self.draws = draws
    self.curves = curves
    self.reliability = reliability
    self.capacity = capacity
    self.contact = contact
    self.swaps = swaps
    self.stages = stages
    self.grid = grid
    self.rules = rules
    self.overlaps = overlaps
    self.lateColumns = lateColumns
    self.movement = movement
    self.segments = segments
  }
}

/// Leads of one stage, or of one cell of the grid.
public struct ScoreCell: Codable, Sendable, Equatable {
  /// `sql`, `B2`; empty for leads below every stage.
  public let name: String
  public let leads: Double
  public let conversions: Double
  /// `nil` without leads, as are the next two.
  public let conversionRate: Double?
  /// Wilson's.
  public let interval: ConfidenceInterval?
  /// What the model gives these leads, on average.
  public let meanProbability: Double?
  /// How the model ranks within the cell; `nil` without both won and lost leads.
  public let aucOfModel: AUCEstimate?

  public init(
    name: String, leads: Double, conversions: Double, conversionRate: Double?,
    interval: ConfidenceInterval?, meanProbability: Double?, aucOfModel: AUCEstimate?
  ) {
    self.name = name
    self.leads = leads
    self.conversions = conversions
    self.conversionRate = conversionRate
    self.interval = interval
    self.meanProbability = meanProbability
    self.aucOfModel = aucOfModel
  }
}

/// Conversions by the grades of the rules: two categories across each other, or one in a row.
public struct GradeGrid: Codable, Sendable, Equatable {
  /// The category whose grades name the rows; `nil` where only one is graded.
  public let rowCategory: String?
  public let columnCategory: String
  /// Best first; one empty name where only one category is graded.
  public let rows: [String]
  public let columns: [String]
  /// Row by row, `rows.count × columns.count`.
  public let cells: [ScoreCell]

  public init(
    rowCategory: String?, columnCategory: String, rows: [String], columns: [String],
    cells: [ScoreCell]
  ) {
    self.rowCategory = rowCategory
    self.columnCategory = columnCategory
    self.rows = rows
    self.columns = columns
    self.cells = cells
  }
}
