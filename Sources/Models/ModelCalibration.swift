import Metrics

/// What brings a model's log-odds to probabilities that mean what they say, and how well they do.
public struct ModelCalibration: Codable, Sendable, Equatable {
  public let calibrator: Calibrator
  /// Around the probability of leads with a score; `nil` where there was too little to fit one to.
  public let interval: ProbabilityInterval?
  /// Of calibrated predictions out of fold, each by a calibration of other folds; `nil` where there was
  /// too little to judge.
  public let figures: CalibrationFigures?

  public init(
    calibrator: Calibrator, interval: ProbabilityInterval?, figures: CalibrationFigures?
  ) {
    self.calibrator = calibrator
    self.interval = interval
    self.figures = figures
  }

  /// The interval's bounds of a lead; `nil` without an interval.
  /// - Parameters:
  ///   - raw: the model's log-odds, before calibration.
  ///   - logOdds: after it.
  public func bounds(rawPrediction raw: Double, logOdds: Double) -> ProbabilityInterval.Bounds? {
    interval?.bounds(rawPrediction: raw, logOdds: logOdds)
  }
}
