import LinearAlgebra

extension LogisticProblem {
  /// What is left of a column's unit variance, once the columns before it are taken out, at which it
  /// counts as a sum of multiples of them. Rounding leaves about 10⁻¹⁴ on some hundred columns, and
  /// statistics packages drop columns at 10⁻⁷ of a standard deviation, 10⁻¹⁴ of a variance; between
  /// them a coefficient would have no correct digits.
  private static let aliasTolerance = 1e-11

  /// Unpenalised columns that are sums of multiples of the intercept and other unpenalised columns, in
  /// rising order; they are left out of the fit.
  ///
  /// Penalised columns always have a unique optimum, so nothing is looked for among them. The rank is
  /// that of X′WX at the start, where every row's weight is its frequency weight times a constant:
  /// aliasing is a property of the columns alone.
  func aliasedColumns(penalty: Double) throws -> [Int] {
    let penaltyWeights = penaltyWeights(penalty)
    let free = penaltyWeights.indices.dropLast().filter { penaltyWeights[$0] == 0 }
    guard !free.isEmpty else { return [] }
    _ = evaluate(startCoefficients, penaltyWeights: penaltyWeights, excluded: [])
    try checkNumbers()
    let hessian = hessian(allRows)
    // The intercept comes first, so that among equals it is the one that stays.
    let unknowns = [unknownCount - 1] + free
    let scales = unknowns.map { unknown in
      let diagonal = hessian[unknown, unknown]
      return diagonal > 0 ? 1 / diagonal.squareRoot() : 0
    }
    // The intercept is projected out by hand: pivoting alone might otherwise leave it for last.
    var centred = SymmetricMatrix(order: free.count)
    for first in 0..<free.count {
      let firstShare = hessian[unknowns[0], free[first]] * scales[0] * scales[first + 1]
      for second in first..<free.count {
        let secondShare = hessian[unknowns[0], free[second]] * scales[0] * scales[second + 1]
        let product =
          hessian[free[first], free[second]] * scales[first + 1] * scales[second + 1]
        centred[first, second] = product - firstShare * secondShare
      }
    }
    let result = try PivotedCholesky(of: centred, tolerance: Self.aliasTolerance)
    return result.dependentColumns.map { free[$0] }
  }
}
