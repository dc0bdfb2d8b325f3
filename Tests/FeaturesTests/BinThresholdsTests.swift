import Testing

@testable import Features

private func thresholds(
  _ values: [Double], weights: [Double]? = nil, binCount: Int = 254
) -> BinThresholds {
  BinThresholds(
    ValueSorter.distinct(
      count: values.count, value: { values[$0] }, weight: weights.map { w in { w[$0] } }),
    binCount: binCount)
}

@Suite struct BinThresholdsTests {
  @Test func fewValuesAreCutWhereScikitLearnCutsThem() {
    for column in TreeFeaturesFixture.shared.thresholds {
      let found = thresholds(column.values.map { $0 ?? .nan })
      #expect(found.values == column.thresholds, "\(column.name)")
    }
  }

  @Test func sortedDistinctValuesEqualANaiveCount() {
    var random = SeededGenerator(seed: 5)
    for count in [0, 1, 2, 300, 5_000] {
      let values = (0..<count).map { _ -> Double in
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .nan
        case 1: -0.0
        case 2: Double(Int.random(in: -3...3, using: &random))
        case 3:
          [.infinity, -.infinity, .leastNonzeroMagnitude, -1e300][
            Int.random(in: 0..<4, using: &random)]
        default: Double.random(in: -1e6...1e6, using: &random).rounded() / 16
        }
      }
      let weights = (0..<count).map { _ in Double(Int.random(in: 0...3, using: &random)) }
      var naive: [Double: Double] = [:]
      for (value, weight) in zip(values, weights) where !value.isNaN && weight > 0 {
        naive[value, default: 0] += weight
      }
      let found = ValueSorter.distinct(
        count: count, value: { values[$0] }, weight: { weights[$0] })
      #expect(found.values == naive.keys.sorted())
      #expect(found.weights == naive.keys.sorted().map { naive[$0] })
      let plain = ValueSorter.distinct(count: count, value: { values[$0] }, weight: nil)
      #expect(plain.weights.reduce(0, +) == Double(values.count { !$0.isNaN }))
    }
  }

  static let neighbours: [(Double, Double)] = [
    (1, 1.0.nextUp),
    (9_007_199_254_740_992, 9_007_199_254_740_994),
    (0, Double.leastNonzeroMagnitude),
    (-Double.leastNonzeroMagnitude, 0),
    (1e308, 1.7e308),
    (-1.7e308, 1.7e308),
    (-Double.infinity, -Double.greatestFiniteMagnitude),
    (-Double.infinity, 5),
    (Double.greatestFiniteMagnitude, Double.infinity),
    (5, Double.infinity),
    (-Double.infinity, Double.infinity),
  ]

  @Test(arguments: neighbours)
  func aCutLiesAboveTheLowerAndNotAboveTheHigher(low: Double, high: Double) {
    let cut = BinThresholds.cut(low, high)
    #expect(cut > low)
    #expect(cut <= high)
    let both = thresholds([high, low])
    #expect(both.bin(of: low) == 0)
    #expect(both.bin(of: high) == 1)
  }

  @Test func infinitiesAreTheOutermostValuesAndShareNoBin() {
    let values = [-.infinity, .infinity] + (0..<1_000).map { Double($0) }
    let found = thresholds(values + values)
    let bins = values.map { found.bin(of: $0) }
    #expect(bins[0] == 0)
    #expect(bins[1] == found.values.count)
    #expect(found.values.count <= 253)
  }

  @Test func zeroHasABinOfItsOwnAmongManyValues() {
    var random = SeededGenerator(seed: 2)
    for sides in [(-1.0, 1.0), (0.0, 1.0), (-1.0, 0.0)] {
      // The least positive and the greatest negative number are the hardest neighbours.
      var values = [0, -0.0, .leastNonzeroMagnitude * sides.1, -.leastNonzeroMagnitude * -sides.0]
      for _ in 0..<20_000 {
        values.append(Double.random(in: sides.0...sides.1, using: &random))
      }
      let found = thresholds(values)
      #expect(found.values.count == 253)
      #expect(zip(found.values, found.values.dropFirst()).allSatisfy { $0 < $1 })
      let zero = found.bin(of: 0)
      #expect(found.bin(of: -0.0) == zero)
      #expect(values.allSatisfy { ($0 == 0) == (found.bin(of: $0) == zero) })
    }
  }

  @Test func zeroNeverCostsMoreBinsThanThereAre() {
    for binCount in 2...6 {
      for (below, above) in [(0, 40), (40, 0), (1, 40), (40, 1), (3, 3), (20, 20)] {
        let values = (0..<(below + above + 1)).map { Double($0 - below) }
        let found = thresholds(values, binCount: binCount)
        #expect(found.valueBinCount <= binCount)
        #expect(zip(found.values, found.values.dropFirst()).allSatisfy { $0 < $1 })
      }
    }
  }

  @Test func aHeavyValueHasABinOfItsOwnAndTheOthersShareTheRest() {
    var values = (1...10_000).map { Double($0) }
    values += [Double](repeating: 5_000, count: 30_000)
    let found = thresholds(values, binCount: 20)
    let heavy = found.bin(of: 5_000)
    #expect(found.bin(of: 4_999) == heavy - 1)
    #expect(found.bin(of: 5_001) == heavy + 1)
    var counts = [Int](repeating: 0, count: found.valueBinCount)
    for value in values { counts[found.bin(of: value)] += 1 }
    counts.remove(at: heavy)
    #expect(found.valueBinCount == 20)
    // 10,000 light rows in 19 bins: 526 each, and more where the last of a run is cut short.
    #expect(counts.max() ?? 0 <= 600, "\(counts)")
  }

  @Test func weightTwoEqualsTheRowTwice() {
    var random = SeededGenerator(seed: 11)
    let values = (0..<3_000).map { _ in Double.random(in: -50...50, using: &random) }
    let weights = values.map { _ in Double(Int.random(in: 0...3, using: &random)) }
    let repeated = zip(values, weights).flatMap { [Double](repeating: $0, count: Int($1)) }
    #expect(thresholds(values, weights: weights) == thresholds(repeated))
  }

  @Test func thresholdsAreWrittenInAsFewDigitsAsTellThemApart() {
    #expect(thresholds([3, 4]).text(0) == "< 3.5")
    #expect(BinThresholds([0.1 + 0.2]).text(0) == "< 0.3")
    #expect(BinThresholds([0.30000001, 0.30000002]).text(0) != "< 0.3")
    #expect(BinThresholds([123_456_789]).text(0) == "< 123456789")
    #expect(BinThresholds([0, .leastNonzeroMagnitude]).text(1) == "≤ 0")
    #expect(BinThresholds([0]).text(0) == "< 0")
    #expect(BinThresholds([1e300]).text(0) == "< 1e+300")
    #expect(BinThresholds([.infinity]).text(0) == "< inf")
    #expect(BinThresholds([0.1234, 0.2]).percentText(0) == "< 12.34%")
    #expect(BinThresholds([0.355617, 0.5]).percentText(0) == "< 35.56%")
    #expect(BinThresholds([0.355617, 0.3556171]).percentText(0) == "< 35.5617%")
  }

  @Test func zeroStandsApartFromWhatIsMore() {
    let cuts = BinThresholds([-5, 0, .leastNonzeroMagnitude, 3.5])
    #expect(
      (0...4).map { cuts.rangeText($0) } == ["< -5", "-5 to 0", "0", "above 0 to 3.5", "≥ 3.5"])
    #expect(cuts.rangeText(1, 2) == "-5 to 0")
    #expect(cuts.rangeText(2, 3) == "0 to 3.5")
    #expect(cuts.rangeText(3, 4) == "> 0")
    #expect(cuts.rangeText(0, 2) == "≤ 0")
    #expect(cuts.rangeText(0, 4) == "any")
    #expect(BinThresholds([.leastNonzeroMagnitude]).rangeText(1) == "> 0")
    #expect(BinThresholds([]).rangeText(0) == "any")
  }
}
