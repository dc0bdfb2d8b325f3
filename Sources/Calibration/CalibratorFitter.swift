import Metrics
import Models

/// Fits a `Calibrator` to predictions out of fold.
///
/// Below 200 leads of the rarer class the log-odds stay as they are, unless as many conversions as there
/// were are beyond what the model can mean (p < 0.01): then all are moved alike. From 200, a parabola in
/// log-odds between the 1st and 99th percentile of the predictions and its tangents beyond, by penalised
/// likelihood with normal priors on its mean slope about 1 and on its bend about 0; both end slopes are
/// held above 0.05, so it increases everywhere.
public struct CalibratorFitter: Sendable {
  public let options: CalibratorOptions

  /// - Throws: `CalibrationError.invalidOption`.
  public init(options: CalibratorOptions = CalibratorOptions()) throws {
    self.options = try options.validated()
  }

  /// - Parameters:
  ///   - rawPredictions: log-odds, of models that had not seen the leads.
  ///   - labels: 1 won, 0 lost, one a prediction.
  ///   - weights: how many times each lead counts; `nil` is once.
  /// - Throws: `CalibrationError`.
  public func fit(
    rawPredictions: [Double], labels: [UInt8], weights: [Double]? = nil
  ) throws -> Calibrator {
    let groups = try ScoreGroups(
      rawPredictions: rawPredictions, labels: labels, weights: weights)
    return try fit(groups, wantsCurve: groups.rarerClass >= options.leadsForCurve)
  }

  /// - Parameters:
  ///   - wantsCurve: whether to fit the parabola, where the predictions leave room for one.
  ///   - folds: the same leads by fold where each fold's level is its own matter (forward folds: each
  ///     model knows another part of a drifting history). The calibration then shapes the predictions and
  ///     leaves their mean as it is.
  func fit(_ groups: ScoreGroups, wantsCurve: Bool, folds: [ScoreGroups]? = nil) throws
    -> Calibrator
  {
    guard groups.rarerClass > 0 else { return .identity }
    let low = groups.quantile(options.tailShare)
    let high = groups.quantile(1 - options.tailShare)
    guard wantsCurve, high - low > 1e-6 * max(1, abs(low), abs(high)) else {
      return folds == nil ? try checkedIntercept(groups) : .identity
    }
    let curve = try curve(folds ?? [groups], low: low, high: high)
    guard folds != nil else { return .quadratic(curve) }
    return .quadratic(try Self.keepingMean(curve, of: groups))
  }

  private func checkedIntercept(_ groups: ScoreGroups) throws -> Calibrator {
    let estimate = try InterceptMatch.estimate(groups)
    let pValue = NormalDistribution.twoSidedTail(estimate.value / estimate.standardError)
    return pValue < options.interceptPValue ? .intercept(estimate.value) : .identity
  }

  /// What a slope of 1 at one end and 0 at the other adds, for either end.
  static func slopeColumns(_ raw: Double, low: Double, high: Double) -> [Double] {
    let inside = min(max(raw, low), high) - low
    let bend = inside * inside / (2 * (high - low))
    return [inside - bend + min(raw - low, 0), bend + max(raw - high, 0)]
  }

  /// The minimum over slopes of at least `leastSlope`. The objective is convex, so the lowest of the minima
  /// with no, either and both slopes held at the bound, among those that respect it, is the minimum.
  ///
  /// The first two columns are the slopes', each fold has one more for its level.
  private func curve(_ folds: [ScoreGroups], low: Double, high: Double) throws -> Calibrator.Curve {
    let columnCount = 2 + folds.count
    let noLevels = [Double](repeating: 0, count: folds.count)
    var design: [Double] = []
    for (fold, groups) in folds.enumerated() {
      var levels = noLevels
      levels[fold] = 1
      for raw in groups.raw {
        design.append(contentsOf: Self.slopeColumns(raw, low: low, high: high) + levels)
      }
    }
    let problem = PenalisedLogit(
      columnCount: columnCount, design: design, offsets: [], leads: folds.flatMap(\.leads),
      won: folds.flatMap(\.won),
      priors: [
        .init(combination: [0.5, 0.5] + noLevels, mean: 1, deviation: options.slopeDeviation),
        .init(combination: [-0.5, 0.5] + noLevels, mean: 0, deviation: options.bendDeviation),
      ], name: "The calibration curve")
    let least = options.leastSlope
    let faces: [(held: Set<Int>, slopes: [Double])] = [
      ([], [1, 1]), ([0], [least, 1]), ([1], [1, least]), ([0, 1], [least, least]),
    ]
    let levels = [Double](repeating: low, count: folds.count)
    var best: PenalisedLogit.Minimum?
    for face in faces {
      let minimum = try problem.minimum(from: face.slopes + levels, holding: face.held)
      guard minimum.coefficients[0] >= least, minimum.coefficients[1] >= least else { continue }
      if minimum.objective < best?.objective ?? .infinity { best = minimum }
      // The minimum without bounds is the lowest of all.
      if face.held.isEmpty { break }
    }
    guard let best else {
      throw CalibrationError.notConverged(what: problem.name, steps: PenalisedLogit.steps)
    }
    return Calibrator.Curve(
      low: low, high: high, valueAtLow: best.coefficients[2], slopeAtLow: best.coefficients[0],
      slopeAtHigh: best.coefficients[1])
  }

  /// The curve moved so that the mean probability of the leads stays what it was.
  private static func keepingMean(
    _ curve: Calibrator.Curve, of groups: ScoreGroups
  ) throws -> Calibrator.Curve {
    let expected = zip(groups.raw, groups.leads).map { $1 * probability(fromRawPrediction: $0) }
    let move = try InterceptMatch.estimate(
      logOdds: groups.raw.map(Calibrator.quadratic(curve).logOdds(ofRawPrediction:)),
      leads: groups.leads, won: expected)
    return Calibrator.Curve(
      low: curve.low, high: curve.high, valueAtLow: curve.valueAtLow + move.value,
      slopeAtLow: curve.slopeAtLow, slopeAtHigh: curve.slopeAtHigh)
  }
}
