import Validation

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
    case randomTrees = 6
  }

  static func bits(_ purpose: Purpose, _ seed: UInt64, _ counter: UInt64 = 0) -> UInt64 {
    let mixed = Validation.CounterHash.mixed
    let increment = Validation.CounterHash.increment
    return mixed(
      mixed(mixed(seed &+ increment) ^ purpose.rawValue &* increment) &+ counter &* increment)
  }
}
