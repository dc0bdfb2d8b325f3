/// Sums that are exact whatever the order, so that a window's sum is the same however it is reached.
///
/// Values are rounded once to a multiple of 2⁻³² (a quarter of a billionth); with values up to
/// `ActivityCells.largestValue`, billions of them add up without overflow.
enum FixedPoint {
  private static let scale = 4_294_967_296.0

  @inline(__always)
  static func fixed(_ value: Double) -> Int128 {
    let scaled = (value * scale).rounded(.toNearestOrEven)
    // Below 2⁶² a machine word holds it.
    return abs(scaled) < 4.6e18 ? Int128(Int64(scaled)) : Int128(scaled)
  }

  @inline(__always)
  static func value(_ sum: Int128) -> Double {
    if let small = Int64(exactly: sum) { return Double(small) / scale }
    return Double(sum) / scale
  }
}
