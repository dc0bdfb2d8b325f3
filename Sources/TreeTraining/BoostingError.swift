/// Why trees could not be grown.
public enum BoostingError: Error, Equatable, CustomStringConvertible {
  /// An option lies outside its range.
  case badOption(name: String, found: String, expected: String)
  /// There are no training rows, or none that weigh anything.
  case noRows
  /// There are no features.
  case noFeatures
  /// Labels must be 0 or 1.
  case badLabel(row: Int, found: UInt8)
  /// Weights must be finite and not negative.
  case badWeight(row: Int, found: Double)
  /// All rows that weigh anything have the same outcome, and no base raw prediction was given.
  case oneOutcome(label: UInt8)
  /// The validation rows don't have the features that the training rows have.
  case otherFeatures(training: Int, validation: Int)
  /// A base raw prediction must be finite.
  case badBase(found: Double)

  public var description: String {
    switch self {
    case .badOption(let name, let found, let expected):
      "The boosting option \(name) is \(found); it must be \(expected)."
    case .noRows:
      "There are no rows to grow trees on: give at least one row with a weight above zero."
    case .noFeatures:
      "There are no features to grow trees on: every column was left out."
    case .badLabel(let row, let found):
      "Training row \(row) has the label \(found); a label is 0 or 1."
    case .badWeight(let row, let found):
      "Training row \(row) has the weight \(found); a weight is a finite number, 0 or more."
    case .oneOutcome(let label):
      "All rows have the outcome \(label): there is nothing to tell apart. Give rows of both outcomes."
    case .otherFeatures(let training, let validation):
      "The validation rows were binned into \(validation) features unlike the training rows' "
        + "\(training): bin both with one pipeline."
    case .badBase(let found):
      "The base raw prediction is \(found); it must be a finite number of log-odds."
    }
  }
}
