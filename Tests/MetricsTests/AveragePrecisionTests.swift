import Metrics
import Testing

@Suite struct AveragePrecisionTests {
  @Test(arguments: MetricsFixture.all)
  func equalsScikitLearn(_ leads: MetricsFixture.Case) {
    let model = averagePrecision(
      labels: leads.labels, scores: leads.probabilities, weights: leads.weights)
    #expect(agrees(model, leads.averagePrecision, to: 1e-12))
    let rules = averagePrecision(
      labels: leads.labels, scores: leads.points, weights: leads.weights)
    #expect(agrees(rules, leads.pointsAveragePrecision, to: 1e-12))
  }

  @Test func allLevelIsTheBaseRate() {
    #expect(averagePrecision(labels: [1, 0, 0, 0], scores: [5, 5, 5, 5]) == 0.25)
  }

  @Test func withoutConversionsThereIsNone() {
    #expect(averagePrecision(labels: [0, 0], scores: [1, 2]) == nil)
  }
}
