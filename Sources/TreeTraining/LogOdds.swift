/// Log-odds from two weights, the same to the last bit on every machine.
///
/// The C library's logarithm has versions with and without fused multiply-add, chosen by the processor,
/// that differ in the last place for some arguments; one such place in the base would reach every
/// gradient, and with it the trees.
public enum LogOdds {
  /// log(won / lost).
  ///
  /// With won / lost = m · 2^e and m in √½…√2, it is e · log 2 + 2 artanh(t) with t = (m − 1) / (m + 1),
  /// |t| ≤ 0.172, whose series is summed to the term t²¹; the next is below 2⁻⁶² of the first. The
  /// result is within two units in the last place.
  ///
  /// - Parameters:
  ///   - won: and `lost` are above 0 and finite.
  public static func of(won: Double, lost: Double) -> Double {
    var exponent = Double(won.exponent - lost.exponent)
    var fraction = won.significand / lost.significand
    if fraction > 2.0.squareRoot() {
      fraction /= 2
      exponent += 1
    } else if fraction < 0.5.squareRoot() {
      fraction *= 2
      exponent -= 1
    }
    let t = (fraction - 1) / (fraction + 1)
    let square = t * t
    var series = 1.0 / 21
    for power in stride(from: 19.0, through: 3, by: -2) { series = series * square + 1 / power }
    // 2 artanh(t), its first term apart so that only the small rest is rounded twice.
    let rest = 2 * t * (square * series)
    return exponent * highLogTwo + (2 * t + (rest + exponent * lowLogTwo))
  }

  /// log 2 in two parts, the first with 32 zero bits at its end: products with exponents are exact.
  private static let highLogTwo = 0x1.62e42feep-1
  private static let lowLogTwo = 0x1.a39ef35793c76p-33
}
