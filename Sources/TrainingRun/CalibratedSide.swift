import Calibration
import Models

/// A fitted algorithm with its out-of-fold predictions calibrated: as it would score, and so as it is judged.
struct CalibratedSide: Sendable {
  let side: any FittedSide
  let calibration: CrossFittedCalibration

  init(_ side: any FittedSide, history: LeadHistory, plan: FoldPlan) throws {
    self.side = side
    let rows = plan.validatedRows
    calibration = try CalibratorFitter().crossFitted(
      rawPredictions: side.rawPredictions, labels: rows.map { history.outcomes[$0] == 1 ? 1 : 0 },
      weights: history.weights.map { all in rows.map { all[$0] } }, folds: plan.folds)
  }

  /// Out of fold, each by a calibration of other folds; one a row of `FoldPlan.validatedRows`.
  var probabilities: [Double] { Models.probabilities(fromRawPredictions: calibration.logOdds) }
}
