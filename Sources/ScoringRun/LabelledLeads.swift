import Comparison
import Metrics
import ModelFiles
import Models
import Parallel
import Reports
import Rules
import Sources
import Tables

/// Leads whose outcome is known, scored by a model and by rules that were not fitted to them.
public struct LabelledLeads: Sendable {
  /// 1 won, 0 lost; open leads are left out.
  public private(set) var labels: [UInt8] = []
  public private(set) var probabilities: [Double] = []
  /// `nil` without rules.
  public private(set) var ruleScores: [Double]?
  public let summary: DataSummary
  public let modelName: String
  public let rulesName: String?
  public let warnings: [String]

  /// One block's share.
  private struct Part: Sendable {
    var rows = 0
    var won = 0
    var lost = 0
    var seen = 0
    var skipped = 0
    var labels: [UInt8] = []
    var probabilities: [Double] = []
    var ruleScores: [Double] = []
  }

  /// Scores a table's closed leads.
  ///
  /// - Parameters:
  ///   - rules: what to compare with; `nil` judges the model alone.
  ///   - onlyUnseen: leaves out the leads that the model was fitted to, instead of refusing.
  /// - Throws: `ScoringError.leadsSeen` where the model was fitted to some of them.
  public init(
    origin: TableOrigin, loaded: LoadedModel, rules source: RuleScoreSource?, onlyUnseen: Bool,
    skipsBadRows: Bool, pool: WorkerPool, progress: ProgressSink
  ) throws {
    let model = loaded.model
    let rules = try source.map { try RuleBinding($0, schema: model.schema) }
    let stream = try LeadStream(
      origin: origin, model: model, rules: rules, skipsBadRows: skipsBadRows, needsOutcome: true)
    let scorer = LeadScorer(model)
    let fingerprinter = LeadFingerprinter(model.sketch)
    let single = WorkerPool(threadCount: 1)
    var all = Part()
    try stream.forEachBlock(pool: pool) { block in
      let scores = try scorer.score(block.table)
      let outcomes = try stream.outcomes(block)
      let ruleScores = try rules?.rankingScores(block.table)
      let closed = outcomes.indices.filter { outcomes[$0] >= 0 }
      let identities = try stream.identities(block, rows: closed, pool: single)
      let prints = fingerprinter.fingerprints(of: identities, pool: single)
      var part = Part()
      part.rows = outcomes.count
      part.skipped = block.skippedRows
      for (row, print) in zip(closed, prints) {
        if outcomes[row] == 1 { part.won += 1 } else { part.lost += 1 }
        if model.sketch.contains(print) {
          part.seen += 1
          continue
        }
        part.labels.append(outcomes[row] == 1 ? 1 : 0)
        part.probabilities.append(scores.probabilities[row])
        if let ruleScores { part.ruleScores.append(ruleScores[row]) }
      }
      return part
    } consume: { part in
      all.rows += part.rows
      all.won += part.won
      all.lost += part.lost
      all.seen += part.seen
      all.skipped += part.skipped
      all.labels += part.labels
      all.probabilities += part.probabilities
      all.ruleScores += part.ruleScores
      progress(Progress(stage: "leads scored", done: all.rows, total: nil))
    }
    let closed = all.won + all.lost
    if all.seen > 0, !onlyUnseen {
      throw ScoringError.leadsSeen(seen: all.seen, leads: closed, model: loaded.name)
    }
    if all.seen == closed, closed > 0 {
      throw ScoringError.nothingUnseen(leads: closed, model: loaded.name)
    }
    guard all.labels.contains(1), all.labels.contains(0) else {
      throw ScoringError.noOutcomes(path: origin.name, column: model.outcome.column)
    }
    labels = all.labels
    probabilities = all.probabilities
    ruleScores = rules.map { _ in Self.filled(all.ruleScores) }
    var notes: [String] = []
    if all.seen > 0 {
      notes.append("\(all.seen) leads that the model was fitted to are left out.")
    }
    summary = DataSummary(
      source: origin.name, rows: all.rows, won: all.won, lost: all.lost,
      open: all.rows - closed, skippedRows: all.skipped, notes: notes)
    modelName = loaded.name
    rulesName = rules?.name
    warnings =
      loaded.warnings + (rules?.warnings(outcome: model.outcome.column) ?? [])
      + (model.sketch.fingerprints.isEmpty
        ? [
          "The model can't tell which leads it was fitted to: it has no id column, and too many leads "
            + "are alike. Make sure that these are others."
        ] : [])
  }

  /// A lead without points ranks below all others.
  private static func filled(_ scores: [Double]) -> [Double] {
    let lowest = scores.lazy.filter(\.isFinite).min() ?? 0
    return scores.map { $0.isFinite ? $0 : lowest - 1 }
  }

  /// How rules and model rank these leads.
  /// - Throws: `ScoringError.noRules` without rules.
  public func comparison() throws -> ComparisonReport {
    guard let ruleScores else { throw ScoringError.noRules }
    return try compare(
      labels: labels, probabilities: probabilities, ruleScores: ruleScores, population: .newData,
      model: modelName, rules: rulesName, warnings: warnings)
  }

  /// The model's figures on these leads, beside the rules where there are any.
  public func evaluation() throws -> EvaluationReport {
    guard let figures = ProbabilityFigures(labels: labels, probabilities: probabilities) else {
      throw ScoringError.noOutcomes(path: summary.source, column: "")
    }
    let ranking = Ranking(labels: labels, scores: probabilities)
    return EvaluationReport(
      model: modelName, data: summary, population: .newData, figures: figures,
      reliability: ranking.reliabilityTable(), gain: ranking.gainTable(),
      comparison: ruleScores == nil ? nil : try comparison(), warnings: warnings)
  }
}
