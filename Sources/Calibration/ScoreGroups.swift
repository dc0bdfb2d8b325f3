import Metrics

/// Leads in rising order of raw prediction, those of one prediction taken together.
///
/// Beyond `limit` distinct predictions, neighbours are merged into groups of nearly equal numbers of leads
/// at their mean prediction: far narrower than anything that is fitted to them, and what is fitted costs the
/// same for three million leads as for ten thousand.
struct ScoreGroups: Sendable {
  /// Raw predictions, rising.
  private(set) var raw: [Double] = []
  /// Weight of the leads, above 0.
  private(set) var leads: [Double] = []
  /// Weight of those that converted.
  private(set) var won: [Double] = []
  let totalLeads: Double
  let totalWon: Double

  private static let usualLimit = 10_000

  var count: Int { raw.count }
  /// The smaller of conversions and losses: what the evidence is counted in.
  var rarerClass: Double { min(totalWon, totalLeads - totalWon) }

  /// - Parameters:
  ///   - rawPredictions: log-odds.
  ///   - labels: 1 won, 0 lost, one a prediction.
  ///   - weights: how many times each lead counts; `nil` is once.
  ///   - limit: of distinct predictions that are kept apart; `nil` is the usual one.
  /// - Throws: `CalibrationError` for what is not finite, and without leads.
  init(
    rawPredictions: [Double], labels: [UInt8], weights: [Double]?, limit: Int? = nil
  ) throws {
    for row in rawPredictions.indices where !rawPredictions[row].isFinite {
      throw CalibrationError.notFinite(row: row)
    }
    for (row, weight) in (weights ?? []).enumerated() where !(weight >= 0 && weight.isFinite) {
      throw CalibrationError.invalidWeight(row: row, value: weight)
    }
    let ranking = Ranking(labels: labels, scores: rawPredictions, weights: weights)
    guard ranking.leads > 0 else { throw CalibrationError.noLeads }
    totalLeads = ranking.leads
    totalWon = ranking.won
    let limit = limit ?? Self.usualLimit
    let isMerged = ranking.ties.count > limit
    var below = 0.0
    var current = -1
    for tie in ranking.ties.reversed() where tie.leads > 0 {
      let number = Int((below + tie.leads / 2) / totalLeads * Double(limit))
      below += tie.leads
      if isMerged, number == current {
        let last = count - 1
        leads[last] += tie.leads
        won[last] += tie.won
        raw[last] += (tie.score - raw[last]) * (tie.leads / leads[last])
      } else {
        raw.append(tie.score)
        leads.append(tie.leads)
        won.append(tie.won)
      }
      current = number
    }
  }

  /// The smallest raw prediction that at least the share `share` of the leads do not exceed.
  func quantile(_ share: Double) -> Double {
    var below = 0.0
    for index in 0..<count {
      below += leads[index]
      if below >= share * totalLeads { return raw[index] }
    }
    return raw[count - 1]
  }

  /// The mean of the raw predictions.
  var mean: Double {
    var sum = 0.0
    for index in 0..<count { sum += leads[index] * (raw[index] - raw[0]) }
    return raw[0] + sum / totalLeads
  }

  /// Their standard deviation.
  var standardDeviation: Double {
    let mean = self.mean
    var sum = 0.0
    for index in 0..<count {
      let distance = raw[index] - mean
      sum += leads[index] * distance * distance
    }
    return (sum / totalLeads).squareRoot()
  }
}
