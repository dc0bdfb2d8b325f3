/// A rule bound to the columns of one table and the activities of one log.
struct BoundRule: Sendable {
  let rule: Rule
  /// `nil` where activities alone decide.
  let condition: BoundCondition?
  let event: TypedEvent?

  /// What the rule says of each row of a block.
  func answer(_ rows: Range<Int>, _ known: BoundCondition.Known) -> RuleAnswer {
    let holds = condition?.holds(rows, known)
    guard let event, let tally = known.tally else {
      return RuleAnswer(holds: holds ?? [], points: rule.points, occurrences: nil)
    }
    let counts = tally.counts(event.question)
    var occurrences = RuleAnswer.Occurrences(counts: Array(counts), faded: [], given: [])
    if let gift = event.eachGift {
      let sums = tally.sums(gift: gift)
      (occurrences.faded, occurrences.given) = (Array(sums.faded), Array(sums.given))
    } else {
      occurrences.faded.reserveCapacity(rows.count)
      occurrences.given.reserveCapacity(rows.count)
      for (count, age) in zip(counts, tally.newest(event.question)) {
        let points = count > 0 ? event.gift.thousandths(age: age) : (0, 0)
        occurrences.faded.append(points.0)
        occurrences.given.append(points.1)
      }
    }
    let isAny = event.times == 1...Int.max
    var both = holds ?? Array(repeating: true, count: rows.count)
    for (row, count) in counts.enumerated() {
      both[row] = both[row] && (isAny ? count > 0 : event.times.contains(Int(count)))
    }
    return RuleAnswer(holds: both, points: rule.points, occurrences: occurrences)
  }
}

/// What a rule says of each row of a block.
struct RuleAnswer {
  /// The activities that give the points, one value a row.
  struct Occurrences {
    var counts: [Int32]
    /// Thousandths after the fade of each.
    var faded: [Int]
    /// After the decay of each too.
    var given: [Int]
  }

  let holds: [Bool]
  /// Thousandths of a rule about a state, and of each activity at first.
  let points: Int
  /// `nil` for a rule about a state.
  let occurrences: Occurrences?

  /// What the rule gives a row of which it holds, before its own cap and floor.
  func thousandths(_ row: Int) -> Int { occurrences?.given[row] ?? points }
}
