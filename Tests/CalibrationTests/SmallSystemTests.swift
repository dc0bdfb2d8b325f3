import Testing

@testable import Calibration

@Suite struct SmallSystemTests {
  @Test(arguments: 1...7)
  func solvesWhatItWasMadeOf(order: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(order))
    let roots = (0..<order * order).map { _ in numbers.normal() }
    var matrix = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      for column in 0..<order {
        for index in 0..<order {
          matrix[row * order + column] += roots[row * order + index] * roots[column * order + index]
        }
      }
      matrix[row * order + row] += 0.1
    }
    let system = try #require(SmallSystem(matrix, order: order))
    let right = (0..<order).map { Double($0) - 1.5 }
    let solution = system.solve(right)
    for row in 0..<order {
      let product = (0..<order).reduce(0) { $0 + matrix[row * order + $1] * solution[$1] }
      // Condition numbers here stay below 1,000.
      #expect(abs(product - right[row]) < 1e-11)
    }
    let form = zip(right, solution).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(system.inverseForm(right) - form) < 1e-10)
  }

  @Test func singularMatricesAreRefused() {
    #expect(SmallSystem([1, 2, 2, 4], order: 2) == nil)
    #expect(SmallSystem([1, 0, 0, -1], order: 2) == nil)
  }
}

@Suite struct RestrictedSplineTests {
  @Test func isSmoothInsideAndStraightOutside() throws {
    let leads = CalibrationLeads(1_000, seed: 1)
    let spline = RestrictedSpline(
      try ScoreGroups(rawPredictions: leads.raw, labels: leads.labels, weights: nil), knotCount: 5)
    #expect(spline.columnCount == 5)
    func secondDifference(_ at: Double, _ step: Double) -> [Double] {
      zip(zip(spline.row(at - step), spline.row(at)), spline.row(at + step)).map {
        $0.0 - 2 * $0.1 + $1
      }
    }
    // Beyond the outer knots at the 5th and 95th percentile: straight, to rounding of the cubes.
    for place in [-9.0, 6.0] {
      #expect(secondDifference(place, 0.5).allSatisfy { abs($0) < 1e-9 })
    }
    #expect(secondDifference(-1.4, 0.2).contains { abs($0) > 1e-3 })
  }
}
