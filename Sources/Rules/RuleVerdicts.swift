import Parallel

/// What the rules say of many leads, for when the activities that they ask about are no longer at hand.
public struct RuleVerdicts: Sendable {
  public private(set) var scores: RuleScores
  /// One a row.
  public private(set) var ledgers: [Ledger]

  /// Adds the rows of verdicts by the same file.
  public mutating func append(_ other: RuleVerdicts) {
    scores.append(other.scores)
    ledgers += other.ledgers
  }

  /// Gives each row's ledger to `visit`.
  public func forEachLedger(_ visit: (_ row: Int, _ ledger: Ledger) -> Void) {
    for (row, ledger) in ledgers.enumerated() { visit(row, ledger) }
  }

  public func gathered(_ rows: [Int]) -> RuleVerdicts {
    RuleVerdicts(scores: scores.gathered(rows), ledgers: rows.map { ledgers[$0] })
  }
}

extension RuleScorer {
  /// Verdicts of no lead, to append others to.
  public var noVerdicts: RuleVerdicts { RuleVerdicts(scores: noScores, ledgers: []) }
}

extension BoundRules {
  /// Scores and ledger of every row.
  public func verdicts() -> RuleVerdicts {
    var ledgers: [Ledger] = []
    forEachLedger { _, ledger in ledgers.append(ledger) }
    return RuleVerdicts(scores: scores(), ledgers: ledgers)
  }
}
