import Features
import Parallel
import Testing

@testable import TreeTraining

/// Features that share bytes, and what comes back out of them.
@Suite struct FeatureBundlesTests {
  /// Shapes of few and of many features, wide and narrow, of a bin a feature at the least.
  static let shapes: [[Int]] = [
    [2], [255], [3, 3, 3, 3, 3, 3, 3, 3, 3], [60, 255, 4, -12, 3, 3, 200, 7, -40],
    [Int](repeating: 2, count: 40), [16, 16, 16, 17, 17, 128, 129, 2, 2, 254, 255, 86, 85, 3],
    [Int](repeating: 255, count: 13), (2...60).map { $0 },
  ]

  private func features(_ shape: [Int]) -> [BinnedFeature] {
    shape.enumerated().map {
      BinnedFeature(
        name: "f\($0)", sources: ["f\($0)"], kind: $1 < 0 ? .categories : .ordered,
        binCount: abs($1))
    }
  }

  @Test(arguments: shapes) func eachFeatureHasOnePlaceAndBundlesFitAByte(shape: [Int]) {
    let features = features(shape)
    for hasMissing in [
      features.map { _ in true }, features.map { _ in false },
      features.indices.map { $0 % 2 == 0 },
    ] {
      let bundles = FeatureBundles(features: features, hasMissing: hasMissing)
      #expect(
        bundles.bundles.flatMap { $0.members.map(\.feature) }.sorted() == Array(features.indices))
      for (feature, digits) in zip(features.indices, bundles.digits) {
        #expect(digits == max(1, features[feature].binCount - (hasMissing[feature] ? 0 : 1)))
      }
      for bundle in bundles.bundles {
        // Each member's steps are as long as all digits before it.
        var place = 1
        for member in bundle.members {
          #expect(member.place == place)
          place *= bundles.digits[member.feature]
        }
        #expect(bundle.bins == place && place <= 256)
      }
    }
    // Narrow features do share bytes.
    let bundles = FeatureBundles(features: features, hasMissing: features.map { _ in true })
    if shape.count == 40 { #expect(bundles.bundles.count == 5) }
  }

  @Test(arguments: shapes) func everyByteGivesItsBinsBack(shape: [Int]) {
    // Missing values in every second feature only; 600 rows are more than a block of the matrix.
    let data = SyntheticRows(rows: 600, shape: shape, missing: 0.3, seed: 17)
    let columns = data.columns
    for threads in [1, 3] {
      let matrix = BinnedMatrix(columns, pool: WorkerPool(threadCount: threads))
      #expect(matrix.rowStride >= matrix.bundles.bundles.count)
      for row in 0..<columns.rowCount {
        for (byte, bundle) in matrix.bundles.bundles.enumerated() {
          let value = Int(matrix.start[row * matrix.rowStride + byte])
          for member in bundle.members {
            let bin = value / member.place % matrix.bundles.digits[member.feature]
            #expect(bin == columns.bin(row: row, feature: member.feature))
          }
        }
      }
    }
  }

  @Test func theMissingBinTakesADigitOnlyWhereARowIsMissing() {
    let data = SyntheticRows(rows: 200, shape: [5, 5, 5, 5], missing: 0.5, seed: 3)
    let matrix = BinnedMatrix(data.columns, pool: WorkerPool(threadCount: 1))
    #expect(matrix.bundles.digits == [4, 5, 4, 5])
  }

  /// Joint counts of a whole byte, taken apart by plain division.
  @Test(arguments: shapes) func bundlesMarginaliseExactly(shape: [Int]) {
    let features = features(shape)
    let bundles = FeatureBundles(
      features: features, hasMissing: features.indices.map { $0 % 3 != 0 })
    let layout = HistogramLayout(bundles)
    var numbers = TestNumbers(state: 8)
    for bundle in bundles.bundles {
      let joint = (0..<bundle.bins).map { _ in Int64(bitPattern: numbers.next()) }
      var expected = [Int: [Int64]]()
      for member in bundle.members {
        var sums = [Int64](repeating: 0, count: bundles.digits[member.feature])
        for (byte, value) in joint.enumerated() { sums[byte / member.place % sums.count] &+= value }
        expected[member.feature] = sums
      }
      let bins = AlignedBuffer<Int64>(layout.binCount)
      for bin in 0..<bins.count { bins.start[bin] = -5 }
      HistogramArithmetic.marginalise(
        bundle, digits: bundles.digits, joint, offsets: layout.offsets, into: bins.start)
      for member in bundle.members {
        let at = layout.offsets[member.feature]
        let own = (at..<at + bundles.digits[member.feature]).map { bins.start[$0] }
        #expect(own == expected[member.feature])
      }
    }
  }
}
