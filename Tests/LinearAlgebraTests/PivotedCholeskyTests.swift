import LinearAlgebra
import Testing

@Suite struct PivotedCholeskyTests {
  @Test func aFullRankMatrixHasNoDependentColumns() throws {
    var matrix = SymmetricMatrix(order: 3)
    for index in 0..<3 { matrix[index, index] = Double(index + 1) }
    let result = try PivotedCholesky(of: matrix, tolerance: 1e-12)
    #expect(result.rank == 3)
    #expect(result.dependentColumns.isEmpty)
    #expect(result.pivots.sorted() == [0, 1, 2])
  }

  /// The Gram matrix of x, y, x + y and of a column of zeros.
  @Test func sumsAndZerosAreDependent() throws {
    let columns: [[Double]] = [[1, 2, 3, 4], [1, -1, 2, 0.5], [2, 1, 5, 4.5], [0, 0, 0, 0]]
    var matrix = SymmetricMatrix(order: 4)
    for row in 0..<4 {
      for column in row..<4 {
        matrix[row, column] = zip(columns[row], columns[column]).reduce(0) { $0 + $1.0 * $1.1 }
      }
    }
    let result = try PivotedCholesky(of: matrix, tolerance: 1e-10)
    #expect(result.rank == 2)
    #expect(result.dependentColumns.count == 2)
    #expect(result.dependentColumns.contains(3))
  }

  @Test func nothingAndZerosHaveRankZero() throws {
    #expect(try PivotedCholesky(of: SymmetricMatrix(order: 0), tolerance: 0).rank == 0)
    let zeros = try PivotedCholesky(of: SymmetricMatrix(order: 2), tolerance: 1e-12)
    #expect(zeros.rank == 0)
    #expect(zeros.dependentColumns == [0, 1])
  }
}
