import Models
import Validation

/// A calibration, and what it makes of leads that it was not fitted to.
public struct CrossFittedCalibration: Sendable, Equatable {
  /// Fitted to all predictions out of fold: the one to score with.
  public let calibrator: Calibrator
  /// Calibrated log-odds of each lead, by a calibration of other folds: for honest figures.
  public let logOdds: [Double]
}

extension CalibratorFitter {
  /// Calibrates predictions out of fold across the folds.
  ///
  /// Folds whose model trained on less than half of the leads calibrate nothing (their predictions are those
  /// of a weaker model), unless no fold trained on more. In forward folds each is calibrated by those before
  /// it, and the first is left as it is; in others by all the others. Forward folds' calibrations shape the
  /// predictions and leave their mean as it is: each fold's model knew another part of a history that may
  /// drift, the final model knows all of it, and `BaseRateDrift` judges what is left.
  ///
  /// - Parameters:
  ///   - folds: over all training leads.
  ///   - rawPredictions: one for each of `folds.validatedRows`, in their order; `labels` and `weights`
  ///     alike.
  /// - Throws: `CalibrationError`.
  public func crossFitted(
    rawPredictions: [Double], labels: [UInt8], weights: [Double]? = nil, folds: Folds
  ) throws -> CrossFittedCalibration {
    let participants = folds.assignment.reduce(0) { $0 + ($1 == Folds.takesNoPart ? 0 : 1) }
    let full = (0..<folds.count).filter { 2 * folds.trainingRows($0).count >= participants }
    return try crossFitted(
      rawPredictions: rawPredictions, labels: labels, weights: weights,
      folds: folds.validatedRows.map { folds.assignment[$0] },
      calibratingFolds: full.isEmpty ? nil : Set(full.map { Int32($0) }),
      isForward: folds.scheme == .forward)
  }

  /// The same with the fold of each prediction.
  ///
  /// - Parameters:
  ///   - folds: of each prediction, from 0.
  ///   - calibratingFolds: those to calibrate on; `nil` is all.
  ///   - isForward: whether later folds are later leads.
  public func crossFitted(
    rawPredictions: [Double], labels: [UInt8], weights: [Double]? = nil, folds: [Int32],
    calibratingFolds: Set<Int32>? = nil, isForward: Bool = false
  ) throws -> CrossFittedCalibration {
    precondition(
      rawPredictions.count == labels.count && folds.count == labels.count,
      "one label and one fold a prediction")
    precondition(weights.map { $0.count == labels.count } ?? true, "one weight a label")
    func chosen(_ isChosen: (Int32) -> Bool) throws -> ScoreGroups? {
      let rows = folds.indices.filter {
        isChosen(folds[$0]) && calibratingFolds?.contains(folds[$0]) != false && weights?[$0] != 0
      }
      guard !rows.isEmpty else { return nil }
      return try ScoreGroups(
        rawPredictions: rows.map { rawPredictions[$0] }, labels: rows.map { labels[$0] },
        weights: weights.map { all in rows.map { all[$0] } })
    }
    let numbers = Set(folds).sorted()
    guard let all = try chosen({ _ in true }) else { throw CalibrationError.noLeads }
    // One form for all, so that the figures are of what will score.
    let wantsCurve = all.rarerClass >= options.leadsForCurve
    let parts = isForward ? try numbers.map { fold in try chosen { $0 == fold } } : []
    var logOdds = rawPredictions
    for (place, fold) in numbers.enumerated() {
      let others = try chosen { isForward ? $0 < fold : $0 != fold }
      let calibrator =
        try others.map {
          try fit(
            $0, wantsCurve: wantsCurve, folds: isForward ? parts[..<place].compactMap { $0 } : nil)
        } ?? .identity
      for row in folds.indices where folds[row] == fold {
        logOdds[row] = calibrator.logOdds(ofRawPrediction: rawPredictions[row])
      }
    }
    return CrossFittedCalibration(
      calibrator: try fit(
        all, wantsCurve: wantsCurve, folds: isForward ? parts.compactMap { $0 } : nil),
      logOdds: logOdds)
  }
}
