import LinearAlgebra

/// What a solver hands back, unknowns in the layout's order with the intercept last.
struct LogisticSolution {
  var coefficients: [Double]
  var status: LogisticStatus
  var iterations: Int
  /// Divided by the sum of weights.
  var maximumGradient: Double
  var newtonDecrement: Double
  /// Mean.
  var logLoss: Double
  var objective: Double
  /// Zeros in rows and columns of aliased unknowns.
  var covariance: SymmetricMatrix?
}
