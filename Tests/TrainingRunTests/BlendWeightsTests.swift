import Metrics
import Models
import Parallel
import Testing

@testable import TrainingRun

@Suite struct BlendWeightsTests {
  private let pool = WorkerPool(threadCount: 2)

  /// Leads of whom each member knows a part, and a third member nothing.
  private static func leads(
    _ count: Int
  ) -> (members: [[Double]], labels: [UInt8], weights: [Double]) {
    var state: UInt64 = 5
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992 * 2 - 1
    }
    var (members, labels) = ([[Double]](repeating: [], count: 3), [UInt8]())
    for _ in 0..<count {
      let (first, second) = (2 * next(), 2 * next())
      let raw = 0.4 + 0.9 * first + 0.5 * second
      labels.append(next() * 0.5 + 0.5 < probability(fromRawPrediction: raw) ? 1 : 0)
      members[0].append(first)
      members[1].append(second)
      members[2].append(2 * next())
    }
    return (members, labels, (0..<count).map { Double($0 % 3) })
  }

  /// The penalised loss, term by term.
  private func loss(
    _ intercept: Double, _ weights: [Double], _ members: [[Double]], _ labels: [UInt8],
    _ rowWeights: [Double], start: [Double]
  ) throws -> Double {
    let raw = labels.indices.map { row in
      zip(weights, members).reduce(intercept) { $0 + $1.0 * $1.1[row] }
    }
    let found = try #require(
      logLoss(
        labels: labels, probabilities: probabilities(fromRawPredictions: raw),
        weights: rowWeights))
    return found
      + zip(weights, start).reduce(0) { $0 + 2e-3 * ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  @Test func theWeightsAreTheMinimumOfThePenalisedLoss() throws {
    let (members, labels, rowWeights) = Self.leads(3_000)
    let start = [1.0 / 3, 1.0 / 3, 1.0 / 3]
    let found = BlendWeights(
      members: members, start: start, labels: labels, weights: rowWeights, pool: pool)
    #expect(abs(found.weights[0] - 0.9) < 0.15 && abs(found.weights[1] - 0.5) < 0.15)
    #expect(found.weights[2] < 0.1)
    let best = try loss(
      found.intercept, found.weights, members, labels, rowWeights, start: start)
    for change in [-1e-3, 1e-3] {
      for member in 0..<3 where found.weights[member] > 0 {
        var weights = found.weights
        weights[member] += change
        #expect(
          try loss(found.intercept, weights, members, labels, rowWeights, start: start) > best)
      }
      #expect(
        try loss(
          found.intercept + change, found.weights, members, labels, rowWeights, start: start)
          > best)
    }
  }

  @Test func aMemberThatKnowsNothingGetsNothing() {
    let (members, labels, _) = Self.leads(4_000)
    let noise = members[2].map { 4 * $0 }
    let found = BlendWeights(
      members: [members[0], noise], start: [0.5, 0.5], labels: labels, weights: nil, pool: pool)
    #expect(found.weights[1] == 0)
    let alone = BlendWeights(
      members: [members[0]], start: [0.5], labels: labels, weights: nil, pool: pool)
    #expect(abs(found.weights[0] - alone.weights[0]) < 1e-6)
  }

  @Test func membersThatAreLevelShare() {
    let (members, labels, _) = Self.leads(2_000)
    let found = BlendWeights(
      members: [members[0], members[0]], start: [0.5, 0.5], labels: labels, weights: nil,
      pool: pool)
    #expect(abs(found.weights[0] - found.weights[1]) < 1e-9)
  }

  @Test func threadsAndWeightsOfZeroMakeNoDifference() {
    let (members, labels, rowWeights) = Self.leads(20_000)
    func fit(_ threads: Int, rows: [Int]?) -> BlendWeights {
      BlendWeights(
        members: members, start: [0.5, 0.3, 0.2], labels: labels, weights: rowWeights, rows: rows,
        pool: WorkerPool(threadCount: threads))
    }
    let one = fit(1, rows: nil)
    #expect(fit(2, rows: nil) == one && fit(7, rows: nil) == one)
    let some = fit(2, rows: rowWeights.indices.filter { rowWeights[$0] > 0 })
    for (a, b) in zip(some.weights, one.weights) { #expect(abs(a - b) < 1e-9) }
  }

  @Test func extremeLogOddsGiveFiniteWeights() {
    let found = BlendWeights(
      members: [[700, -700, 700, -700], [-1, 1, 1, -1]], start: [0.5, 0.5],
      labels: [1, 0, 0, 1], weights: nil, pool: pool)
    #expect((found.weights + [found.intercept]).allSatisfy { $0.isFinite })
  }
}
