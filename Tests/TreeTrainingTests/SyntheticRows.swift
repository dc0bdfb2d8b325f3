import Features

@testable import TreeTraining

/// Seeded numbers for tests (SplitMix64).
struct TestNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// Rows whose outcome depends on a few of their bins.
struct SyntheticRows {
  var bins: [[UInt8]]
  var labels: [UInt8]
  var features: [BinnedFeature]

  /// - Parameters:
  ///   - shape: bins of each feature (the missing one included); below 0 for categories.
  ///   - missing: share of missing values in every second feature.
  init(rows: Int, shape: [Int], missing: Double = 0.1, seed: UInt64 = 1, rate: Double = 0) {
    var numbers = TestNumbers(state: seed)
    features = shape.enumerated().map { index, bins in
      BinnedFeature(
        name: "f\(index)", sources: ["f\(index)"], kind: bins < 0 ? .categories : .ordered,
        binCount: abs(bins))
    }
    bins = features.enumerated().map { index, feature in
      (0..<rows).map { _ in
        let isMissing = index % 2 == 1 && numbers.uniform() < missing
        // Low bins are fuller than high ones.
        let place = numbers.uniform() * numbers.uniform()
        return UInt8(
          isMissing ? feature.missingBin : Int(place * Double(feature.binCount - 1)))
      }
    }
    labels = []
    for row in 0..<rows {
      var odds = rate
      for (index, feature) in features.enumerated() {
        let bin = Int(bins[index][row])
        let share = Double(bin) / Double(feature.binCount)
        if feature.kind == .categories {
          odds += CounterHash.bits(.columns, 77, UInt64(bin + 300 * index)) & 1 == 0 ? 0.8 : -0.8
        } else if bin == feature.missingBin {
          odds += 0.7
        } else {
          odds +=
            index % 3 == 0 ? 2 * share : index % 3 == 1 ? -1.5 * share : 3 * share * (1 - share)
        }
      }
      labels.append(numbers.uniform() < 1 / (1 + exponentialOf(-odds)) ? 1 : 0)
    }
  }

  private func exponentialOf(_ value: Double) -> Double {
    var sum = 1.0
    let part = value / 1_024
    sum += part + part * part / 2 + part * part * part / 6
    for _ in 0..<10 { sum *= sum }
    return sum
  }

  var columns: BinnedColumns { columns(Array(labels.indices)) }

  /// Some rows, in the order given.
  func columns(_ rows: [Int]) -> BinnedColumns {
    BinnedColumns(features: features, rowCount: rows.count) { bytes, stride in
      for feature in features.indices {
        for (place, row) in rows.enumerated() {
          bytes[feature * stride + place] = bins[feature][row]
        }
      }
    }
  }

  func rows(
    _ order: [Int]? = nil, weights: [Double]? = nil, identities: [UInt64]? = nil
  ) -> BoostingRows {
    let order = order ?? Array(labels.indices)
    return BoostingRows(
      columns: columns(order), labels: order.map { labels[$0] },
      weights: weights.map { weights in order.map { weights[$0] } },
      identities: identities.map { identities in order.map { identities[$0] } })
  }
}
