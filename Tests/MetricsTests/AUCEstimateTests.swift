import Metrics
import Testing

@Suite struct AUCEstimateTests {
  // scikit-learn sums the same pairs in another order: rounding only.
  @Test(arguments: MetricsFixture.all)
  func areaEqualsScikitLearn(_ leads: MetricsFixture.Case) {
    let model = auc(labels: leads.labels, scores: leads.probabilities, weights: leads.weights)
    #expect(agrees(model?.value, leads.auc, to: 1e-12))
    let rules = auc(labels: leads.labels, scores: leads.points, weights: leads.weights)
    #expect(agrees(rules?.value, leads.pointsAUC, to: 1e-12))
  }

  @Test(arguments: MetricsFixture.all)
  func standardErrorEqualsBruteForceOverAllPairs(_ leads: MetricsFixture.Case) {
    let model = auc(labels: leads.labels, scores: leads.probabilities, weights: leads.weights)
    #expect(agrees(model?.standardError, leads.delong.firstError, to: 1e-10))
    let rules = auc(labels: leads.labels, scores: leads.points, weights: leads.weights)
    #expect(agrees(rules?.standardError, leads.delong.secondError, to: 1e-10))
  }

  @Test(arguments: MetricsFixture.all)
  func weightsEqualRepetition(_ leads: MetricsFixture.Case) {
    let repeated = leads.repeated
    let once = auc(labels: leads.labels, scores: leads.points, weights: leads.weights)
    let again = auc(labels: repeated.labels, scores: repeated.points)
    #expect(agrees(once?.value, again?.value ?? .nan, to: 1e-14))
    #expect(agrees(once?.interval?.low, again?.interval?.low ?? .nan, to: 1e-13))
  }

  @Test func handComputedCaseWithATie() {
    // Pairs (won, lost): 3>1, 3>2, 2>1, 2=2: 3.5 of 4.
    #expect(auc(labels: [1, 1, 0, 0], scores: [3, 2, 2, 1])?.value == 0.875)
  }

  @Test func oneClassHasNoArea() {
    #expect(auc(labels: [1, 1], scores: [1, 2]) == nil)
    #expect(auc(labels: [0, 0], scores: [1, 2]) == nil)
    #expect(auc(labels: [], scores: []) == nil)
  }

  @Test func oneWonLeadHasNoInterval() {
    let estimate = auc(labels: [1, 0, 0], scores: [3, 2, 1])
    #expect(estimate?.value == 1)
    #expect(estimate?.interval == nil)
  }

  @Test func perfectOrderKeepsAnHonestLowerBound() {
    let labels: [UInt8] = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    let scores = labels.indices.map { -Double($0) }
    let estimate = auc(labels: labels, scores: scores)
    #expect(estimate?.value == 1)
    // Five pairs out of five: the exact bound 0.025^(1/5).
    #expect(agrees(estimate?.interval?.low, 0.478_176_249_854, to: 1e-9))
    #expect(estimate?.interval?.high == 1)
    let reversed = auc(labels: labels, scores: scores.map { -$0 })
    #expect(reversed?.interval?.low == 0)
    #expect(agrees(reversed?.interval?.high, 1 - 0.478_176_249_854, to: 1e-9))
  }

  @Test func intervalStaysWithinZeroAndOne() {
    let labels: [UInt8] = [1, 1, 1, 0, 1, 0, 0, 0]
    let interval = auc(labels: labels, scores: labels.indices.map { -Double($0) })?.interval
    #expect(interval.map { $0.low > 0 && $0.high < 1 && $0.low < $0.high } == true)
  }

  @Test func orderOfRowsIsIrrelevant() {
    let count = 5_000
    let labels = (0..<count).map { UInt8(uniform(1, $0) < 0.1 ? 1 : 0) }
    let scores = (0..<count).map { (uniform(2, $0) * 50).rounded() + Double(labels[$0]) * 5 }
    let forth = auc(labels: labels, scores: scores)
    let back = auc(labels: labels.reversed(), scores: scores.reversed())
    #expect(forth == back)
  }
}
