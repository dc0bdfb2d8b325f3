/// Average precision: the area under the precision-recall curve as a sum of steps, without
/// interpolation, one step a distinct score (as scikit-learn's `average_precision_score`).
///
/// - Returns: `nil` without a won lead.
public func averagePrecision(
  labels: [UInt8], scores: [Double], weights: [Double]? = nil
) -> Double? {
  Ranking(labels: labels, scores: scores, weights: weights).averagePrecision
}

extension Ranking {
  /// See `averagePrecision(labels:scores:weights:)`.
  public var averagePrecision: Double? {
    guard won > 0 else { return nil }
    var sum = CompensatedSum()
    var (leadsAbove, wonAbove) = (0.0, 0.0)
    for tie in ties {
      leadsAbove += tie.leads
      wonAbove += tie.won
      // A tie without converted leads adds no recall, and one without weight no precision either.
      if tie.won > 0 { sum.add(tie.won / won * (wonAbove / leadsAbove)) }
    }
    return sum.value
  }
}
