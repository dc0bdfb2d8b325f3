/// Shapley values of one leaf's parts for a row, given which of the parts the row satisfies.
///
/// The value of a set S of features is, by path-dependent TreeSHAP (Lundberg and others, 2020), the
/// leaf's value times a factor a part: of parts in S 1 if the row satisfies it and else 0, of the others
/// the part's share of the training rows. Shapley's average over all orders is an integral over the
/// chance p that a feature is in S (Owen, 1972):
///
///     φ_j = value × (o_j − r_j) × ∫₀¹ Π_{i ≠ j} (r_i + p (o_i − r_i)) dp
///
/// with o the row's 0 or 1 and r the shares. The integrand is a polynomial of degree d − 1 for d parts,
/// so that Gauss and Legendre's points give it without error from d / 2 points up.
struct PathQuadrature: Sendable {
  let partCount: Int
  let pointCount: Int
  /// r + p (o − r) at each point: of part j with o at (2 j + o) × pointCount.
  private let factors: [Double]
  /// o − r: of part j with o at 2 j + o.
  private let gains: [Double]
  /// The value times each point's weight.
  private let start: [Double]

  /// - Parameter rule: at least half as many points as the path has parts.
  init(_ path: LeafPath, rule: GaussLegendre) {
    precondition(2 * rule.points.count >= path.parts.count, "too few points for the path")
    partCount = path.parts.count
    pointCount = rule.points.count
    var factors: [Double] = []
    var gains: [Double] = []
    for part in path.parts {
      for satisfied in [0.0, 1.0] {
        factors += rule.points.map { part.share + $0 * (satisfied - part.share) }
        gains.append(satisfied - part.share)
      }
    }
    self.factors = factors
    self.gains = gains
    start = rule.weights.map { path.value * $0 }
  }

  /// Points that a path of so many parts needs.
  static func points(forParts parts: Int) -> Int { max(1, (parts + 1) / 2) }

  /// Doubles of scratch memory.
  var scratchCount: Int { (partCount + 2) * pointCount }

  /// Writes each part's contribution.
  /// - Parameters:
  ///   - satisfied: 0 or 1 a part.
  ///   - scratch: `scratchCount` doubles.
  ///   - output: one a part.
  func write(
    satisfied: UnsafePointer<UInt8>, scratch: UnsafeMutablePointer<Double>,
    to output: UnsafeMutablePointer<Double>
  ) {
    let points = pointCount
    // Bounds: factors hold 2 × partCount runs of `points`, gains 2 × partCount; of a part's 0 or 1 the
    // last bit alone is used. The pointers live for the closures that use them.
    factors.withUnsafeBufferPointer { factors in
      gains.withUnsafeBufferPointer { gains in
        let behind = scratch + (partCount + 1) * points
        for point in 0..<points {
          scratch[point] = start[point]
          behind[point] = 1
        }
        for part in 0..<partCount {
          let own = (2 * part + Int(satisfied[part] & 1)) * points
          for point in 0..<points {
            scratch[(part + 1) * points + point] =
              scratch[part * points + point] * factors[own + point]
          }
        }
        for part in (0..<partCount).reversed() {
          let state = 2 * part + Int(satisfied[part] & 1)
          var sum = 0.0
          for point in 0..<points {
            sum += scratch[part * points + point] * behind[point]
            behind[point] *= factors[state * points + point]
          }
          output[part] = gains[state] * sum
        }
      }
    }
  }
}
