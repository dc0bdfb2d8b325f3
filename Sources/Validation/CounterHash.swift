/// Random-looking numbers that depend on a seed and a row alone.
///
/// There is no running state: a row's number is the same whichever thread asks for it, in whatever
/// order, and whatever other rows there are.
public struct CounterHash: Sendable, Equatable {
  private let key: UInt64

  public init(seed: UInt64) {
    // Mixed once, so that neighbouring seeds do not give shifted copies of one sequence.
    key = Self.mixed(seed &+ Self.increment)
  }

  /// 64 evenly spread bits.
  public func callAsFunction(_ identity: UInt64) -> UInt64 {
    Self.mixed(key &+ identity &* Self.increment)
  }

  /// 2⁶⁴ divided by the golden ratio, made odd: the step of SplitMix64.
  public static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The output function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
  public static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
