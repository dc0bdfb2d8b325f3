import Models
import Parallel
import Testing

@testable import LogisticTraining

/// Held against fits of other packages.
@Suite struct ReferenceTests {
  let reference: Reference
  let pool = WorkerPool(threadCount: 2)

  init() throws {
    reference = try Reference.load()
  }

  /// The issue's own bound: 1e-8 · max(1, |β|).
  @Test func penalisedCoefficientsEqualScikitLearn() throws {
    let matrix = reference.matrix(reference.full)
    for expected in reference.ridge {
      let fit = try LogisticTrainer(LogisticOptions(penalty: expected.penalty)).fit(
        matrix, labels: reference.full.labels,
        weights: expected.weighted ? reference.full.weights : nil, pool: pool)
      #expect(fit.converged)
      #expect(fit.model.intervalKind == .posterior)
      for (found, expected) in zip(fit.model.coefficients, expected.coefficients) {
        #expect(abs(found - expected) <= 1e-8 * max(1, abs(expected)))
      }
      #expect(
        abs(fit.model.intercept - expected.intercept) <= 1e-8 * max(1, abs(expected.intercept)))
    }
  }

  /// The issue's own bound: 1e-6 in estimates, standard errors, z, p and intervals.
  @Test(arguments: [false, true]) func unpenalisedTableEqualsStatsmodels(weighted: Bool) throws {
    let expected = weighted ? reference.likelihood.weighted : reference.likelihood.plain
    let fit = try LogisticTrainer(LogisticOptions(penalty: 0)).fit(
      reference.matrix(reference.full), labels: reference.full.labels,
      weights: weighted ? reference.full.weights : nil, pool: pool)
    #expect(fit.converged)
    #expect(fit.aliased.isEmpty)
    #expect(fit.model.intervalKind == .confidence)
    let table = try fit.coefficientTable(level: 0.95)
    #expect(table.count == expected.estimates.count)
    for (index, row) in table.enumerated() {
      #expect(abs(row.estimate - expected.estimates[index]) <= 1e-6)
      #expect(abs(row.standardError - expected.standardErrors[index]) <= 1e-6)
      #expect(abs(try #require(row.z) - expected.z[index]) <= 1e-6)
      #expect(abs(try #require(row.p) - expected.p[index]) <= 1e-6)
      #expect(abs(row.low - expected.low[index]) <= 1e-6)
      #expect(abs(row.high - expected.high[index]) <= 1e-6)
    }
  }

  /// The issue's own bound: 1e-6.
  @Test(arguments: ["numbers", "penalised", "separated"])
  func firthEqualsDirectMaximisation(which: String) throws {
    let expected =
      which == "numbers"
      ? reference.firthNumbers
      : which == "penalised" ? reference.firthPenalised : reference.firthSeparated
    let data = which == "separated" ? reference.separated : reference.small
    let fit = try LogisticTrainer(LogisticOptions(penalty: expected.penalty, firth: true)).fit(
      reference.matrix(data, withGroups: which == "penalised"), labels: data.labels, pool: pool)
    #expect(fit.converged)
    for (found, expected) in zip(fit.model.coefficients, expected.coefficients) {
      #expect(abs(found - expected) <= 1e-6 * max(1, abs(expected)))
    }
    #expect(abs(fit.model.intercept - expected.intercept) <= 1e-6)
    #expect(abs(fit.objective - expected.objective) <= 1e-9)
    #expect(fit.model.intervalKind == .posterior)
    for (found, expected) in zip(
      try #require(fit.model.standardErrors), expected.standardErrors)
    {
      #expect(abs(found - expected) <= 1e-6 * max(1, expected))
    }
    // FLIC: the mean probability is the observed rate.
    let raw = fit.model.rawPredictions(reference.matrix(data, withGroups: which == "penalised"))
    let mean = probabilities(fromRawPredictions: raw).reduce(0, +) / Double(raw.count)
    let rate = Double(data.labels.reduce(0) { $0 + Int($1) }) / Double(raw.count)
    #expect(abs(mean - rate) <= 1e-12)
  }
}
