import Foundation

/// Fixtures/tree_features.json, made by Fixtures/make_tree_features.py.
struct TreeFeaturesFixture: Decodable {
  struct Thresholds: Decodable {
    let name: String
    let values: [Double?]
    let thresholds: [Double]
  }

  let thresholds: [Thresholds]
  let levels: [String]
  let others: [String]
  let labels: [UInt8]
  let levelRates: [String: Double]
  let pairRates: [String: Double]

  static let shared: TreeFeaturesFixture = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/tree_features.json")
    // A test without its fixture cannot pass.
    return try! JSONDecoder().decode(TreeFeaturesFixture.self, from: Data(contentsOf: file))
  }()
}
