import Glibc
import Validation

/// Generated leads whose true log-odds are known.
struct CalibrationLeads {
  let raw: [Double]
  let labels: [UInt8]

  /// Raw predictions are normal; the truth is `truth` of them.
  init(
    _ count: Int, seed: UInt64, mean: Double = -1.4, deviation: Double = 1.2,
    truth: (Double) -> Double = { $0 }
  ) {
    var numbers = SeededNumbers(seed: seed)
    var (raw, labels): ([Double], [UInt8]) = ([], [])
    for _ in 0..<count {
      let value = mean + deviation * numbers.normal()
      raw.append(value)
      labels.append(numbers.uniform() < 1 / (1 + exp(-truth(value))) ? 1 : 0)
    }
    (self.raw, self.labels) = (raw, labels)
  }
}

/// Random-looking numbers, the same on every run.
struct SeededNumbers {
  private let hash: CounterHash
  private var place: UInt64 = 0

  init(seed: UInt64) { hash = CounterHash(seed: seed) }

  mutating func uniform() -> Double {
    place += 1
    return (Double(hash(place) >> 11) + 0.5) / 9_007_199_254_740_992
  }

  mutating func normal() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }
}

func logistic(_ logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }
