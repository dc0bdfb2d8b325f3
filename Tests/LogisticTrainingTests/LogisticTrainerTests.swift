import Features
import Models
import Parallel
import Testing

@testable import LogisticTraining

@Suite struct LogisticTrainerTests {
  let pool = WorkerPool(threadCount: 2)

  /// The issue's own bound: 1e-9.
  @Test(arguments: [0, 0.01, 1, 50]) func structuredAndDenseFitsAgree(penalty: Double) throws {
    // Groups whose codes leave out a level, so that the unpenalised fit has full rank.
    let leads = SyntheticLeads(rows: 900, numbers: 3, levels: [2, 5])
    let fit = try LogisticTrainer(LogisticOptions(penalty: penalty)).fit(
      leads.matrix, labels: leads.labels, weights: leads.weights, pool: pool)
    let dense = DenseLogistic(leads.matrix, labels: leads.labels, weights: leads.weights)
    let expected = dense.fit(
      penaltyWeights: [Double](repeating: penalty, count: 10) + [0])
    #expect(fit.converged)
    for (found, expected) in zip(fit.model.coefficients + [fit.model.intercept], expected) {
      #expect(abs(found - expected) <= 1e-9)
    }
  }

  /// 50,000 rows make a dozen blocks and let the solver sample the rows of early Hessians.
  @Test func threadsAndRepetitionGiveTheSameBits() throws {
    let leads = SyntheticLeads(rows: 50_000, numbers: 5, levels: [3, 8, 12])
    let trainer = try LogisticTrainer(LogisticOptions(penalty: 2))
    let first = try trainer.fit(leads.matrix, labels: leads.labels, pool: pool)
    #expect(first.converged)
    for threads in [1, 2, 3, 7] {
      let fit = try trainer.fit(
        leads.matrix, labels: leads.labels, pool: WorkerPool(threadCount: threads))
      #expect(fit.model == first.model)
      #expect(fit.logLoss == first.logLoss)
      #expect(fit.iterations == first.iterations)
    }
  }

  @Test func samplingRowsForTheHessianDoesNotMoveTheOptimum() throws {
    let leads = SyntheticLeads(rows: 50_000, numbers: 5, levels: [3, 8])
    let problem = try LogisticProblem(leads.matrix, labels: leads.labels, weights: nil, pool: pool)
    #expect(problem.sampleStride == 8)
    let fit = try LogisticTrainer(LogisticOptions(penalty: 1)).fit(
      leads.matrix, labels: leads.labels, pool: pool)
    let dense = DenseLogistic(leads.matrix, labels: leads.labels)
    var gradient = dense.gradient(fit.model.coefficients + [fit.model.intercept])
    for index in fit.model.coefficients.indices { gradient[index] += fit.model.coefficients[index] }
    // Half a decrement of 1e-18 over curvatures of some 5,000 allows a gradient of 1e-7, which leaves
    // coefficients to 1e-10.
    #expect(gradient.allSatisfy { abs($0) < 1e-6 })
  }

