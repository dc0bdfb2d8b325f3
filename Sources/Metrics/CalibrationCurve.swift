import Glibc

/// Probability against a smoothed conversion rate, and how far the two lie apart.
public struct CalibrationCurve: Codable, Sendable, Equatable {
  public struct Point: Codable, Sendable, Equatable {
    public let probability: Double
    /// The smoothed conversion rate of leads of about that probability. A line fitted locally can
    /// reach a little below 0 or above 1.
    public let conversionRate: Double
  }

  /// From the lowest probability to the highest, at most 2,000 of them.
  public let points: [Point]
  /// The integrated calibration index: the mean over all leads of the distance between probability
  /// and smoothed conversion rate.
  public let ici: Double
  /// The median of that distance.
  public let medianError: Double
  /// Its 90th percentile.
  public let ninetiethError: Double
  public let largestError: Double
}

/// The integrated calibration index of Austin and Steyerberg (Statistics in Medicine 2019).
///
/// Outcomes are smoothed over probabilities by lowess (Cleveland 1979): at each probability a weighted
/// line through the nearest `span` of all leads, tricube weights, no robustness passes (they would take
/// the rarer outcome for outliers). Up to 2,000 distinct probabilities the smooth is computed at each of
/// them; above that, neighbouring probabilities are first merged into 2,000 groups of nearly equal
/// numbers of leads, each far narrower than the span, and the curve is linear between the groups' means.
///
/// - Parameter span: the share of leads in each local fit; 0.75, as the authors used.
/// - Returns: `nil` unless there are both won and lost leads.
public func calibrationCurve(
  labels: [UInt8], probabilities: [Double], weights: [Double]? = nil, span: Double = 0.75
) -> CalibrationCurve? {
  Ranking(labels: labels, scores: probabilities, weights: weights).calibrationCurve(span: span)
}

extension Ranking {
  /// See `calibrationCurve(labels:probabilities:weights:span:)`; the scores must be probabilities.
  public func calibrationCurve(span: Double = 0.75) -> CalibrationCurve? {
    precondition(span > 0 && span <= 1, "a span must be above 0 and at most 1")
    guard hasBothClasses else { return nil }
    let groups = groups()
    // The number of neighbours, as statsmodels counts it, so that the two agree.
    let neighbours = min(leads, max(2, (span * leads + 1e-10).rounded(.down)))
    let rates = groups.indices.map { smoothed(groups, at: $0, neighbours: neighbours) }
    let points = zip(groups, rates).map {
      CalibrationCurve.Point(probability: $0.probability, conversionRate: $1)
    }
    var sum = CompensatedSum()
    var errors: [(distance: Double, leads: Double)] = []
    errors.reserveCapacity(ties.count)
    var segment = 0
    for tie in ties.reversed() where tie.leads > 0 {
      while segment < points.count - 2, tie.score > points[segment + 1].probability { segment += 1 }
      let distance = abs(tie.score - rate(points, segment: segment, at: tie.score))
      sum.add(tie.leads * distance)
      errors.append((distance, tie.leads))
    }
    errors.sort { $0.distance < $1.distance }
    return CalibrationCurve(
      points: points, ici: sum.value / leads, medianError: quantile(errors, 0.5),
      ninetiethError: quantile(errors, 0.9), largestError: errors.last?.distance ?? 0)
  }

  /// The local line's value at group `centre`.
  private func smoothed(
    _ groups: [LeadGroup], at centre: Int, neighbours: Double
  ) -> Double {
    let x = groups[centre].probability
    var (first, last) = (centre, centre)
    var taken = groups[centre].leads
    var radius = 0.0
    while taken < neighbours {
      let toLeft = first > 0 ? x - groups[first - 1].probability : .infinity
      let toRight = last + 1 < groups.count ? groups[last + 1].probability - x : .infinity
      guard min(toLeft, toRight) < .infinity else { break }
      radius = min(toLeft, toRight)
      if toLeft <= toRight { first -= 1 } else { last += 1 }
      taken += groups[toLeft <= toRight ? first : last].leads
    }
    guard radius > 0 else { return groups[centre].won / groups[centre].leads }
    // Sums about x itself: the line's value at x is its value at 0.
    var (sum, sumX, sumXX, sumY, sumXY) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in first...last {
      let group = groups[index]
      let distance = group.probability - x
      let ratio = abs(distance) / radius
      guard ratio < 1 else { continue }
      let cubed = 1 - ratio * ratio * ratio
      let weight = cubed * cubed * cubed
      sum += weight * group.leads
      sumX += weight * group.leads * distance
      sumXX += weight * group.leads * distance * distance
      sumY += weight * group.won
      sumXY += weight * group.won * distance
    }
    let meanX = sumX / sum
    let spread = sumXX / sum - meanX * meanX
    let meanY = sumY / sum
    // Neighbours that all stand on one probability carry no slope.
    guard spread > 1e-14 * radius * radius else { return meanY }
    return meanY - meanX * (sumXY / sum - meanX * meanY) / spread
  }

  private func rate(_ points: [CalibrationCurve.Point], segment: Int, at x: Double) -> Double {
    guard points.count > 1 else { return points[0].conversionRate }
    let (left, right) = (points[segment], points[segment + 1])
    if x == left.probability { return left.conversionRate }
    if x == right.probability { return right.conversionRate }
    let share = (x - left.probability) / (right.probability - left.probability)
    return left.conversionRate + share * (right.conversionRate - left.conversionRate)
  }

  /// The smallest distance that at least the share `level` of leads stay within.
  private func quantile(
    _ errors: [(distance: Double, leads: Double)], _ level: Double
  ) -> Double {
    var below = 0.0
    for error in errors {
      below += error.leads
      if below >= level * leads { return error.distance }
    }
    return errors.last?.distance ?? 0
  }
}
