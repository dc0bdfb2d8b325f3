import Features
import LinearAlgebra
import Models

/// How a fit ended.
public enum LogisticStatus: String, Codable, Sendable {
  /// Both measures of convergence are within their tolerances.
  case converged
  /// The most steps allowed were taken.
  case iterationLimit
  /// No step along the Newton direction lowered the objective.
  case noDescent
  /// An unpenalised fit whose coefficients run away: some features tell won from lost without error
  /// in part of the data.
  case separated
}

/// A fitted logistic regression, and how the fit went.
public struct LogisticFit: Sendable {
  public let model: LogisticModel
  public let status: LogisticStatus
  /// Steps taken on all rows.
  public let iterations: Int
  /// λ of the L2 penalty.
  public let penalty: Double
  /// The largest element of the gradient, divided by the sum of weights.
  public let maximumGradient: Double
  /// Half the Newton decrement at the end, in log-likelihood.
  public let newtonDecrement: Double
  /// Mean log loss over the weighted rows, without the penalty.
  public let logLoss: Double
  /// What was minimised: Σ weight·loss + penalty, and for Firth − ½ log det of the information.
  public let objective: Double
  /// Names of the columns that are sums of multiples of others, left out with coefficient 0.
  public let aliased: [String]
  /// The covariance of coefficients in the layout's order with the intercept last; zeros for aliased
  /// columns; `nil` where not asked for.
  let covarianceMatrix: SymmetricMatrix?

  public var converged: Bool { status == .converged }
  /// Whether the data are separated, so that the unpenalised optimum does not exist.
  public var separated: Bool { status == .separated }

  /// One sentence on why the fit did not converge and what to do; `nil` where it did.
  public var nonConvergence: String? {
    switch status {
    case .converged:
      return nil
    case .iterationLimit:
      return "The fit stopped after \(iterations) steps with a gradient of \(maximumGradient) a "
        + "row; allow more iterations or a stronger penalty."
    case .noDescent:
      return "The fit stopped at a gradient of \(maximumGradient) a row because no step improved "
        + "it; scale the features or use a stronger penalty."
    case .separated:
      return "Some features separate won from lost leads without error, so unpenalised "
        + "coefficients have no finite optimum; use a penalty or Firth's method."
    }
  }

  /// The covariance of two coefficients, by index in the layout's order; the intercept is
  /// `layout.coefficientCount`.
  /// - Throws: `LogisticError.noCovariance` where standard errors were not asked for.
  public func covariance(_ first: Int, _ second: Int) throws -> Double {
    guard let covarianceMatrix else { throw LogisticError.noCovariance }
    return covarianceMatrix[first, second]
  }

  /// The standard error of the intercept; `nil` where not asked for.
  public var interceptStandardError: Double? {
    guard let covarianceMatrix else { return nil }
    let last = covarianceMatrix.order - 1
    return covarianceMatrix[last, last].squareRoot()
  }
}
