import Features
import Models
import Parallel
import Testing

@testable import LogisticTraining

/// A penalty that draws coefficients to given values.
@Suite struct PriorMeansTests {
  let pool = WorkerPool(threadCount: 2)

  private static func means(_ count: Int) -> [Double] {
    (0..<count).map { 0.1 * Double($0 % 5) - 0.25 }
  }

  @Test(arguments: [0.5, 20]) func theGradientOfThePenalisedLossIsZero(penalty: Double) throws {
    let leads = SyntheticLeads(rows: 600, numbers: 3, levels: [2, 5])
    let means = Self.means(10)
    let fit = try LogisticTrainer(LogisticOptions(penalty: penalty)).fit(
      leads.matrix, labels: leads.labels, weights: leads.weights, priorMeans: means, pool: pool)
    #expect(fit.converged)
    let dense = DenseLogistic(leads.matrix, labels: leads.labels, weights: leads.weights)
    var gradient = dense.gradient(fit.model.coefficients + [fit.model.intercept])
    for index in means.indices {
      gradient[index] += penalty * (fit.model.coefficients[index] - means[index])
    }
    // As without means: half a decrement of 1e-18.
    #expect(gradient.allSatisfy { abs($0) < 1e-6 })
  }

  /// At a penalty of 1e9 the data move a coefficient by their gradient, some hundreds, over 1e9.
  @Test func aStrongPenaltyGivesTheMeans() throws {
    let leads = SyntheticLeads(rows: 600, numbers: 3, levels: [2, 5])
    let means = Self.means(10)
    let fit = try LogisticTrainer(LogisticOptions(penalty: 1e9)).fit(
      leads.matrix, labels: leads.labels, priorMeans: means, pool: pool)
    for (found, mean) in zip(fit.model.coefficients, means) { #expect(abs(found - mean) < 1e-6) }
  }

  @Test func meansOfZeroAreNoMeans() throws {
    let leads = SyntheticLeads(rows: 600, numbers: 3, levels: [2, 5])
    let trainer = try LogisticTrainer()
    let penalties: [Double] = [100, 1]
    let without = try trainer.fitPath(
      leads.matrix, labels: leads.labels, penalties: penalties, pool: pool)
    let with = try trainer.fitPath(
      leads.matrix, labels: leads.labels, penalties: penalties,
      priorMeans: [Double](repeating: 0, count: 10), pool: pool)
    #expect(with.map(\.model) == without.map(\.model))
  }

  @Test func aMeanAColumnIsAskedFor() throws {
    let leads = SyntheticLeads(rows: 60, numbers: 3, levels: [2, 5])
    #expect(throws: LogisticError.countMismatch(what: "prior means", expected: 10, found: 2)) {
      try LogisticTrainer().fit(
        leads.matrix, labels: leads.labels, priorMeans: [0, 0], pool: pool)
    }
  }
}
