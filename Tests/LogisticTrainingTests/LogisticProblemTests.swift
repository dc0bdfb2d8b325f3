import Features
import LinearAlgebra
import Parallel
import Testing

@testable import LogisticTraining

/// The kernels against their naive twin.
@Suite struct LogisticProblemTests {
  let pool = WorkerPool(threadCount: 2)

  /// Shapes on both sides of a vector of eight numbers, of a strip and a block of rows, with and
  /// without groups.
  @Test(
    arguments: [
      (1, [3]), (0, [2, 5]), (3, []), (7, [4]), (8, [2, 3, 4]), (9, [1, 1]), (0, []),
    ] as [(Int, [Int])])
  func sumsEqualPlainLoops(numbers: Int, levels: [Int]) throws {
    try BLAS.selfTest()
    for weighted in [false, true] {
      let leads = SyntheticLeads(rows: 1_500, numbers: numbers, levels: levels)
      let weights = weighted ? leads.weights : nil
      let problem = try LogisticProblem(
        leads.matrix, labels: leads.labels, weights: weights, pool: pool)
      let dense = DenseLogistic(leads.matrix, labels: leads.labels, weights: weights)
      var generator = SyntheticLeads.Generator(state: 8)
      let coefficients = (0..<problem.unknownCount).map { _ in generator.number() }
      let none = [Double](repeating: 0, count: problem.unknownCount)
      let point = problem.evaluate(coefficients, penaltyWeights: none, excluded: [])
      // Sums of 1,500 terms in another order: about 1e-12 relative.
      let loss = dense.loss(coefficients)
      #expect(abs(point.loss - loss) <= 1e-11 * loss)
      for (found, expected) in zip(point.gradient, dense.gradient(coefficients)) {
        #expect(abs(found - expected) <= 1e-9)
      }
      let hessian = problem.hessian(problem.allRows)
      let expected = dense.hessian(coefficients)
      for row in 0..<problem.unknownCount {
        for column in 0..<problem.unknownCount {
          #expect(abs(hessian[row, column] - expected[row][column]) <= 1e-9)
        }
      }
    }
  }

  @Test func aSampledHessianIsThatOfTheSampledRows() throws {
    try BLAS.selfTest()
    let leads = SyntheticLeads(rows: 8_001, numbers: 2, levels: [3, 4])
    let problem = try LogisticProblem(leads.matrix, labels: leads.labels, weights: nil, pool: pool)
    let start = problem.startCoefficients
    _ = problem.evaluate(
      start, penaltyWeights: [Double](repeating: 0, count: start.count), excluded: [])
    let rows = problem.sampledRows(stride: 4)
    #expect(rows.blocks.rowCount == 2_000)
    // The same rows as a table of their own.
    let matrix = FeatureMatrix(
      layout: leads.matrix.layout, rowCount: 2_000, numbers: rows.numbers, codes: rows.codes)
    let dense = DenseLogistic(
      matrix, labels: [UInt8](repeating: 0, count: 2_000),
      weights: [Double](repeating: 4, count: 2_000))
    let expected = dense.hessian(start)
    let hessian = problem.hessian(rows)
    for row in start.indices {
      for column in start.indices {
        #expect(abs(hessian[row, column] - expected[row][column]) <= 1e-9)
      }
    }
    // One of each four rows, in order.
    for position in 0..<2_000 {
      let candidates = (0..<4).map {
        Array(leads.matrix.numbers[(position * 4 + $0) * 2..<(position * 4 + $0) * 2 + 2])
      }
      #expect(candidates.contains(Array(rows.numbers[position * 2..<position * 2 + 2])))
    }
  }

  /// Log-odds of ±800 and beyond: loss, residual and weight stay finite and right.
  @Test func extremeLogOddsStayFinite() throws {
    let raw: [Double] = [-1e6, -800, -40, 0, 40, 800, 1e6]
    for label in [UInt8(0), 1] {
      for weights in [nil, [Double](repeating: 1, count: raw.count)] {
        var residuals = [Double](repeating: 9, count: raw.count)
        var hessianWeights = residuals
        let loss = LogisticBlockLoss.evaluate(
          raw: raw, labels: [UInt8](repeating: label, count: raw.count), weights: weights,
          count: raw.count, residuals: &residuals, hessianWeights: &hessianWeights)
        let wrong = raw.map { label == 1 ? max(0, -$0) : max(0, $0) }.reduce(0, +)
        #expect(abs(loss - wrong - 0.693_147_180_559_945_3) < 1e-9)
        #expect(residuals.allSatisfy { abs($0) <= 1 })
        #expect(hessianWeights.allSatisfy { $0 >= 0 && $0 <= 0.25 })
        #expect(hessianWeights[3] == 0.25)
        #expect(residuals[3] == (label == 1 ? -0.5 : 0.5))
      }
    }
  }
}
