import Parallel

/// The rules of a file bound to the columns of one table, and to what its leads did.
public struct BoundRules: Sendable {
  let file: RuleFile
  let rows: Range<Int>
  let conditions: Conditions
  private let events: (questions: BoundQuestions, events: RuleEvents)?
  private let ladders: Ladders

  /// What is asked, profile by profile and rule by rule.
  struct Conditions: Sendable {
    let profiles: [BoundCondition]
    /// By group.
    let rules: [[BoundRule]]
  }

  /// Rows a block: its answers and sums stay in a core's cache.
  static let blockSize = 4_096
  /// Of rules about activities, which keep some numbers a row and question.
  static let eventBlockSize = 1_024

  init(
    file: RuleFile, rows: Range<Int>, conditions: Conditions,
    events: (questions: BoundQuestions, events: RuleEvents)?
  ) {
    self.file = file
    self.rows = rows
    self.conditions = conditions
    self.events = events
    ladders = Ladders(file)
  }

  var blocks: [Range<Int>] {
    let size = events == nil ? Self.blockSize : Self.eventBlockSize
    return RowBlocks(rowCount: rows.count, blockSize: size).map {
      (rows.lowerBound + $0.lowerBound)..<(rows.lowerBound + $0.upperBound)
    }
  }

  /// The scores of every row; the same whatever the number of threads.
  public func scores(pool: WorkerPool = WorkerPool(threadCount: 1)) -> RuleScores {
    let blocks = blocks
    let parts = pool.map(blocks.count) { blockScores(blocks[$0]) }
    var scores = RuleScores(file, ladders)
    scores.reserveCapacity(rows.count)
    for part in parts { scores.append(part) }
    return scores
  }

  private func blockScores(_ block: Range<Int>) -> RuleScores {
    let count = block.count
    let known = known(block)
    var categorySums = Array(
      repeating: Array(repeating: 0, count: count), count: file.categories.count)
    var disqualified = Array(repeating: false, count: count)
    for (group, rules) in zip(file.groups, conditions.rules) {
      var sums = Array(repeating: 0, count: count)
      for rule in rules {
        let answer = rule.answer(block, known)
        let bounds = rule.rule.bounds
        if let given = answer.occurrences?.given {
          for row in 0..<count { sums[row] += answer.holds[row] ? bounds.clamp(given[row]) : 0 }
        } else {
          let points = bounds.clamp(answer.points)
          // A choice rather than a branch, which would be taken at random.
          for row in 0..<count { sums[row] += answer.holds[row] ? points : 0 }
        }
        if rule.rule.disqualifies {
          for row in 0..<count where answer.holds[row] { disqualified[row] = true }
        }
      }
      for row in 0..<count { categorySums[group.category][row] += group.bounds.clamp(sums[row]) }
    }
    for (index, category) in file.categories.enumerated() where category.bounds != RuleBounds() {
      for row in 0..<count {
        categorySums[index][row] = category.bounds.clamp(categorySums[index][row])
      }
    }
    var scores = RuleScores(file, ladders)
    scores.reserveCapacity(count)
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
    scores.disqualified = disqualified
    return scores
  }

  /// What leads of a block did, and the profiles' answers, each worked out once.
  func known(_ block: Range<Int>) -> BoundCondition.Known {
    var known = BoundCondition.Known(
      tally: events.map { EventTally($0.questions, events: $0.events, rows: block) })
    for profile in conditions.profiles { known.profiles.append(profile.holds(block, known)) }
    return known
  }
}
