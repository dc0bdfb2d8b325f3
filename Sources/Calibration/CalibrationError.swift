/// What keeps a calibration or an interval from being fitted.
public enum CalibrationError: Error, Equatable, CustomStringConvertible {
  /// A raw prediction is not a finite number.
  case notFinite(row: Int)
  /// A weight is negative or not finite.
  case invalidWeight(row: Int, value: Double)
  /// There are no leads, or none with weight.
  case noLeads
  /// All leads have one outcome.
  case oneClass(won: Bool, leads: Int)
  /// Newton's method came to no end.
  case notConverged(what: String, steps: Int)
  /// An option is out of its range.
  case invalidOption(name: String, value: Double, expected: String)

  public var description: String {
    switch self {
    case .notFinite(let row):
      "The raw prediction of row \(row + 1) is not a finite number. The model that made it can't be "
        + "calibrated; fit it again with a stronger penalty."
    case .invalidWeight(let row, let value):
      "Row \(row + 1) has the weight \(value); weights are finite and not negative."
    case .noLeads:
      "There are no leads with weight to calibrate on."
    case .oneClass(let won, let leads):
      "All \(leads) leads are \(won ? "won" : "lost"): an interval needs both won and lost leads. "
        + "Check the outcome column and its values."
    case .notConverged(let what, let steps):
      "\(what) did not converge in \(steps) steps. Look for raw predictions far beyond all others."
    case .invalidOption(let name, let value, let expected):
      "The calibration option \(name) is \(value); expected \(expected)."
    }
  }
}
