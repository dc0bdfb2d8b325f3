import YAMLDocuments

/// The points that a user gives by hand, as a rule file says them (Docs/RuleFile.md).
///
/// All points, bounds and thresholds are integers in thousandths, so that sums are exact and do
/// not depend on their order.
public struct RuleFile: Sendable, Equatable {
  public let fileName: String
  public let scale: RuleScale
  /// Tokens that mean "not filled in", beside the project's own.
  public let missing: [String]
  /// `fit`, then `engagement`, then others in the order in which groups name them.
  public let categories: [RuleCategory]
  /// Each after those that it refers to.
  public let profiles: [RuleProfile]
  public let groups: [RuleGroup]
  /// From the lowest threshold to the highest.
  public let stages: [RuleStage]
  /// What to do with a lead by its stage; `nil` where the file does not say.
  public let nextSteps: NextSteps?
  /// What is allowed but hardly meant, such as a grade that nobody can reach; one sentence each.
  public internal(set) var warnings: [String] = []
  /// A hash of the file's text, in hexadecimal: another one is other rules.
  public internal(set) var digest = ""

  /// All conditions that stand in the file.
  var conditions: [RuleCondition] {
    profiles.map(\.condition) + groups.flatMap(\.rules).compactMap(\.condition)
  }

  /// The activities that the rules ask about, in the order of profiles and then of rules.
  public var selections: [EventSelection] {
    var selections: [EventSelection] = []
    for profile in profiles { profile.condition.visitSelections { selections.append($0) } }
    for rule in groups.flatMap(\.rules) {
      rule.condition?.visitSelections { selections.append($0) }
      if let event = rule.event { selections += event.selections }
    }
    return selections
  }

  /// Whether some rule asks what leads did.
  public var needsEvents: Bool { !selections.isEmpty }

  /// The columns that one of the rules asks about, by its profiles too.
  public func columns(of rule: Rule) -> Set<String> {
    var columns: Set<String> = []
    func visit(_ condition: RuleCondition) {
      condition.visitFields { name, _, _ in columns.insert(name) }
      condition.visitProfiles { name, _ in
        if let profile = profiles.first(where: { $0.name == name }) { visit(profile.condition) }
      }
    }
    if let condition = rule.condition { visit(condition) }
    return columns
  }

  /// The columns that the rules ask about, in the order in which they are first named.
  public var requiredColumns: [RuleColumn] {
    var columns: [RuleColumn] = []
    var indexByName: [String: Int] = [:]
    for condition in conditions {
      condition.visitFields { name, tests, _ in
        let use = RuleColumn.Use(tests)
        if let index = indexByName[name] {
          if columns[index].use == .any { columns[index].use = use }
        } else {
          indexByName[name] = columns.count
          columns.append(RuleColumn(name: name, use: use))
        }
      }
    }
    return columns
  }
}

/// A column that rules ask about.
public struct RuleColumn: Sendable, Equatable {
  /// What the tests need the column to be.
  public enum Use: String, Sendable {
    /// Compared by size: a number, date or flag column.
    case ordered
    /// Matched with a pattern: a category or text column.
    case text
    case any
  }

  public let name: String
  public internal(set) var use: Use

  public init(name: String, use: Use) {
    self.name = name
    self.use = use
  }
}

extension RuleColumn.Use {
  init(_ tests: [FieldTest]) {
    self = .any
    for test in tests {
      switch test.kind {
      case .between, .atLeast, .atMost, .above, .below: self = .ordered
      case .matches, .seniority, .department: self = .text
      case .isEqual, .isIn, .isNotIn, .missing: continue
      }
      return
    }
  }
}

/// A cap and a floor in thousandths of a point; `nil` where there is none.
public struct RuleBounds: Sendable, Equatable {
  public var cap: Int?
  public var floor: Int?

  public init(cap: Int? = nil, floor: Int? = nil) {
    self.cap = cap
    self.floor = floor
  }

  /// The cap first, then the floor; the floor is never above the cap.
  func clamp(_ thousandths: Int) -> Int {
    var result = thousandths
    if let cap { result = min(result, cap) }
    if let floor { result = max(result, floor) }
    return result
  }
}

