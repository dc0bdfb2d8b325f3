import Glibc
import Validation

/// Uniform, normal and Poisson numbers out of a counter hash.
struct RandomNumbers {
  private let hash: CounterHash
  private var place: UInt64

  init(seed: UInt64, stream: UInt64) {
    hash = CounterHash(seed: seed)
    place = stream << 40
  }

  /// Between 0 and 1, never either.
  private mutating func uniform() -> Double {
    place += 1
    // Half a unit up, so that it is never 0.
    return (Double(hash(place) >> 11) + 0.5) / 9_007_199_254_740_992
  }

  /// Of mean 0 and deviation 1 (Box and Muller).
  mutating func normal() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// Up to 30 by multiplying uniform numbers until their product is below e^−mean (Knuth); above, the
  /// nearest whole number to a normal one, whose skewness is then below 0.2.
  mutating func poisson(mean: Double) -> Double {
    guard mean > 0 else { return 0 }
    guard mean <= 30 else {
      return max(0, (mean + mean.squareRoot() * normal()).rounded())
    }
    let bound = exp(-mean)
    var product = uniform()
    var count = 0.0
    while product > bound {
      product *= uniform()
      count += 1
    }
    return count
  }
}
