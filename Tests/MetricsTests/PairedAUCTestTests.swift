import Metrics
import Testing

@Suite struct PairedAUCTestTests {
  @Test(arguments: MetricsFixture.all)
  func equalsBruteForceOverAllPairs(_ leads: MetricsFixture.Case) throws {
    let test = try #require(
      pairedAUCTest(
        labels: leads.labels, first: leads.probabilities, second: leads.points,
        weights: leads.weights))
    let expected = leads.delong
    #expect(agrees(test.difference, expected.first - expected.second, to: 1e-12))
    #expect(agrees(test.standardError, expected.differenceError, to: 1e-10))
    #expect(agrees(test.z, expected.z, to: 1e-9))
    #expect(agrees(test.pValue, expected.p, to: 1e-10))
    #expect(
      agrees(
        test.interval.low, test.difference - 1.959_963_984_540_054 * test.standardError, to: 1e-12))
  }

  @Test func alikeRankingsDoNotDiffer() throws {
    let labels: [UInt8] = [1, 0, 1, 0, 0, 1, 0]
    let scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.1]
    let test = try #require(
      pairedAUCTest(labels: labels, first: scores, second: scores.map { 100 * $0 }))
    #expect(test.difference == 0)
    #expect(test.standardError == 0)
    #expect(test.pValue == 1)
    #expect(!test.isDistinguishable)
  }

  @Test func swappingTheScoresTurnsTheSign() throws {
    let leads = MetricsFixture.all[0]
    let one = try #require(
      pairedAUCTest(labels: leads.labels, first: leads.probabilities, second: leads.points))
    let other = try #require(
      pairedAUCTest(labels: leads.labels, first: leads.points, second: leads.probabilities))
    #expect(one.difference == -other.difference)
    #expect(one.pValue == other.pValue)
  }

  @Test func oppositeCertaintiesHaveNoTestButAnInterval() throws {
    let test = try #require(
      pairedAUCTest(labels: [1, 1, 0, 0], first: [4, 3, 2, 1], second: [1, 2, 3, 4]))
    #expect(test.difference == 1)
    #expect(test.z == nil)
    #expect(test.pValue == nil)
    #expect(test.isDistinguishable)
  }

  @Test func tooFewLeadsHaveNoTest() {
    #expect(pairedAUCTest(labels: [1, 0, 0], first: [1, 2, 3], second: [1, 2, 3]) == nil)
  }
}
