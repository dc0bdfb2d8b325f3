import Glibc
import Metrics
import Models

/// Tells whether the base rate drifted beyond doubt, from predictions out of fold in time order.
///
/// The leads are cut by time into up to ten periods of equal numbers, each with at least 50 of the rarer
/// class. A shift is due only where all of this holds:
/// 1. the recent period's conversions lie off the model's expectation with p < 0.001, by more than 10% in
///    odds;
/// 2. the period before lies off in the same direction (p < 0.05);
/// 3. a shift would have helped: each period given the shift of the one before, the log loss of all of
///    them would have fallen by at least two standard errors, and that of the recent one too.
///
/// A season, a burst or one bad month fails the third; a rate that moved and stayed, or still moves, passes.
public struct BaseRateDrift: Sendable {
  public init() {}

  static let mostPeriods = 10
  static let fewestPeriods = 4
  static let rarerClassPerPeriod = 50.0
  static let recentPValue = 0.001
  static let previousPValue = 0.05
  static let leastShift = 0.1
  static let gainStatistic = 2.0

  /// - Parameters:
  ///   - times: one a lead, in any unit, later is larger; leads whose time is NaN take no part.
  ///   - logOdds: predictions out of fold, calibrated or not.
  ///   - labels: 1 won, 0 lost; of leads old enough that their outcome is known.
  ///   - weights: how many times each lead counts; `nil` is once.
  /// - Returns: `nil` where there is no drift beyond doubt, or too little to tell.
  /// - Throws: `CalibrationError`.
  public func shift(
    times: [Double], logOdds: [Double], labels: [UInt8], weights: [Double]? = nil
  ) throws -> BaseRateShift? {
    precondition(
      times.count == labels.count && logOdds.count == labels.count, "one time a prediction")
    let cuts = self.cuts(times: times, labels: labels, weights: weights)
    guard cuts.count >= Self.fewestPeriods else { return nil }
    var periods: [BaseRateShift.Period] = []
    var (gain, gainSquares, gainLeads, lastGain) = (0.0, 0.0, 0.0, 0.0)
    for rows in cuts {
      let weightsOfRows = weights.map { all in rows.map { all[$0] } }
      let estimate: Estimate
      do {
        estimate = try InterceptMatch.estimate(
          logOdds: rows.map { logOdds[$0] }, labels: rows.map { labels[$0] },
          weights: weightsOfRows)
      } catch CalibrationError.oneClass {
        // Not even one of each: no rate to speak of.
        return nil
      }
      if let previous = periods.last?.shift.value {
        lastGain = 0
        for row in rows {
          let weight = weights?[row] ?? 1
          let change =
            Self.loss(logOdds[row], label: labels[row])
            - Self.loss(logOdds[row] + previous, label: labels[row])
          lastGain += weight * change
          gainSquares += weight * change * change
          gainLeads += weight
        }
        gain += lastGain
      }
      periods.append(
        period(rows, times: times, logOdds: logOdds, labels: labels, weights: weights, estimate))
    }
    let mean = gain / gainLeads
    let deviation = max(gainSquares / gainLeads - mean * mean, 0).squareRoot()
    let statistic = deviation > 0 ? mean / (deviation / gainLeads.squareRoot()) : 0
    let (recent, previous) = (periods[periods.count - 1], periods[periods.count - 2])
    let pValue = Self.pValue(recent.shift)
    guard pValue < Self.recentPValue, abs(recent.shift.value) > Self.leastShift,
      recent.shift.value * previous.shift.value > 0,
      Self.pValue(previous.shift) < Self.previousPValue, statistic >= Self.gainStatistic,
      lastGain > 0
    else { return nil }
    return BaseRateShift(
      shift: recent.shift, periods: periods, pValue: pValue, logLossGain: mean,
      gainStatistic: statistic)
  }

  private static func pValue(_ shift: Estimate) -> Double {
    NormalDistribution.twoSidedTail(shift.value / shift.standardError)
  }

  /// −ln of the probability given to what happened.
  private static func loss(_ logOdds: Double, label: UInt8) -> Double {
    let signed = label != 0 ? -logOdds : logOdds
    return max(signed, 0) + log1p(exp(-abs(signed)))
  }

  /// Rows by period, in time order; leads of one moment share one.
  private func cuts(times: [Double], labels: [UInt8], weights: [Double]?) -> [[Int]] {
    let order = times.indices.filter { !times[$0].isNaN && weights?[$0] != 0 }.sorted {
      times[$0] != times[$1] ? times[$0] < times[$1] : $0 < $1
    }
    var (total, won) = (0.0, 0.0)
    for row in order {
      total += weights?[row] ?? 1
      if labels[row] != 0 { won += weights?[row] ?? 1 }
    }
    let count = min(
      Self.mostPeriods, Int((min(won, total - won) / Self.rarerClassPerPeriod).rounded(.down)))
    guard count >= Self.fewestPeriods else { return [] }
    var cuts: [[Int]] = []
    var below = 0.0
    var place = 0
    var current = -1
    while place < order.count {
      let time = times[order[place]]
      var end = place
      var leads = 0.0
      while end < order.count, times[order[end]] == time {
        leads += weights?[order[end]] ?? 1
        end += 1
      }
      let number = min(count - 1, Int((below + leads / 2) / total * Double(count)))
      if number != current {
        cuts.append([])
        current = number
      }
      cuts[cuts.count - 1].append(contentsOf: order[place..<end])
      below += leads
      place = end
    }
    return cuts
  }

  private func period(
    _ rows: [Int], times: [Double], logOdds: [Double], labels: [UInt8], weights: [Double]?,
    _ estimate: Estimate
  ) -> BaseRateShift.Period {
    var (leads, won, expected) = (0.0, 0.0, 0.0)
    for row in rows {
      let weight = weights?[row] ?? 1
      leads += weight
      if labels[row] != 0 { won += weight }
      expected += weight * probability(fromRawPrediction: logOdds[row])
    }
    return BaseRateShift.Period(
      from: times[rows[0]], to: times[rows[rows.count - 1]], leads: leads, conversions: won,
      expected: expected, shift: estimate)
  }
}
