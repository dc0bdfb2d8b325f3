import Features
import Testing

@testable import Models

@Suite struct ColumnImportanceTests {
  private static let features = [
    BinnedFeature(name: "visits", sources: ["visits"], kind: .ordered, binCount: 4),
    BinnedFeature(
      name: "rate of source × country", sources: ["source", "country"], kind: .ordered,
      binCount: 9),
    BinnedFeature(name: "country", sources: ["country"], kind: .categories, binCount: 5),
  ]

  private static func stump(feature: Int, gain: Double) -> DecisionTree {
    DecisionTree(nodes: [
      TreeNode(
        value: 0, weight: 2,
        split: TreeSplit(
          feature: feature, condition: .upTo(0), missingGoesLeft: false, leftChild: 1,
          rightChild: 2, gain: gain)),
      TreeNode(value: 1, weight: 1), TreeNode(value: -1, weight: 1),
    ])
  }

  @Test func aFeatureOfTwoColumnsGivesHalfItsGainToEach() {
    let ensemble = TreeEnsemble(
      features: Self.features, baseRawPrediction: 0,
      trees: [
        Self.stump(feature: 0, gain: 5), Self.stump(feature: 1, gain: 3),
        Self.stump(feature: 1, gain: 1), Self.stump(feature: 2, gain: 1),
      ])
    let shares = ensemble.gainShares
    #expect(shares.map(\.column) == ["visits", "country", "source"])
    #expect(shares.map(\.share) == [0.5, 0.3, 0.2])
  }

  @Test func withoutSplitsAllSharesAreZeroInTheFeaturesOrder() {
    let shares = TreeEnsemble(features: Self.features, baseRawPrediction: 0, trees: []).gainShares
    #expect(shares.map(\.column) == ["visits", "source", "country"])
    #expect(shares.allSatisfy { $0.share == 0 })
  }
}
