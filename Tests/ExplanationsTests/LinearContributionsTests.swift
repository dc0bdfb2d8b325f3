import Features
import Models
import Parallel
import TestTrees
import Testing

@testable import Explanations

@Suite struct LinearContributionsTests {
  private static let layout = FeatureLayout(
    numbers: [
      NumberFeature(name: "a", source: "a"), NumberFeature(name: "log a", source: "a"),
      NumberFeature(name: "days", source: "later"),
    ],
    groups: [
      IndicatorGroup(name: "a", source: "a", levels: ["low", "high"]),
      IndicatorGroup(name: "b", source: "b", levels: ["x"]),
    ])
  private static let model = LogisticModel(
    layout: layout, intercept: -1, coefficients: [1, -2, 0.5, 0.25, 4, 3],
    featureMeans: [0, 0.5, 2, 0.25, 0.5, 0.1])
  private static let slots = FeatureSlots(
    sources: [["a"], ["a"], ["later", "earlier"], ["a"], ["b"]],
    columns: ["a", "b", "later", "earlier"])

  private static func rows(_ count: Int) -> FeatureMatrix {
    var generator = SeededGenerator(state: 4)
    return FeatureMatrix(
      layout: layout, rowCount: count,
      numbers: (0..<3 * count).map { _ in Double.random(in: -2...2, using: &generator) },
      codes: (0..<count).flatMap { _ in
        [UInt16.random(in: 0...2, using: &generator), UInt16.random(in: 0...1, using: &generator)]
      })
  }

  private static func contributions(_ matrix: FeatureMatrix, threads: Int = 1) throws -> [Double] {
    let kernel = try LinearContributions(model, slots: slots)
    var values = [Double](repeating: 0, count: 4 * matrix.rowCount)
    values.withUnsafeMutableBufferPointer {
      kernel.add(matrix, to: $0, pool: WorkerPool(threadCount: threads))
    }
    return values
  }

  @Test func aFeatureGivesItsDistanceFromTheMean() throws {
    let matrix = FeatureMatrix(
      layout: Self.layout, rowCount: 1, numbers: [1, 1, 4], codes: [1, 1])
    // a: 1 − 2 (1 − 0.5) + 4 − (0.25 / 4 + 4 / 2); b: none of the levels, against 0.3 on average; the
    // days' 0.5 (4 − 2) to both dates.
    let values = try Self.contributions(matrix)
    let expected = [1.9375, -0.3, 0.5, 0.5]
    for (found, value) in zip(values, expected) { #expect(abs(found - value) < 1e-15) }
    let kernel = try LinearContributions(Self.model, slots: Self.slots)
    #expect(abs(kernel.baseline - 1.3625) < 1e-15)
  }

  @Test func addsUpToTheLogOddsLessTheBaselineForAnyNumberOfThreads() throws {
    let matrix = Self.rows(9_000)
    let values = try Self.contributions(matrix)
    let baseline = try LinearContributions(Self.model, slots: Self.slots).baseline
    for (row, raw) in Self.model.rawPredictions(matrix).enumerated() {
      let sum = values[4 * row..<4 * row + 4].reduce(baseline, +)
      #expect(abs(sum - raw) < 1e-12)
    }
    #expect(try Self.contributions(matrix, threads: 3) == values)
  }

  @Test func aModelWithoutMeansIsRefused() {
    let old = LogisticModel(
      layout: Self.layout, intercept: -1, coefficients: Self.model.coefficients)
    #expect(throws: ExplanationError.noFeatureMeans) {
      try LinearContributions(old, slots: Self.slots)
    }
  }
}
