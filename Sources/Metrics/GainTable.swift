/// One band of a gain table: leads from one place in the ranking to another.
public struct GainBand: Codable, Sendable, Equatable {
  /// 1 for the best-scored leads.
  public let number: Int
  public let leads: Double
  /// Conversions among them, in expectation where a bound goes through leads of equal score.
  public let conversions: Double
  public let conversionRate: Double
  /// The band's conversion rate in multiples of the base rate; `nil` where that is 0.
  public let lift: Double?
  public let cumulativeLeads: Double
  public let cumulativeConversions: Double
  /// The share of all conversions found so far; `nil` where there are none.
  public let cumulativeGain: Double?
  public let cumulativeLift: Double?
}

/// Lift and gain by bands of equal numbers of leads (deciles, unless asked otherwise), from the best
/// scored down. Leads of equal score fall to either side of a bound at random, in expectation.
///
/// - Returns: `bands` bands, fewer with fewer leads than bands; empty without leads.
public func gainTable(
  labels: [UInt8], scores: [Double], weights: [Double]? = nil, bands: Int = 10
) -> [GainBand] {
  Ranking(labels: labels, scores: scores, weights: weights).gainTable(bands: bands)
}

extension Ranking {
  /// See `gainTable(labels:scores:weights:bands:)`.
  public func gainTable(bands: Int = 10) -> [GainBand] {
    precondition(bands > 0, "a gain table has at least one band")
    guard let baseRate else { return [] }
    var table: [GainBand] = []
    var (leadsAbove, wonAbove) = (0.0, 0.0)
    var (leadsBefore, wonBefore) = (0.0, 0.0)
    var tieIndex = 0
    for band in 1...bands {
      let bound = band == bands ? leads : (leads * Double(band) / Double(bands)).rounded()
      while tieIndex < ties.count, leadsAbove + ties[tieIndex].leads <= bound {
        leadsAbove += ties[tieIndex].leads
        wonAbove += ties[tieIndex].won
        tieIndex += 1
      }
      var wonToHere = wonAbove
      if tieIndex < ties.count, ties[tieIndex].leads > 0 {
        wonToHere += ties[tieIndex].won * ((bound - leadsAbove) / ties[tieIndex].leads)
      }
      let size = bound - leadsBefore
      guard size > 0 else { continue }
      let rate = (wonToHere - wonBefore) / size
      table.append(
        GainBand(
          number: table.count + 1, leads: size, conversions: wonToHere - wonBefore,
          conversionRate: rate, lift: baseRate > 0 ? rate / baseRate : nil, cumulativeLeads: bound,
          cumulativeConversions: wonToHere, cumulativeGain: won > 0 ? wonToHere / won : nil,
          cumulativeLift: baseRate > 0 ? wonToHere / bound / baseRate : nil))
      (leadsBefore, wonBefore) = (bound, wonToHere)
    }
    return table
  }
}
