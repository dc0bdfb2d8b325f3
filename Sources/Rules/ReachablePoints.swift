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

  /// Stands for points without end: more than any scale or grade asks for, and a thousand rules of it
  /// still add up.
  static let endless = 1_000_000_000_000_000

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
        sum = sum + rule.reachablePoints(decay: group.decay)
      }
      sums[group.category] = sums[group.category] + sum.clamped(to: group.bounds)
    }
    sums = zip(sums, categories).map { $0.clamped(to: $1.bounds) }
    return (sums, sums.reduce(.nothing, +))
  }

  private func rangeText(_ sum: ReachablePoints, _ text: (Int) -> String) -> String {
    let (hasLeast, hasMost) = (
      sum.least > -ReachablePoints.endless, sum.most < ReachablePoints.endless
    )
    return switch (hasLeast, hasMost) {
    case (true, true): "run from \(text(sum.least)) to \(text(sum.most))"
    case (true, false): "are at least \(text(sum.least))"
    case (false, true): "are at most \(text(sum.most))"
    case (false, false): "have no end, but do not come to it"
    }
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
          "No lead can get grade \(grade.name) of \(category.name): its points "
            + "\(rangeText(sum, pointsText)).")
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
    for condition in conditions { condition.visitProfiles { name, _ in used.insert(name) } }
    return profiles.map(\.name).filter { !used.contains($0) }
      .map { "No rule uses profile \($0)." }
  }
}

extension Rule {
  /// What the rule can give.
  func reachablePoints(decay: PointsDecay?) -> ReachablePoints {
    guard let event else { return ReachablePoints(members: [0, bounds.clamp(points)]) }
    let least = each ? event.times.lowerBound : 1
    // More activities than fill the cap, or the floor, change nothing.
    let bound = points < 0 ? bounds.floor.map { min(0, $0) } : bounds.cap.map { max(0, $0) }
    let enough = points == 0 ? 1 : bound.map { $0 / points + 1 } ?? Int.max
    let most = min(each ? event.times.upperBound : 1, max(least, enough))
    // Points that fade may be anything in between, and so may those of very many activities.
    guard lifespan != nil || decay != nil || most - least > ReachablePoints.memberLimit else {
      return ReachablePoints(members: [0] + (least...most).map { bounds.clamp($0 * points) })
    }
    let (product, overflow) = points.multipliedReportingOverflow(by: most)
    let limit = ReachablePoints.endless
    let end = overflow ? (points < 0 ? -limit : limit) : max(-limit, min(limit, product))
    let held = ReachablePoints(least: min(0, end), most: max(0, end)).clamped(to: bounds)
    // A floor above zero is given only where the rule holds.
    return ReachablePoints(least: min(0, held.least), most: max(0, held.most))
  }
}
