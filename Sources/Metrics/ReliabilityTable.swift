/// Leads of similar probability, and what became of them.
public struct ReliabilityBin: Codable, Sendable, Equatable {
  public let leads: Double
  public let conversions: Double
  public let lowestProbability: Double
  public let highestProbability: Double
  public let meanProbability: Double
  public let conversionRate: Double
  /// Wilson's, around the conversion rate.
  public let interval: ConfidenceInterval
}

/// Probability against outcome in bins of as nearly equal numbers of leads as ties allow.
///
/// Leads of equal probability always share a bin, so there can be fewer bins than asked for.
///
/// - Returns: from the lowest probability to the highest; empty without leads.
public func reliabilityTable(
  labels: [UInt8], probabilities: [Double], weights: [Double]? = nil, bins: Int = 10
) -> [ReliabilityBin] {
  Ranking(labels: labels, scores: probabilities, weights: weights).reliabilityTable(bins: bins)
}

extension Ranking {
  /// See `reliabilityTable(labels:probabilities:weights:bins:)`; the scores must be probabilities.
  public func reliabilityTable(bins: Int = 10, level: Double = 0.95) -> [ReliabilityBin] {
    precondition(bins > 0, "a reliability table has at least one bin")
    var table: [ReliabilityBin] = []
    var below = 0.0
    var pending = Pending()
    for tie in ties.reversed() where tie.leads > 0 {
      // The bin of a tie is that of its middle lead.
      let bin = min(bins - 1, Int((below + tie.leads / 2) * Double(bins) / leads))
      if bin != pending.bin, let closed = pending.closed(level: level) {
        table.append(closed)
        pending = Pending()
      }
      pending.bin = bin
      pending.add(tie)
      below += tie.leads
    }
    if let closed = pending.closed(level: level) { table.append(closed) }
    return table
  }

  /// A bin that still takes leads.
  private struct Pending {
    var bin = -1
    var leads = 0.0
    var conversions = 0.0
    var probabilities = CompensatedSum()
    var lowest = Double.infinity
    var highest = -Double.infinity

    mutating func add(_ tie: Tie) {
      leads += tie.leads
      conversions += tie.won
      probabilities.add(tie.leads * tie.score)
      lowest = min(lowest, tie.score)
      highest = max(highest, tie.score)
    }

    func closed(level: Double) -> ReliabilityBin? {
      guard
        let interval = ConfidenceInterval.wilson(
          conversions: conversions, leads: leads, level: level)
      else { return nil }
      return ReliabilityBin(
        leads: leads, conversions: conversions, lowestProbability: lowest,
        highestProbability: highest, meanProbability: probabilities.value / leads,
        conversionRate: conversions / leads, interval: interval)
    }
  }
}
