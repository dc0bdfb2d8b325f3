import Metrics
import Testing

@Suite struct GainTableTests {
  @Test(arguments: MetricsFixture.all)
  func bandsAddUpAndMatchTheTopShares(_ leads: MetricsFixture.Case) throws {
    let ranking = Ranking(
      labels: leads.labels, scores: leads.points, weights: leads.weights)
    let table = ranking.gainTable()
    #expect(table.count == 10)
    #expect(table.reduce(0) { $0 + $1.leads } == ranking.leads)
    #expect(agrees(table.reduce(0) { $0 + $1.conversions }, ranking.won, to: 1e-12))
    for band in table {
      let top = try #require(ranking.top(share: Double(band.number) / 10))
      #expect(agrees(band.cumulativeConversions, top.conversions, to: 1e-12))
      #expect(agrees(band.cumulativeLift, top.lift ?? .nan, to: 1e-12))
    }
  }

  @Test(arguments: MetricsFixture.all)
  func weightsEqualRepetition(_ leads: MetricsFixture.Case) {
    let repeated = leads.repeated
    #expect(
      gainTable(labels: leads.labels, scores: leads.points, weights: leads.weights)
        == gainTable(labels: repeated.labels, scores: repeated.points))
  }

  @Test func fewerLeadsThanBandsGiveFewerBands() {
    let table = gainTable(labels: [1, 0, 0], scores: [3, 2, 1])
    #expect(table.map(\.leads) == [1, 1, 1])
    #expect(table.map(\.conversions) == [1, 0, 0])
    #expect(gainTable(labels: [], scores: []).isEmpty)
  }
}
