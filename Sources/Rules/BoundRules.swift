/// The rules of a file bound to the columns of one table.
public struct BoundRules: Sendable {
  private let file: RuleFile
  private let rows: Range<Int>
  private let profiles: [BoundCondition]
  private let conditions: [[BoundCondition]]
  private let ladders: Ladders

  /// Rows a block: its answers and sums stay in a core's cache.
  private static let blockSize = 4_096

  init(
    file: RuleFile, rows: Range<Int>, profiles: [BoundCondition], conditions: [[BoundCondition]]
  ) {
    self.file = file
    self.rows = rows
    self.profiles = profiles
    self.conditions = conditions
    ladders = Ladders(file)
  }

  /// The scores of every row.
  public func scores() -> RuleScores {
    var scores = RuleScores(
      points: [], scores: [], gradeCodes: [], grades: ladders.gradeNames, stageCodes: [],
      stages: file.stages.map(\.name), disqualified: [])
    scores.points.reserveCapacity(rows.count)
    scores.scores.reserveCapacity(rows.count)
    scores.gradeCodes.reserveCapacity(rows.count)
    scores.stageCodes.reserveCapacity(rows.count)
    scores.disqualified.reserveCapacity(rows.count)
    var start = rows.lowerBound
    while start < rows.upperBound {
      let end = min(start + Self.blockSize, rows.upperBound)
      appendBlock(start..<end, to: &scores)
      start = end
    }
    return scores
  }

  private func appendBlock(_ block: Range<Int>, to scores: inout RuleScores) {
    let count = block.count
    let profileAnswers = answers(block)
    var categorySums = Array(
      repeating: Array(repeating: 0, count: count), count: file.categories.count)
    var disqualified = Array(repeating: false, count: count)
    for (group, groupConditions) in zip(file.groups, conditions) {
      var sums = Array(repeating: 0, count: count)
      for (rule, condition) in zip(group.rules, groupConditions) {
        let holds = condition.holds(block, profiles: profileAnswers)
        let points = rule.bounds.clamp(rule.points)
        // A choice rather than a branch, which would be taken at random.
        for row in 0..<count { sums[row] += holds[row] ? points : 0 }
        if rule.disqualifies {
          for row in 0..<count where holds[row] { disqualified[row] = true }
        }
      }
      for row in 0..<count { categorySums[group.category][row] += group.bounds.clamp(sums[row]) }
    }
    for (index, category) in file.categories.enumerated() where category.bounds != RuleBounds() {
      for row in 0..<count {
        categorySums[index][row] = category.bounds.clamp(categorySums[index][row])
      }
    }
    for row in 0..<count {
      var total = 0
      var grade = ladders.gradeNames.isEmpty ? Int32(-1) : 0
      for index in categorySums.indices {
        let points = categorySums[index][row]
        total += points
        grade = ladders.grade(grade, category: index, points: points)
      }
      scores.points.append(total)
      scores.scores.append(file.scale.score(total))
      scores.gradeCodes.append(disqualified[row] ? -1 : grade)
      scores.stageCodes.append(disqualified[row] ? -1 : ladders.stage(total))
    }
    scores.disqualified += disqualified
  }

  /// The profiles' answers for a block, each worked out once.
  private func answers(_ block: Range<Int>) -> [[Bool]] {
    var answers: [[Bool]] = []
    for profile in profiles { answers.append(profile.holds(block, profiles: answers)) }
    return answers
  }

  /// Why a row has its points.
  /// - Parameter row: an index of the table.
  public func ledger(_ row: Int) -> Ledger {
    precondition(rows.contains(row), "row \(row) is not among those bound")
    let block = row..<(row + 1)
    let profileAnswers = answers(block)
    return ledger(
      conditions.map { group in group.map { $0.holds(block, profiles: profileAnswers)[0] } })
  }

  /// `Ledger.reasons` of every row. Rows of which the same rules hold share one text.
  public func reasons() -> [String] {
    // Few patterns of rules are met in practice; the bound only guards the memory.
    let mostPatterns = 100_000
    var textByPattern: [[UInt64]: String] = [:]
    var texts: [String] = []
    texts.reserveCapacity(rows.count)
    let words = (conditions.reduce(0) { $0 + $1.count } + 63) / 64
    var start = rows.lowerBound
    while start < rows.upperBound {
      let block = start..<min(start + Self.blockSize, rows.upperBound)
      let profileAnswers = answers(block)
      let holds = conditions.map { group in
        group.map { $0.holds(block, profiles: profileAnswers) }
      }
      let flat = holds.flatMap { $0 }
      for row in 0..<block.count {
        var pattern = Array(repeating: UInt64(0), count: words)
        for index in flat.indices where flat[index][row] {
          pattern[index / 64] |= 1 << (index % 64)
        }
        if let known = textByPattern[pattern] {
          texts.append(known)
        } else {
          let text = ledger(holds.map { group in group.map { $0[row] } }).reasons
          if textByPattern.count >= mostPatterns { textByPattern = [:] }
          textByPattern[pattern] = text
          texts.append(text)
        }
      }
      start = block.upperBound
    }
    return texts
  }

