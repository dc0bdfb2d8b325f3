import Metrics

extension CalibrationFigures {
  /// Judges probabilities against outcomes.
  ///
  /// Intervals of line and bins are those of their methods; those of curve, index and Brier parts come from
  /// resampling the leads, or accounts, with Poisson weights (`FigureBootstrap`).
  ///
  /// - Parameters:
  ///   - labels: 1 won, 0 lost.
  ///   - probabilities: 0 to 1, one a label, of models that had not seen the leads.
  ///   - weights: how many times each lead counts; `nil` is once.
  ///   - accounts: a code a lead, from 0; −1 for a lead of its own. `nil` where leads are independent.
  /// - Returns: `nil` unless there are both won and lost leads.
  public init?(
    labels: [UInt8], probabilities: [Double], weights: [Double]? = nil,
    accounts: [Int32]? = nil, level: Double = 0.95, seed: UInt64 = 0
  ) {
    let ranking = Ranking(labels: labels, scores: probabilities, weights: weights)
    guard let line = ranking.calibrationLine(level: level),
      let curve = ranking.calibrationCurve(),
      let brier = brierDecomposition(
        labels: labels, probabilities: probabilities, weights: weights),
      let bootstrap = FigureBootstrap(
        labels: labels, probabilities: probabilities, weights: weights, accounts: accounts,
        level: level, seed: seed)
    else { return nil }
    self.init(
      bins: ranking.reliabilityTable(level: level), curve: bootstrap.curve(through: curve),
      line: line, ici: bootstrap.figure(curve.ici, \.ici), brier: brier,
      reliability: bootstrap.figure(brier.reliability, \.reliability),
      resolution: bootstrap.figure(brier.resolution, \.resolution))
  }
}
