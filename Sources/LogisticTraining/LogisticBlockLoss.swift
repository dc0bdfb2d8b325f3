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
    // Residuals hold the t of each row until the last loop.
    for row in 0..<count { residuals[row] = exponential(-raw[row].magnitude) }
    let loss =
      weights.map {
        weightedLoss(raw: raw, labels: labels, weights: $0, t: residuals, count: count)
      }
      ?? plainLoss(raw: raw, labels: labels, t: residuals, count: count)
    for row in 0..<count {
      let t = residuals[row]
      let q = 1 / (1 + t)
      let small = t * q
      // p − label, from the smaller of p and 1 − p.
      let positive = raw[row] >= 0
      let probability = positive ? q : small
      let complement = positive ? small : q
      residuals[row] = labels[row] == 1 ? -complement : probability
      hessianWeights[row] = small * q
    }
    if let weights {
      for row in 0..<count {
        residuals[row] *= weights[row]
        hessianWeights[row] *= weights[row]
      }
    }
    return loss
  }

  private static func weightedLoss(
    raw: UnsafePointer<Double>, labels: UnsafePointer<UInt8>, weights: UnsafePointer<Double>,
    t: UnsafePointer<Double>, count: Int
  ) -> Double {
    var loss = 0.0
    for row in 0..<count {
      let wrong = labels[row] == 1 ? -raw[row] : raw[row]
      loss += weights[row] * (log1p(t[row]) + (wrong > 0 ? wrong : 0))
    }
    return loss
  }

  private static func plainLoss(
    raw: UnsafePointer<Double>, labels: UnsafePointer<UInt8>, t: UnsafePointer<Double>, count: Int
  ) -> Double {
    var loss = 0.0
    var start = 0
    while start < count {
      let end = min(start + factorsPerLogarithm, count)
      let laneEnd = start + (end - start) & ~7
      var products = SIMD8<Double>(repeating: 1)
      var row = start
      while row < laneEnd {
        products *=
          1 + UnsafeRawPointer(t + row).loadUnaligned(as: SIMD8<Double>.self)
        row += 8
      }
      let four = products.lowHalf * products.highHalf
      let two = four.lowHalf * four.highHalf
      var product = two[0] * two[1]
      while row < end {
        product *= 1 + t[row]
        row += 1
      }
      var excess = 0.0
      for row in start..<end {
        let wrong = labels[row] == 1 ? -raw[row] : raw[row]
        excess += wrong > 0 ? wrong : 0
      }
      loss += log(product) + excess
      start = end
    }
    return loss
  }
}
