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
  /// Leads whose outcome is another than in that file.
  var otherOutcomes = 0
  /// Where each of these leads stands in that file; empty without one.
  var predictionPlaces: [Int] = []
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
    otherOutcomes += other.otherOutcomes
    predictionPlaces += other.predictionPlaces
    labels += other.labels
    probabilities += other.probabilities
    ruleScores += other.ruleScores
  }
}

extension JudgedLeads {
  /// The closed leads that were predicted out of fold, with those predictions.
  fileprivate mutating func take(
    _ predictions: OutOfFoldPredictions, _ table: Table, outcomes: [Int8], closed: [Int]
  ) {
    let found = predictions.places(of: table)
    for row in closed {
      guard let place = found[row] else { continue }
      let label: UInt8 = outcomes[row] == 1 ? 1 : 0
      if label != predictions.labels[place] { otherOutcomes += 1 }
      labels.append(label)
      probabilities.append(predictions.probabilities[place])
      places.append(row)
      predictionPlaces.append(place)
    }
  }
}

/// Scores leads with outcomes, and tells those apart that a model was fitted to.
struct LeadJudge: Sendable {
  private let scorer: LeadScorer
  private let rules: RuleBinding?
  private let fingerprinter: LeadFingerprinter
  /// Of the fit's own leads, in place of scores; `nil` scores leads that the model has not seen.
  private let predictions: OutOfFoldPredictions?
  private let keepsCells: Bool
  private let pool = WorkerPool(threadCount: 1)

  init(
    model: LeadModel, rules: RuleBinding?, predictions: OutOfFoldPredictions? = nil,
    keepsCells: Bool
  ) {
    self.predictions = predictions
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
    var judged = JudgedLeads()
    judged.rows = outcomes.count
    for row in closed {
      if outcomes[row] == 1 { judged.won += 1 } else { judged.lost += 1 }
    }
    if let predictions {
      judged.take(predictions, table, outcomes: outcomes, closed: closed)
    } else {
      let probabilities = try scorer.score(table).probabilities
      let prints = fingerprinter.fingerprints(of: identities, pool: pool)
      for (row, print) in zip(closed, prints) {
        guard !scorer.model.sketch.contains(print) else {
          judged.seen += 1
          continue
        }
        judged.labels.append(outcomes[row] == 1 ? 1 : 0)
        judged.probabilities.append(probabilities[row])
        judged.places.append(row)
      }
    }
    if let ruleScores = try known ?? rules?.rankingScores(table) {
      judged.ruleScores = judged.places.map { ruleScores[$0] }
    }
    if keepsCells {
      var kept = GrowingTable(columns: table.columns.map { (name: $0.name, type: $0.type) })
      kept.append(table.gathered(judged.places))
      judged.table = kept
    }
    return judged
  }
}
