import Features
import FoundationEssentials
import Models
import Parallel
import Testing

@testable import Explanations

/// Contributions of LightGBM on the same trees and rows (Fixtures/lightgbm_contributions.py).
@Suite struct LightGBMTests {
  private struct Fixture: Decodable {
    struct Node: Decodable {
      let value: Double
      let weight: Double
      let feature: Int?
      let upTo: Int?
      let among: [Int]?
      let missingGoesLeft: Bool?
      let left: Int?
      let right: Int?
    }

    let bins: [Int]
    let categories: [Int]
    let trees: [[Node]]
    let rows: [[Int]]
    let contributions: [[Double]]
  }

  private static func fixture() throws -> Fixture {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/lightgbm_contributions.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  @Test(arguments: [4, 1_024])
  func contributionsEqualLightGBMs(mostCells: Int) throws {
    let fixture = try Self.fixture()
    let features = fixture.bins.enumerated().map { index, count in
      BinnedFeature(
        name: "\(index)", sources: ["\(index)"],
        kind: fixture.categories.contains(index) ? .categories : .ordered, binCount: count)
    }
    let ensemble = TreeEnsemble(
      features: features, baseRawPrediction: 0, trees: try fixture.trees.map(Self.tree))
    let columns = BinnedColumns(features: features, rowCount: fixture.rows.count) {
      bytes, stride in
      for (row, bins) in fixture.rows.enumerated() {
        for (feature, bin) in bins.enumerated() {
          bytes[feature * stride + row] = UInt8(bin)
        }
      }
    }
    let pool = WorkerPool(threadCount: 2)
    let kernel = try TreeContributions(
      ensemble, slots: FeatureSlots(featureCount: features.count), mostCells: mostCells,
      pool: pool)
    var values = [Double](repeating: 0, count: fixture.rows.count * features.count)
    values.withUnsafeMutableBufferPointer { kernel.add(columns, to: $0, pool: pool) }
    for (row, expected) in fixture.contributions.enumerated() {
      // LightGBM sums in another order; its expected value stands behind the features'.
      #expect(abs(kernel.baseline - expected[features.count]) < 1e-12)
      for feature in features.indices {
        #expect(abs(values[row * features.count + feature] - expected[feature]) < 1e-12)
      }
    }
  }

  private static func tree(_ nodes: [Fixture.Node]) throws -> DecisionTree {
    DecisionTree(
      nodes: try nodes.map { node in
        guard let feature = node.feature else {
          return TreeNode(value: node.value, weight: node.weight)
        }
        var condition = TreeSplit.Condition.upTo(node.upTo ?? 0)
        if let among = node.among {
          var bins = BinSet()
          for bin in among { bins.insert(bin) }
          condition = .among(bins)
        }
        return TreeNode(
          value: node.value, weight: node.weight,
          split: TreeSplit(
            feature: feature, condition: condition,
            missingGoesLeft: node.missingGoesLeft == true,
            leftChild: try #require(node.left), rightChild: try #require(node.right), gain: 0))
      })
  }
}
