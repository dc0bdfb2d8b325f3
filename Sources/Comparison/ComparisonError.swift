import Metrics
import YAMLDocuments

/// Why rules and model could not be compared. Rows are numbered from 1 in the order given.
public enum ComparisonError: Error, Equatable, CustomStringConvertible {
  case noLeads
  case countsDiffer(labels: Int, probabilities: Int, ruleScores: Int)
  case weightCount(expected: Int, found: Int)
  case probability(row: Int, found: Double)
  case ruleScore(row: Int)
  case weight(row: Int, found: Double)
  case share(found: Double)
  case capacity(leads: Double, outOf: Double?)
  case unknownColumn(flag: String, name: String, available: [String])
  /// No activity is of a type.
  case unknownEvent(name: String, available: [String])
  /// The leads come with no activities.
  case noEvents
  case notNumbers(column: String)
  case noSegments(column: String)

  public var description: String {
    switch self {
    case .noLeads:
      "There are no won or lost leads to compare rules and model on. Give leads whose outcome is "
        + "known."
    case .countsDiffer(let labels, let probabilities, let ruleScores):
      "Each lead needs an outcome, a probability and a rule score, but there are \(labels) outcomes, "
        + "\(probabilities) probabilities and \(ruleScores) rule scores."
    case .weightCount(let expected, let found):
      "Each lead needs a weight, but there are \(found) weights for \(expected) leads."
    case .probability(let row, let found):
      "Lead \(row) has a probability of \(found), which is not between 0 and 1."
    case .ruleScore(let row):
      "Lead \(row) has no rule score. Leave such leads out, or give them the points that no rule "
        + "gives."
    case .weight(let row, let found):
      "Lead \(row) has a weight of \(found), but a weight must be a number from 0."
    case .share(let found):
      "The top of the list must be a share above 0 and at most 1, but \(found) was asked for: write "
        + "0.2 or 20% for a fifth."
    case .capacity(let leads, let outOf):
      "The capacity must be a number of leads above 0"
        + (outOf == nil ? "" : " and at most the leads that come in")
        + ", but it is \(NumberText.plain(leads))"
        + (outOf.map { " of \(NumberText.plain($0))" } ?? "")
        + ": write 50 for fifty of the leads compared, or 50/400 for fifty of every four hundred."
    case .unknownColumn(let flag, let name, let available):
      "\(flag): there is no column “\(name)”"
        + (nearestName(to: name, among: available).map { "; did you mean “\($0)”?" }
          ?? " in the leads.")
    case .unknownEvent(let name, let available):
      "--contacted: no activity is of the type “\(name)”"
        + (nearestName(to: name, among: available).map { "; did you mean “\($0)”?" }
          ?? ". There are: \(available.joined(separator: ", ")).")
    case .noEvents:
      "--contacted: these leads come with no activities. Name the project that has them with "
        + "--project, or give a column that says who was contacted."
    case .notNumbers(let column):
      "--value: the column “\(column)” does not hold numbers. Give one that says what each lead is "
        + "worth, or an amount for all of them."
    case .noSegments(let column):
      "--segment: the column “\(column)” has too many values to part the leads by. Give one with a "
        + "few, such as the source or the country."
    }
  }
}