  /// The ledger of a lead of which these rules hold, by group and rule.
  private func ledger(_ holds: [[Bool]]) -> Ledger {
    var lines: [LedgerLine] = []
    var categorySums = Array(repeating: 0, count: file.categories.count)
    var isDisqualified = false
    // A category's own lines follow those of its groups, so categories go one after the other.
    for (categoryIndex, category) in file.categories.enumerated() {
      for (group, groupHolds) in zip(file.groups, holds) where group.category == categoryIndex {
        var sum = 0
        for (rule, ruleHolds) in zip(group.rules, groupHolds) where ruleHolds {
          func line(_ kind: LedgerLine.Kind, _ thousandths: Int) -> LedgerLine {
            LedgerLine(
              kind: kind, category: category.name, group: group.name, rule: rule.name,
              thousandths: thousandths)
          }
          if rule.points != 0 || !rule.disqualifies { lines.append(line(.points, rule.points)) }
          lines += rule.bounds.changes(rule.points, cap: .ruleCap, floor: .ruleFloor, line)
          if rule.disqualifies {
            lines.append(line(.disqualifies, 0))
            isDisqualified = true
          }
          sum += rule.bounds.clamp(rule.points)
        }
        lines += group.bounds.changes(sum, cap: .groupCap, floor: .groupFloor) {
          LedgerLine(
            kind: $0, category: category.name, group: group.name, rule: nil, thousandths: $1)
        }
        categorySums[categoryIndex] += group.bounds.clamp(sum)
      }
      lines += category.bounds.changes(
        categorySums[categoryIndex], cap: .categoryCap, floor: .categoryFloor
      ) {
        LedgerLine(kind: $0, category: category.name, group: nil, rule: nil, thousandths: $1)
      }
      categorySums[categoryIndex] = category.bounds.clamp(categorySums[categoryIndex])
    }
    let total = categorySums.reduce(0, +)
    let grades = zip(file.categories, categorySums).filter { !$0.0.grades.isEmpty }
      .map { $0.grades[$0.gradeIndex($1)].name }
    let stage = file.stageIndex(total).map { file.stages[$0].name }
    return Ledger(
      lines: lines, total: total, score: file.scale.score(total),
      grade: isDisqualified || grades.isEmpty ? nil : grades.joined(),
      stage: isDisqualified ? nil : stage, isDisqualified: isDisqualified)
  }
}

extension RuleBounds {
  /// The lines that a cap and a floor leave in the ledger: at most one each, none without effect.
  fileprivate func changes(
    _ thousandths: Int, cap capKind: LedgerLine.Kind, floor floorKind: LedgerLine.Kind,
    _ line: (LedgerLine.Kind, Int) -> LedgerLine
  ) -> [LedgerLine] {
    var lines: [LedgerLine] = []
    let capped = RuleBounds(cap: cap).clamp(thousandths)
    if capped != thousandths { lines.append(line(capKind, capped - thousandths)) }
    let result = clamp(thousandths)
    if result != capped { lines.append(line(floorKind, result - capped)) }
    return lines
  }
}

/// Grades and stages by the points that they start at, as plain numbers.
private struct Ladders: Sendable {
  /// Every combination of the graded categories' grades.
  let gradeNames: [String]
  /// By category, falling; empty where it has no grades.
  private let gradeBounds: [[Int]]
  /// Rising.
  private let stageBounds: [Int]

  init(_ file: RuleFile) {
    let graded = file.categories.filter { !$0.grades.isEmpty }
    gradeNames =
      graded.isEmpty
      ? []
      : graded.reduce([""]) { names, category in
        names.flatMap { name in category.grades.map { name + $0.name } }
      }
    gradeBounds = file.categories.map { $0.grades.map(\.lowerBound) }
    stageBounds = file.stages.map { file.scale.leastPoints(opening: $0) }
  }

  /// The code of a combination, one category after the other.
  func grade(_ code: Int32, category: Int, points: Int) -> Int32 {
    let bounds = gradeBounds[category]
    guard !bounds.isEmpty else { return code }
    var index = 0
    while index < bounds.count - 1, points < bounds[index] { index += 1 }
    return code * Int32(bounds.count) + Int32(index)
  }

  /// The highest stage that is open; -1 below the lowest.
  func stage(_ points: Int) -> Int32 {
    var index = stageBounds.count - 1
    while index >= 0, points < stageBounds[index] { index -= 1 }
    return Int32(index)
  }
}
