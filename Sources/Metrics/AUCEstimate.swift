import Glibc

/// The area under the ROC curve: the chance that a lead that converted outranks one that did not, ties
/// counting one half.
public struct AUCEstimate: Codable, Sendable, Equatable {
  public let value: Double
  /// DeLong's; `nil` with fewer than two leads of either class.
  public let standardError: Double?
  /// See `Ranking.auc(level:)`; `nil` with fewer than two leads of either class.
  public let interval: ConfidenceInterval?

  public init(value: Double, standardError: Double?, interval: ConfidenceInterval?) {
    self.value = value
    self.standardError = standardError
    self.interval = interval
  }
}

/// The area under the ROC curve with DeLong's interval.
///
/// - Returns: `nil` unless there are both won and lost leads.
public func auc(
  labels: [UInt8], scores: [Double], weights: [Double]? = nil, level: Double = 0.95
) -> AUCEstimate? {
  Ranking(labels: labels, scores: scores, weights: weights).auc(level: level)
}

extension Ranking {
  /// The area under the ROC curve with DeLong's variance.
  ///
  /// The variance is that of DeLong, DeLong and Clarke-Pearson (Biometrics 1988), in the O(n log n)
  /// form of Sun and Xu (2014): a won lead's placement is the share of lost leads below it, a lost
  /// lead's the share of won leads above it, and the variance of the area is the sum of the two
  /// samples' variances, each divided by its size. Weights count as repetitions.
  ///
  /// The interval is normal on the logit scale and transformed back, which keeps it within 0 and 1
  /// and closer to its level at high areas (Qin and Hotilovac 2008). At an area of exactly 0 or 1 the
  /// variance is zero and says nothing; there the interval is that of Clopper and Pearson for as many
  /// independent pairs as the rarer class allows, all of them ordered alike.
  ///
  /// - Returns: `nil` unless there are both won and lost leads.
  public func auc(level: Double = 0.95) -> AUCEstimate? {
    guard hasBothClasses else { return nil }
    let value = area
    guard won > 1, lost > 1 else {
      return AUCEstimate(value: value, standardError: nil, interval: nil)
    }
    let placements = Placements(self)
    var (wonSpread, lostSpread) = (CompensatedSum(), CompensatedSum())
    for (index, tie) in ties.enumerated() {
      let wonDeviation = placements.won[index] - value
      let lostDeviation = placements.lost[index] - value
      wonSpread.add(tie.won * wonDeviation * wonDeviation)
      lostSpread.add(tie.lost * lostDeviation * lostDeviation)
    }
    let variance = wonSpread.value / ((won - 1) * won) + lostSpread.value / ((lost - 1) * lost)
    let standardError = variance.squareRoot()
    return AUCEstimate(
      value: value, standardError: standardError,
      interval: areaInterval(value, standardError: standardError, level: level))
  }

  /// The area under the ROC curve alone; both classes must be there.
  var area: Double {
    var pairs = CompensatedSum()
    var wonAbove = 0.0
    for tie in ties {
      pairs.add(tie.lost * (wonAbove + tie.won / 2))
      wonAbove += tie.won
    }
    return pairs.value / (won * lost)
  }

  private func areaInterval(
    _ value: Double, standardError: Double, level: Double
  ) -> ConfidenceInterval {
    // The bound on a share of which `pairs` out of `pairs` were seen.
    let bound = pow((1 - level) / 2, 1 / min(won, lost))
    if value >= 1 { return ConfidenceInterval(low: bound, high: 1, level: level) }
    if value <= 0 { return ConfidenceInterval(low: 0, high: 1 - bound, level: level) }
    let reach = NormalDistribution.halfWidth(level: level) * standardError / (value * (1 - value))
    let logit = log(value / (1 - value))
    return ConfidenceInterval(
      low: 1 / (1 + exp(reach - logit)), high: 1 / (1 + exp(-reach - logit)), level: level)
  }
}

/// DeLong's structural components, one pair a tie of a ranking.
struct Placements {
  /// For a won lead of the tie, the share of lost leads that it outranks, ties one half.
  var won: [Double] = []
  /// For a lost lead of the tie, the share of won leads that outrank it, ties one half.
  var lost: [Double] = []

  init(_ ranking: Ranking) {
    won.reserveCapacity(ranking.ties.count)
    lost.reserveCapacity(ranking.ties.count)
    var (wonAbove, lostAbove) = (0.0, 0.0)
    for tie in ranking.ties {
      won.append((ranking.lost - lostAbove - tie.lost / 2) / ranking.lost)
      lost.append((wonAbove + tie.won / 2) / ranking.won)
      wonAbove += tie.won
      lostAbove += tie.lost
    }
  }
}
