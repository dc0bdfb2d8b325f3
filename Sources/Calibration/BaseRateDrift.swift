import Metrics
import Validation

/// Tells whether the base rate drifted beyond doubt, from predictions out of fold in time order, and by how much
/// a model of all leads lies off the rate of today.
///
/// The levels of periods (`DriftPeriods`) are taken for a level that wanders, seen with the error that the
/// number of their leads makes and with noise of its own: odd weeks, campaigns, seasons (`LocalLevel`). There
/// is a drift where a level that stays, with noise, explains them worse than all but one in a hundred
/// histories whose level does stay. The shift is the last level, drawn to those before it as far as errors
/// and noise say, less the mean level. It is made where its interval leaves out 0: fold models grow with what
/// they learn from, which looks like a slow and tiny drift.
public struct BaseRateDrift: Sendable {
  public init() {}

  /// Of a level that stays: what is beyond doubt.
  static let pValue = 0.01
  /// Histories drawn, so that the p-value is good to three thousandths where it matters.
  static let draws = 999
  /// Of the shift's interval, as of all that probabilities have.
  static let level = 0.9

  /// - Parameters:
  ///   - evidence: with times.
  ///   - logOdds: predictions out of fold to test, calibrated or not, one a prediction of the evidence.
  /// - Returns: `nil` where there is no drift beyond doubt, or too little to tell, or nothing to correct any
  ///   more.
  /// - Throws: `CalibrationError`.
  public func shift(_ evidence: CalibrationEvidence, logOdds: [Double]) throws -> BaseRateShift? {
    guard let times = evidence.times else { return nil }
    precondition(
      times.count == evidence.folds.assignment.count && logOdds.count == evidence.labels.count,
      "one time a training lead and one prediction a label")
    let found = try DriftPeriods(evidence, times: times, logOdds: logOdds)
    guard let series = found.series else { return nil }
    let fit = series.fit()
    guard fit.likelihoodRatio > 0 else { return nil }
    let most = Int(Self.pValue * Double(Self.draws + 1)) - 1
    let beyond = series.drawsBeyond(fit, draws: Self.draws, atMost: most)
    let value = fit.level - found.meanLevel
    let error = fit.levelVariance.squareRoot()
    let interval = ConfidenceInterval.normal(
      around: value, standardError: error, level: Self.level)
    guard beyond <= most, interval.low > 0 || interval.high < 0, let last = found.parts.last
    else { return nil }
    // The last stretch; where folds do not follow time, the last fifth.
    let isForward = evidence.folds.scheme == .forward
    let recent = found.periods.indices.filter {
      isForward ? found.parts[$0] == last : 5 * ($0 + 1) > 4 * found.periods.count
    }
    return BaseRateShift(
      shift: Estimate(value: value, standardError: error, interval: interval),
      periods: found.periods, recentPeriods: recent.count,
      pValue: Double(beyond + 1) / Double(Self.draws + 1), likelihoodRatio: fit.likelihoodRatio,
      walk: fit.walk, noise: fit.noise)
  }
}
