import Parallel
import Tables
import Testing

@testable import Features

/// A pool of its own for each use: tests run side by side, and a pool runs one job at a time.
private var pool: WorkerPool { WorkerPool(threadCount: 2) }

private func numberTable(_ values: [Double]) -> Table {
  Table(columns: [Column(name: "x", values: .number(values))], rowCount: values.count)
}

private func numberEncoder(_ pipeline: FeaturePipeline) throws -> NumberEncoder {
  let encoder = try #require(pipeline.encoders.first)
  guard case .number(let number) = encoder else {
    Issue.record("expected a number encoder, found \(encoder)")
    throw FeatureError.columnMissing(name: "x")
  }
  return number
}

@Suite struct FeatureFitterTests {
  @Test func numberIsStandardisedWithPopulationMoments() throws {
    let pipeline = try FeatureFitter(options: FeatureOptions(numbers: .linear))
      .fit(numberTable([1, 2, 3, 4]), columns: ["x"], pool: pool)
    let encoder = try numberEncoder(pipeline)
    #expect(encoder.value.center == 2.5)
    #expect(abs(encoder.value.scale - 1.25.squareRoot()) < 1e-15)
    #expect(encoder.signedLog == nil)
    #expect(encoder.binThresholds.isEmpty)
    #expect(!encoder.hasMissing)
  }

  @Test func missingAndInfiniteNumbersTakeTheMeanAndRaiseAnIndicator() throws {
    let table = numberTable([1, .nan, 3, .infinity])
    let pipeline = try FeatureFitter(options: FeatureOptions(numbers: .linear))
      .fit(table, columns: ["x"], pool: pool)
    let matrix = try FeatureTransformer(pipeline).transform(table, pool: pool).matrix
    #expect(matrix.numbers == [-1, 0, 1, 0])
    #expect(matrix.layout.groups.map(\.levels) == [["missing"]])
    // 1 is the level count: none of the indicators.
    #expect(matrix.codes == [1, 0, 1, 0])
  }

  @Test func missingThatTrainingNeverSawHasNoIndicator() throws {
    let pipeline = try FeatureFitter(options: FeatureOptions(numbers: .full, binCount: 2))
      .fit(numberTable([1, 2, 3, 4, 5, 6]), columns: ["x"], pool: pool)
    let matrix = try FeatureTransformer(pipeline)
      .transform(numberTable([.nan, 1]), pool: pool).matrix
    let group = try #require(matrix.layout.groups.first)
    #expect(Int(matrix.codes[0]) == group.levels.count)
    #expect(matrix.codes[1] == 0)
  }

  @Test func valuesBeyondHistoryCountAsItsEnds() throws {
    let pipeline = try FeatureFitter().fit(
      numberTable([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), columns: ["x"], pool: pool)
    let transformer = FeatureTransformer(pipeline)
    let ends = try transformer.transform(numberTable([0, 9]), pool: pool).matrix
    let beyond = try transformer.transform(numberTable([-1e300, 1e300]), pool: pool).matrix
    #expect(ends.numbers == beyond.numbers)
    #expect(ends.codes == beyond.codes)
  }

  @Test func everyValueFallsIntoTheBinThatItsNameSays() throws {
    let values = (0..<1_000).map { Double(($0 * 7_919) % 1_000) / 10 }
    let pipeline = try FeatureFitter().fit(numberTable(values), columns: ["x"], pool: pool)
    let encoder = try numberEncoder(pipeline)
    #expect(encoder.binThresholds.count == 19)
    for value in values {
      let naive = encoder.binThresholds.filter { $0 <= value }.count
      #expect(Int(encoder.code(value)) == naive)
    }
    var counts = [Int](repeating: 0, count: 20)
    for value in values { counts[Int(encoder.code(value))] += 1 }
    #expect(counts.allSatisfy { $0 == 50 })
  }

  @Test func thresholdsLieBetweenDistinctValues() {
    let sample = [1.0, 1, 1, 1, 2, 3, 3, 8].map { (value: $0, weight: 1.0) }
    // The four ones reach past a quarter and a half; the two and the threes past three quarters.
    let thresholds = quantileThresholds(sample, binCount: 4)
    #expect(thresholds == [1.5, 5.5])
  }

  @Test func aNumberOfTwoValuesHasNeitherLogarithmNorBins() throws {
    let pipeline = try FeatureFitter().fit(
      numberTable([0, 5, 0, 5, 5]), columns: ["x"], pool: pool)
    #expect(pipeline.layout.numbers.map(\.name) == ["x"])
    #expect(pipeline.layout.groups.isEmpty)
  }

  @Test func levelsAreOrderedByFrequencyAndRareOnesPooled() throws {
    let codes: [Int32] =
      Array(repeating: 0, count: 20) + Array(repeating: 1, count: 40) + [2, 3, -1]
    let table = Table(
      columns: [
        Column(
          name: "c", values: .category(CategoryValues(codes: codes, levels: ["a", "b", "d", "e"])))
      ], rowCount: codes.count)
    let pipeline = try FeatureFitter().fit(table, columns: ["c"], pool: pool)
    let group = try #require(pipeline.layout.groups.first)
    #expect(group.levels == ["b", "a", "(other)", "(missing)"])

    let fresh = Table(
      columns: [
        Column(
          name: "c",
          values: .category(
            CategoryValues(codes: [0, 1, 2, -1, 3], levels: ["a", "new", "e", "b"])))
      ], rowCount: 5)
    let output = try FeatureTransformer(pipeline).transform(fresh, pool: pool)
    #expect(output.matrix.codes == [1, 2, 2, 3, 0])
    // “new” was never seen; “e” was, though rarely.
    #expect(output.unseenLevels == [FeatureTransformer.UnseenLevels(column: "c", cells: 1)])
  }

  /// A table keeps them apart by their bytes; look-ups compare strings and see one letter.
  @Test func twoSpellingsOfAnAccentedLetterAreOneLevel() throws {
    let codes: [Int32] =
      Array(repeating: 0, count: 30) + Array(repeating: 1, count: 40)
      + Array(repeating: 2, count: 50)
    let table = Table(
      columns: [
        Column(
          name: "c",
          values: .category(
            CategoryValues(codes: codes, levels: ["t\u{e9}cnico", "te\u{301}cnico", "b"])))
      ], rowCount: codes.count)
    let pipeline = try FeatureFitter().fit(table, columns: ["c"], pool: pool)
    #expect(pipeline.layout.groups.first?.levels.count == 2)
    let output = try FeatureTransformer(pipeline).transform(table, pool: pool)
    #expect(
      output.matrix.codes == Array(repeating: 1, count: 70) + Array(repeating: 0, count: 50))
    #expect(output.unseenLevels.isEmpty)
  }

