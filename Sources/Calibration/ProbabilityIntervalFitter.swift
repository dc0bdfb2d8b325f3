import Glibc
import Metrics
import Models

/// Fits the interval for the mean conversion probability of leads with a score.
///
/// Outcome on score by logistic regression on a restricted cubic spline, on predictions out of fold; the
/// band of the fitted log-odds by the delta method, its variance the larger of that of independent leads and
/// that of independent accounts (Liang and Zeger's sandwich); bounds then put in ascending order, which
/// can only bring a band closer to a curve that rises (Chernozhukov, Fernández-Val and Galichon 2009). Where
/// few leads of one outcome are seen, the band of a curve runs off to chances that no history can tell from
/// others: no bound goes beyond what Jeffreys' interval would leave had none of all its leads converted, or
/// all of them.
public struct ProbabilityIntervalFitter: Sendable {
  public let options: IntervalOptions

  /// - Throws: `CalibrationError.invalidOption`.
  public init(options: IntervalOptions = IntervalOptions()) throws {
    self.options = try options.validated()
  }

  /// Points of the curve that are kept: every 64th of the leads and both ends.
  static let segments = 64

  /// - Parameters:
  ///   - rawPredictions: log-odds before calibration, of models that had not seen the leads.
  ///   - labels: 1 won, 0 lost, one a prediction.
  ///   - weights: how many times each lead counts; `nil` is once.
  ///   - accounts: a code a lead, from 0, those of one account equal; −1 for a lead of its own. `nil` where
  ///     leads are independent.
  ///   - forwardFolds: the fold of each prediction where folds are forward in time: each fold's own level is
  ///     then taken out, as the final model knows more of a history that may drift; `nil` otherwise.
  ///   - shift: what is added to all log-odds where the base rate drifted (`BaseRateShift`), in the
  ///     calibrator too; `nil` for nothing.
  /// - Throws: `CalibrationError`, `.oneClass` included.
  public func fit(
    rawPredictions: [Double], labels: [UInt8], weights: [Double]? = nil,
    accounts: [Int32]? = nil, forwardFolds: [Int32]? = nil, shift: Estimate? = nil
  ) throws -> ProbabilityInterval {
    precondition(rawPredictions.count == labels.count, "one label a prediction")
    precondition(weights.map { $0.count == labels.count } ?? true, "one weight a label")
    precondition(accounts.map { $0.count == labels.count } ?? true, "one account a label")
    let groups = try ScoreGroups(
      rawPredictions: rawPredictions, labels: labels, weights: weights)
    guard groups.rarerClass > 0 else {
      throw CalibrationError.oneClass(won: groups.totalWon > 0, leads: Int(groups.totalLeads))
    }
    let levels = try forwardFolds.map {
      try FoldLevels(
        folds: $0, rawPredictions: rawPredictions, labels: labels, weights: weights)
    }
    let curve = try CalibrationBand(groups: groups, levels: levels)
    let clustered = accounts.map {
      curve.clusterCovariance(
        rawPredictions: rawPredictions, labels: labels, weights: weights, accounts: $0,
        levels: levels?.ofRows)
    }
    let reach = NormalDistribution.halfWidth(level: options.level)
    let (mean, deviation) = (groups.mean, groups.standardDeviation)
    let shiftVariance = shift.map { $0.standardError * $0.standardError } ?? 0
    let allowance = options.slopeAllowance(rarerClass: groups.rarerClass)
    let knots = Self.knots(groups)
    let limit = farthestLogOdds(leads: groups.totalLeads)
    var (lows, highs): ([Double], [Double]) = ([], [])
    for knot in knots {
      let point = curve.point(knot, clustered: clustered)
      let middle = point.logOdds + (shift?.value ?? 0)
      let distance = deviation > 0 ? min(abs(knot - mean) / deviation, 2) : 0
      let factor = 1 + allowance * distance
      let error = (factor * factor * point.variance + shiftVariance).squareRoot()
      lows.append(min(max(middle - reach * error, -limit), limit))
      highs.append(max(min(middle + reach * error, limit), -limit))
    }
    return ProbabilityInterval(
      level: options.level, knots: knots, lows: lows.sorted(), highs: highs.sorted())
  }

  /// The log-odds beyond which a chance can't be told to lie from so many leads.
  ///
  /// Where none of n leads converted, Jeffreys' interval begins at the lower quantile of Beta(½, n + ½), which
  /// for all but a handful of leads is that of χ²₁ over 2n (Brown, Cai and DasGupta 2001): 0.002 / n at 90%.
  private func farthestLogOdds(leads: Double) -> Double {
    // P(χ²₁ < z²) = P(|Z| < z), which is to be the share of one tail.
    let deviate = NormalDistribution.halfWidth(level: (1 - options.level) / 2)
    return log(2 * (leads + 0.5) / (deviate * deviate) - 1)
  }

  /// Quantiles of the raw predictions, each once; at least two.
  private static func knots(_ groups: ScoreGroups) -> [Double] {
    var knots: [Double] = []
    for step in 0...segments {
      let knot = groups.quantile(Double(step) / Double(segments))
      if knots.last.map({ $0 < knot }) ?? true { knots.append(knot) }
    }
    // One score for all leads: a pair of knots about it.
    if knots.count == 1 { knots.append(knots[0] + 1e-6 * max(1, abs(knots[0]))) }
    return knots
  }
}
