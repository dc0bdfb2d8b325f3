import Features
import Models
import Parallel
import Testing

@testable import TreeTraining

@Suite struct RandomTreesTests {
  /// Bins 0 to 5 with 6 for missing, in two features; the first tells the outcome, the second nothing.
  private static func rows(_ count: Int, weights: [Double]? = nil) -> BoostingRows {
    let features = ["told", "noise"].map {
      BinnedFeature(name: $0, sources: [$0], kind: .ordered, binCount: 7)
    }
    let told = (0..<count).map { UInt8($0 % 7) }
    let noise = (0..<count).map { UInt8($0 * 5 % 13 % 6) }
    let columns = BinnedColumns(features: features, rowCount: count) { bytes, stride in
      for row in 0..<count {
        bytes[row] = told[row]
        bytes[stride + row] = noise[row]
      }
    }
    return BoostingRows(
      columns: columns, labels: told.map { $0 >= 3 && $0 != 6 ? 1 : 0 }, weights: weights)
  }

  private static func grow(
    _ rows: BoostingRows, threads: Int = 1, change: (inout RandomTreeOptions) -> Void = { _ in }
  ) throws -> TreeEnsemble {
    var options = RandomTreeOptions()
    options.trees = 40
    change(&options)
    return try RandomTreeGrower(options).grow(rows, pool: WorkerPool(threadCount: threads))
  }

  @Test(arguments: [2, 3]) func anyNumberOfThreadsGrowsTheSameTrees(threads: Int) throws {
    let rows = Self.rows(300)
    #expect(try Self.grow(rows, threads: threads) == Self.grow(rows))
    #expect(try Self.grow(rows) != Self.grow(rows) { $0.seed = 2 })
  }

  @Test func aTreeThatCanNotBeCutSaysNothing() throws {
    let rows = Self.rows(9)
    let ensemble = try Self.grow(rows) { $0.minimumRows = 5 }
    let rate = Double(rows.labels.count { $0 == 1 }) / 9
    #expect(ensemble.trees.allSatisfy { $0.leafCount == 1 && $0.nodes[0].value == 0 })
    #expect(abs(probability(fromRawPrediction: ensemble.baseRawPrediction) - rate) < 1e-15)
  }

  /// Leaves are pure where each bin is: their mean is 1 or 0, and the step is known by hand.
  @Test func aPureLeafIsOneNewtonStepFromTheBaseRate() throws {
    let rows = Self.rows(420)
    let ensemble = try Self.grow(rows) {
      $0.minimumRows = 1
      $0.featureShare = 1
    }
    let rate = Double(rows.labels.count { $0 == 1 }) / 420
    let raw = TreeScorer(ensemble).rawPredictions(
      rows.columns, pool: WorkerPool(threadCount: 1))
    for (row, value) in raw.enumerated() {
      let step = (Double(rows.labels[row]) - rate) / (rate * (1 - rate))
      #expect(abs(value - ensemble.baseRawPrediction - step) < 1e-9)
    }
  }

  @Test func leavesHoldTheLeadsThatTheyMust() throws {
    let ensemble = try Self.grow(Self.rows(300)) { $0.minimumRows = 20 }
    #expect(ensemble.trees.contains { $0.leafCount > 1 })
    for node in ensemble.trees.flatMap(\.nodes) where node.split == nil {
      #expect(node.weight >= 20)
    }
  }

  @Test func aWeightOfTwoIsTheRowTwice() throws {
    let single = Self.rows(182)
    let twice = Self.rows(182, weights: [Double](repeating: 2, count: 182))
    let grown = try Self.grow(twice) { $0.minimumRows = 10 }
    let other = try Self.grow(single) { $0.minimumRows = 5 }
    #expect(grown.trees.map(\.leafCount) == other.trees.map(\.leafCount))
    for (one, another) in zip(grown.trees, other.trees) {
      for (node, single) in zip(one.nodes, another.nodes) {
        #expect(node.weight == 2 * single.weight)
        #expect(abs(node.value - single.value) < 1e-15)
      }
    }
  }

  @Test func otherFeaturesAreNotAsked() throws {
    let ensemble = try RandomTreeGrower().grow(
      Self.rows(300), features: [1], pool: WorkerPool(threadCount: 2))
    #expect(ensemble.trees.flatMap(\.nodes).compactMap(\.split).allSatisfy { $0.feature == 1 })
  }

  @Test func badOptionsAndLeadsAreRefused() throws {
    var options = RandomTreeOptions()
    options.featureShare = 0
    #expect(throws: BoostingError.self) { try RandomTreeGrower(options) }
    let rows = Self.rows(30)
    #expect(throws: BoostingError.oneOutcome(label: 1)) {
      try Self.grow(
        BoostingRows(columns: rows.columns, labels: [UInt8](repeating: 1, count: 30)))
    }
  }
}
