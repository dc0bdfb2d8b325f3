/// Why there are no reasons.
public enum ExplanationError: Error, Equatable, CustomStringConvertible {
  /// A logistic regression of a file that does not hold the means of its features.
  case noFeatureMeans
  /// Trees that do not say how many training leads reached their nodes; `tree` counts from 1.
  case noNodeWeights(tree: Int)

  public var description: String {
    switch self {
    case .noFeatureMeans:
      "The model was written by an earlier version and does not hold the averages that reasons are told "
        + "against; fit it again to have reasons."
    case .noNodeWeights(let tree):
      "Tree \(tree) of the model does not say how many leads reached its nodes, which reasons are made "
        + "of; fit the model again to have reasons."
    }
  }
}
