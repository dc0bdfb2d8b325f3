import Metrics
import Models
import Parallel

/// The chosen model and the rules put together on the folds' own leads: the rules as a prior, and the rule
/// score as a feature.
///
/// The model's part are its calibrated log-odds out of fold (a lead's calibration, four numbers at most, is of
/// other folds). What a fold's leads get is fitted without them: the line that brings points to log-odds, and
/// the weights. The figures flatter no more than a choice between two forms does.
struct CombinedSide: Sendable {
  let combination: RuleCombination
  /// Out of fold by the better form, one a row of `FoldPlan.validatedRows`.
  let probabilities: [Double]
  /// Likewise of the rules alone.
  let ruleProbabilities: [Double]

  /// - Returns: `nil` where more points do not mean more conversions: there is nothing to put together.
  init?(
    _ model: CalibratedSide, rules: RuleSide, history: LeadHistory, plan: FoldPlan, pool: WorkerPool
  ) {
    let blending = Blending(history: history, plan: plan, pool: pool)
    let fit = CombinationFit(
      blending: blending, model: model.calibration.logOdds,
      scores: plan.validatedRows.map { rules.scores[$0] })
    guard let all = fit.line(without: nil) else { return nil }
    var lines: [Int32: RuleCombination.Line] = [:]
    for fold in Set(blending.folds) { lines[fold] = fit.line(without: fold) ?? fit.flat(all) }
    let ruleLogOdds = blending.crossFitted { fit.logOdds(of: lines[$0] ?? all) }
    let found = RuleCombination.Kind.allCases.map { kind in
      let raw = blending.crossFitted { fold in
        let line = lines[fold] ?? all
        return fit.predictions(
          fit.weights(kind, line: line, without: fold), line: line)
      }
      let weights = fit.weights(kind, line: all, without: nil)
      let form = RuleCombination.Form(
        kind: kind, intercept: weights.intercept, modelWeight: weights.model,
        rulesWeight: weights.rules, logLoss: blending.logLoss(raw),
        auc: Ranking(labels: blending.labels, scores: raw, weights: blending.weights).auc()?.value)
      return (form: form, raw: raw)
    }.enumerated().sorted {
      ($0.element.form.logLoss, $0.offset) < ($1.element.form.logLoss, $1.offset)
    }.map(\.element)
    combination = RuleCombination(
      rulesDigest: rules.scorer?.file.digest, pointsColumn: rules.scorer == nil ? rules.name : nil,
      rules: all, rulesLogLoss: blending.logLoss(ruleLogOdds),
      modelLogLoss: blending.logLoss(model.calibration.logOdds), forms: found.map(\.form))
    probabilities = Models.probabilities(fromRawPredictions: found[0].raw)
    ruleProbabilities = Models.probabilities(fromRawPredictions: ruleLogOdds)
  }
}

/// Fits what puts a model and rules together, of all leads or of those of other folds.
private struct CombinationFit {
  let blending: Blending
  /// Log-odds.
  let model: [Double]
  let scores: [Double]

  struct Weights {
    let intercept: Double
    let model: Double
    let rules: Double
  }

  /// Of the slope for one standard deviation of the score, a normal prior's: as of `RulePrior`.
  private static let slopeDeviation = 0.5

  /// - Returns: `nil` where the slope is 0, or all leads have one score.
  func line(without fold: Int32?) -> RuleCombination.Line? {
    let rows = scores.indices.filter { blending.folds[$0] != fold }
    let weights = rows.map { blending.weights?[$0] ?? 1 }
    let own = rows.map { scores[$0] }
    guard let lowest = own.min(), let highest = own.max(), lowest < highest else { return nil }
    let total = weights.reduce(0, +)
    let mean = zip(own, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let variance =
      zip(own, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) } / total
    let deviation = variance.squareRoot()
    guard deviation > 0, deviation.isFinite else { return nil }
    let found = blending.blendWeights(
      [scores.map { ($0 - mean) / deviation }], start: [0], without: fold,
      // Of the mean loss, as the penalty of a blend is.
      shrinkage: 1 / (2 * Self.slopeDeviation * Self.slopeDeviation * total))
    guard found.weights[0] > 0 else { return nil }
    let slope = found.weights[0] / deviation
    return RuleCombination.Line(
      lowest: lowest, highest: highest, intercept: found.intercept - slope * mean, slope: slope)
  }

  /// One probability for all: that of the middle of another line.
  func flat(_ line: RuleCombination.Line) -> RuleCombination.Line {
    RuleCombination.Line(
      lowest: line.lowest, highest: line.highest,
      intercept: line.logOdds(ofScore: (line.lowest + line.highest) / 2), slope: 0)
  }

  func logOdds(of line: RuleCombination.Line) -> [Double] {
    scores.map { line.logOdds(ofScore: $0) }
  }

  func weights(
    _ kind: RuleCombination.Kind, line: RuleCombination.Line, without fold: Int32?
  ) -> Weights {
    let rules = logOdds(of: line)
    switch kind {
    case .feature:
      // Where the score adds nothing, the model stays as it is.
      let found = blending.blendWeights(
        [model, rules], start: [1, 0], without: fold, shrinkage: blending.combinationShrinkage)
      return Weights(
        intercept: found.intercept, model: found.weights[0], rules: found.weights[1])
    case .prior:
      let away = zip(model, rules).map { $0 - $1 }
      let found = blending.blendWeights(
        [away], start: [0], without: fold, shrinkage: blending.combinationShrinkage, offsets: rules)
      // Beyond the model, on the side away from the rules, there is no prior left.
      guard found.weights[0] < 1 else { return Weights(intercept: 0, model: 1, rules: 0) }
      return Weights(
        intercept: found.intercept, model: found.weights[0], rules: 1 - found.weights[0])
    }
  }

  func predictions(_ weights: Weights, line: RuleCombination.Line) -> [Double] {
    zip(model, logOdds(of: line)).map {
      weights.intercept + weights.model * $0 + weights.rules * $1
    }
  }
}
