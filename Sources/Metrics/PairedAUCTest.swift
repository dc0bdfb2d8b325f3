/// Two scores of the same leads, compared by area under the ROC curve.
public struct PairedAUCTest: Codable, Sendable, Equatable {
  public let first: AUCEstimate
  public let second: AUCEstimate
  /// The first area minus the second.
  public let difference: Double
  /// Of the difference; 0 where the two scores rank the leads alike.
  public let standardError: Double
  /// Around the difference, within −1 and 1.
  public let interval: ConfidenceInterval
  /// The difference in standard errors; `nil` where the standard error is 0 and the difference is not.
  public let z: Double?
  /// Two-sided: how often chance alone would show a difference as large; `nil` with `z`.
  public let pValue: Double?

  /// Whether the interval leaves out 0.
  public var isDistinguishable: Bool { !interval.contains(0) }
}

/// DeLong's test of two scores on the same leads.
///
/// The variance of the difference is that of the differences between each lead's two placements
/// (DeLong, DeLong and Clarke-Pearson, Biometrics 1988), so what the scores share cancels before it is
/// squared. Leads are taken as independent of each other.
///
/// - Parameters:
///   - labels: 1 won, 0 lost.
///   - first: scores of the same rows, higher is better; on any scale.
///   - second: likewise; the two scales need not agree.
///   - weights: count as repetitions.
/// - Returns: `nil` with fewer than two leads of either class.
public func pairedAUCTest(
  labels: [UInt8], first: [Double], second: [Double], weights: [Double]? = nil,
  level: Double = 0.95
) -> PairedAUCTest? {
  pairedAUCTest(
    labels: labels, first: Ranking(labels: labels, scores: first, weights: weights),
    second: Ranking(labels: labels, scores: second, weights: weights), weights: weights,
    level: level)
}

/// DeLong's test of two rankings of the same rows, in the same order of rows.
///
/// - Returns: `nil` with fewer than two leads of either class.
public func pairedAUCTest(
  labels: [UInt8], first: Ranking, second: Ranking, weights: [Double]? = nil, level: Double = 0.95
) -> PairedAUCTest? {
  precondition(
    first.tieOfRow.count == labels.count && second.tieOfRow.count == labels.count,
    "both rankings must be of the same rows")
  guard first.won > 1, first.lost > 1, let firstArea = first.auc(level: level),
    let secondArea = second.auc(level: level)
  else { return nil }
  let difference = firstArea.value - secondArea.value
  let (firstPlacements, secondPlacements) = (Placements(first), Placements(second))
  var (wonSpread, lostSpread) = (CompensatedSum(), CompensatedSum())
  for row in labels.indices {
    let (one, other) = (Int(first.tieOfRow[row]), Int(second.tieOfRow[row]))
    let weight = weights?[row] ?? 1
    if labels[row] != 0 {
      let deviation = firstPlacements.won[one] - secondPlacements.won[other] - difference
      wonSpread.add(weight * deviation * deviation)
    } else {
      let deviation = firstPlacements.lost[one] - secondPlacements.lost[other] - difference
      lostSpread.add(weight * deviation * deviation)
    }
  }
  let (won, lost) = (first.won, first.lost)
  let variance = wonSpread.value / ((won - 1) * won) + lostSpread.value / ((lost - 1) * lost)
  let standardError = variance.squareRoot()
  let interval = ConfidenceInterval.normal(
    around: difference, standardError: standardError, level: level)
  let z: Double? = standardError > 0 ? difference / standardError : (difference == 0 ? 0 : nil)
  return PairedAUCTest(
    first: firstArea, second: secondArea, difference: difference, standardError: standardError,
    interval: ConfidenceInterval(
      low: max(-1, interval.low), high: min(1, interval.high), level: level),
    z: z, pValue: z.map(NormalDistribution.twoSidedTail))
}
