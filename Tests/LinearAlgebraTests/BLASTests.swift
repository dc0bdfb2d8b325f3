import Testing

@testable import LinearAlgebra

@Suite struct BLASTests {
  @Test func theSelfTestPassesHereAndTellsWhatItRanOn() throws {
    try BLAS.selfTest()
    try BLAS.selfTest()
    #expect(BLAS.description.hasPrefix("OpenBLAS "))
  }

  @Test func theSelfTestTellsWrongResultsFromRounding() {
    let expected: [Double] = [1, 2, 0, 3]
    #expect(SelfTest.difference([1, 2, 9, 3], expected, order: 2, limit: 1e-9) == nil)
    #expect(SelfTest.difference([1, 2 + 1e-12, 0, 3], expected, order: 2, limit: 1e-9) == nil)
    #expect(SelfTest.difference([1, 2.5, 0, 3], expected, order: 2, limit: 1e-9) == 0.5)
    #expect(
      SelfTest.difference([1, 2, 0, .nan], expected, order: 2, limit: 1e-9)?.isNaN == true)
  }

  @Test func failuresNameTheRemedy() {
    let failed = LinearAlgebraError.selfTestFailed(
      routine: "dsyrk", order: 25, difference: 0.5, core: "Zen")
    #expect(failed.description.contains("OPENBLAS_CORETYPE"))
    #expect(failed.description.contains("dsyrk"))
    let serial = LinearAlgebraError.serialBLAS(configuration: "OpenBLAS 0.3.21")
    #expect(serial.description.contains("libopenblas0-pthread"))
  }

  /// The naive twin: plain loops. Sums of at most 400 products below 1 round to some 1e-14.
  @Test(arguments: [(1, 1), (3, 2), (64, 8), (257, 25), (400, 64)])
  func gramAndProductEqualPlainLoops(rows: Int, columns: Int) throws {
    try BLAS.selfTest()
    let values = SelfTest.numbers(rows * columns, seed: 5)
    let stride = columns + 3
    var gram = [Double](repeating: 1, count: columns * stride)
    BLAS.addGram(of: values, rowCount: rows, columnCount: columns, to: &gram, stride: stride)
    let expected = SelfTest.plainGram(values, rows: rows, columns: columns)
    for row in 0..<columns {
      for column in 0..<columns {
        let sum = column >= row ? expected[row * columns + column] : 0
        #expect(abs(gram[row * stride + column] - 1 - sum) < 1e-12)
      }
    }
    let factors = SelfTest.numbers(rows, seed: 9)
    var sums = [Double](repeating: 0, count: columns)
    BLAS.addTransposedProduct(
      of: values, rowCount: rows, columnCount: columns, factors: factors, to: &sums)
    for column in 0..<columns {
      let sum = (0..<rows).reduce(0.0) { $0 + values[$1 * columns + column] * factors[$1] }
      #expect(abs(sums[column] - sum) < 1e-12)
    }
  }

  @Test func symmetricMatrixReadsBothTriangles() {
    var matrix = SymmetricMatrix(order: 3)
    matrix[2, 0] = 5
    matrix[1, 1] = 2
    #expect(matrix[0, 2] == 5)
    #expect(matrix.multiplied(by: [1, 2, 3]) == [15, 4, 5])
    matrix.isolate(0)
    #expect(matrix.multiplied(by: [1, 2, 3]) == [1, 4, 0])
  }
}
