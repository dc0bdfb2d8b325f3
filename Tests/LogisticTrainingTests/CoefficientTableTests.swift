import Features
import Models
import Parallel
import Testing

@testable import LogisticTraining

@Suite struct CoefficientTableTests {
  let pool = WorkerPool(threadCount: 1)

  @Test func penalisedFitsHavePosteriorIntervalsAndNoTests() throws {
    let leads = SyntheticLeads(rows: 300)
    let fit = try LogisticTrainer(LogisticOptions(penalty: 1)).fit(
      leads.matrix, labels: leads.labels, pool: pool)
    let table = try fit.coefficientTable(level: 0.9)
    #expect(table.count == 14)
    #expect(table[13].name == "intercept")
    #expect(table[13].source == nil)
    for row in table {
      #expect(row.z == nil && row.p == nil)
      #expect(row.intervalKind == .posterior)
      #expect(row.low < row.estimate && row.estimate < row.high)
    }
    #expect(
      try fit.covariance(0, 0).squareRoot() == #require(fit.model.standardErrors)[0])
    #expect(try fit.covariance(0, 1) == fit.covariance(1, 0))
    #expect(throws: LogisticError.self) { try fit.coefficientTable(level: 1) }
  }

  @Test func withoutStandardErrorsThereIsNoTable() throws {
    let leads = SyntheticLeads(rows: 300)
    let fit = try LogisticTrainer(LogisticOptions(wantsStandardErrors: false)).fit(
      leads.matrix, labels: leads.labels, pool: pool)
    #expect(fit.model.standardErrors == nil)
    #expect(fit.interceptStandardError == nil)
    #expect(throws: LogisticError.noCovariance) { try fit.coefficientTable() }
    #expect(throws: LogisticError.noCovariance) { try fit.sourceEffects(leads.matrix) }
  }

  /// Two features of one source, one of another, and a group, with coefficients set by hand.
  @Test func sourcesAreRankedByTheSpreadOfTheirContribution() throws {
    let layout = FeatureLayout(
      numbers: [
        NumberFeature(name: "x", source: "a"), NumberFeature(name: "log x", source: "a"),
        NumberFeature(name: "y", source: "b"),
      ],
      groups: [IndicatorGroup(name: "c", source: "c", levels: ["u", "v"])])
    let matrix = FeatureMatrix(
      layout: layout, rowCount: 4, numbers: [1, 1, 2, -1, -1, 2, 1, 1, -2, -1, -1, -2],
      codes: [0, 1, 2, 0])
    let model = LogisticModel(
      layout: layout, intercept: 0, coefficients: [1, -0.5, 0.5, 2, -2])
    let spreads = ContributionSpreads(model: model, matrix: matrix, weights: nil)
    // a: ±0.5; b: ±1; c: 2, −2, 0, 2.
    let expected: [String: Double] = ["a": 0.5, "b": 1, "c": 2.75.squareRoot()]
    for (source, deviation) in spreads.sources {
      #expect(abs(deviation - expected[source]!) < 1e-15)
    }
    #expect(spreads.columns[0] == 1)
    #expect(spreads.shares == [nil, nil, nil, 0.5, 0.25])
    // A weight of 2 equals the row twice.
    let weighted = ContributionSpreads(model: model, matrix: matrix, weights: [1, 0, 2, 1])
    #expect(abs(weighted.sources[2].deviation - 1) < 1e-15)
  }

  @Test func oddsRatiosAreExponentialsGroupedBySource() throws {
    let leads = SyntheticLeads(rows: 2_000)
    let fit = try LogisticTrainer(LogisticOptions(penalty: 1)).fit(
      leads.matrix, labels: leads.labels, pool: pool)
    let effects = try fit.sourceEffects(leads.matrix)
    #expect(Set(effects.map(\.source)) == ["s0", "s1", "s2", "s3", "t0", "t1"])
    #expect(
      zip(effects, effects.dropFirst()).allSatisfy { $0.standardDeviation >= $1.standardDeviation })
    let table = try fit.coefficientTable()
    for ratio in effects.flatMap(\.oddsRatios) {
      let row = try #require(table.first { $0.name == ratio.feature })
      #expect(ratio.source == row.source)
      #expect(abs(ratio.oddsRatio - exponential(row.estimate)) < 1e-15)
      #expect(ratio.low < ratio.oddsRatio && ratio.oddsRatio < ratio.high)
      #expect((ratio.comparison == .perUnit) == (ratio.share == nil))
    }
    #expect(effects.flatMap(\.oddsRatios).count == 13)
    #expect(throws: LogisticError.countMismatch(what: "weights", expected: 2_000, found: 1)) {
      try fit.sourceEffects(leads.matrix, weights: [1])
    }
  }
}
