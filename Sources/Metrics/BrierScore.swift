/// The mean squared difference between probability and outcome.
///
/// - Returns: `nil` without leads.
public func brierScore(
  labels: [UInt8], probabilities: [Double], weights: [Double]? = nil
) -> Double? {
  precondition(labels.count == probabilities.count, "one probability a label")
  precondition(weights.map { $0.count == labels.count } ?? true, "one weight a label")
  var (sum, leads) = (CompensatedSum(), CompensatedSum())
  for row in labels.indices {
    let weight = weights?[row] ?? 1
    let error = probabilities[row] - (labels[row] != 0 ? 1 : 0)
    sum.add(weight * error * error)
    leads.add(weight)
  }
  return leads.value > 0 ? sum.value / leads.value : nil
}

/// What a Brier score is made of: `reliability − resolution + uncertainty + withinBins`.
public struct BrierDecomposition: Codable, Sendable, Equatable {
  public let score: Double
  /// How far a bin's mean probability lies from its conversion rate; 0 is best.
  public let reliability: Double
  /// How far the bins' conversion rates lie from the base rate; higher is better.
  public let resolution: Double
  /// Base rate × (1 − base rate): what the base rate alone would score.
  public let uncertainty: Double
  /// What the probabilities do inside the bins; 0 where each bin holds one probability.
  public let withinBins: Double
}

/// Murphy's decomposition (1973) over bins of as nearly equal numbers of leads as ties allow, with the
/// within-bin term of Stephenson, Coelho and Jolliffe (2008), so that the parts add up exactly.
///
/// - Returns: `nil` without leads.
public func brierDecomposition(
  labels: [UInt8], probabilities: [Double], weights: [Double]? = nil, bins: Int = 10
) -> BrierDecomposition? {
  let ranking = Ranking(labels: labels, scores: probabilities, weights: weights)
  guard
    let score = brierScore(labels: labels, probabilities: probabilities, weights: weights),
    let decomposition = ranking.brierDecomposition(score: score, bins: bins)
  else { return nil }
  return decomposition
}

extension Ranking {
  /// - Parameter score: the Brier score of the same leads.
  func brierDecomposition(score: Double, bins: Int) -> BrierDecomposition? {
    guard let baseRate else { return nil }
    var (reliability, resolution) = (CompensatedSum(), CompensatedSum())
    for bin in reliabilityTable(bins: bins) {
      let miss = bin.meanProbability - bin.conversionRate
      let gain = bin.conversionRate - baseRate
      reliability.add(bin.leads / leads * miss * miss)
      resolution.add(bin.leads / leads * gain * gain)
    }
    let uncertainty = baseRate * (1 - baseRate)
    return BrierDecomposition(
      score: score, reliability: reliability.value, resolution: resolution.value,
      uncertainty: uncertainty,
      withinBins: score - (reliability.value - resolution.value + uncertainty))
  }
}
