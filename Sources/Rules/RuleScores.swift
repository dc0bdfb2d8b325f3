/// The rule scores of a table's rows, column by column.
public struct RuleScores: Sendable, Equatable {
  /// Raw points in thousandths, after every cap and floor and before the scale.
  public internal(set) var points: [Int]
  /// On the file's scale.
  public internal(set) var scores: [Double]
  /// An index into `grades`; -1 where the lead has none.
  public internal(set) var gradeCodes: [Int32]
  /// Every combination of grades, such as A1 to D4; empty where no category has grades.
  public let grades: [String]
  /// An index into `stages`; -1 below the lowest stage, or disqualified.
  public internal(set) var stageCodes: [Int32]
  /// From the lowest to the highest.
  public let stages: [String]
  public internal(set) var disqualified: [Bool]

  public var count: Int { points.count }

  public func grade(_ row: Int) -> String? {
    gradeCodes[row] < 0 ? nil : grades[Int(gradeCodes[row])]
  }

  public func stage(_ row: Int) -> String? {
    stageCodes[row] < 0 ? nil : stages[Int(stageCodes[row])]
  }
}

/// Where the rule score of a lead comes from.
public enum RuleScoreSource: Sendable, Equatable {
  /// A rule file, evaluated here.
  case file(path: String)
  /// A column of points that another system computed. It holds the score of the day of the export,
  /// which may already know the outcome.
  case column(name: String)
}
