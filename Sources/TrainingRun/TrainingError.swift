import Metrics
import Reports
import Tables

public enum TrainingError: Error, Equatable, CustomStringConvertible {
  case noLeads
  case noOutcome
  /// Examples are asked for where leads are one table as it stands.
  case noHistory
  case invalidOption(name: String, value: String, expected: String)
  case outcomeColumnMissing(name: String, nearest: String?, columns: [String])
  case roleColumnMissing(role: String, name: String, nearest: String?, columns: [String])
  case columnInTwoRoles(column: String, role: String, other: String)
  case keptColumnIsNoFeature(column: String, reason: String)
  case outcomeHasOneValue(column: String, value: String)
  case outcomeValuesUnclear(column: String, counts: [ValueCount])
  case outcomeValueNeverSeen(column: String, value: String, counts: [ValueCount])
  case outcomeValueTwice(column: String, value: String)
  case tooFewConversions(won: Int, lost: Int, needed: Int)
  case tooFewLeftToTrain(won: Int, lost: Int, needed: Int)
  case foldWithoutBothOutcomes
  case negativeWeight(column: String, row: Int)
  case weightTooLarge(column: String, row: Int, weight: Double, most: Double)
  case weightNotANumber(column: String)
  case ruleScoreNotANumber(column: String)
  case notADate(column: String, found: String)
  case separated
  case notConverged(gradient: Double, iterations: Int)
  case sameFile(flag: String, path: String, other: String)
  case heldOutFileWithoutHoldOut
  /// A version that is to be compared with predicts something else.
  case otherOutcome(version: String, theirs: String, ours: String, available: [String])
  /// It reads columns that the leads lack, or have in another type.
  case pastColumnsMissing(version: String, columns: [String], available: [String])
  case pastColumnType(
    version: String, column: String, theirs: ColumnType, ours: ColumnType, available: [String])

  /// A column that `monotone` or `interactions` names is not in the data.
  case limitedColumnMissing(place: String, name: String, nearest: String?, columns: [String])
  case monotoneNotANumber(place: String, column: String, found: String)

  /// A value of the outcome column and how many leads have it.
  public struct ValueCount: Sendable, Equatable {
    public let value: String
    public let count: Int

    public init(value: String, count: Int) {
      self.value = value
      self.count = count
    }
  }

