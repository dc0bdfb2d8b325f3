import Parallel

/// What the rules say of many leads, for when the activities that they ask about are no longer at hand.
public struct RuleVerdicts: Sendable {
  public private(set) var scores: RuleScores
  private var lines: KeptLedgers

  init(scores: RuleScores, lines: KeptLedgers) {
    self.scores = scores
    self.lines = lines
  }

  /// Adds the rows of verdicts by the same file.
  public mutating func append(_ other: RuleVerdicts) {
    scores.append(other.scores)
    lines.append(other.lines)
  }

  public func ledger(_ row: Int) -> Ledger {
    Ledger(
      lines: lines[row], total: scores.points[row], score: scores.scores[row],
      grade: scores.grade(row), stage: scores.stage(row), isDisqualified: scores.disqualified[row])
  }

  /// Gives each row's ledger to `visit`.
  public func forEachLedger(_ visit: (_ row: Int, _ ledger: Ledger) -> Void) {
    for row in 0..<lines.count { visit(row, ledger(row)) }
  }

  public func gathered(_ rows: [Int]) -> RuleVerdicts {
    RuleVerdicts(scores: scores.gathered(rows), lines: lines.gathered(rows))
  }
}

extension RuleScorer {
  /// Verdicts of no lead, to append others to.
  public var noVerdicts: RuleVerdicts { RuleVerdicts(scores: noScores, lines: KeptLedgers()) }
}

extension BoundRules {
  /// Scores and ledger of every row.
  public func verdicts() -> RuleVerdicts {
    var lines = KeptLedgers()
    forEachLedger { _, ledger in lines.append(ledger.lines) }
    return RuleVerdicts(scores: scores(), lines: lines)
  }
}