  @Test func weightTwoEqualsTheRowTwice() throws {
    let leads = SyntheticLeads(rows: 400)
    for firth in [false, true] {
      let trainer = try LogisticTrainer(LogisticOptions(penalty: 0.5, firth: firth))
      let weighted = try trainer.fit(
        leads.matrix, labels: leads.labels, weights: leads.weights, pool: pool)
      let repeated = leads.repeated
      let plain = try trainer.fit(repeated.matrix, labels: repeated.labels, pool: pool)
      for (found, expected) in zip(weighted.model.coefficients, plain.model.coefficients) {
        #expect(abs(found - expected) <= 1e-9)
      }
      #expect(abs(weighted.logLoss - plain.logLoss) <= 1e-12)
      let errors = zip(
        try #require(weighted.model.standardErrors), try #require(plain.model.standardErrors))
      for (found, expected) in errors { #expect(abs(found - expected) <= 1e-9) }
    }
  }

  @Test func rowsOfWeightZeroDoNotCount() throws {
    let leads = SyntheticLeads(rows: 300)
    let kept = SyntheticLeads(rows: 200)
    // The generator draws row by row, so the first 200 rows of both are the same.
    #expect(Array(leads.labels[..<200]) == kept.labels)
    let weights = (0..<300).map { $0 < 200 ? 1.0 : 0.0 }
    let trainer = try LogisticTrainer()
    let weighted = try trainer.fit(
      leads.matrix, labels: leads.labels, weights: weights, pool: pool)
    let plain = try trainer.fit(kept.matrix, labels: kept.labels, pool: pool)
    for (found, expected) in zip(weighted.model.coefficients, plain.model.coefficients) {
      #expect(abs(found - expected) <= 1e-9)
    }
  }

  @Test func theModelKeepsTheWeightedMeansOfItsFeatures() throws {
    let leads = SyntheticLeads(rows: 9_000)
    let layout = leads.matrix.layout
    let fit = try LogisticTrainer().fit(
      leads.matrix, labels: leads.labels, weights: leads.weights, pool: WorkerPool(threadCount: 3))
    var means = [Double](repeating: 0, count: layout.coefficientCount)
    for row in 0..<9_000 {
      for column in layout.numbers.indices {
        means[column] +=
          leads.weights[row] * leads.matrix.numbers[row * layout.numbers.count + column]
      }
      for (group, offset) in layout.groupOffsets.enumerated() {
        let code = Int(leads.matrix.codes[row * layout.groups.count + group])
        if code < layout.groups[group].levels.count { means[offset + code] += leads.weights[row] }
      }
    }
    let total = leads.weights.reduce(0, +)
    for (found, expected) in zip(try #require(fit.model.featureMeans), means) {
      #expect(abs(found - expected / total) < 1e-12)
    }
  }

  @Test func orderOfRowsIsIrrelevant() throws {
    let leads = SyntheticLeads(rows: 500, numbers: 2, levels: [3])
    let order = (0..<500).map { ($0 * 193) % 500 }
    let shuffled = FeatureMatrix(
      layout: leads.matrix.layout, rowCount: 500,
      numbers: order.flatMap { leads.matrix.numbers[$0 * 2..<$0 * 2 + 2] },
      codes: order.map { leads.matrix.codes[$0] })
    let trainer = try LogisticTrainer()
    let first = try trainer.fit(leads.matrix, labels: leads.labels, pool: pool)
    let second = try trainer.fit(shuffled, labels: order.map { leads.labels[$0] }, pool: pool)
    for (found, expected) in zip(first.model.coefficients, second.model.coefficients) {
      #expect(abs(found - expected) <= 1e-9)
    }
  }

  @Test func aPathEqualsFitsOnTheirOwn() throws {
    let leads = SyntheticLeads(rows: 600)
    let penalties = [1.0, 100, 0.1, 10]
    let trainer = try LogisticTrainer()
    let path = try trainer.fitPath(
      leads.matrix, labels: leads.labels, weights: leads.weights, penalties: penalties, pool: pool)
    #expect(path.map(\.penalty) == penalties)
    for (penalty, fit) in zip(penalties, path) {
      let single = try LogisticTrainer(LogisticOptions(penalty: penalty)).fit(
        leads.matrix, labels: leads.labels, weights: leads.weights, pool: pool)
      #expect(fit.converged)
      for (found, expected) in zip(fit.model.coefficients, single.model.coefficients) {
        #expect(abs(found - expected) <= 1e-9)
      }
    }
    // The stronger the penalty, the worse the fit.
    #expect(path[2].logLoss < path[0].logLoss && path[3].logLoss < path[1].logLoss)
  }

  @Test func aStartAtTheOptimumTakesNoSteps() throws {
    let leads = SyntheticLeads(rows: 600)
    let trainer = try LogisticTrainer()
    let first = try trainer.fit(leads.matrix, labels: leads.labels, pool: pool)
    let again = try trainer.fit(
      leads.matrix, labels: leads.labels, start: first.model, pool: pool)
    #expect(again.iterations <= 1)
    let other = LogisticModel(
      layout: FeatureLayout(numbers: [], groups: []), intercept: 0, coefficients: [])
    #expect(throws: LogisticError.startMismatch(expected: 13, found: 0)) {
      try trainer.fit(leads.matrix, labels: leads.labels, start: other, pool: pool)
    }
  }

  @Test func penaltyFactorsScaleThePenalty() throws {
    let leads = SyntheticLeads(rows: 500, numbers: 2, levels: [])
    let layout = FeatureLayout(
      numbers: [
        NumberFeature(name: "a", source: "a", penaltyFactor: 3),
        NumberFeature(name: "b", source: "b", penaltyFactor: 0),
      ], groups: [])
    let matrix = FeatureMatrix(
      layout: layout, rowCount: 500, numbers: leads.matrix.numbers, codes: [])
    let fit = try LogisticTrainer(LogisticOptions(penalty: 2)).fit(
      matrix, labels: leads.labels, pool: pool)
    let expected = DenseLogistic(matrix, labels: leads.labels).fit(penaltyWeights: [6, 0, 0])
    for (found, expected) in zip(fit.model.coefficients + [fit.model.intercept], expected) {
      #expect(abs(found - expected) <= 1e-9)
    }
  }

  @Test func noColumnsLeaveTheObservedRate() throws {
    let leads = SyntheticLeads(rows: 100, numbers: 0, levels: [])
    let fit = try LogisticTrainer(LogisticOptions(penalty: 0)).fit(
      leads.matrix, labels: leads.labels, pool: pool)
    #expect(fit.converged)
    let rate = Double(leads.labels.reduce(0) { $0 + Int($1) }) / 100
    #expect(abs(probability(fromRawPrediction: fit.model.intercept) - rate) < 1e-12)
  }

  /// Values of far outliers: the line search must keep the steps in bounds.
  @Test func outliersDoNotThrowTheFitOff() throws {
    let leads = SyntheticLeads(rows: 300, numbers: 2, levels: [3])
    var numbers = leads.matrix.numbers
    numbers[10] = 4_000
    numbers[101] = -9_000
    let matrix = FeatureMatrix(
      layout: leads.matrix.layout, rowCount: 300, numbers: numbers, codes: leads.matrix.codes)
    for penalty in [0.001, 1] {
      let fit = try LogisticTrainer(LogisticOptions(penalty: penalty)).fit(
        matrix, labels: leads.labels, pool: pool)
      #expect(fit.converged)
    }
  }
}
