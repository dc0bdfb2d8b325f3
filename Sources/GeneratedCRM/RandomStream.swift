import Glibc
import Validation

/// A sequence of random-looking numbers that depends on a seed and a name alone: each lead has its own,
/// so that a lead's story is the same whatever other leads there are.
struct RandomStream {
  private let hash: CounterHash
  private var position: UInt64 = 0

  init(seed: UInt64, purpose: Purpose, index: Int) {
    let key = CounterHash(seed: seed)(UInt64(index) &* 16 &+ purpose.rawValue)
    hash = CounterHash(seed: key)
  }

  /// What a sequence is for; sequences of different purposes have nothing in common.
  enum Purpose: UInt64 {
    case account = 1
    case creation
    case lead
    case history
    case customer
    case planned
  }

  private mutating func bits() -> UInt64 {
    position &+= 1
    return hash(position)
  }

  /// Evenly spread over 0..<1, in steps of 2⁻⁵³.
  mutating func uniform() -> Double {
    Double(bits() >> 11) * 0x1p-53
  }

  mutating func chance(_ probability: Double) -> Bool {
    uniform() < probability
  }

  /// A whole number in `0..<count`.
  mutating func index(_ count: Int) -> Int {
    min(count - 1, Int(uniform() * Double(count)))
  }

  /// A whole number in the range, both ends included.
  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + index(range.count)
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[index(values.count)]
  }

  /// An index drawn in proportion to the weights.
  mutating func weighted(_ weights: [Double]) -> Int {
    var rest = uniform() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      rest -= weight
      if rest < 0 { return index }
    }
    return weights.lastIndex { $0 > 0 } ?? 0
  }

  /// Mean 0, standard deviation 1 (Box and Muller 1958).
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// How often something happens that happens `rate` times on average (Knuth's product of uniforms:
  /// fitting for the small rates of a day).
  mutating func poisson(_ rate: Double) -> Int {
    let floor = exp(-rate)
    var product = uniform()
    var count = 0
    while product > floor {
      count += 1
      product *= uniform()
    }
    return count
  }
}
