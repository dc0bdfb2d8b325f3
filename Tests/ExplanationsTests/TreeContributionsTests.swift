import Features
import Models
import Parallel
import TestTrees
import Testing

@testable import Explanations

@Suite struct TreeContributionsTests {
  private static func contributions(
    _ ensemble: TreeEnsemble, _ columns: BinnedColumns,
    mostCells: Int = TreeContributions.mostCells, threads: Int = 1
  ) throws -> (baseline: Double, values: [Double]) {
    let pool = WorkerPool(threadCount: threads)
    let kernel = try TreeContributions(
      ensemble, slots: FeatureSlots(featureCount: ensemble.features.count), mostCells: mostCells,
      pool: pool)
    var values = [Double](repeating: 0, count: columns.rowCount * ensemble.features.count)
    values.withUnsafeMutableBufferPointer { kernel.add(columns, to: $0, pool: pool) }
    return (kernel.baseline, values)
  }

  /// Two leaves, by hand: the feature is worth the way from the average to the leaf.
  @Test func aStumpGivesTheDistanceFromItsMean() throws {
    let feature = BinnedFeature(name: "a", sources: ["a"], kind: .ordered, binCount: 4)
    let tree = DecisionTree(nodes: [
      TreeNode(
        value: 0, weight: 8,
        split: TreeSplit(
          feature: 0, condition: .upTo(1), missingGoesLeft: true, leftChild: 1, rightChild: 2,
          gain: 1)),
      TreeNode(value: 1, weight: 6), TreeNode(value: -1, weight: 2),
    ])
    let columns = BinnedColumns(features: [feature], rowCount: 4) { bytes, _ in
      for bin in 0..<4 { bytes[bin] = UInt8(bin) }
    }
    let ensemble = TreeEnsemble(features: [feature], baseRawPrediction: -2, trees: [tree, tree])
    let (baseline, values) = try Self.contributions(ensemble, columns)
    #expect(baseline == -1)
    #expect(values == [1, 1, -3, 1])
  }

  /// Tables, long paths and both, against the definition: all subsets of the features.
  @Test(arguments: [1, 8, 1_024])
  func equalsTheSumOverAllSubsetsOfFeatures(mostCells: Int) throws {
    for (count, leaves) in [(1, 4), (2, 9), (5, 30), (10, 63)] {
      for shape in [RandomTrees.Shape.bushy, .leftChain] {
        var random = RandomTrees(seed: UInt64(count * leaves), featureCount: count)
        let ensemble = random.ensemble(trees: 2, leaves: leaves, shape: shape)
        let columns = random.columns(rows: 4)
        let (baseline, values) = try Self.contributions(
          ensemble, columns, mostCells: mostCells)
        for row in 0..<columns.rowCount {
          let naive = AllSubsets(ensemble, bins: columns.bins(row: row))
          #expect(abs(naive.baseline - baseline) < 1e-12)
          for (feature, expected) in naive.contributions.enumerated() {
            #expect(abs(values[row * count + feature] - expected) < 1e-10)
          }
        }
      }
    }
  }

  @Test func addsUpToTheLogOddsLessTheBaseline() throws {
    for shape in [RandomTrees.Shape.bushy, .leftChain] {
      var random = RandomTrees(seed: 3, featureCount: 40)
      let ensemble = random.ensemble(trees: 10, leaves: 63, shape: shape)
      let columns = random.columns(rows: 100)
      let (baseline, values) = try Self.contributions(ensemble, columns)
      let raw = TreeScorer(ensemble).rawPredictions(columns)
      for row in 0..<100 {
        let sum = values[row * 40..<row * 40 + 40].reduce(baseline, +)
        #expect(abs(sum - raw[row]) < 1e-9)
      }
    }
  }

  /// Paths of more parts than a key has bits.
  @Test func pathsOfManyFeaturesAddUpToo() throws {
    var random = RandomTrees(seed: 4, featureCount: 120)
    let ensemble = random.ensemble(trees: 1, leaves: 160, shape: .leftChain)
    let binCounts = ensemble.features.map(\.binCount)
    let longest = ensemble.trees[0].leafPaths(binCounts: binCounts).map(\.parts.count).max() ?? 0
    #expect(longest > 64)
    let columns = random.columns(rows: 20)
    let (baseline, values) = try Self.contributions(ensemble, columns)
    let raw = TreeScorer(ensemble).rawPredictions(columns)
    for row in 0..<20 {
      let sum = values[row * 120..<row * 120 + 120].reduce(baseline, +)
      #expect(abs(sum - raw[row]) < 1e-9)
    }
  }

