import Glibc

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
/// Newton's method with step halving; standard errors from the inverse Hessian, intervals normal.
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
    let logits = ties.map { tie in
      let probability = min(max(tie.score, .ulpOfOne), 1 - .ulpOfOne)
      return log(probability) - log1p(-probability)
    }
    let offset = fittedLine(logits, slopeIsFree: false)
    let inTheLarge = Estimate(
      value: offset.intercept, standardError: (1 / offset.interceptCurvature).squareRoot(),
      level: level)
    guard !isSeparated else {
      return CalibrationLine(inTheLarge: inTheLarge, slope: nil, intercept: nil)
    }
    let line = fittedLine(logits, slopeIsFree: true)
    let determinant = line.determinant
    guard determinant > 0 else {
      return CalibrationLine(inTheLarge: inTheLarge, slope: nil, intercept: nil)
    }
    return CalibrationLine(
      inTheLarge: inTheLarge,
      slope: Estimate(
        value: line.slope,
        standardError: (line.interceptCurvature / determinant).squareRoot(), level: level),
      intercept: Estimate(
        value: line.intercept, standardError: (line.slopeCurvature / determinant).squareRoot(),
        level: level))
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

  /// Twice as many steps as Newton's method has needed on the hardest cases in the tests.
  private static let newtonSteps = 60

  private func fittedLine(_ logits: [Double], slopeIsFree: Bool) -> LinePoint {
    var point = LinePoint(intercept: 0, slope: 1, ranking: self, logits: logits)
    for _ in 0..<Self.newtonSteps {
      let (interceptStep, slopeStep) = point.newtonStep(slopeIsFree: slopeIsFree)
      var scale = 1.0
      var next = point
      // Halving ends at the rounding of the likelihood, where no step can gain any more.
      while scale > 1e-10 {
        next = LinePoint(
          intercept: point.intercept + scale * interceptStep,
          slope: point.slope + scale * slopeStep, ranking: self, logits: logits)
        if next.logLikelihood >= point.logLikelihood { break }
        scale /= 2
      }
      guard next.logLikelihood >= point.logLikelihood else { return point }
      point = next
      let size = max(abs(interceptStep), abs(slopeStep)) * scale
      if size <= 1e-11 * (1 + abs(point.intercept) + abs(point.slope)) { return point }
    }
    return point
  }
}

/// The log-likelihood of a calibration line with its first and second derivatives.
private struct LinePoint {
  let intercept: Double
  let slope: Double
  let logLikelihood: Double
  private let interceptGradient: Double
  private let slopeGradient: Double
  /// Minus the second derivatives.
  let interceptCurvature: Double
  private let mixedCurvature: Double
  let slopeCurvature: Double

  var determinant: Double {
    interceptCurvature * slopeCurvature - mixedCurvature * mixedCurvature
  }

  init(intercept: Double, slope: Double, ranking: Ranking, logits: [Double]) {
    var likelihood = CompensatedSum()
    var (gradient0, gradient1) = (CompensatedSum(), CompensatedSum())
    var (curvature00, curvature01, curvature11) = (0.0, 0.0, 0.0)
    for (tie, logit) in zip(ranking.ties, logits) {
      let raw = intercept + slope * logit
      // Both tails from one exponential: e = exp(−|raw|).
      let e = exp(-abs(raw))
      let upper = 1 / (1 + e)
      let probability = raw >= 0 ? upper : e * upper
      let weight = tie.leads * e * upper * upper
      let excess = tie.won - tie.leads * probability
      likelihood.add((raw >= 0 ? -tie.lost * raw : tie.won * raw) - tie.leads * log1p(e))
      gradient0.add(excess)
      gradient1.add(excess * logit)
      curvature00 += weight
      curvature01 += weight * logit
      curvature11 += weight * logit * logit
    }
    self.intercept = intercept
    self.slope = slope
    logLikelihood = likelihood.value
    interceptGradient = gradient0.value
    slopeGradient = gradient1.value
    interceptCurvature = curvature00
    mixedCurvature = curvature01
    slopeCurvature = curvature11
  }

  func newtonStep(slopeIsFree: Bool) -> (intercept: Double, slope: Double) {
    guard slopeIsFree else {
      return (interceptCurvature > 0 ? interceptGradient / interceptCurvature : 0, 0)
    }
    guard determinant > 0 else { return (0, 0) }
    return (
      (slopeCurvature * interceptGradient - mixedCurvature * slopeGradient) / determinant,
      (interceptCurvature * slopeGradient - mixedCurvature * interceptGradient) / determinant
    )
  }
}
