import Metrics

/// Figures of calibration on leads drawn again: each lead, or each account whole, counts a Poisson number of
/// times with mean 1, which for many leads is drawing with replacement.
///
/// The leads are first merged into at most 100 groups of neighbouring probabilities, so that a draw costs
/// little; the smoothing spans three quarters of the leads and does not see it.
struct FigureBootstrap {
  struct Draw {
    let ici: Double
    let reliability: Double
    let resolution: Double
    /// The smoothed rate at each of `points`.
    let rates: [Double]
  }

  static let draws = 200
  static let groups = 100
  static let points = 32

  private let groups: ScoreGroups
  private let points: [Double]
  private let original: Draw
  private let draws: [Draw]
  private let level: Double

  /// - Returns: `nil` unless there are both won and lost leads.
  init?(
    labels: [UInt8], probabilities: [Double], weights: [Double]?, accounts: [Int32]?,
    level: Double, seed: UInt64
  ) {
    guard
      let groups = try? ScoreGroups(
        rawPredictions: probabilities, labels: labels, weights: weights, limit: Self.groups),
      groups.rarerClass > 0
    else { return nil }
    self.groups = groups
    self.level = level
    var points: [Double] = []
    for step in 0...Self.points {
      let point = groups.quantile(Double(step) / Double(Self.points))
      if points.last.map({ $0 < point }) ?? true { points.append(point) }
    }
    self.points = points
    let lost = zip(groups.leads, groups.won).map { $0 - $1 }
    guard let original = Self.draw(groups.raw, won: groups.won, lost: lost, points: points) else {
      return nil
    }
    self.original = original
    let accountRows = accounts.map {
      AccountRows(
        accounts: $0, labels: labels, probabilities: probabilities, weights: weights,
        groups: groups)
    }
    draws = (0..<Self.draws).compactMap { number in
      var random = RandomNumbers(seed: seed, stream: UInt64(number))
      let counts: (won: [Double], lost: [Double])
      if let accountRows {
        counts = accountRows.drawn(&random)
      } else {
        counts = (
          groups.won.map { random.poisson(mean: $0) }, lost.map { random.poisson(mean: $0) }
        )
      }
      return Self.draw(groups.raw, won: counts.won, lost: counts.lost, points: points)
    }
  }

  private static func draw(
    _ probabilities: [Double], won: [Double], lost: [Double], points: [Double]
  ) -> Draw? {
    let labels = [UInt8](repeating: 1, count: won.count) + [UInt8](repeating: 0, count: lost.count)
    let scores = probabilities + probabilities
    let weights = won + lost
    guard
      let curve = calibrationCurve(labels: labels, probabilities: scores, weights: weights),
      let brier = brierDecomposition(labels: labels, probabilities: scores, weights: weights)
    else { return nil }
    return Draw(
      ici: curve.ici, reliability: brier.reliability, resolution: brier.resolution,
      rates: points.map { rate(curve, at: $0) })
  }

  /// Linear between the curve's points, level beyond them.
  private static func rate(_ curve: CalibrationCurve, at probability: Double) -> Double {
    let points = curve.points
    guard let next = points.firstIndex(where: { $0.probability >= probability }) else {
      return points[points.count - 1].conversionRate
    }
    guard next > 0 else { return points[0].conversionRate }
    let (left, right) = (points[next - 1], points[next])
    let share = (probability - left.probability) / (right.probability - left.probability)
    return left.conversionRate + share * (right.conversionRate - left.conversionRate)
  }

  /// A figure that cannot be negative, with the basic bootstrap interval: what the draws lie off the leads'
  /// own figure is taken off it. So the noise that raises such figures is taken off twice at the low end,
  /// and 0 is within reach of a model that has nothing wrong.
  func figure(_ value: Double, _ part: (Draw) -> Double) -> CalibrationFigures.Figure {
    let reach = draws.map(part).sorted()
    let centre = part(original)
    return CalibrationFigures.Figure(
      value: value,
      interval: ConfidenceInterval(
        low: max(0, value - (quantile(reach, (1 + level) / 2) - centre)),
        high: max(value, value - (quantile(reach, (1 - level) / 2) - centre)), level: level))
  }

  /// The curve at the points that are kept, each with the percentiles of the draws about its own value.
  func curve(through curve: CalibrationCurve) -> [CalibrationFigures.CurvePoint] {
    points.indices.map { index in
      let rates = draws.map { $0.rates[index] }.sorted()
      let value = Self.rate(curve, at: points[index])
      let move = value - original.rates[index]
      return CalibrationFigures.CurvePoint(
        probability: points[index], conversionRate: min(max(value, 0), 1),
        interval: ConfidenceInterval(
          low: max(0, quantile(rates, (1 - level) / 2) + move),
          high: min(1, quantile(rates, (1 + level) / 2) + move), level: level))
    }
  }

  private func quantile(_ ascending: [Double], _ share: Double) -> Double {
    guard let last = ascending.last else { return .nan }
    let place = share * Double(ascending.count - 1)
    let below = Int(place)
    guard below + 1 < ascending.count else { return last }
    return ascending[below] + (place - Double(below)) * (ascending[below + 1] - ascending[below])
  }
}
