/// The measures of a set of probabilities against what happened.
public struct ProbabilityFigures: Codable, Sendable, Equatable {
  /// Leads, weights counted.
  public let leads: Double
  public let conversions: Double
  public let baseRate: Double
  /// The mean of the probabilities; near the base rate in a calibrated model.
  public let meanProbability: Double
  /// The figures below that compare won with lost are `nil` where one class is missing.
  public let auc: AUCEstimate?
  public let averagePrecision: Double?
  public let logLoss: Double
  /// The log loss of giving every lead the base rate: what a model has to beat.
  public let baseRateLogLoss: Double
  public let brier: BrierDecomposition
  public let calibration: CalibrationLine?
  /// The integrated calibration index.
  public let ici: Double?
  /// Conversions among the best-scored 10% and 20% of leads, unless other shares were asked for.
  public let topShares: [TopShare]

  /// - Parameters:
  ///   - labels: 1 won, 0 lost.
  ///   - probabilities: 0 to 1, never NaN.
  ///   - weights: how many times each row counts.
  ///   - shares: of leads taken from the top, each above 0 and at most 1.
  /// - Returns: `nil` without leads.
  public init?(
    labels: [UInt8], probabilities: [Double], weights: [Double]? = nil,
    shares: [Double] = [0.1, 0.2], level: Double = 0.95
  ) {
    let ranking = Ranking(labels: labels, scores: probabilities, weights: weights)
    guard
      let baseRate = ranking.baseRate,
      let loss = Metrics.logLoss(labels: labels, probabilities: probabilities, weights: weights),
      let baseLoss = Metrics.logLoss(
        labels: [1, 0], probabilities: [baseRate, baseRate],
        weights: [ranking.won, ranking.lost]),
      let score = brierScore(labels: labels, probabilities: probabilities, weights: weights),
      let brier = ranking.brierDecomposition(score: score, bins: 10)
    else { return nil }
    var mean = CompensatedSum()
    for tie in ranking.ties { mean.add(tie.leads * tie.score) }
    leads = ranking.leads
    conversions = ranking.won
    self.baseRate = baseRate
    meanProbability = mean.value / ranking.leads
    auc = ranking.auc(level: level)
    averagePrecision = ranking.averagePrecision
    logLoss = loss
    baseRateLogLoss = baseLoss
    self.brier = brier
    calibration = ranking.calibrationLine(level: level)
    ici = ranking.calibrationCurve()?.ici
    topShares = shares.compactMap { ranking.top(share: $0) }
  }
}