  @Test(arguments: [0, 1, 1_023, 1_025, 4_097, 9_000])
  func rowsAroundAndThreadsDoNotMatter(rows: Int) throws {
    var random = RandomTrees(seed: 8, featureCount: 12)
    let ensemble = random.ensemble(trees: 2, leaves: 12)
    let all = random.columns(rows: 9_000)
    let columns = BinnedColumns(features: ensemble.features, rowCount: rows) { bytes, stride in
      for feature in ensemble.features.indices {
        for row in 0..<rows { bytes[feature * stride + row] = all.column(feature)[row] }
      }
    }
    let expected = try Self.contributions(ensemble, all).values
    for threads in [1, 5] {
      let values = try Self.contributions(ensemble, columns, threads: threads).values
      #expect(values == Array(expected[..<(rows * 12)]))
    }
  }

  @Test func aFeatureOfTwoColumnsGivesHalfToEach() throws {
    let features = [
      BinnedFeature(name: "a", sources: ["a"], kind: .ordered, binCount: 4),
      BinnedFeature(name: "rate", sources: ["a", "b"], kind: .ordered, binCount: 9),
    ]
    var random = RandomTrees(seed: 2, featureCount: 2)
    let other = random.ensemble(trees: 4, leaves: 6)
    let ensemble = TreeEnsemble(
      features: other.features, baseRawPrediction: 0, trees: other.trees)
    let columns = random.columns(rows: 50)
    let pool = WorkerPool(threadCount: 1)
    let byFeature = try Self.contributions(ensemble, columns).values
    let slots = FeatureSlots(
      sources: features.map(\.sources), columns: ["b", "none", "a"], weight: 0.5)
    var values = [Double](repeating: 1, count: 150)
    let kernel = try TreeContributions(ensemble, slots: slots, pool: pool)
    values.withUnsafeMutableBufferPointer { kernel.add(columns, to: $0, pool: pool) }
    for row in 0..<50 {
      let (own, rate) = (byFeature[2 * row], byFeature[2 * row + 1])
      #expect(abs(values[3 * row] - (1 + 0.25 * rate)) < 1e-14)
      #expect(values[3 * row + 1] == 1)
      #expect(abs(values[3 * row + 2] - (1 + 0.5 * own + 0.25 * rate)) < 1e-14)
    }
  }

  @Test func treesThatDoNotKnowTheirRowsAreRefused() {
    let feature = BinnedFeature(name: "a", sources: ["a"], kind: .ordered, binCount: 4)
    let known = DecisionTree(nodes: [TreeNode(value: 1, weight: 5)])
    let unknown = DecisionTree(nodes: [TreeNode(value: 1, weight: 0)])
    let ensemble = TreeEnsemble(
      features: [feature], baseRawPrediction: 0, trees: [known, unknown])
    #expect(throws: ExplanationError.noNodeWeights(tree: 2)) {
      try TreeContributions(
        ensemble, slots: FeatureSlots(featureCount: 1), pool: WorkerPool(threadCount: 1))
    }
  }

  @Test func anEnsembleWithoutTreesHasNothingToTell() throws {
    var random = RandomTrees(seed: 1, featureCount: 2)
    let columns = random.columns(rows: 3)
    let ensemble = TreeEnsemble(features: random.features, baseRawPrediction: -1.5, trees: [])
    let (baseline, values) = try Self.contributions(ensemble, columns)
    #expect(baseline == -1.5)
    #expect(values == [Double](repeating: 0, count: 6))
  }
}

/// Shapley values by their definition: what a feature adds to each subset of the others, weighted.
private struct AllSubsets {
  private(set) var baseline = 0.0
  private(set) var contributions: [Double]

  init(_ ensemble: TreeEnsemble, bins: [UInt8]) {
    let count = ensemble.features.count
    contributions = [Double](repeating: 0, count: count)
    let values = (0..<1 << count).map { known in
      ensemble.trees.reduce(ensemble.baseRawPrediction) {
        $0 + Self.value($1, 0, ensemble.features, bins, known: known)
      }
    }
    baseline = values[0]
    // |S|! (n − |S| − 1)! / n!
    var weights = [Double](repeating: 1 / Double(count), count: count)
    for size in 1..<max(count, 1) {
      weights[size] = weights[size - 1] * Double(size) / Double(count - size)
    }
    for feature in 0..<count {
      for known in 0..<1 << count where known & 1 << feature == 0 {
        contributions[feature] +=
          weights[known.nonzeroBitCount] * (values[known | 1 << feature] - values[known])
      }
    }
  }

  private static func value(
    _ tree: DecisionTree, _ node: Int, _ features: [BinnedFeature], _ bins: [UInt8], known: Int
  ) -> Double {
    guard let split = tree.nodes[node].split else { return tree.nodes[node].value }
    func value(_ child: Int) -> Double { Self.value(tree, child, features, bins, known: known) }
    if known & 1 << split.feature != 0 {
      let goesLeft = split.goesLeft(
        Int(bins[split.feature]), missingBin: features[split.feature].missingBin)
      return value(goesLeft ? split.leftChild : split.rightChild)
    }
    let left = tree.nodes[split.leftChild].weight
    let right = tree.nodes[split.rightChild].weight
    return (left * value(split.leftChild) + right * value(split.rightChild)) / (left + right)
  }
}
