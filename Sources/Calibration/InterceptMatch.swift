import Metrics

/// What has to be added to all log-odds so that as many conversions are expected as there were.
public enum InterceptMatch {
  /// The maximum of the likelihood, with a standard error from its curvature.
  ///
  /// - Parameters:
  ///   - logOdds: finite, one a lead.
  ///   - labels: 1 won, 0 lost.
  ///   - weights: how many times each lead counts; `nil` is once.
  /// - Throws: `CalibrationError`, `.oneClass` included: no finite number makes all or none convert.
  public static func estimate(
    logOdds: [Double], labels: [UInt8], weights: [Double]? = nil, level: Double = 0.95
  ) throws -> Estimate {
    try estimate(
      ScoreGroups(rawPredictions: logOdds, labels: labels, weights: weights), level: level)
  }

  static func estimate(_ groups: ScoreGroups, level: Double = 0.95) throws -> Estimate {
    guard groups.rarerClass > 0 else {
      throw CalibrationError.oneClass(won: groups.totalWon > 0, leads: Int(groups.totalLeads))
    }
    return try estimate(
      logOdds: groups.raw, leads: groups.leads, won: groups.won, level: level)
  }

  /// - Parameters: one value a group of leads; some won, some lost.
  static func estimate(
    logOdds: [Double], leads: [Double], won: [Double], level: Double = 0.95
  ) throws -> Estimate {
    let minimum = try PenalisedLogit(
      columnCount: 1, design: [Double](repeating: 1, count: leads.count), offsets: logOdds,
      leads: leads, won: won, priors: [], name: "The intercept of the calibration"
    ).minimum(from: [0])
    let error = (1 / minimum.hessian[0]).squareRoot()
    return Estimate(
      value: minimum.coefficients[0], standardError: error,
      interval: .normal(around: minimum.coefficients[0], standardError: error, level: level))
  }
}