  @Test func aWeightOfTwoEqualsTheRowTwice() throws {
    let values: [Double] = [1, 4, 9, 16, 25, 36]
    let weights: [Double] = [2, 1, 2, 1, 2, 1]
    let repeated = zip(values, weights).flatMap { Array(repeating: $0, count: Int($1)) }
    let weighted = try numberEncoder(
      FeatureFitter().fit(numberTable(values), columns: ["x"], weights: weights, pool: pool))
    let plain = try numberEncoder(
      FeatureFitter().fit(numberTable(repeated), columns: ["x"], pool: pool))
    #expect(weighted.binThresholds == plain.binThresholds)
    // The two take their sums in another order: rounding alone.
    #expect(abs(weighted.value.center - plain.value.center) < 1e-13)
    #expect(abs(weighted.value.scale - plain.value.scale) < 1e-13)
  }

  @Test func datesBecomeCalendarPartsAndDistancesButNeverAges() throws {
    let days: [Double] = [0, 31, 59, 90, 400]
    let table = Table(
      columns: [
        Column(name: "first", values: .date(days.map { $0 * 86_400 })),
        Column(name: "second", values: .date(days.map { ($0 * 2 + 1) * 86_400 })),
      ], rowCount: days.count)
    let pipeline = try FeatureFitter(options: FeatureOptions(numbers: .linear))
      .fit(table, columns: ["first", "second"], pool: pool)
    #expect(pipeline.layout.numbers.map(\.name) == ["days from first to second"])
    #expect(
      pipeline.layout.groups.map(\.name) == [
        "weekday of first", "month of first", "weekday of second", "month of second",
      ])
    let matrix = try FeatureTransformer(pipeline).transform(table, pool: pool).matrix
    // 1970-01-01 was a Thursday in January.
    #expect(matrix.codes[0] == 3)
    #expect(matrix.codes[1] == 0)
  }

  @Test(arguments: [1, 2, 3, 7])
  func theSameMatrixForAnyNumberOfThreads(threads: Int) throws {
    let count = 10_000
    let table = Table(
      columns: [
        Column(name: "x", values: .number((0..<count).map { Double(($0 * 31) % 997) })),
        Column(
          name: "c",
          values: .category(
            CategoryValues(
              codes: (0..<count).map { Int32($0 % 5) - 1 }, levels: ["a", "b", "c", "d"]))),
      ], rowCount: count)
    func matrix(_ threads: Int) throws -> FeatureMatrix {
      let pool = WorkerPool(threadCount: threads)
      let pipeline = try FeatureFitter().fit(table, columns: ["x", "c"], pool: pool)
      return try FeatureTransformer(pipeline).transform(table, pool: pool).matrix
    }
    let expected = try matrix(1)
    let found = try matrix(threads)
    #expect(found.numbers == expected.numbers)
    #expect(found.codes == expected.codes)
    #expect(found.layout == expected.layout)
  }

  @Test func aMissingColumnIsNamed() throws {
    let pipeline = try FeatureFitter().fit(numberTable([1, 2, 3]), columns: ["x"], pool: pool)
    let other = Table(columns: [Column(name: "y", values: .number([1]))], rowCount: 1)
    #expect(throws: FeatureError.columnMissing(name: "x")) {
      try FeatureTransformer(pipeline).transform(other, pool: pool)
    }
  }

  @Test func constantColumnsGiveNoFeatureAndNothingUsefulIsAnError() {
    #expect(throws: FeatureError.nothingToLearnFrom(columns: 1)) {
      try FeatureFitter().fit(numberTable([2, 2, 2]), columns: ["x"], pool: pool)
    }
  }
}
