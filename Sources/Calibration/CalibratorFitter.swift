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

  /// - Parameter wantsCurve: whether to fit the parabola, where the predictions leave room for one.
  func fit(_ groups: ScoreGroups, wantsCurve: Bool) throws -> Calibrator {
    guard groups.rarerClass > 0 else { return .identity }
    let low = groups.quantile(options.tailShare)
    let high = groups.quantile(1 - options.tailShare)
    guard wantsCurve, high - low > 1e-6 * max(1, abs(low), abs(high)) else {
      return try checkedIntercept(groups)
    }
    return .quadratic(try curve(groups, low: low, high: high))
  }

  private func checkedIntercept(_ groups: ScoreGroups) throws -> Calibrator {
    let estimate = try InterceptMatch.estimate(groups)
    let pValue = NormalDistribution.twoSidedTail(estimate.value / estimate.standardError)
    return pValue < options.interceptPValue ? .intercept(estimate.value) : .identity
  }

  /// The columns 1 and, per slope, what a slope of 1 at that end and 0 at the other adds.
  static func design(_ raw: [Double], low: Double, high: Double) -> [Double] {
    var design: [Double] = []
    design.reserveCapacity(raw.count * 3)
    for value in raw {
      let inside = min(max(value, low), high) - low
      let bend = inside * inside / (2 * (high - low))
      design.append(1)
      design.append(inside - bend + min(value - low, 0))
      design.append(bend + max(value - high, 0))
    }
    return design
  }

  /// The minimum over slopes of at least `leastSlope`. The objective is convex, so the lowest of the minima
  /// with no, either and both slopes held at the bound, among those that respect it, is the minimum.
  private func curve(_ groups: ScoreGroups, low: Double, high: Double) throws -> Calibrator.Curve {
    let problem = PenalisedLogit(
      columnCount: 3, design: Self.design(groups.raw, low: low, high: high),
      offsets: [Double](repeating: 0, count: groups.count), leads: groups.leads, won: groups.won,
      priors: [
        .init(combination: [0, 0.5, 0.5], mean: 1, deviation: options.slopeDeviation),
        .init(combination: [0, -0.5, 0.5], mean: 0, deviation: options.bendDeviation),
      ], name: "The calibration curve")
    let least = options.leastSlope
    let faces: [(held: Set<Int>, start: [Double])] = [
      ([], [low, 1, 1]), ([1], [low, least, 1]), ([2], [low, 1, least]),
      ([1, 2], [low, least, least]),
    ]
    var best: PenalisedLogit.Minimum?
    for face in faces {
      let minimum = try problem.minimum(from: face.start, holding: face.held)
      guard minimum.coefficients[1] >= least, minimum.coefficients[2] >= least else { continue }
      if minimum.objective < best?.objective ?? .infinity { best = minimum }
      // The minimum without bounds is the lowest of all.
      if face.held.isEmpty { break }
    }
    guard let best else {
      throw CalibrationError.notConverged(what: problem.name, steps: PenalisedLogit.steps)
    }
    return Calibrator.Curve(
      low: low, high: high, valueAtLow: best.coefficients[0], slopeAtLow: best.coefficients[1],
      slopeAtHigh: best.coefficients[2])
  }
}
