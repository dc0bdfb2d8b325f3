import CSimd
import Testing

@testable import Features

private let levels = (0...csimd_best_level()).map { $0 }

@Suite struct BinSearchTests {
  /// The bin by its definition.
  private static func naive(_ value: Double, _ thresholds: BinThresholds) -> UInt8 {
    value.isNaN
      ? UInt8(thresholds.valueBinCount) : UInt8(thresholds.values.count { $0 <= value })
  }

  @Test(arguments: levels, [0, 1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 100, 239, 240, 241, 252, 253])
  func binsEqualTheirDefinition(level: Int32, count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    var cuts: Set<Double> = count > 3 ? [.infinity, 0, -.leastNonzeroMagnitude] : []
    while cuts.count < count { cuts.insert(Double.random(in: -100...100, using: &random)) }
    let thresholds = BinThresholds(cuts.sorted())
    var values: [Double] = [
      .nan, -.nan, .signalingNaN, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude,
      -.leastNonzeroMagnitude, 9_007_199_254_740_993, .greatestFiniteMagnitude,
    ]
    values += thresholds.values.flatMap { [$0, $0.nextUp, $0.nextDown] }
    values += (0..<200).map { _ in Double.random(in: -110...110, using: &random) }
    values.shuffle(using: &random)
    let expected = values.map { Self.naive($0, thresholds) }
    let search = BinSearch(thresholds, level: level)
    // All lengths up to two vectors, then the whole.
    for length in Array(0...17) + [values.count] {
      for start in [0, 3] where start + length <= values.count {
        #expect(
          bins(search, values, rows: nil, range: start..<start + length)
            == Array(expected[start..<start + length]))
      }
    }
    let rows = (0..<300).map { _ in Int.random(in: values.indices, using: &random) }
    #expect(
      bins(search, values, rows: rows, range: 5..<298) == rows[5..<298].map { expected[$0] })
    #expect(thresholds.bin(of: 0) == Int(Self.naive(0, thresholds)))
  }

  private func bins(
    _ search: BinSearch, _ values: [Double], rows: [Int]?, range: Range<Int>
  ) -> [UInt8] {
    // A byte more, which must stay untouched.
    var bins = [UInt8](repeating: 77, count: range.count + 1)
    bins.withUnsafeMutableBufferPointer { bins in
      if let first = bins.baseAddress {
        search.write(values, rows: rows, range: range, to: first)
      }
    }
    #expect(bins.last == 77)
    return Array(bins.dropLast())
  }
}
