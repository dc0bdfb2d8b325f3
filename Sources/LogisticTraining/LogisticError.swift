/// What keeps a logistic regression from being fitted.
public enum LogisticError: Error, Equatable, CustomStringConvertible {
  /// An option is out of its range.
  case invalidOption(name: String, value: Double, expected: String)
  /// Labels or weights are not one a row.
  case countMismatch(what: String, expected: Int, found: Int)
  /// A label is neither 0 nor 1.
  case invalidLabel(row: Int, value: UInt8)
  /// A weight is negative or not finite.
  case invalidWeight(row: Int, value: Double)
  /// Every row with weight has the same label.
  case oneClass(label: UInt8, rows: Int)
  /// There are no rows, or none with weight.
  case noRows
  /// A number feature holds a value that is not finite.
  case notFinite(feature: String, row: Int)
  /// A code is above its group's number of levels.
  case invalidCode(group: String, row: Int, code: Int, levels: Int)
  /// The model to start from has another layout.
  case startMismatch(expected: Int, found: Int)
  /// Standard errors were not asked for.
  case noCovariance

  public var description: String {
    switch self {
    case .invalidOption(let name, let value, let expected):
      return "The logistic option \(name) is \(value); expected \(expected)."
    case .countMismatch(let what, let expected, let found):
      return "There are \(found) \(what) for \(expected) rows; give one a row."
    case .invalidLabel(let row, let value):
      return "Row \(row + 1) has the label \(value); labels are 0 (lost) or 1 (won)."
    case .invalidWeight(let row, let value):
      return "Row \(row + 1) has the weight \(value); weights are finite and not negative."
    case .oneClass(let label, let rows):
      let which = label == 0 ? "lost" : "won"
      return "All \(rows) leads are \(which): a model needs both won and lost leads. Check the "
        + "outcome column and its values."
    case .noRows:
      return "There are no rows with weight to fit to."
    case .notFinite(let feature, let row):
      return "The feature \(feature) is not a finite number in row \(row + 1). Impute missing "
        + "values before fitting."
    case .invalidCode(let group, let row, let code, let levels):
      return "Row \(row + 1) has code \(code) in \(group), which has \(levels) levels."
    case .startMismatch(let expected, let found):
      return "The model to start from has \(found) coefficients where the features have "
        + "\(expected)."
    case .noCovariance:
      return "Standard errors were not computed: set wantsStandardErrors before fitting."
    }
  }
}
