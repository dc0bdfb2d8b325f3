import Testing

@testable import LinearAlgebra

@Suite struct CholeskyFactorTests {
  /// [[4, 2], [2, 3]]: determinant 8, inverse [[3, −2], [−2, 4]] / 8.
  @Test func twoByTwoByHand() throws {
    var matrix = SymmetricMatrix(order: 2)
    matrix[0, 0] = 4
    matrix[1, 0] = 2
    matrix[1, 1] = 3
    let factor = try CholeskyFactor(of: matrix)
    let solution = try factor.solve([8, 7])
    #expect(abs(solution[0] - 1.25) < 1e-15)
    #expect(abs(solution[1] - 1.5) < 1e-15)
    #expect(abs(factor.logDeterminant - 2.079_441_541_679_835_7) < 1e-14)
    let inverse = try factor.inverse()
    #expect(abs(inverse[0, 0] - 0.375) < 1e-15)
    #expect(abs(inverse[0, 1] + 0.25) < 1e-15)
    #expect(abs(inverse[1, 1] - 0.5) < 1e-15)
  }

  @Test(arguments: [1, 5, 40, 150]) func inverseTimesMatrixIsTheIdentity(order: Int) throws {
    let matrix = positiveDefinite(order: order)
    let inverse = try CholeskyFactor(of: matrix).inverse()
    for column in 0..<order {
      let product = matrix.multiplied(by: (0..<order).map { inverse[$0, column] })
      for row in 0..<order {
        // The matrix is well conditioned: a few hundred units in the last place.
        #expect(abs(product[row] - (row == column ? 1 : 0)) < 1e-11)
      }
    }
  }

  @Test func anIndefiniteMatrixIsRefused() {
    var matrix = SymmetricMatrix(order: 3)
    for index in 0..<3 { matrix[index, index] = 1 }
    matrix[0, 1] = 2
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 3, leadingBlock: 2)) {
      try CholeskyFactor(of: matrix)
    }
  }

  @Test(arguments: [Double.nan, .infinity]) func aValueThatIsNotFiniteIsRefused(value: Double) {
    var matrix = SymmetricMatrix(order: 2)
    matrix[0, 0] = 1
    matrix[1, 1] = value
    #expect(throws: LinearAlgebraError.notFinite(order: 2)) { try CholeskyFactor(of: matrix) }
  }

  @Test func aRightHandSideThatIsNotFiniteFailsTheResidualCheck() throws {
    let factor = try CholeskyFactor(of: positiveDefinite(order: 4))
    #expect(throws: LinearAlgebraError.self) { try factor.solve([1, .nan, 0, 0]) }
  }

  @Test func noUnknownsIsNoWork() throws {
    let factor = try CholeskyFactor(of: SymmetricMatrix(order: 0))
    #expect(try factor.solve([]).isEmpty)
    #expect(factor.logDeterminant == 0)
  }

  private func positiveDefinite(order: Int) -> SymmetricMatrix {
    let values = SelfTest.numbers(2 * order * order, seed: 3)
    let gram = SelfTest.plainGram(values, rows: 2 * order, columns: order)
    var matrix = SymmetricMatrix(order: order)
    for row in 0..<order {
      for column in row..<order {
        matrix[row, column] = gram[row * order + column] + (row == column ? 1 : 0)
      }
    }
    return matrix
  }
}
