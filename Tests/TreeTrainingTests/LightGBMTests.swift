import Features
import FoundationEssentials
import Glibc
import Models
import Parallel
import Testing

@testable import TreeTraining

/// Trees and losses of LightGBM on the same bins (Fixtures/lightgbm_trees.py).
@Suite struct LightGBMTests {
  struct Fixture: Decodable {
    let cases: [Case]
    let fits: [Fit]
  }

  /// Rows, their bins one character each.
  struct Rows: Decodable {
    let columns: [String]
    let labels: String
    let weights: [Double]?

    func boosting(_ bins: [Int]) -> BoostingRows {
      let features = bins.enumerated().map { index, count in
        BinnedFeature(
          name: "f\(index)", sources: ["f\(index)"], kind: .ordered, binCount: count + 1)
      }
      let binned = BinnedColumns(features: features, rowCount: labels.utf8.count) { bytes, stride in
        for (feature, column) in columns.enumerated() {
          for (row, character) in column.utf8.enumerated() {
            bytes[feature * stride + row] =
              character == 32 ? UInt8(bins[feature]) : character - 48
          }
        }
      }
      return BoostingRows(columns: binned, labels: labels.utf8.map { $0 - 48 }, weights: weights)
    }
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
    let rows: Rows
    let base: Double
    let tree: [Node]
    /// Whether LightGBM's own tree is another one, since it left features out.
    let rule: Bool
    /// The sum of the gains of LightGBM's own tree.
    let gain: Double
    var testDescription: String { name }
  }

  struct Fit: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let options: [String: Double]
    let bins: [Int]
    let rows: Rows
    let held: Rows
    /// Mean log loss of the held-out rows after each round.
    let losses: [Double]
    var testDescription: String { name }
  }

  static func fixture() throws -> Fixture {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/lightgbm_trees.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }

  private func options(_ theirs: [String: Double], rounds: Int) throws -> BoostingOptions {
    var options = BoostingOptions()
    options.rounds = rounds
    func option(_ name: String) throws -> Double { try #require(theirs[name]) }
    options.learningRate = try option("learning_rate")
    options.leaves = Int(try option("num_leaves"))
    options.minimumRows = Int(try option("min_data_in_leaf"))
    options.minimumHessian = try option("min_sum_hessian_in_leaf")
    options.l1 = try option("lambda_l1")
    options.l2 = try option("lambda_l2")
    options.minimumGain = try option("min_gain_to_split")
    let depth = Int(try option("max_depth"))
    options.maxDepth = depth > 0 ? depth : nil
    return options
  }

  /// LightGBM does not look at a feature below a node where none of its thresholds gained enough; these
  /// trees do. Where that matters, the tree to be met is the one without the rule, and gains more.
  @Test(arguments: try fixture().cases)
  func treesHaveTheSameStructureAndValues(_ example: Case) throws {
    let rows = example.rows.boosting(example.bins)
    let fit = try GradientBooster(options(example.options, rounds: 1)).fit(
      rows, pool: WorkerPool(threadCount: 1))
    #expect(abs(fit.ensemble.baseRawPrediction - example.base) < 1e-12)
    let tree = try #require(fit.ensemble.trees.first)
    // Where each row ends up, and what it gets there.
    var compared = 0
    try compare(tree, 0, example, 0, rows.columns, Array(0..<rows.count)) { row, value in
      let own = fit.ensemble.rawPrediction(rows.columns, row: row)
      #expect(abs(own - value) < 1e-6)
      compared += 1
    }
    #expect(compared == rows.count)
    #expect(tree.nodes.count == example.tree.count)
    let gain = tree.nodes.reduce(0) { $0 + ($1.split?.gain ?? 0) }
    // LightGBM's gains are of single-precision gradients, these of gradients rounded to 1/32,766.
    #expect(
      example.rule ? gain > example.gain + 0.02 : abs(gain - example.gain) < 1e-3 * example.gain)
  }

  @Test func bothKindsOfTreesAreThere() throws {
    let cases = try Self.fixture().cases
    #expect(cases.filter(\.rule).count == 4 && cases.filter { !$0.rule }.count == 8)
  }

  /// Nodes are the same where they part their rows alike: between two bins that hold rows, empty ones
  /// leave the choice of threshold open.
  private func compare(
    _ tree: DecisionTree, _ node: Int, _ example: Case, _ twin: Int, _ columns: BinnedColumns,
    _ rows: [Int], _ reached: (_ row: Int, _ value: Double) -> Void
  ) throws {
    let one = tree.nodes[node]
    let other = example.tree[twin]
    if let value = other.value {
      #expect(one.split == nil)
      // The first tree's values hold the base in LightGBM.
      #expect(abs(one.value + example.base - value) < 1e-6)
      for row in rows { reached(row, value) }
      return
    }
    let split = try #require(one.split)
    let feature = try #require(other.feature)
    #expect(split.feature == feature)
    let missingBin = example.bins[feature]
    let bin = try #require(other.bin)
    let missingLeft: Bool = try #require(other.missingLeft as Bool?)
    let left = rows.filter {
      let own = columns.bin(row: $0, feature: feature)
      return own == missingBin ? missingLeft : own <= bin
    }
    #expect(
      left
        == rows.filter {
          split.goesLeft(columns.bin(row: $0, feature: feature), missingBin: missingBin)
        })
    let gain = try #require(other.gain)
    #expect(abs(split.gain - gain) < 1e-2 + 1e-3 * gain)
    let kept = Set(left)
    let right = rows.filter { !kept.contains($0) }
    try compare(
      tree, split.leftChild, example, try #require(other.left), columns, left, reached)
    try compare(
      tree, split.rightChild, example, try #require(other.right), columns, right, reached)
  }

  /// From the second tree on gradients differ by their rounding, and near ties may fall the other way
  /// for a few rows: the loss on rows that neither has seen must be the same all the same, round by
  /// round.
  @Test(arguments: try fixture().fits) func heldOutLossesAreTheSame(_ example: Fit) throws {
    let fit = try GradientBooster(options(example.options, rounds: example.losses.count)).fit(
      example.rows.boosting(example.bins), validation: example.held.boosting(example.bins),
      pool: WorkerPool(threadCount: 1))
    #expect(fit.validationLosses.count == example.losses.count)
    let differences = zip(fit.validationLosses, example.losses).map { abs($0 - $1) }
    #expect(differences.prefix(15).allSatisfy { $0 < 1e-5 })
    // Three standard deviations of what different ties lead to, over two dozen sets of such rows; of a
    // bias there was none.
    #expect(differences.allSatisfy { $0 < 1e-3 })
  }
}
