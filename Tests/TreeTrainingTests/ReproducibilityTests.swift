import CSimd
import Features
import Glibc
import Models
import Parallel
import Testing

@testable import TreeTraining

/// The same rows and options give the same trees, bit for bit, however the work is done.
@Suite struct ReproducibilityTests {
  private static let data = SyntheticRows(
    rows: 21_000, shape: [60, 255, 4, -12, 3, 3, 200, 7, -40], seed: 11)

  private func fit(
    _ rows: BoostingRows, threads: Int = 1, level: Int32 = csimd_level(),
    capacity: Int = Gradients.blockCapacity, _ set: (inout BoostingOptions) -> Void = { _ in }
  ) throws -> BoostingFit {
    var options = BoostingOptions()
    options.rounds = 6
    options.leaves = 24
    set(&options)
    return try GradientBooster(options, level: level, blockCapacity: capacity).fit(
      rows, validation: Self.data.rows(Array(0..<3_001)), pool: WorkerPool(threadCount: threads))
  }

  private func sampled(_ options: inout BoostingOptions) {
    options.rowShare = 0.75
    options.columnShare = 0.5
  }

  @Test func threadsMakeNoDifference() throws {
    let rows = Self.data.rows()
    let whole = try fit(rows)
    let sample = try fit(rows, sampled)
    #expect(whole.ensemble != sample.ensemble)
    for threads in [1, 2, 3, 5, 8, 16] {
      #expect(try fit(rows, threads: threads) == whole)
      #expect(try fit(rows, threads: threads, sampled) == sample)
    }
  }

  @Test func instructionSetsMakeNoDifference() throws {
    let rows = Self.data.rows()
    let weighted = Self.data.rows(
      weights: Self.data.labels.indices.map { 0.3 + Double($0 % 5) / 3 })
    let level = csimd_best_level()
    for rows in [rows, weighted] {
      let reference = try fit(rows, level: Int32(csimd_portable), sampled)
      for other in [Int32(csimd_avx2), Int32(csimd_avx512)] where other <= level {
        #expect(try fit(rows, level: other, sampled) == reference)
      }
    }
  }

  @Test func theOrderOfRowsMakesNoDifference() throws {
    var numbers = TestNumbers(state: 5)
    let identities = Self.data.labels.indices.map { UInt64($0) &* 7_919 }
    let weights = Self.data.labels.indices.map { 0.3 + Double($0 % 5) / 3 }
    let shuffled = Array(Self.data.labels.indices).shuffled(using: &numbers)
    for weights in [nil, weights] {
      let rows = Self.data.rows(weights: weights, identities: identities)
      let others = Self.data.rows(shuffled, weights: weights, identities: identities)
      // The base is a sum of weights taken in the order of rows.
      #expect(try fit(rows, sampled).ensemble.trees == fit(others, sampled).ensemble.trees)
    }
  }

  @Test func weightTwoIsTheRowTwice() throws {
    let count = 5_000
    let identities = Self.data.labels.indices.map { UInt64($0) }
    let twice = (0..<count).flatMap { [Int](repeating: $0, count: $0 % 3) }
    let weights = Self.data.labels.indices.map { Double($0 % 3) }
    for capacity in [Gradients.blockCapacity, 700] {
      let copies = try fit(
        Self.data.rows(twice, identities: identities), threads: 2, capacity: capacity)
      let weighted = try fit(
        Self.data.rows(Array(0..<count), weights: weights, identities: identities), threads: 3,
        capacity: capacity)
      #expect(weighted == copies)
    }
  }

  @Test func whatAPackedSumMayHoldMakesNoDifference() throws {
    let rows = Self.data.rows()
    let reference = try fit(rows)
    for capacity in [600, 4_096, 20_000] {
      #expect(try fit(rows, threads: 2, capacity: capacity) == reference)
    }
  }

  @Test func theSeedMakesADifference() throws {
    let rows = Self.data.rows()
    #expect(try fit(rows) != fit(rows) { $0.seed = 2 })
  }

  @Test func scoresAreThoseOfTheEnsemble() throws {
    let rows = Self.data.rows(Array(0..<3_001))
    let fit = try fit(Self.data.rows(), sampled)
    var loss = 0.0
    for row in 0..<rows.count {
      let odds = fit.ensemble.rawPrediction(rows.columns, row: row)
      loss += log(1 + exp(rows.labels[row] == 1 ? -odds : odds))
    }
    let last = try #require(fit.validationLosses.last)
    // The sum of 3,001 losses, each to a few units in the last place.
    #expect(abs(loss / Double(rows.count) - last) < 1e-13)
  }
}

extension TreeEnsemble {
  /// The log-odds of a row, by a plain walk.
  func rawPrediction(_ columns: BinnedColumns, row: Int) -> Double {
    var sum = baseRawPrediction
    for tree in trees {
      sum += tree.leaf(of: features) { columns.bin(row: row, feature: $0) }.value
    }
    return sum
  }
}

extension DecisionTree {
  /// The leaf that a row of these bins reaches.
  func leaf(of features: [BinnedFeature], _ bin: (_ feature: Int) -> Int) -> TreeNode {
    var node = nodes[0]
    while let split = node.split {
      let goesLeft = split.goesLeft(
        bin(split.feature), missingBin: features[split.feature].missingBin)
      node = nodes[goesLeft ? split.leftChild : split.rightChild]
    }
    return node
  }
}
