import ModelFiles
import Models
import Parallel
import Tables

/// Leads with outcomes, scored: those that the model has not seen.
struct JudgedLeads: Sendable {
  var rows = 0
  var won = 0
  var lost = 0
  /// Leads that the model was fitted to: counted, and not among the others.
  var seen = 0
  var skipped = 0
  /// 1 won, 0 lost.
  var labels: [UInt8] = []
  var probabilities: [Double] = []
  /// Empty without rules.
  var ruleScores: [Double] = []
  /// Where each of these leads stands among all rows, from 0.
  var places: [Int] = []
  /// The cells of these leads, where they are kept.
  var table: GrowingTable?

  mutating func add(_ other: JudgedLeads) {
    places += other.places.map { $0 + rows }
    if let added = other.table?.table {
      var all =
        table ?? GrowingTable(columns: added.columns.map { (name: $0.name, type: $0.type) })
      all.append(added)
      table = all
    }
    rows += other.rows
    won += other.won
    lost += other.lost
    seen += other.seen
    skipped += other.skipped
    labels += other.labels
    probabilities += other.probabilities
    ruleScores += other.ruleScores
  }
}

/// Scores leads with outcomes, and tells those apart that a model was fitted to.
struct LeadJudge: Sendable {
  private let scorer: LeadScorer
  private let rules: RuleBinding?
  private let fingerprinter: LeadFingerprinter
  private let keepsCells: Bool
  private let pool = WorkerPool(threadCount: 1)

  init(model: LeadModel, rules: RuleBinding?, keepsCells: Bool) {
    self.keepsCells = keepsCells
    scorer = LeadScorer(model)
    self.rules = rules
    fingerprinter = LeadFingerprinter(model.sketch)
  }

  /// - Parameters:
  ///   - outcomes: 1 won, 0 lost, below 0 open; one a row of the table.
  ///   - closed: the rows that are not open.
  ///   - identities: of the closed rows.
  ///   - ruleScores: one a row, where the rules were asked before; `nil` asks them of the table alone.
  func judged(
    _ table: Table, outcomes: [Int8], closed: [Int], identities: LeadIdentities,
    ruleScores known: [Double]? = nil
  ) throws -> JudgedLeads {
    let scores = try scorer.score(table)
    let ruleScores = try known ?? rules?.rankingScores(table)
    let prints = fingerprinter.fingerprints(of: identities, pool: pool)
    var judged = JudgedLeads()
    judged.rows = outcomes.count
    for (row, print) in zip(closed, prints) {
      if outcomes[row] == 1 { judged.won += 1 } else { judged.lost += 1 }
      if scorer.model.sketch.contains(print) {
        judged.seen += 1
        continue
      }
      judged.labels.append(outcomes[row] == 1 ? 1 : 0)
      judged.probabilities.append(scores.probabilities[row])
      judged.places.append(row)
      if let ruleScores { judged.ruleScores.append(ruleScores[row]) }
    }
    if keepsCells {
      var kept = GrowingTable(columns: table.columns.map { (name: $0.name, type: $0.type) })
      kept.append(table.gathered(judged.places))
      judged.table = kept
    }
    return judged
  }
}