  public var description: String {
    switch self {
    case .noLeads:
      return
        "no leads are given: name the file with --data leads.csv, or as leads: {csv: leads.csv} "
        + "in kelvin.yaml; “kelvin-train init leads.csv” writes one"
    case .noHistory:
      return
        "the project has leads as they stand, which are their own examples: name activities, changes, "
        + "dated exports, decision ages, or an outcome with a date and a horizon (`within`)"
    case .invalidOption(let name, let value, let expected):
      return "\(name) is \(value); expected \(expected)"
    case .noOutcome:
      return
        "no outcome is given: say which column tells won from lost, as in --target y=yes, or as "
        + "outcome: {column: y, won: [\"yes\"]} in kelvin.yaml; “kelvin-train init” proposes one. "
        + "With --data, a project file is read only where --project names it"
    case .outcomeColumnMissing(let name, let nearest, let columns):
      let hint = nearest.map { "; did you mean “\($0)”?" } ?? "."
      return "the outcome column “\(name)” is not in the data\(hint) Its columns: "
        + columns.map { "“\($0)”" }.joined(separator: ", ")
    case .roleColumnMissing(let role, let name, let nearest, let columns):
      let hint = nearest.map { "; did you mean “\($0)”?" } ?? "."
      return "the \(role) column “\(name)” is not in the data\(hint) Its columns: "
        + columns.map { "“\($0)”" }.joined(separator: ", ")
    case .columnInTwoRoles(let column, let role, let other):
      return
        "the column “\(column)” is both the \(role) and the \(other): name another for one of them"
    case .keptColumnIsNoFeature(let column, let reason):
      return
        "the column “\(column)” is to be kept (--keep-column), but it can't be learned from: \(reason)"
    case .outcomeHasOneValue(let column, let value):
      return
        "every lead has “\(value)” in the outcome column “\(column)”: there is nothing to learn "
        + "without both won and lost leads"
    case .outcomeValuesUnclear(let column, let counts):
      return
        "the outcome column “\(column)” has \(counts.count) values, and which of them mean lost "
        + "is not said: \(Self.list(counts)). Name the won and the lost ones (--target "
        + "\(column)=VALUE --lost VALUE, or outcome: {column, won, lost}); the rest count as open"
    case .outcomeValueNeverSeen(let column, let value, let counts):
      return "no lead has “\(value)” in the outcome column “\(column)”. It holds "
        + Self.list(counts)
    case .outcomeValueTwice(let column, let value):
      return "“\(value)” is given as both won and lost in the outcome column “\(column)”"
    case .tooFewConversions(let won, let lost, let needed):
      return
        "\(NumberText.count(won)) won and \(NumberText.count(lost)) lost leads are too few to learn "
        + "from: at least \(needed) of each are needed for a hint beside your rules, and 40 for a model. "
        + "\(NumberText.count(max(needed - min(won, lost), 0))) more \(won <= lost ? "won" : "lost") "
        + "leads are missing: add older ones, and go on by your rules until then"
    case .tooFewLeftToTrain(let won, let lost, let needed):
      return
        "the hold-out leaves \(NumberText.count(won)) won and \(NumberText.count(lost)) lost leads to "
        + "learn from, and at least "
        + "\(needed) of each are needed: fit without one (--hold-out 0%); the folds judge the model "
        + "on every lead anyway"
    case .foldWithoutBothOutcomes:
      return
        "a validation part has only won or only lost leads: use fewer folds (--folds), or drop "
        + "created: where all of one kind closed in one period"
    case .negativeWeight(let column, let row):
      return
        "the weight column “\(column)” is negative or missing in lead \(row): frequency weights "
        + "say how often a lead counts, and are 0 or more"
    case .weightTooLarge(let column, let row, let weight, let most):
      return
        "the weight column “\(column)” is \(weight) in lead \(row): frequency weights say how often a "
        + "lead counts, and are at most \(NumberText.fixed(most, 0)). Divide the column by one number"
    case .weightNotANumber(let column):
      return "the weight column “\(column)” does not hold numbers"
    case .ruleScoreNotANumber(let column):
      return "the rule score column “\(column)” does not hold numbers"
    case .notADate(let column, let found):
      return
        "the column “\(column)”, given as the date of creation, was read as a \(found): give its "
        + "date order under columns: {\(column): {type: date, dates: day-first}}"
    case .separated:
      return "won and lost leads can be told apart perfectly, so an unpenalised fit has no finite "
        + "answer: use --penalty auto or --penalty firth, and look for a column that was filled in "
        + "after the outcome"
    case .notConverged(let gradient, let iterations):
      return
        "the fit did not converge: after \(iterations) steps the gradient is still \(gradient) "
        + "a lead; a stronger --penalty helps"
    case .limitedColumnMissing(let place, let name, let nearest, let columns):
      let hint = nearest.map { "; did you mean “\($0)”?" } ?? "."
      return "\(place): the column “\(name)” is not in the data\(hint) Its columns: "
        + columns.map { "“\($0)”" }.joined(separator: ", ")
    case .monotoneNotANumber(let place, let column, let found):
      return
        "\(place): “\(column)” was read as a \(found), and `monotone` is for numbers. Take it away, or "
        + "say that the column is a number: {type: number, monotone: …}"
    case .sameFile(let flag, let path, let other):
      return "\(flag) \(path) would overwrite \(other); choose another name"
    case .otherOutcome(let version, let theirs, let ours, let available):
      return
        "\(version) predicts something else (\(theirs)) than this fit (\(ours)): --explain-change compares "
        + "versions that predict the same. There are \(available.joined(separator: ", "))"
    case .pastColumnsMissing(let version, let columns, let available):
      let names = columns.map { "“\($0)”" }.joined(separator: ", ")
      return
        "\(version) needs columns that the data no longer has: \(names). --explain-change scores the leads "
        + "by both versions: put them back, or name another of \(available.joined(separator: ", "))"
    case .pastColumnType(let version, let column, let theirs, let ours, let available):
      return
        "\(version) reads “\(column)” as a \(theirs.rawValue), and it is a \(ours.rawValue) in this data: say "
        + "columns: {\(column): \(theirs.rawValue)} to compare with it, or name another of "
        + available.joined(separator: ", ")
    case .heldOutFileWithoutHoldOut:
      return "--hold-out-file needs leads to write: say how many with --hold-out 25%"
    }
  }

  private static func list(_ counts: [ValueCount]) -> String {
    let shown = counts.prefix(12).map { "“\($0.value)” (\($0.count))" }.joined(separator: ", ")
    return counts.count > 12 ? "\(shown) and \(counts.count - 12) more" : shown
  }
}
