/// A set of points that surely holds every sum that some lead could have.
///
/// Rules are taken as independent of each other, which can only make the set larger than what
/// leads can reach: what lies outside it is provably out of reach. Beyond `memberLimit` sums only
/// the range is kept.
struct ReachablePoints: Equatable {
  /// Keeps the work for one file in the milliseconds.
  static let memberLimit = 4_000

  let least: Int
  let most: Int
  /// Ascending; `nil` where anything in the range counts as reachable.
  let members: [Int]?

  static let nothing = ReachablePoints(members: [0])

  /// - Parameter members: not empty, any order.
  init(members: [Int]) {
    let ordered = Set(members).sorted()
    least = ordered.first ?? 0
    most = ordered.last ?? 0
    self.members = ordered.count <= Self.memberLimit ? ordered : nil
  }

  init(least: Int, most: Int) {
    self.least = least
    self.most = most
    members = nil
  }

  /// Every sum of a member of one and a member of the other.
  static func + (left: ReachablePoints, right: ReachablePoints) -> ReachablePoints {
    guard let a = left.members, let b = right.members, a.count * b.count <= 50 * memberLimit else {
      return ReachablePoints(least: left.least + right.least, most: left.most + right.most)
    }
    return ReachablePoints(members: b.flatMap { addend in a.map { $0 + addend } })
  }

  func clamped(to bounds: RuleBounds) -> ReachablePoints {
    if let members { return ReachablePoints(members: members.map(bounds.clamp)) }
    return ReachablePoints(least: bounds.clamp(least), most: bounds.clamp(most))
  }

  /// Which of `count` steps some reachable sum falls on, where `step` never falls as points rise.
  func steps(_ count: Int, _ step: (Int) -> Int?) -> [Bool] {
    var reached = Array(repeating: false, count: count)
    if let members {
      for case let index? in members.map(step) { reached[index] = true }
    } else if let last = step(most) {
      for index in (step(least) ?? 0)...last { reached[index] = true }
    }
    return reached
  }
}

extension RuleFile {
  /// The points that each category can come to, and the total.
  func reachablePoints() -> (categories: [ReachablePoints], total: ReachablePoints) {
    var sums = Array(repeating: ReachablePoints.nothing, count: categories.count)
    for group in groups {
      var sum = ReachablePoints.nothing
      for rule in group.rules {
        sum = sum + ReachablePoints(members: [0, rule.bounds.clamp(rule.points)])
      }
      sums[group.category] = sums[group.category] + sum.clamped(to: group.bounds)
    }
    sums = zip(sums, categories).map { $0.clamped(to: $1.bounds) }
    return (sums, sums.reduce(.nothing, +))
  }

  func reachabilityWarnings() -> [String] {
    let (sums, total) = reachablePoints()
    var warnings: [String] = []
    for (category, sum) in zip(categories, sums) where !category.grades.isEmpty {
      let count = category.grades.count
      // Grades fall as points rise, steps must not: count from the lowest.
      let reached = sum.steps(count) { count - 1 - category.gradeIndex($0) }
      for (index, grade) in category.grades.enumerated() where !reached[count - 1 - index] {
        warnings.append(
          "No lead can get grade \(grade.name) of \(category.name): its points run from "
            + "\(pointsText(sum.least)) to \(pointsText(sum.most)).")
      }
    }
    let reached = total.steps(stages.count) { stageIndex($0) }
    for (index, stage) in stages.enumerated() where !reached[index] {
      warnings.append(
        "No lead can be in stage \(stage.name): scores run from "
          + "\(scoreText(scale.score(total.least))) to \(scoreText(scale.score(total.most))).")
    }
    if total.most < scale.raw {
      warnings.append(
        "No lead can score \(pointsText(scale.to)): the rules give at most "
          + "\(pointsText(total.most)) points and the scale asks for \(pointsText(scale.raw)).")
    }
    return warnings
  }

  func unusedProfileWarnings() -> [String] {
    var used: Set<String> = []
    let conditions = profiles.map(\.condition) + groups.flatMap(\.rules).map(\.condition)
    for condition in conditions { condition.visitProfiles { name, _ in used.insert(name) } }
    return profiles.map(\.name).filter { !used.contains($0) }
      .map { "No rule uses profile \($0)." }
  }
}
