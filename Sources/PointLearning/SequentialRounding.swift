/// Rounds coefficients to whole numbers one after the other, each to the side that costs least given
/// those already rounded (Liu et al., FasterRisk, 2022, section 3.3).
///
/// What a rounding costs is told by an auxiliary loss: the second-order expansion of the log loss at the
/// coefficients, its intercept free, ½ δ′Hδ with δ the change in log-odds.
struct SequentialRounding {
  /// `count × count`, row-major: the curvature of the loss with the intercept free.
  private let curvature: [Double]
  private let count: Int

  /// - Parameters:
  ///   - amounts: one array a rule, of one value a pattern.
  ///   - curvatures: weight · p(1 − p) of each pattern.
  ///   - precisions: of the prior, one a rule.
  init(amounts: [[Double]], curvatures: [Double], precisions: [Double]) {
    count = amounts.count
    let all = curvatures.reduce(0, +)
    let means = amounts.map { amounts in
      all > 0 ? zip(amounts, curvatures).reduce(0) { $0 + $1.0 * $1.1 } / all : 0
    }
    var curvature = [Double](repeating: 0, count: count * count)
    for first in 0..<count {
      for second in 0...first {
        var sum = 0.0
        for (pattern, weight) in curvatures.enumerated() {
          sum +=
            weight * (amounts[first][pattern] - means[first])
            * (amounts[second][pattern] - means[second])
        }
        if first == second { sum += precisions[first] }
        curvature[first * count + second] = sum
        curvature[second * count + first] = sum
      }
    }
    self.curvature = curvature
  }

  /// Whole multiples of `1 / multiplier` near the coefficients.
  /// - Parameters:
  ///   - multiplier: points a log-odds.
  ///   - held: rules that keep the points given here; `nil` for those that are rounded.
  ///   - limit: the largest size of the points.
  /// - Returns: one a rule, in points.
  func rounded(
    _ coefficients: [Double], multiplier: Double, held: [Double?], limit: Double
  ) -> [Double] {
    var points = coefficients.map { max(-limit, min(limit, $0 * multiplier)) }
    // δ of each rule in log-odds, and H δ.
    var pull = [Double](repeating: 0, count: count)
    func move(_ rule: Int, to value: Double) {
      let change = value / multiplier - coefficients[rule]
      for other in 0..<count { pull[other] += curvature[rule * count + other] * change }
      points[rule] = value
    }
    var isOpen = held.map { $0 == nil }
    for (rule, value) in held.enumerated() { if let value { move(rule, to: value) } }
    while isOpen.contains(true) {
      var best: (cost: Double, rule: Int, value: Double)?
      for rule in 0..<count where isOpen[rule] {
        let exact = max(-limit, min(limit, coefficients[rule] * multiplier))
        for value in [exact.rounded(.down), exact.rounded(.up)] where abs(value) <= limit {
          let change = value / multiplier - coefficients[rule]
          let cost =
            change * pull[rule] + 0.5 * curvature[rule * count + rule] * change * change
          if cost < best?.cost ?? .infinity { best = (cost, rule, value) }
        }
      }
      guard let best else { break }
      move(best.rule, to: best.value)
      isOpen[best.rule] = false
    }
    return points
  }
}
