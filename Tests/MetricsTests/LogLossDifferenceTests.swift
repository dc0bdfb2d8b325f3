import Foundation
import Metrics
import Testing

@Suite struct LogLossDifferenceTests {
  private let labels: [UInt8] = [1, 0, 1, 0, 0, 1]
  private let first = [0.6, 0.3, 0.5, 0.2, 0.4, 0.7]
  private let second = [0.8, 0.4, 0.5, 0.1, 0.3, 0.9]

  private var differences: [Double] {
    labels.indices.map { row in
      labels[row] == 1
        ? -log(first[row]) + log(second[row]) : -log(1 - first[row]) + log(1 - second[row])
    }
  }

  @Test func itIsTheDifferenceOfTheTwoLossesWithThePairedInterval() throws {
    let found = try #require(logLossDifference(labels: labels, first: first, second: second))
    let one = try #require(logLoss(labels: labels, probabilities: first))
    let other = try #require(logLoss(labels: labels, probabilities: second))
    #expect(abs(found.value - (one - other)) < 1e-15)
    let mean = differences.reduce(0, +) / 6
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
    let half = 1.959963984540054 * (variance / 6).squareRoot()
    let interval = try #require(found.interval)
    #expect(abs(interval.low - (mean - half)) < 1e-12)
    #expect(abs(interval.high - (mean + half)) < 1e-12)
  }

  @Test func aWeightCountsAsSoManyLeads() throws {
    let weights: [Double] = [1, 2, 1, 3, 1, 1]
    func repeated<Value>(_ values: [Value]) -> [Value] {
      zip(values, weights).flatMap { Array(repeating: $0, count: Int($1)) }
    }
    let weighted = try #require(
      logLossDifference(labels: labels, first: first, second: second, weights: weights))
    let copied = try #require(
      logLossDifference(
        labels: repeated(labels), first: repeated(first), second: repeated(second)))
    #expect(abs(weighted.value - copied.value) < 1e-15)
    #expect(abs((weighted.interval?.low ?? 0) - (copied.interval?.low ?? 1)) < 1e-14)
  }

  @Test func leadsOfOneClusterCountAsOneObservation() throws {
    let found = try #require(
      logLossDifference(
        labels: labels, first: first, second: second, clusters: [0, 0, 2, 2, -1, -1]))
    let mean = differences.reduce(0, +) / 6
    let deviations = differences.map { $0 - mean }
    let sums = [
      deviations[0] + deviations[1], deviations[2] + deviations[3], deviations[4], deviations[5],
    ]
    let variance = sums.reduce(0) { $0 + $1 * $1 } * 4 / 3 / 36
    let half = 1.959963984540054 * variance.squareRoot()
    #expect(abs((found.interval?.high ?? 0) - (mean + half)) < 1e-12)
    // Two copies of each lead, in one cluster, say no more than one.
    let twofold = try #require(
      logLossDifference(
        labels: labels + labels, first: first + first, second: second + second,
        clusters: Array(0..<6) + Array(0..<6)))
    let single = try #require(
      logLossDifference(
        labels: labels, first: first, second: second, clusters: Array(0..<6)))
    #expect(abs((twofold.interval?.high ?? 0) - (single.interval?.high ?? 1)) < 1e-14)
  }

  @Test func certaintiesThatFailAreBoundedAndNoLeadsAreNothing() {
    let found = logLossDifference(labels: [1, 0], first: [0, 1], second: [1, 0])
    #expect(abs((found?.value ?? 0) - 36.04) < 0.01)
    #expect(logLossDifference(labels: [], first: [], second: []) == nil)
    #expect(logLossDifference(labels: [1], first: [0.5], second: [0.4])?.interval == nil)
  }
}
