/// A cubic spline that is linear beyond its outer knots (Stone and Koo 1985; Harrell, Regression Modeling
/// Strategies, 2nd edition, section 2.4.5).
///
/// Over the standardised score x its columns are 1, x and, for each knot t of the first k − 2,
/// [(x − t)³₊ − (x − t′)³₊ (t″ − t)/(t″ − t′) + (x − t″)³₊ (t′ − t)/(t″ − t′)] / (t″ − t₁)², where t′ and t″ are
/// the last two knots.
struct RestrictedSpline: Sendable {
  let mean: Double
  let deviation: Double
  /// In standard deviations about the mean, ascending; fewer than 3 make a straight line.
  let knots: [Double]

  /// Harrell's quantiles.
  static func quantiles(_ count: Int) -> [Double] {
    switch count {
    case ...2: []
    case 3: [0.1, 0.5, 0.9]
    case 4: [0.05, 0.35, 0.65, 0.95]
    case 5: [0.05, 0.275, 0.5, 0.725, 0.95]
    case 6: [0.05, 0.23, 0.41, 0.59, 0.77, 0.95]
    default: [0.025, 0.1833, 0.3417, 0.5, 0.6583, 0.8167, 0.975]
    }
  }

  /// - Parameter groups: scores that are not all one.
  init(_ groups: ScoreGroups, knotCount: Int) {
    mean = groups.mean
    deviation = groups.standardDeviation
    let (mean, deviation) = (mean, deviation)
    var knots: [Double] = []
    for share in Self.quantiles(knotCount) {
      let knot = (groups.quantile(share) - mean) / deviation
      // Where many leads share a score, two quantiles are one.
      if knots.last.map({ knot - $0 > 1e-3 }) ?? true { knots.append(knot) }
    }
    self.knots = knots.count < 3 ? [] : knots
  }

  var columnCount: Int { knots.isEmpty ? 2 : knots.count }

  /// The columns at a raw prediction.
  func row(_ raw: Double) -> [Double] {
    let x = (raw - mean) / deviation
    guard knots.count >= 3 else { return [1, x] }
    let last = knots[knots.count - 1]
    let next = knots[knots.count - 2]
    let scale = (last - knots[0]) * (last - knots[0])
    func cube(_ knot: Double) -> Double {
      let above = max(x - knot, 0)
      return above * above * above
    }
    return [1, x]
      + knots.dropLast(2).map { knot in
        (cube(knot) - cube(next) * (last - knot) / (last - next)
          + cube(last) * (next - knot) / (last - next)) / scale
      }
  }
}
