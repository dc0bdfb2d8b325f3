import Features
import FoundationEssentials
import Models
import Parallel
import Testing

@testable import TreeTraining

/// Trees that LightGBM grew on the same bins (Fixtures/lightgbm_trees.py).
@Suite struct LightGBMTests {
  struct Fixture: Decodable {
    let cases: [Case]
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Node: Decodable {
      let value: Double?
      let feature: Int?
      let bin: Int?
      let missingLeft: Bool?
      let left: Int?
      let right: Int?
      let gain: Double?
    }

    let name: String
    /// By LightGBM's names.
    let options: [String: Double]
    let bins: [Int]
    let rounds: Int
    let columns: [[Int]]
    let labels: [UInt8]
    let weights: [Double]?
    let base: Double
    let tree: [Node]
    let predictions: [Double]
    var testDescription: String { name }

    var rows: BoostingRows {
      let features = bins.enumerated().map { index, count in
        BinnedFeature(
          name: "f\(index)", sources: ["f\(index)"], kind: .ordered, binCount: count + 1)
      }
      let binned = BinnedColumns(features: features, rowCount: labels.count) { bytes, stride in
        for (feature, values) in columns.enumerated() {
          for (row, value) in values.enumerated() {
            bytes[feature * stride + row] = UInt8(value < 0 ? bins[feature] : value)
          }
        }
      }
      return BoostingRows(columns: binned, labels: labels, weights: weights)
    }
  }

  static func cases() throws -> [Case] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/lightgbm_trees.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file)).cases
  }

  @Test(arguments: try cases()) func treesHaveTheSameStructureAndValues(_ example: Case) throws {
    var options = BoostingOptions()
    options.rounds = example.rounds
    func option(_ name: String) throws -> Double { try #require(example.options[name]) }
    options.leaves = Int(try option("num_leaves"))
    options.minimumRows = Int(try option("min_data_in_leaf"))
    options.minimumHessian = try option("min_sum_hessian_in_leaf")
    options.l1 = try option("lambda_l1")
    options.l2 = try option("lambda_l2")
    options.minimumGain = try option("min_gain_to_split")
    let depth = Int(try option("max_depth"))
    options.maxDepth = depth > 0 ? depth : nil
    let rows = example.rows
    let fit = try GradientBooster(options).fit(rows, pool: WorkerPool(threadCount: 2))
    #expect(abs(fit.ensemble.baseRawPrediction - example.base) < 1e-12)
    let tree = try #require(fit.ensemble.trees.first)
    try compare(tree, 0, example, 0, Array(0..<rows.count))
    // Later rounds start from gradients that differ by single precision's rounding, and their splits
    // are chosen on sums rounded to 1/32,766: near ties may fall the other way for a few rows.
    // Under an L1 penalty or a least gain LightGBM leaves features out below a node where they had no
    // split, which these trees don't: only first trees are comparable there.
    guard options.l1 == 0, options.minimumGain == 0 else { return }
    var sum = 0.0
    for row in 0..<rows.count {
      sum += abs(
        fit.ensemble.rawPrediction(rows.columns, row: row) - example.predictions[row])
    }
    #expect(sum / Double(rows.count) < 0.02)
  }

  /// Nodes are the same where they part their rows alike: between two bins that hold rows, empty ones
  /// leave the choice of threshold open.
  private func compare(
    _ tree: DecisionTree, _ node: Int, _ example: Case, _ twin: Int, _ rows: [Int]
  ) throws {
    let one = tree.nodes[node]
    let other = example.tree[twin]
    if let value = other.value {
      #expect(one.split == nil)
      // The first tree's values hold the base in LightGBM.
      #expect(abs(one.value + example.base - value) < 1e-6)
      return
    }
    let split = try #require(one.split)
    let feature = try #require(other.feature)
    #expect(split.feature == feature)
    let column = example.columns[feature]
    let bin = try #require(other.bin)
    let missingLeft = try #require(other.missingLeft)
    let left = rows.filter { column[$0] < 0 ? missingLeft : column[$0] <= bin }
    let missingBin = example.bins[feature]
    #expect(
      left
        == rows.filter {
          split.goesLeft(column[$0] < 0 ? missingBin : column[$0], missingBin: missingBin)
        })
    // LightGBM's gains are of single-precision gradients.
    let gain = try #require(other.gain)
    #expect(abs(split.gain - gain) < 1e-2 + 1e-3 * gain)
    let right = rows.filter { !Set(left).contains($0) }
    try compare(tree, split.leftChild, example, try #require(other.left), left)
    try compare(tree, split.rightChild, example, try #require(other.right), right)
  }
}