/// How raw points become the score.
public struct RuleScale: Sendable, Equatable {
  /// The ends of the score, in thousandths.
  public let from: Int
  public let to: Int
  /// The raw thousandths that mean `to`; none mean `from`.
  public let raw: Int

  /// The score in its own units: `from + (to − from) · points / raw`, clamped to `from`…`to`.
  public func score(_ thousandths: Int) -> Double {
    // An integer product, so that 30 of 100 points are 30 and not a neighbour of it.
    let share = Double((to - from) * clamped(thousandths)) / Double(raw)
    return (Double(from) + share) / 1_000
  }

  /// The least raw thousandths whose score opens a stage; `Int.min` where every lead has it,
  /// `Int.max` where none can. Exact, so that a score that is shown as 30 opens stage 30.
  func leastPoints(opening stage: RuleStage) -> Int {
    // Each factor is at most 2 · 10⁹ (`thousandths(limit:)`), so the product fits in 63 bits.
    let product = (stage.threshold - from) * raw
    let width = to - from
    var least = product >= 0 ? product / width : -((-product) / width)
    // Round up to at least the threshold, or to strictly above it.
    while stage.isExclusive ? least * width <= product : least * width < product { least += 1 }
    if least <= 0 { return Int.min }
    return least > raw ? Int.max : least
  }

  private func clamped(_ thousandths: Int) -> Int { max(0, min(raw, thousandths)) }
}

/// A side of a lead that is graded by itself, such as fit or engagement.
public struct RuleCategory: Sendable, Equatable {
  public let name: String
  public let bounds: RuleBounds
  /// From the highest lower bound to the lowest; empty where the category has no grades.
  public let grades: [RuleGrade]

  /// The index of the grade for these points; below the lowest bound it is the last.
  func gradeIndex(_ thousandths: Int) -> Int {
    grades.firstIndex { thousandths >= $0.lowerBound } ?? grades.count - 1
  }
}

public struct RuleGrade: Sendable, Equatable {
  public let name: String
  /// Inclusive, in thousandths of a point of its category.
  public let lowerBound: Int
}

/// A condition with a name, to be used by several rules.
public struct RuleProfile: Sendable, Equatable {
  public let name: String
  public let condition: RuleCondition
}

public struct RuleGroup: Sendable, Equatable {
  public let name: String
  /// An index into the file's categories.
  public let category: Int
  public let bounds: RuleBounds
  /// What becomes of the points of its events as they grow old; `nil` where they keep them.
  public let decay: PointsDecay?
  public let rules: [Rule]
}

public struct Rule: Sendable, Equatable {
  public let name: String
  /// What must hold; `nil` where activities alone decide.
  public let condition: RuleCondition?
  /// The activities that give the points, which fade and decay by their age; `nil` for a rule about a
  /// state.
  public let event: EventTest?
  /// Whether each of the activities gives the points, rather than the newest for all.
  public let each: Bool
  /// How long the points of an activity take to fade evenly to nothing, in seconds.
  public let lifespan: Int?
  /// Thousandths given when the rule holds; before fade, decay, and the rule's own cap and floor.
  public let points: Int
  /// Where they are written; `nil` where the rule only disqualifies.
  public let pointsPlace: YAMLPlace?
  public let bounds: RuleBounds
  public let disqualifies: Bool
  public let line: Int
}

/// What to do with a lead, by its stage: sales, nurture, drop.
public struct NextSteps: Sendable, Equatable {
  /// One a stage of the file, from the lowest.
  public let byStage: [String]
  /// Below the lowest stage.
  public let noStage: String
  public let disqualified: String
}

/// A stage of the funnel that a score opens.
public struct RuleStage: Sendable, Equatable {
  public let name: String
  /// In thousandths of the score.
  public let threshold: Int
  /// Whether the threshold itself is not enough (`above` rather than `at_least`).
  public let isExclusive: Bool
}

extension RuleFile {
  /// The index of the highest stage that these raw points open; `nil` below the lowest.
  func stageIndex(_ thousandths: Int) -> Int? {
    stages.lastIndex { thousandths >= scale.leastPoints(opening: $0) }
  }
}
