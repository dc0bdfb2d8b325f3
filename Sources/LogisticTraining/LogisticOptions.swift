/// How a logistic regression is fitted.
public struct LogisticOptions: Sendable, Equatable {
  /// λ of the L2 penalty: the fit minimises Σ wᵢ·lossᵢ + ½ λ Σ factorⱼ (βⱼ − mⱼ)², with the intercept
  /// free and the prior means m 0 unless given. Equals scikit-learn's 1/C. 0 is plain maximum likelihood.
  /// Default 1.
  public var penalty: Double
  /// The fit has converged where no element of the gradient, divided by the sum of weights, is above
  /// this, **and** the decrement is below its tolerance too. Default 10⁻⁹.
  public var gradientTolerance: Double
  /// Half the Newton decrement, g′H⁻¹g/2: the log-likelihood that another step would gain. With half
  /// a decrement of ε, no coefficient is further than √(2ε) standard errors from the optimum.
  /// Default 10⁻¹⁸: coefficients to 10⁻⁹ standard errors.
  public var decrementTolerance: Double
  /// Steps before the fit gives up and says so. Default 100.
  public var maximumIterations: Int
  /// Whether to invert the Hessian at the optimum for standard errors. Default true.
  public var wantsStandardErrors: Bool
  /// Whether to maximise Firth's penalised likelihood (Jeffreys prior) and then re-estimate the
  /// intercept so that the mean probability is the observed rate (FLIC). For rare events and separated
  /// data, on small tables: each step costs rows × (numbers + groups)². Default false.
  public var firth: Bool

  public init(
    penalty: Double = 1, gradientTolerance: Double = 1e-9, decrementTolerance: Double = 1e-18,
    maximumIterations: Int = 100, wantsStandardErrors: Bool = true, firth: Bool = false
  ) {
    self.penalty = penalty
    self.gradientTolerance = gradientTolerance
    self.decrementTolerance = decrementTolerance
    self.maximumIterations = maximumIterations
    self.wantsStandardErrors = wantsStandardErrors
    self.firth = firth
  }

  /// - Throws: `LogisticError.invalidOption` naming the first option out of range.
  public func validated() throws -> ValidatedLogisticOptions {
    func check(_ holds: Bool, _ name: String, _ value: Double, _ expected: String) throws {
      guard holds else {
        throw LogisticError.invalidOption(name: name, value: value, expected: expected)
      }
    }
    try check(penalty >= 0 && penalty.isFinite, "penalty", penalty, "a finite number, at least 0")
    try check(
      gradientTolerance > 0 && gradientTolerance < 1, "gradientTolerance", gradientTolerance,
      "a number above 0 and below 1")
    try check(
      decrementTolerance > 0 && decrementTolerance < 1, "decrementTolerance", decrementTolerance,
      "a number above 0 and below 1")
    try check(
      maximumIterations > 0, "maximumIterations", Double(maximumIterations), "at least 1")
    return ValidatedLogisticOptions(self)
  }
}

/// Options that passed `LogisticOptions.validated()`; a trainer takes no others.
public struct ValidatedLogisticOptions: Sendable, Equatable {
  public let options: LogisticOptions

  fileprivate init(_ options: LogisticOptions) {
    self.options = options
  }
}
