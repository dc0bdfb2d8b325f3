import Models

/// What each column gives to the log-odds of some leads.
///
/// A lead's contributions add up to its log-odds less the baseline.
public struct Explanations: Sendable, Equatable {
  /// The source columns of the model's features.
  public let columns: [String]
  /// The log-odds that contributions are told against.
  public let baseline: Double
  public let rowCount: Int
  /// Rows × columns, row-major, in log-odds.
  public let contributions: [Double]

  public init(columns: [String], baseline: Double, rowCount: Int, contributions: [Double]) {
    precondition(contributions.count == rowCount * columns.count, "one value a row and column")
    self.columns = columns
    self.baseline = baseline
    self.rowCount = rowCount
    self.contributions = contributions
  }

  /// One lead's contributions, in the order of `columns`.
  public func contributions(row: Int) -> ArraySlice<Double> {
    contributions[row * columns.count..<(row + 1) * columns.count]
  }
}

extension Explanations {
  /// The contributions to the calibrated log-odds: a lead's are all multiplied by the same factor, so
  /// that they add up to its calibrated log-odds less those of the baseline.
  public func calibrated(by calibrator: Calibrator) -> Explanations {
    guard !calibrator.isIdentity else { return self }
    let calibratedBaseline = calibrator.logOdds(ofRawPrediction: baseline)
    var calibrated = contributions
    for row in 0..<rowCount {
      let places = row * columns.count..<(row + 1) * columns.count
      let sum = contributions[places].reduce(0, +)
      // The map is smooth: on the average lead itself any factor will do.
      guard abs(sum) > 1e-9 else { continue }
      let factor =
        (calibrator.logOdds(ofRawPrediction: baseline + sum) - calibratedBaseline) / sum
      for place in places { calibrated[place] *= factor }
    }
    return Explanations(
      columns: columns, baseline: calibratedBaseline, rowCount: rowCount, contributions: calibrated)
  }
}
