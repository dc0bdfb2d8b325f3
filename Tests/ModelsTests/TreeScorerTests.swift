import CSimd
import Features
import Parallel
import TestTrees
import Testing

@testable import Models

@Suite struct TreeScorerTests {
  private static let levels = Array(0...csimd_best_level())

  private static func naive(_ ensemble: TreeEnsemble, _ columns: BinnedColumns) -> [Double] {
    (0..<columns.rowCount).map { ensemble.rawPrediction(bins: columns.bins(row: $0)) }
  }

  @Test func scoresAHandComputedRow() {
    let features = [
      BinnedFeature(name: "visits", sources: ["visits"], kind: .ordered, binCount: 4),
      BinnedFeature(name: "source", sources: ["source"], kind: .categories, binCount: 6),
    ]
    var sources = BinSet()
    for bin in [0, 2, 4] { sources.insert(bin) }
    let tree = DecisionTree(nodes: [
      TreeNode(
        value: 0, weight: 9,
        split: TreeSplit(
          feature: 0, condition: .upTo(1), missingGoesLeft: true, leftChild: 1, rightChild: 2,
          gain: 1)),
      TreeNode(
        value: 0, weight: 5,
        split: TreeSplit(
          feature: 1, condition: .among(sources), missingGoesLeft: false, leftChild: 3,
          rightChild: 4, gain: 1)),
      TreeNode(value: 0.5, weight: 4), TreeNode(value: -0.25, weight: 3),
      TreeNode(value: 0.125, weight: 2),
    ])
    let rows: [(UInt8, UInt8, Double)] = [
      (0, 0, -2.5), (1, 2, -2.5), (1, 1, -1.75), (0, 5, -1.75), (2, 0, -1), (3, 4, -2.5),
      (3, 3, -1.75),
    ]
    let columns = BinnedColumns(features: features, rowCount: rows.count) { bytes, stride in
      for (index, row) in rows.enumerated() {
        bytes[index] = row.0
        bytes[stride + index] = row.1
      }
    }
    let ensemble = TreeEnsemble(
      features: features, baseRawPrediction: -2, trees: [tree, tree])
    for level in Self.levels {
      let scorer = TreeScorer(ensemble, level: level)
      #expect(scorer.rawPredictions(columns) == rows.map(\.2))
    }
  }

  @Test(arguments: [1, 2, 3, 63, 64, 65, 255, 256, 257, 300, 1_024])
  func equalsAWalkOfTheTreesToTheBit(leaves: Int) {
    for shape in RandomTrees.Shape.allCases {
      var random = RandomTrees(seed: UInt64(leaves))
      let ensemble = random.ensemble(trees: 12, leaves: leaves, shape: shape)
      #expect(ensemble.trees.allSatisfy { $0.leafCount == leaves })
      let columns = random.columns(rows: 700)
      let expected = Self.naive(ensemble, columns)
      for level in Self.levels {
        #expect(TreeScorer(ensemble, level: level).rawPredictions(columns) == expected)
      }
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 255, 256, 257, 1_023, 1_024, 1_025, 5_000])
  func numberOfRowsThreadsAndBlocksDoNotMatter(rows: Int) {
    var random = RandomTrees(seed: 5)
    let ensemble = random.ensemble(trees: 20, leaves: 31)
    let columns = random.columns(rows: rows)
    let expected = Self.naive(ensemble, columns)
    for level in Self.levels {
      let scorer = TreeScorer(ensemble, level: level)
      for threads in [1, 2, 7] {
        let pool = WorkerPool(threadCount: threads)
        #expect(scorer.rawPredictions(columns, pool: pool) == expected)
      }
      for blocks in [1, 2, 7] {
        var sums = [Double](repeating: ensemble.baseRawPrediction, count: rows)
        sums.withUnsafeMutableBufferPointer { sums in
          for block in 0..<blocks {
            let range = block * rows / blocks..<(block + 1) * rows / blocks
            scorer.add(
              columns, rows: range, to: UnsafeMutableBufferPointer(rebasing: sums[range]))
          }
        }
        #expect(sums == expected)
      }
    }
  }

  @Test func treesOfAllSizesMixInOneEnsemble() {
    var random = RandomTrees(seed: 9)
    let trees = [1, 400, 2, 64, 1, 257, 31, 256].map { random.tree(leaves: $0) }
    let ensemble = TreeEnsemble(
      features: random.features, baseRawPrediction: 0.5, trees: trees)
    let columns = random.columns(rows: 2_000)
    let expected = Self.naive(ensemble, columns)
    for level in Self.levels {
      #expect(TreeScorer(ensemble, level: level).rawPredictions(columns) == expected)
    }
  }

  @Test func addingTreeByTreeGivesTheSameSums() {
    var random = RandomTrees(seed: 13)
    let ensemble = random.ensemble(trees: 8, leaves: 20)
    let columns = random.columns(rows: 3_000)
    let pool = WorkerPool(threadCount: 2)
    var sums = [Double](repeating: ensemble.baseRawPrediction, count: 3_000)
    for tree in ensemble.trees {
      let one = TreeScorer(
        TreeEnsemble(features: ensemble.features, baseRawPrediction: 99, trees: [tree]))
      sums.withUnsafeMutableBufferPointer { one.add(columns, to: $0, pool: pool) }
    }
    #expect(sums == TreeScorer(ensemble).rawPredictions(columns))
  }

  @Test func anEnsembleWithoutTreesGivesItsBase() {
    var random = RandomTrees(seed: 1)
    let ensemble = TreeEnsemble(
      features: random.features, baseRawPrediction: -1.25, trees: [])
    #expect(
      TreeScorer(ensemble).rawPredictions(random.columns(rows: 3)) == [-1.25, -1.25, -1.25])
  }

  /// A set is a run where the shifted bins of its members, and no others, are below its count.
  @Test func runsTellTheirMembersFromTheOthers() {
    for binCount in [2, 3, 5, 8, 255] {
      var generator = SeededGenerator(state: UInt64(binCount))
      let sets: [BinSet] =
        binCount <= 8
        ? (0..<UInt64(1) << UInt64(binCount)).map { BinSet(words: [$0, 0, 0, 0]) }
        : (0..<2_000).map { _ in
          var set = BinSet()
          let start = Int.random(in: 0..<binCount, using: &generator)
          for step in 0..<Int.random(in: 0...binCount, using: &generator) {
            set.insert((start + step) % binCount)
          }
          return set
        }
      var runs = 0
      for set in sets {
        guard let run = set.run(among: binCount) else { continue }
        runs += 1
        #expect((1...256).contains(run.count))
        for bin in 0..<binCount {
          let isBelow = Int(UInt8(bin) &- UInt8(run.start)) < run.count
          #expect(isBelow == set.contains(bin))
        }
      }
      // All sets of two or three bins but the empty one are runs around the circle.
      if binCount <= 3 { #expect(runs == sets.count - 1) }
      if binCount == 255 { #expect(runs > 1_900) }
    }
  }
}
