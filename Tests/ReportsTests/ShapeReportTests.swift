import Features
import Models
import Parallel
import Testing

@testable import Reports

@Suite struct ShapeReportTests {
  private static let pipeline = TreePipeline(
    levelSources: [
      .category(
        CategoryLevels(column: "city", levels: ["Madrid", "A<&>\"B"], rareLevelHashes: []))
    ],
    encoders: [
      .number(NumberBins(input: .column("visits"), thresholds: BinThresholds([1, 3.5, 8, 20]))),
      .levels(LevelBins(source: 0, kind: .categories, binCount: 3, bins: [0, 1])),
    ])

  private static let model = AdditiveModel(
    features: pipeline.features, intercept: -1,
    curves: [
      .init(
        feature: 0, values: [-0.5, 0.25, 0.25, 0.75, 1, -0.2], weights: [40, 20, 20, 10, 0, 10]),
      .init(feature: 1, values: [0.1, -0.4, 0], weights: [80, 20, 0]),
    ],
    surfaces: [
      .init(
        first: 0, second: 1, firstCells: [0, 0, 0, 1, 1, 1], secondCells: [0, 1, 1],
        values: [0.01, -0.02, 0.3, -0.5], weights: [60, 20, 15, 5])
    ])

  private static func report(_ column: String) -> ShapeReport {
    ShapeReport(model: "m@v0001", column: column, of: model, pipeline: pipeline)
  }

  @Test func stepsAreRunsOfBinsThatAddTheSame() throws {
    let curve = try #require(Self.report("visits").curves.first)
    #expect(curve.steps.map(\.label) == ["< 1", "1 to 8", "8 to 20", "≥ 20"])
    #expect(curve.steps.map(\.upperBound) == [1, 8, 20, nil])
    #expect(curve.steps.map(\.logOdds) == [-0.5, 0.25, 0.75, 1])
    #expect(curve.steps.map(\.share) == [0.4, 0.4, 0.1, 0])
    #expect(curve.missing?.label == "not filled in" && curve.missing?.logOdds == -0.2)
    #expect(abs(curve.strength - (20 + 10 + 7.5 + 2) / 100) < 1e-12)
  }

  @Test func categoriesStandByWhatTheyAddAndLackNothingThatWasNotSeen() throws {
    let curve = try #require(Self.report("city").curves.first)
    #expect(curve.steps.map(\.label) == ["Madrid", "A<&>\"B"])
    #expect(!curve.isOrdered && curve.missing == nil)
  }

  @Test func pairsTellWhereTheyMoveMostLeads() throws {
    let pair = try #require(Self.report("city").pairs.first)
    #expect(pair.features == ["visits", "city"])
    #expect(pair.cells.map(\.logOdds) == [0.3, -0.5, 0.01, -0.02])
    #expect(pair.cells[0].labels == ["≥ 8, not filled in", "Madrid"])
    #expect(Self.report("visits").pairs == Self.report("city").pairs)
  }

  @Test func textShowsBarsEitherSideOfNothing() {
    let text = Self.report("visits").text(width: 100)
    #expect(text.contains("visits: ±0.40 on average"))
    #expect(text.contains("< 1") && text.contains("████│") && text.contains("│████"))
    #expect(text.contains("not filled in"))
    #expect(text.contains("visits × city"))
  }

  @Test func longCurvesAreShortenedForPeople() {
    let steps = (0..<100).map { (step: Int) -> ShapeReport.Step in
      let label = step == 0 ? "< 1" : step == 99 ? "≥ 99" : "\(step) to \(step + 1)"
      let bound: Double? = step < 99 ? Double(step + 1) : nil
      return ShapeReport.Step(
        label: label, upperBound: bound, share: 0.01, logOdds: Double(step / 10))
    }
    let curve = ShapeReport.Curve(
      feature: "x", isOrdered: true, isFlag: false, steps: steps, missing: nil, strength: 1)
    let shown = curve.shown(most: 10)
    #expect(shown.count == 10)
    for (step, value) in zip(shown, 0..<10) { #expect(abs(step.logOdds - Double(value)) < 1e-12) }
    #expect(shown.map(\.label).prefix(2) == ["< 10", "10 to 20"] && shown[9].label == "≥ 90")
    #expect(abs(shown.reduce(0) { $0 + $1.share } - 1) < 1e-12)
  }
}
