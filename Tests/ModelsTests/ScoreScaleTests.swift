import Testing

@testable import Models

@Suite struct ScoreScaleTests {
  private let scale = ScoreScale(rawPredictions: (1...1_000).map(Double.init), baseRate: 0.1)

  @Test func scoreIsTheShareOfHistoryOutranked() {
    #expect(scale.score(ofRawPrediction: 0) == 0)
    #expect(scale.score(ofRawPrediction: 1) == 0)
    #expect(scale.score(ofRawPrediction: 10) == 1)
    #expect(scale.score(ofRawPrediction: 500) == 50)
    #expect(scale.score(ofRawPrediction: 999) == 99)
    #expect(scale.score(ofRawPrediction: 1_000) == 100)
    #expect(scale.score(ofRawPrediction: 1e9) == 100)
  }

  @Test func bandsHoldTheirSharesOfHistory() {
    var counts = [0, 0, 0, 0]
    for raw in 1...1_000 { counts[scale.band(ofRawPrediction: Double(raw))] += 1 }
    #expect(counts == [100, 200, 300, 400])
  }

  @Test func oneLeadIsAScaleToo() {
    let single = ScoreScale(rawPredictions: [0.5], baseRate: 0.5)
    #expect(single.score(ofRawPrediction: 0.4) == 0)
    #expect(single.score(ofRawPrediction: 0.5) == 100)
  }
}
