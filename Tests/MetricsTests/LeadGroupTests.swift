import Testing

@testable import Metrics

@Suite struct LeadGroupTests {
  @Test(arguments: [1_999, 2_001, 50_000])
  func groupsKeepLeadsConversionsAndMean(count: Int) {
    let labels = (0..<count).map { UInt8(uniform(1, $0) < 0.2 ? 1 : 0) }
    let probabilities = (0..<count).map { uniform(2, $0) }
    let groups = Ranking(labels: labels, scores: probabilities).groups()
    #expect(groups.count <= 2_000)
    #expect(groups.reduce(0) { $0 + $1.leads } == Double(count))
    #expect(groups.reduce(0) { $0 + $1.won } == labels.reduce(0) { $0 + Double($1) })
    let sum = groups.reduce(0) { $0 + $1.leads * $1.probability }
    #expect(abs(sum - probabilities.reduce(0, +)) < 1e-9 * Double(count))
    #expect(zip(groups, groups.dropFirst()).allSatisfy { $0.probability < $1.probability })
  }

  @Test func groupsAreOfNearlyEqualSize() {
    let count = 50_000
    let groups = Ranking(
      labels: [UInt8](repeating: 0, count: count), scores: (0..<count).map { uniform(3, $0) }
    ).groups()
    #expect(groups.count == 2_000)
    #expect(groups.allSatisfy { $0.leads == 25 })
  }

  @Test func fewProbabilitiesStayApart() {
    let groups = Ranking(labels: [1, 0, 0, 1], scores: [0.2, 0.4, 0.2, 0.6]).groups()
    #expect(groups.map(\.probability) == [0.2, 0.4, 0.6])
    #expect(groups.map(\.won) == [1, 0, 1])
  }
}
