import Glibc
import Models

/// Log-odds to residuals, Hessian weights and loss, for the rows of a block.
enum LogisticBlockLoss {
  /// Factors multiplied up before a logarithm is taken of them: each is in 1...2, so 512 of them stay
  /// below 2⁵¹², within a double.
  private static let factorsPerLogarithm = 512

  /// - Parameters:
  ///   - raw: log-odds, `count` values.
  ///   - labels: `count` zeros and ones.
  ///   - weights: `count` frequency weights, or `nil` for 1 each.
  ///   - residuals: receives weight · (p − label).
  ///   - hessianWeights: receives weight · p(1 − p).
  /// - Returns: Σ weight · log loss.
  ///
  /// All buffers hold `count` values or more and live for the call; none overlap.
  ///
  /// With t = e^−|η|, p is 1/(1 + t) or t/(1 + t), p(1 − p) is t/(1 + t)², and the loss of a row is
  /// log(1 + t) plus |η| where η has the wrong sign: no cancellation at either end. Without weights
  /// the logarithms are taken of products of 1 + t in eight fixed lanes.
  static func evaluate(
    raw: UnsafePointer<Double>, labels: UnsafePointer<UInt8>, weights: UnsafePointer<Double>?,
    count: Int, residuals: UnsafeMutablePointer<Double>,
    hessianWeights: UnsafeMutablePointer<Double>
  ) -> Double {
    // Residuals hold the t of each row until the second loop.
    for row in 0..<count {
      let eta = raw[row]
      let t = exponential(-eta.magnitude)
      let q = 1 / (1 + t)
      let small = t * q
      let label = Double(labels[row])
      // p − label, from the smaller of p and 1 − p.
      let positive = eta >= 0
      let probability = positive ? q : small
      let complement = positive ? small : q
      residuals[row] = label > 0.5 ? -complement : probability
      hessianWeights[row] = small * q
    }
    guard let weights else {
      return unweightedLoss(raw: raw, labels: labels, count: count)
    }
    var loss = 0.0
    for row in 0..<count {
      let eta = raw[row]
      let wrong = labels[row] == 1 ? -eta : eta
      let weight = weights[row]
      loss += weight * (log1p(exponential(-eta.magnitude)) + (wrong > 0 ? wrong : 0))
      residuals[row] *= weight
      hessianWeights[row] *= weight
    }
    return loss
  }

  private static func unweightedLoss(
    raw: UnsafePointer<Double>, labels: UnsafePointer<UInt8>, count: Int
  ) -> Double {
    var loss = 0.0
    var start = 0
    while start < count {
      let end = min(start + factorsPerLogarithm, count)
      var product = 1.0
      var excess = 0.0
      for row in start..<end {
        let eta = raw[row]
        let wrong = labels[row] == 1 ? -eta : eta
        product *= 1 + exponential(-eta.magnitude)
        excess += wrong > 0 ? wrong : 0
      }
      loss += log(product) + excess
      start = end
    }
    return loss
  }
}
