import CSimd
import Features
import Glibc
import Models
import Parallel
import Tables
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

  /// Debug and release builds, every machine and every version of the trainer must give these. A change
  /// that means to grow other trees changes them, and says so.
  @Test(arguments: [(false, "7be5309311c6bd30"), (true, "de35db35d2e1b113")])
  func treesAreFrozen(hasMembers: Bool, digest: String) throws {
    let data = SyntheticRows(rows: 4_000, shape: [60, 255, 4, -12, 3, -40, 90, 7], seed: 12)
    var options = BoostingOptions()
    options.rounds = 5
    options.rowShare = 0.8
    options.columnShare = 0.75
    options.minimumRows = 12
    options.monotone = [.increasing] + [BoostingOptions.Monotone](repeating: .free, count: 7)
    if hasMembers { options.members = [.init(), .init(features: [0, 1, 3, 5], leaves: 9)] }
    let weights = data.labels.indices.map { hasMembers ? 0.3 + Double($0 % 5) / 3 : Double($0 % 4) }
    let identities = data.labels.indices.map { UInt64($0) &* 7_919 }
    let fit = try GradientBooster(options).fit(
      data.rows(weights: weights, identities: identities), validation: data.rows(Array(0..<999)),
      pool: WorkerPool(threadCount: 2))
    // All that the digest is to watch over is there.
    let splits = fit.ensemble.trees.flatMap { $0.nodes.compactMap(\.split) }
    #expect(splits.contains { data.features[$0.feature].kind == .categories })
    #expect(splits.contains { data.features[$0.feature].kind == .ordered && $0.missingGoesLeft })
    var found = Digest()
    found.add(fit)
    #expect(found.text == digest)
  }

  /// Rows reach the trainer as one set of columns, which may be filled block by block.
  @Test(arguments: [1, 2, 7]) func blocksOfATableMakeNoDifference(blocks: Int) throws {
    let count = 1_501
    let table = Self.table(Array(0..<count))
    let labels = (0..<count).map { Self.data.labels[$0] }
    let pool = WorkerPool(threadCount: 1)
    let (pipeline, columns) = try TreeFeatureFitter().fit(
      table, columns: ["a", "b", "c"], labels: labels, pool: pool)
    var options = BoostingOptions()
    options.rounds = 4
    sampled(&options)
    let booster = try GradientBooster(options)
    let transformer = TreeTransformer(pipeline)
    let whole = try transformer.transform(table, pool: pool).columns
    let reference = try booster.fit(BoostingRows(columns: whole, labels: labels), pool: pool)
    #expect(reference.ensemble.trees.contains { $0.nodes.count > 5 })
    #expect(columns.features == whole.features)
    let filled = try BinnedColumns(features: whole.features, rowCount: count) { bytes, stride in
      for block in 0..<blocks {
        // Levels stand in the order in which each block meets them.
        let rows = Array(count * block / blocks..<count * (block + 1) / blocks)
        let part = try transformer.transform(Self.table(rows), pool: pool).columns
        for feature in part.features.indices {
          (bytes + feature * stride + rows[0]).update(
            from: part.column(feature), count: rows.count)
        }
      }
    }
    #expect(try booster.fit(BoostingRows(columns: filled, labels: labels), pool: pool) == reference)
  }

  private static func table(_ rows: [Int]) -> Table {
    let names = rows.map { "level \(data.bins[3][$0])" }
    var levels: [String] = []
    let codes = names.map { name in
      if let code = levels.firstIndex(of: name) { return Int32(code) }
      levels.append(name)
      return Int32(levels.count - 1)
    }
    return Table(
      columns: [
        Column(name: "a", values: .number(rows.map { Double(data.bins[0][$0]) / 7 })),
        Column(
          name: "b",
          values: .number(rows.map { data.bins[1][$0] == 254 ? .nan : Double(data.bins[1][$0]) })),
        Column(name: "c", values: .category(CategoryValues(codes: codes, levels: levels))),
      ], rowCount: rows.count)
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
