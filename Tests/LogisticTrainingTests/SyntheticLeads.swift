import Features
import Models

@testable import LogisticTraining

/// Seeded leads with numbers, groups and labels that depend on both.
struct SyntheticLeads {
  var matrix: FeatureMatrix
  var labels: [UInt8]
  /// Small whole numbers.
  var weights: [Double]

  init(rows: Int, numbers: Int = 4, levels: [Int] = [3, 6], seed: UInt64 = 1) {
    var generator = Generator(state: seed)
    let layout = FeatureLayout(
      numbers: (0..<numbers).map { NumberFeature(name: "n\($0)", source: "s\($0)") },
      groups: levels.enumerated().map { group, count in
        IndicatorGroup(
          name: "g\(group)", source: "t\(group)", levels: (0..<count).map { "l\($0)" })
      })
    var values: [Double] = []
    var codes: [UInt16] = []
    labels = []
    weights = []
    for _ in 0..<rows {
      var logOdds = -1.0
      for column in 0..<numbers {
        let value = generator.number() + generator.number() + generator.number()
        values.append(value)
        logOdds += value * (column.isMultiple(of: 2) ? 0.7 : -0.4)
      }
      for count in levels {
        let code = generator.below(count + 1)
        codes.append(UInt16(code))
        logOdds += Double(code) * 0.2 - 0.3
      }
      let chance = 0.5 * (generator.number() + 1)
      labels.append(chance < probability(fromRawPrediction: logOdds) ? 1 : 0)
      weights.append(Double(1 + generator.below(3)))
    }
    matrix = FeatureMatrix(layout: layout, rowCount: rows, numbers: values, codes: codes)
  }

  /// The rows again, each as often as its weight says.
  var repeated: SyntheticLeads {
    var copy = self
    let numberCount = matrix.layout.numbers.count
    let groupCount = matrix.layout.groups.count
    var values: [Double] = []
    var codes: [UInt16] = []
    copy.labels = []
    for row in 0..<matrix.rowCount {
      for _ in 0..<Int(weights[row]) {
        values += matrix.numbers[row * numberCount..<(row + 1) * numberCount]
        codes += matrix.codes[row * groupCount..<(row + 1) * groupCount]
        copy.labels.append(labels[row])
      }
    }
    copy.weights = [Double](repeating: 1, count: copy.labels.count)
    copy.matrix = FeatureMatrix(
      layout: matrix.layout, rowCount: copy.labels.count, numbers: values, codes: codes)
    return copy
  }

  /// A linear congruential generator (Knuth's MMIX multiplier).
  struct Generator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }

    /// In −1..<1.
    mutating func number() -> Double { Double(next()) / Double(1 << 30) - 1 }

    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
  }
}
