/// Rows' weights as the integer sums of gradients carry them.
///
/// Weights that are whole and at most 256 multiply the rounded gradient, so that a row of weight 2 is
/// the same as the row twice. Other weights are scaled by a power of two, so that their mean lies in
/// 1..<2 or, where that would lift one above 256, so that the greatest is at most 256; they multiply
/// the gradient before it is rounded. A row's resolution is then that of an unweighted row times the
/// scale: rows far lighter than the mean are rounded (without bias) more coarsely, relative to their
/// own weight.
struct RowWeights {
  /// The most that a scaled weight may be.
  static let greatest = 256.0

  /// Whole weights, rounded up: what a row uses up of a block's capacity; `nil` for 1 each.
  let loads: AlignedBuffer<UInt16>?
  /// Scaled weights where they are not whole.
  let fractions: AlignedBuffer<Float>?
  /// Scaled weights are weights times this.
  let scale: Double
  let totalLoad: Int

  init(_ weights: [Double]?, count: Int) {
    guard let weights else {
      loads = nil
      fractions = nil
      scale = 1
      totalLoad = count
      return
    }
    let loads = AlignedBuffer<UInt16>(count + 16)
    let highest = weights.max() ?? 1
    if highest <= Self.greatest, weights.allSatisfy({ $0 == $0.rounded() }) {
      for (row, weight) in weights.enumerated() { loads.start[row] = UInt16(weight) }
      fractions = nil
      scale = 1
    } else {
      // Each share is below 1, so that their sum is finite whatever the weights.
      let share = weights.reduce(0) { $0 + $1 / highest } / Double(count)
      let mean = share > 0 ? highest * share : highest
      var scale = Self.power(below: 2 / mean)
      if highest * scale > Self.greatest { scale = Self.power(below: Self.greatest / highest) }
      let fractions = AlignedBuffer<Float>(count + 16)
      for (row, weight) in weights.enumerated() {
        let scaled = Float(weight * scale)
        fractions.start[row] = scaled
        loads.start[row] = UInt16(scaled.rounded(.up))
      }
      self.fractions = fractions
      self.scale = scale
    }
    self.loads = loads
    totalLoad = (0..<count).reduce(0) { $0 + Int(loads.start[$1]) }
  }

  /// What a row adds to sums of weights: its scaled weight, cut to multiples of 2⁻²⁰ where it is not
  /// whole, so that sums are exact.
  func exactWeight(_ row: Int) -> Double {
    guard let loads else { return 1 }
    guard let fractions else { return Double(loads.start[row]) }
    return Double(Int(Double(fractions.start[row]) * Self.fractionUnit)) / Self.fractionUnit
  }

  static let fractionUnit = Double(1 << 20)

  /// The greatest power of two at most `value`.
  private static func power(below value: Double) -> Double {
    guard value.isFinite, value > 0 else { return 1 }
    return Double(sign: .plus, exponent: value.exponent, significand: 1)
  }
}
