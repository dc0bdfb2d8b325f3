/// The rule scores of a table's rows, column by column.
public struct RuleScores: Sendable, Equatable {
  /// Raw points in thousandths, after every cap and floor and before the scale.
  public internal(set) var points: [Int] = []
  /// On the file's scale.
  public internal(set) var scores: [Double] = []
  /// An index into `grades`; -1 where the lead has none.
  public internal(set) var gradeCodes: [Int32] = []
  /// Every combination of grades, such as A1 to D4; empty where no category has grades.
  public let grades: [String]
  /// An index into `stages`; -1 below the lowest stage, or disqualified.
  public internal(set) var stageCodes: [Int32] = []
  /// From the lowest to the highest.
  public let stages: [String]
  public internal(set) var disqualified: [Bool] = []
  /// What to do by stage; `nil` where the file does not say.
  public let nextSteps: NextSteps?
  /// The lowest score that the file's scale gives.
  public let lowestScore: Double

  /// Scores of no lead yet.
  init(_ file: RuleFile, _ ladders: Ladders) {
    grades = ladders.gradeNames
    stages = file.stages.map(\.name)
    nextSteps = file.nextSteps
    lowestScore = Double(file.scale.from) / 1_000
  }

  public var count: Int { points.count }

  public func grade(_ row: Int) -> String? {
    gradeCodes[row] < 0 ? nil : grades[Int(gradeCodes[row])]
  }

  public func stage(_ row: Int) -> String? {
    stageCodes[row] < 0 ? nil : stages[Int(stageCodes[row])]
  }

  /// What to do with a lead; `nil` where the file does not say.
  public func nextStep(_ row: Int) -> String? {
    guard let nextSteps else { return nil }
    if disqualified[row] { return nextSteps.disqualified }
    return stageCodes[row] < 0 ? nextSteps.noStage : nextSteps.byStage[Int(stageCodes[row])]
  }

  /// Adds the rows of scores by the same file.
  public mutating func append(_ other: RuleScores) {
    precondition(grades == other.grades && stages == other.stages, "scores of two rule files")
    points += other.points
    scores += other.scores
    gradeCodes += other.gradeCodes
    stageCodes += other.stageCodes
    disqualified += other.disqualified
  }

  func gathered(_ rows: [Int]) -> RuleScores {
    var gathered = self
    gathered.points = rows.map { points[$0] }
    gathered.scores = rows.map { scores[$0] }
    gathered.gradeCodes = rows.map { gradeCodes[$0] }
    gathered.stageCodes = rows.map { stageCodes[$0] }
    gathered.disqualified = rows.map { disqualified[$0] }
    return gathered
  }

  mutating func reserveCapacity(_ count: Int) {
    points.reserveCapacity(count)
    scores.reserveCapacity(count)
    gradeCodes.reserveCapacity(count)
    stageCodes.reserveCapacity(count)
    disqualified.reserveCapacity(count)
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
