/// What points cost: the negative log-likelihood of the outcomes through the best line over the points,
/// the prior about the user's own, and a price for every line that is changed.
///
/// Points are judged with every cap and floor, and before the scale cuts them off at its ends.
struct PointObjective {
  struct Value {
    let line: PointLine
    /// Nats of the leads and of the prior.
    let loss: Double
    /// The loss and the price of the changes.
    let cost: Double
  }

  let scheme: PointScheme
  let amounts: [[Double]]
  let outcomes: PointOutcomes
  /// What the prior draws the log-odds of each rule to.
  let means: [Double]
  /// Precision of that prior, one a rule.
  let precisions: [Double]
  /// Nats a changed rule.
  let changeCosts: [Double]
  /// The largest amount of each rule.
  let largest: [Double]
  /// What leads must be able to come to: of each category, and in all.
  private let reach: [Double]
  /// Nats by which changed points must be better than none at all: a rule that says nothing gets 0 rather
  /// than 1 or -1.
  private static let roundness = 1.0
  /// The share of it that is asked for while points are sought: whole numbers that come to it exactly lie
  /// too far apart for one step after another.
  var reachShare = 0.9
  /// What the file's own rules may come to at most.
  let top: Double

  init(
    scheme: PointScheme, amounts: [[Double]], outcomes: PointOutcomes, options: PointOptions,
    candidates: Int
  ) {
    self.scheme = scheme
    self.amounts = amounts
    self.outcomes = outcomes
    changeCosts = scheme.rules.map {
      options.changeCost(isSuggested: $0.isSuggested, candidates: candidates)
    }
    precisions = scheme.rules.map {
      let deviation = $0.isSuggested ? options.suggestedDeviation : options.ownDeviation
      return 1 / (deviation * deviation)
    }
    largest = amounts.map { $0.max() ?? 0 }
    reach = scheme.reach(largest: largest)
    let ownMost = scheme.most(scheme.own, largest: largest).last ?? 0
    top = scheme.top.map { max($0, ownMost) } ?? .infinity
    means = Self.means(scheme, amounts: amounts, outcomes: outcomes, precisions: precisions)
  }

  /// What the user's own points say of each rule, in log-odds: their slope, drawn to 0, times each. None
  /// where points and conversion do not rise together.
  private static func means(
    _ scheme: PointScheme, amounts: [[Double]], outcomes: PointOutcomes, precisions: [Double]
  ) -> [Double] {
    let own = scheme.own
    let square = zip(own, precisions).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    guard square > 0 else { return own.map { _ in 0 } }
    let line = PointTally(scheme.totals(own, amounts: amounts), outcomes)
      .line(PointTally.Pull(square: square / Double(own.count), product: 0)).line
    return own.map { $0 * line.slope }
  }

  /// Whether all that must be within reach is.
  func reachesAll(_ points: [Double]) -> Bool {
    zip(scheme.most(points, largest: largest), reach).allSatisfy { $0 >= $1 }
  }

  /// Whether points come nearer to what must be within reach than others do.
  func gains(_ points: [Double], on others: [Double]) -> Bool {
    shortfall(points) < shortfall(others)
  }

  private func shortfall(_ points: [Double]) -> Double {
    zip(reach, scheme.most(points, largest: largest)).reduce(0) { $0 + max(0, $1.0 - $1.1) }
  }

  /// - Returns: `nil` for points with which something is out of reach that must not be, or that leave
  ///   the scale.
  func value(_ points: [Double]) -> Value? {
    let most = scheme.most(points, largest: largest)
    guard most.last ?? 0 <= top, zip(most, reach).allSatisfy({ $0 >= reachShare * $1 }) else {
      return nil
    }
    var pull = PointTally.Pull()
    var constant = 0.0
    var price = 0.0
    for (index, rule) in scheme.rules.enumerated() where !rule.isFixed {
      pull.square += precisions[index] * points[index] * points[index]
      pull.product += precisions[index] * points[index] * means[index]
      constant += 0.5 * precisions[index] * means[index] * means[index]
      if points[index] != rule.own {
        price += changeCosts[index] + (points[index] == 0 ? 0 : Self.roundness)
      }
    }
    let found = PointTally(scheme.totals(points, amounts: amounts), outcomes).line(pull)
    let loss = found.loss + constant
    return Value(line: found.line, loss: loss, cost: loss + price)
  }
}
