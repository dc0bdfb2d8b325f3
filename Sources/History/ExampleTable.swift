import Activities
import Tables

/// Examples of a history: one row a lead and decision.
public struct ExampleTable: Sendable {
  /// When the decision was taken, a date as clocks of the project's time zone showed it.
  public static let decisionTimeColumn = "decision_time"
  /// Days since the lead came into the population, a number.
  public static let ageColumn = "age_days"
  /// Whether the target was met within the horizon, a category; missing where nobody knows.
  public static let outcomeColumn = "outcome"
  /// The level of `outcomeColumn` for a target that was met, and the one for one that was not.
  public static let wonLevel = "won"
  public static let notWonLevel = "not won"

  /// The ids and other columns of the leads, `decision_time`, `age_days`, features of activities and of
  /// the account, `outcome`.
  public let table: Table
  /// Each example's row in the table of leads.
  public let leadRows: [Int32]
  /// Seconds since 1970.
  public let decisionTimes: [Double]
  /// Seconds since the lead came into the population; NaN where nobody knows.
  public let ages: [Double]
  /// 1 won, 0 not won, -1 nobody knows yet.
  public let outcomes: [Int8]
  /// What keeps examples together in folds: examples of one lead have one number.
  public var groups: [Int32] { leadRows }
  public let recipe: HistoryRecipe
  public let report: ExampleReport

  /// How long after the decision the outcome counts, in seconds; `nil` where outcomes have no dates and
  /// are as of the export.
  public var horizon: Double? { recipe.definition.horizon }

  /// How far apart two decision times must stand in the table so that the horizon of the first does not
  /// reach over the second: the horizon and, where clocks are changed, the most that they are.
  public var purgedSpan: Double? {
    horizon.map { $0 + (recipe.definition.timeZone == "UTC" ? 0 : 2 * 3_600) }
  }
}
