import Metrics
import Testing

@Suite struct TopShareTests {
  @Test func tiesAtTheCutCountInExpectation() throws {
    // Ten leads, four taken: two at 9 (one won), then two of the four at 5 (three won): 1 + 3 × 2/4.
    let labels: [UInt8] = [1, 0, 1, 1, 1, 0, 0, 0, 0, 1]
    let scores: [Double] = [9, 9, 5, 5, 5, 5, 1, 1, 1, 1]
    let top = try #require(topShare(0.4, labels: labels, scores: scores))
    #expect(top.leads == 4)
    #expect(top.conversions == 2.5)
    #expect(top.precision == 0.625)
    #expect(top.recall == 0.5)
    #expect(top.lift == 1.25)
    #expect(top.cutScore == 5)
    #expect(top.leadsLevelAtCut == 4)
    #expect(top.leadsTakenAtCut == 2)
    #expect(!top.isExact)
  }

  @Test func expectationEqualsTheMeanOverRandomOrders() throws {
    let labels: [UInt8] = [1, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0]
    let scores: [Double] = [3, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1]
    let top = try #require(topShare(0.25, labels: labels, scores: scores))
    var found = 0.0
    let orders = 20_000
    for order in 0..<orders {
      let rows = labels.indices.sorted {
        scores[$0] != scores[$1]
          ? scores[$0] > scores[$1]
          : uniform(UInt64(order), $0) < uniform(UInt64(order), $1)
      }
      found += rows.prefix(3).reduce(0) { $0 + Double(labels[$1]) }
    }
    // Standard deviation of one draw about 0.6, of the mean 0.004: five of those.
    #expect(abs(top.conversions - found / Double(orders)) < 0.02)
  }

  @Test func theWholeListFindsEveryBuyer() throws {
    let top = try #require(topShare(1, labels: [1, 0, 1], scores: [1, 1, 1]))
    #expect(top.conversions == 2)
    #expect(top.lift == 1)
    #expect(top.isExact)
  }

  @Test func aSliverTakesOneLead() throws {
    let top = try #require(topShare(0.001, labels: [0, 1, 0], scores: [1, 3, 2]))
    #expect(top.leads == 1)
    #expect(top.conversions == 1)
  }

  @Test func withoutConversionsThereIsNoLift() throws {
    let top = try #require(topShare(0.5, labels: [0, 0], scores: [1, 2]))
    #expect(top.lift == nil)
    #expect(top.recall == nil)
    #expect(topShare(0.5, labels: [], scores: []) == nil)
  }

  @Test(arguments: MetricsFixture.all)
  func weightsEqualRepetition(_ leads: MetricsFixture.Case) {
    let repeated = leads.repeated
    for share in [0.1, 0.2, 0.37] {
      let once = topShare(
        share, labels: leads.labels, scores: leads.points, weights: leads.weights)
      #expect(once == topShare(share, labels: repeated.labels, scores: repeated.points))
    }
  }
}
