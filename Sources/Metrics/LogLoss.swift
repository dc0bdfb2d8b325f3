import Glibc

/// The mean negative log-likelihood of the outcomes, in nats a lead.
///
/// The probability of what happened is held within `[ε, 1 − ε]`, ε = 2⁻⁵² (as scikit-learn's
/// `log_loss` for doubles), so a certainty that proves wrong costs 36.04 and not infinity.
///
/// - Parameters:
///   - labels: 1 won, 0 lost.
///   - probabilities: of converting, 0 to 1, never NaN.
///   - weights: how many times each row counts.
/// - Returns: `nil` without leads.
public func logLoss(labels: [UInt8], probabilities: [Double], weights: [Double]? = nil) -> Double? {
  precondition(labels.count == probabilities.count, "one probability a label")
  precondition(weights.map { $0.count == labels.count } ?? true, "one weight a label")
  let lowest = Double.ulpOfOne
  var (sum, leads) = (CompensatedSum(), CompensatedSum())
  for row in labels.indices {
    let probability = probabilities[row]
    precondition(probability >= 0 && probability <= 1, "a probability must be within 0 and 1")
    let ofOutcome = labels[row] != 0 ? probability : 1 - probability
    let weight = weights?[row] ?? 1
    sum.add(-weight * log(min(max(ofOutcome, lowest), 1 - lowest)))
    leads.add(weight)
  }
  return leads.value > 0 ? sum.value / leads.value : nil
}
