import Comparison
import Metrics
import Models
import Parallel
import Reports

/// A fitted model judged on leads that it was not fitted to: out of fold and held out, alone and beside
/// the rules.
struct JudgedModel: Sendable {
  /// Leads judged together.
  struct Part: Sendable {
    /// Rows of the table, ascending.
    let rows: [Int]
    let probabilities: [Double]
    let figures: ProbabilityFigures
    let comparison: ComparisonReport?
  }

  let outOfFold: Part
  let heldOut: Part?
  /// Share of the training leads that converted, weights counted.
  let baseRate: Double

  /// - Parameters:
  ///   - calibrator: for leads that no fold validated.
  ///   - combined: the model and the rules together.
  ///   - setting: for a comparison with all that can be told; `nil` for that of the rankings alone.
  /// - Throws: `TrainingError.foldWithoutBothOutcomes` where there is nothing to judge by.
  init(
    history: LeadHistory, plan: FoldPlan, side: CalibratedSide, calibrator: Calibrator,
    rules: RuleSide?, combined: CombinedSide? = nil, setting: RuleSide.Setting? = nil,
    pool: WorkerPool
  ) throws {
    let judge = Judge(history: history, rules: rules, setting: setting)
    outOfFold = try judge.part(
      rows: plan.validatedRows, probabilities: side.probabilities,
      combined: combined.map {
        CombinedScores(
          combination: $0.combination, probabilities: $0.probabilities,
          ruleProbabilities: $0.ruleProbabilities)
      }, population: .outOfFold)
    if plan.heldOutRows.isEmpty {
      heldOut = nil
    } else {
      let probabilities = probabilities(
        fromRawPredictions: calibrator.logOdds(
          ofRawPredictions: try side.side.rawPredictions(
            history.table, rows: plan.heldOutRows, pool: pool)))
      heldOut = try judge.part(
        rows: plan.heldOutRows, probabilities: probabilities,
        combined: combined.flatMap { combined in
          rules.map { rules in
            CombinedScores(
              combined.combination, model: probabilities,
              ruleScores: plan.heldOutRows.map { rules.scores[$0] })
          }
        }, population: .heldOut)
    }
    var won = 0.0
    var total = 0.0
    for row in plan.trainingRows {
      let weight = history.weights?[row] ?? 1
      total += weight
      if history.outcomes[row] == 1 { won += weight }
    }
    baseRate = won / total
  }
}

/// Judges predictions of some of a history's leads.
private struct Judge {
  let history: LeadHistory
  let rules: RuleSide?
  let setting: RuleSide.Setting?

  func part(
    rows: [Int], probabilities: [Double], combined: CombinedScores?,
    population: ComparisonReport.Population
  ) throws -> JudgedModel.Part {
    let labels = rows.map { UInt8(history.outcomes[$0] == 1 ? 1 : 0) }
    let weights = history.weights.map { all in rows.map { all[$0] } }
    guard
      let figures = ProbabilityFigures(
        labels: labels, probabilities: probabilities, weights: weights)
    else { throw TrainingError.foldWithoutBothOutcomes }
    let comparison = try rules.map { rules in
      if let setting {
        return try rules.comparison(
          rows: rows, labels: labels, probabilities: probabilities, weights: weights,
          combined: combined, population: population, in: setting)
      }
      return try compare(
        labels: labels, probabilities: probabilities, ruleScores: rows.map { rules.scores[$0] },
        weights: weights, population: population, rules: rules.name, cautions: rules.cautions,
        combined: combined)
    }
    return JudgedModel.Part(
      rows: rows, probabilities: probabilities, figures: figures, comparison: comparison)
  }
}
