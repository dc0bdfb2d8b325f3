/// A fitted value with its standard error and interval.
public struct Estimate: Codable, Sendable, Equatable {
  public let value: Double
  public let standardError: Double
  public let interval: ConfidenceInterval

  public init(value: Double, standardError: Double, interval: ConfidenceInterval) {
    self.value = value
    self.standardError = standardError
    self.interval = interval
  }

  init(value: Double, standardError: Double, level: Double) {
    self.init(
      value: value, standardError: standardError,
      interval: .normal(around: value, standardError: standardError, level: level))
  }
}

/// How probabilities lie against outcomes, as a line in log-odds (Cox 1958).
public struct CalibrationLine: Codable, Sendable, Equatable {
  /// Calibration in the large: the intercept with the slope held at 1. Below 0, the probabilities are
  /// too high on the whole; 0 is best.
  public let inTheLarge: Estimate
  /// Below 1, the probabilities are too extreme (an overfitted model); above 1, too timid. `nil` where
  /// no finite slope exists: constant probabilities, or ones that separate won from lost.
  public let slope: Estimate?
  /// The intercept that goes with `slope`.
  public let intercept: Estimate?
}

/// Fits outcome on log-odds by logistic regression, once with the slope held at 1 and once free.
///
/// Newton's method (`LineFitter`); standard errors from the inverse Hessian, intervals normal.
/// Probabilities are held within `[ε, 1 − ε]`, ε = 2⁻⁵², before log-odds are taken.
///
/// - Returns: `nil` unless there are both won and lost leads.
public func calibrationLine(
  labels: [UInt8], probabilities: [Double], weights: [Double]? = nil, level: Double = 0.95
) -> CalibrationLine? {
  Ranking(labels: labels, scores: probabilities, weights: weights).calibrationLine(level: level)
}

extension Ranking {
  /// See `calibrationLine(labels:probabilities:weights:level:)`; the scores must be probabilities.
  public func calibrationLine(level: Double = 0.95) -> CalibrationLine? {
    guard hasBothClasses else { return nil }
    let fitter = LineFitter(self)
    let offset = fitter.fit(slopeIsFree: false)
    let inTheLarge = Estimate(
      value: offset.intercept, standardError: (1 / offset.interceptCurvature).squareRoot(),
      level: level)
    guard !isSeparated else {
      return CalibrationLine(inTheLarge: inTheLarge, slope: nil, intercept: nil)
    }
    let line = fitter.fit(slopeIsFree: true)
    guard line.determinant > 0 else {
      return CalibrationLine(inTheLarge: inTheLarge, slope: nil, intercept: nil)
    }
    return CalibrationLine(
      inTheLarge: inTheLarge,
      slope: Estimate(
        value: line.slope,
        standardError: (line.interceptCurvature / line.determinant).squareRoot(), level: level),
      intercept: Estimate(
        value: line.intercept,
        standardError: (line.slopeCurvature / line.determinant).squareRoot(), level: level))
  }

  /// Whether a threshold on the score parts won from lost (ties at the threshold included), so that
  /// no finite slope maximises the likelihood.
  private var isSeparated: Bool {
    guard let firstWon = ties.firstIndex(where: { $0.won > 0 }),
      let lastWon = ties.lastIndex(where: { $0.won > 0 }),
      let firstLost = ties.firstIndex(where: { $0.lost > 0 }),
      let lastLost = ties.lastIndex(where: { $0.lost > 0 })
    else { return true }
    return lastWon <= firstLost || lastLost <= firstWon
  }
}
