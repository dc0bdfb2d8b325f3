/// 64 bits that look random, from a seed and two counters: no running state, so the number is the same
/// whichever thread asks for it and in whatever order.
enum CounterHash {
  /// What a hash is drawn for, so that draws for different ends are unrelated.
  enum Purpose: UInt64 {
    case rounding = 1
    case rows = 2
    case columns = 3
    case identities = 4
    case members = 5
  }

  static func bits(_ purpose: Purpose, _ seed: UInt64, _ counter: UInt64 = 0) -> UInt64 {
    mixed(mixed(mixed(seed &+ increment) ^ purpose.rawValue &* increment) &+ counter &* increment)
  }

  /// 2⁶⁴ divided by the golden ratio, made odd: the step of SplitMix64.
  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The output function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
