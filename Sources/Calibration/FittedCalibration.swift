import Metrics
import Models
import Validation

/// What a calibration is fitted to: predictions of leads by models that had not seen them.
public struct CalibrationEvidence: Sendable {
  /// Over all training leads.
  public var folds: Folds
  /// Log-odds, one for each of `folds.validatedRows`, in their order, as everything below.
  public var rawPredictions: [Double]
  /// 1 won, 0 lost.
  public var labels: [UInt8]
  /// How many times each lead counts; `nil` is once.
  public var weights: [Double]?
  /// A code a lead, from 0; −1 for a lead of its own; `nil` where leads are independent.
  public var accounts: [Int32]?
  /// When each lead of `folds` was scored, those that no fold judged too, in any unit, NaN where nobody
  /// knows; `nil` without dates.
  public var times: [Double]?

  public init(
    folds: Folds, rawPredictions: [Double], labels: [UInt8], weights: [Double]? = nil,
    accounts: [Int32]? = nil, times: [Double]? = nil
  ) {
    self.folds = folds
    self.rawPredictions = rawPredictions
    self.labels = labels
    self.weights = weights
    self.accounts = accounts
    self.times = times
  }
}

/// Everything that `fit` learns about a model's probabilities.
public struct FittedCalibration: Sendable, Equatable {
  /// To score with; holds the shift of a drifted base rate.
  public let calibrator: Calibrator
  /// Of the same; holds the shift too.
  public let interval: ProbabilityInterval
  /// Calibrated log-odds of each lead, by calibrations of other folds and without the shift: for honest
  /// figures.
  public let logOdds: [Double]
  /// Of `logOdds`.
  public let figures: CalibrationFigures?
  /// That the base rate drifted beyond doubt; `nil` where it did not, or without times.
  public let drift: BaseRateShift?

  /// Calibrates, tests for drift, fits the interval and judges.
  ///
  /// - Parameter seed: of the draws for the figures' intervals.
  /// - Throws: `CalibrationError`.
  public init(
    _ evidence: CalibrationEvidence, options: CalibratorOptions = CalibratorOptions(),
    intervals: IntervalOptions = IntervalOptions(), seed: UInt64 = 0
  ) throws {
    let (raw, labels, weights) = (evidence.rawPredictions, evidence.labels, evidence.weights)
    let isForward = evidence.folds.scheme == .forward
    let calibration = try CalibratorFitter(options: options).crossFitted(
      rawPredictions: raw, labels: labels, weights: weights, folds: evidence.folds)
    drift = try BaseRateDrift().shift(evidence, logOdds: calibration.logOdds)
    let shift = drift?.shift
    calibrator =
      shift.map { calibration.calibrator.shifted(by: $0.value) } ?? calibration.calibrator
    interval = try ProbabilityIntervalFitter(options: intervals).fit(
      rawPredictions: raw, labels: labels, weights: weights, accounts: evidence.accounts,
      forwardFolds: isForward
        ? evidence.folds.validatedRows.map { evidence.folds.assignment[$0] } : nil,
      shift: shift)
    logOdds = calibration.logOdds
    figures = CalibrationFigures(
      labels: labels, probabilities: probabilities(fromRawPredictions: calibration.logOdds),
      weights: weights, accounts: evidence.accounts, seed: seed)
  }
}
