/// What working the best-scored leads alone would find.
public struct TopShare: Codable, Sendable, Equatable {
  /// The share of leads that was asked for, 0 to 1.
  public let share: Double
  /// The leads taken: the share of all, rounded to a whole number, at least 1.
  public let leads: Double
  /// Conversions among them, in expectation where the cut goes through leads of equal score.
  public let conversions: Double
  /// Conversions a lead taken.
  public let precision: Double
  /// The share of all conversions that is found; `nil` where there are none.
  public let recall: Double?
  /// The conversion rate among the leads taken in multiples of the base rate; `nil` where that is 0.
  public let lift: Double?
  /// The lowest score taken.
  public let cutScore: Double
  /// Leads that stand level at the cut, taken or not.
  public let leadsLevelAtCut: Double
  /// How many of those are taken.
  public let leadsTakenAtCut: Double

  /// Whether the score says which leads are taken: the cut does not go through a tie.
  public var isExact: Bool { leadsTakenAtCut == leadsLevelAtCut }
}

/// Conversions among the top share of leads, leads of equal score drawn at random.
///
/// Rule scores have masses of ties, and the order of a file within a tie is no merit of the rules: the
/// conversions counted are those expected when the leads level at the cut are taken in random order.
///
/// - Returns: `nil` without leads.
public func topShare(
  _ share: Double, labels: [UInt8], scores: [Double], weights: [Double]? = nil
) -> TopShare? {
  Ranking(labels: labels, scores: scores, weights: weights).top(share: share)
}

extension Ranking {
  /// See `topShare(_:labels:scores:weights:)`.
  /// - Parameter share: above 0, at most 1.
  public func top(share: Double) -> TopShare? {
    precondition(share > 0 && share <= 1, "a share of the leads must be above 0 and at most 1")
    guard let baseRate else { return nil }
    let wanted = min(leads, max(1, (share * leads).rounded()))
    var (leadsAbove, wonAbove) = (0.0, 0.0)
    for tie in ties where tie.leads > 0 {
      guard leadsAbove + tie.leads >= wanted else {
        leadsAbove += tie.leads
        wonAbove += tie.won
        continue
      }
      let taken = wanted - leadsAbove
      let conversions = wonAbove + tie.won * (taken / tie.leads)
      return TopShare(
        share: share, leads: wanted, conversions: conversions, precision: conversions / wanted,
        recall: won > 0 ? conversions / won : nil,
        lift: baseRate > 0 ? conversions / wanted / baseRate : nil, cutScore: tie.score,
        leadsLevelAtCut: tie.leads, leadsTakenAtCut: taken)
    }
    return nil
  }
}
