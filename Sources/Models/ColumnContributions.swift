/// What the source columns of a model give to the log-odds of many leads: the model at large, where a lead's
/// reasons are the model at one point. Of exact Shapley values, as reasons are.
public struct ColumnContributions: Codable, Sendable, Equatable {
  /// How many leads were looked at.
  public let leads: Int
  /// The column that moves leads most first.
  public let columns: [ColumnContribution]

  public init(leads: Int, columns: [ColumnContribution]) {
    self.leads = leads
    self.columns = columns
  }
}

/// What one source column gives to the log-odds of many leads.
public struct ColumnContribution: Codable, Sendable, Equatable {
  /// Where the log-odds go as a number, or a date, rises.
  public enum Direction: String, Codable, Sendable {
    /// Up, over at least four fifths of all its ups and downs.
    case raises
    /// Down, likewise.
    case lowers
    case bothWays
  }

  /// Leads that are alike in the column.
  public struct Level: Codable, Sendable, Equatable {
    /// As the user wrote it; `yes` and `no` of a flag.
    public let name: String
    /// What the column gives them on average, in log-odds.
    public let mean: Double
    /// Of the leads that were looked at, 0 to 1.
    public let share: Double

    public init(name: String, mean: Double, share: Double) {
      self.name = name
      self.mean = mean
      self.share = share
    }
  }

  public let column: String
  /// The mean of what it gives without its sign, in log-odds.
  public let meanSize: Double
  /// Of a number or a date; `nil` where it has one value, and for levels.
  public let direction: Direction?
  /// The levels that raise the log-odds most, the strongest first; empty for numbers and dates.
  public let raising: [Level]
  /// Those that lower them most, the strongest first.
  public let lowering: [Level]
  /// What leads get whose cell is not filled in; `nil` where too few are to tell.
  public let missing: Double?

  public init(
    column: String, meanSize: Double, direction: Direction? = nil, raising: [Level] = [],
    lowering: [Level] = [], missing: Double? = nil
  ) {
    self.column = column
    self.meanSize = meanSize
    self.direction = direction
    self.raising = raising
    self.lowering = lowering
    self.missing = missing
  }
}
