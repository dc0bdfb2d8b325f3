import Metrics
import Models

/// A coefficient with its uncertainty.
public struct CoefficientEstimate: Sendable, Equatable {
  /// The column's name, or `intercept`.
  public let name: String
  /// The source column that it was made of; `nil` for the intercept.
  public let source: String?
  /// In log-odds.
  public let estimate: Double
  public let standardError: Double
  /// estimate / standard error, for an unpenalised fit; `nil` for a penalised one, where it would be
  /// no test.
  public let z: Double?
  /// The two-sided p-value of `z`.
  public let p: Double?
  /// The interval's ends, in log-odds.
  public let low: Double
  public let high: Double
  /// What the interval is: a sampling interval, or a posterior one, given the penalty.
  public let intervalKind: LogisticModel.IntervalKind
}

extension LogisticFit {
  /// The coefficients in the layout's order and then the intercept; aliased columns are left out.
  ///
  /// Intervals are estimate ± quantile × standard error (Wald).
  /// - Parameter level: of the intervals, between 0 and 1.
  /// - Throws: `LogisticError.noCovariance` where standard errors were not asked for;
  ///   `.invalidOption` for a level out of range.
  public func coefficientTable(level: Double = 0.95) throws -> [CoefficientEstimate] {
    try estimates(level: level).compactMap { $0 }
  }

  /// As `coefficientTable`, with `nil` in the places of aliased columns.
  func estimates(level: Double) throws -> [CoefficientEstimate?] {
    guard level > 0, level < 1 else {
      throw LogisticError.invalidOption(
        name: "level", value: level, expected: "a number between 0 and 1")
    }
    guard let covarianceMatrix else { throw LogisticError.noCovariance }
    let halfWidth = NormalDistribution.halfWidth(level: level)
    let layout = model.layout
    let names = layout.coefficientNames + ["intercept"]
    let sources: [String?] = layout.coefficientSources + [nil]
    let estimates = model.coefficients + [model.intercept]
    return estimates.indices.map { index in
      let variance = covarianceMatrix[index, index]
      guard variance > 0 else { return nil }
      let error = variance.squareRoot()
      let z = model.intervalKind == .confidence ? estimates[index] / error : nil
      return CoefficientEstimate(
        name: names[index], source: sources[index], estimate: estimates[index],
        standardError: error, z: z, p: z.map(NormalDistribution.twoSidedTail),
        low: estimates[index] - halfWidth * error, high: estimates[index] + halfWidth * error,
        intervalKind: model.intervalKind)
    }
  }
}
