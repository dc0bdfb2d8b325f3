import Calibration
import Metrics
import Models

/// The chosen model's calibration for leads to come, its intervals, and what of its leads would be novel.
struct CalibratedModel: Sendable {
  let fitted: FittedCalibration
  let novelty: NoveltyDetector?

  init(
    _ chosen: any FittedSide, history: LeadHistory, plan: FoldPlan, seed: UInt64
  ) throws {
    let rows = plan.validatedRows
    fitted = try FittedCalibration(
      CalibrationEvidence(
        folds: plan.folds, rawPredictions: chosen.rawPredictions,
        labels: rows.map { history.outcomes[$0] == 1 ? 1 : 0 },
        weights: history.weights.map { all in rows.map { all[$0] } },
        accounts: plan.clusters.map { all in rows.map { all[$0] } },
        times: plan.times.map { all in plan.trainingRows.map { all[$0] } }), seed: seed)
    novelty = NoveltyFitter().fit(
      history.table, columns: chosen.predictor.requiredColumns, rows: plan.trainingRows, seed: seed)
  }

  /// As the model file keeps it.
  var calibration: ModelCalibration {
    ModelCalibration(
      calibrator: fitted.calibrator, interval: fitted.interval, figures: fitted.figures)
  }

  /// What became of the intercept, in words.
  /// - Parameter unit: what a row is: `lead` or `example`.
  func warnings(unit: String) -> [String] {
    guard let drift = fitted.drift else { return [] }
    let recent = drift.recent
    let rate = NumberText.percent(recent.conversions / max(recent.leads, 1))
    let expected = NumberText.percent(recent.expected / max(recent.leads, 1))
    return [
      "The conversion rate has moved beyond doubt: of the latest \(NumberText.count(recent.leads)) "
        + "\(unit)s that were judged \(rate) converted, where the models of earlier \(unit)s meant "
        + "\(expected). All log-odds are moved by \(NumberText.signed(drift.shift.value, 2)), as far as "
        + "the ups and downs of single periods let it be known, so that leads to come start from the rate "
        + "of today."
    ]
  }
}
