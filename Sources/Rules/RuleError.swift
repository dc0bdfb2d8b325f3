import YAMLDocuments

/// What is wrong with what a rule file says; `YAMLError` says what is wrong with how it is written.
public enum RuleError: Error, Equatable {
  /// A rule asks about a column that the table does not have.
  case unknownField(YAMLPlace, field: String, nearest: String?)
  case unknownProfile(YAMLPlace, name: String, nearest: String?)
  /// Profiles that refer to one another in a ring.
  case profileRing(YAMLPlace, names: [String])
  case unknownCategory(YAMLPlace, name: String, nearest: String?)
  /// A name of a group, or of a rule within its group, that stands twice.
  case repeatedName(YAMLPlace, name: String, firstLine: Int)
  case capBelowFloor(YAMLPlace)
  case emptyScale(YAMLPlace)
  case rawNotPositive(YAMLPlace)
  /// Two grades with one lower bound, or two stages with one threshold.
  case sameBound(YAMLPlace, name: String, other: String)
  case conditionNotOne(YAMLPlace, found: [String])
  case noTest(YAMLPlace, field: String)
  case rangeReversed(YAMLPlace)
  case badPattern(YAMLPlace, pattern: String)
  /// A test that the column's type does not have.
  case unsuitableTest(YAMLPlace, test: String, field: String, type: String)
  /// A value that the column's type cannot have.
  case badValue(YAMLPlace, field: String, expected: String, found: String)
  case nothingGiven(YAMLPlace, rule: String)
  case tooManyGrades(YAMLPlace, limit: Int)
}

extension RuleError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownField(let place, let field, let nearest):
      "\(place): there is no column '\(field)' in the table"
        + (nearest.map { "; did you mean '\($0)'?" } ?? ". Check the name in the header.")
    case .unknownProfile(let place, let name, let nearest):
      "\(place): there is no profile '\(name)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? ". Define it under `profiles:`.")
    case .profileRing(let place, let names):
      "\(place): the profiles \(names.joined(separator: " → ")) refer to one another in a ring. "
        + "Take one reference out."
    case .unknownCategory(let place, let name, let nearest):
      "\(place): no group has category '\(name)'"
        + (nearest.map { "; did you mean '\($0)'?" } ?? ". Remove it or give it to a group.")
    case .repeatedName(let place, let name, let firstLine):
      "\(place): the name '\(name)' is already taken on line \(firstLine). Give another."
    case .capBelowFloor(let place):
      "\(place): the cap is lower than the floor. Swap or correct them."
    case .emptyScale(let place):
      "\(place): `to` must be greater than `from`."
    case .rawNotPositive(let place):
      "\(place): `raw`, the raw points that mean the top of the scale, must be above 0."
    case .sameBound(let place, let name, let other):
      "\(place): '\(name)' starts where '\(other)' does, so that one of them is never given. "
        + "Change one bound."
    case .conditionNotOne(let place, let found):
      "\(place): a condition is one of `field`, `any`, `all`, `not` and `profile`; found "
        + (found.isEmpty ? "none of them." : "\(found.joined(separator: " and ")) together. ")
        + (found.isEmpty ? "" : "Combine them with `all: [...]` or `any: [...]`.")
    case .noTest(let place, let field):
      "\(place): the condition on '\(field)' has no test. Add one of "
        + "\(FieldTest.keys.joined(separator: ", "))."
    case .rangeReversed(let place):
      "\(place): `between` needs the lower value first."
    case .badPattern(let place, let pattern):
      "\(place): '\(pattern)' is not a regular expression that can be read."
    case .unsuitableTest(let place, let test, let field, let type):
      "\(place): `\(test)` cannot be asked of '\(field)', which is a \(type) column. "
        + "Use another test, or give the column another type under `columns:` in the project file."
    case .badValue(let place, let field, let expected, let found):
      "\(place): '\(field)' holds \(expected); '\(found)' is none."
    case .nothingGiven(let place, let rule):
      "\(place): rule '\(rule)' gives nothing. Add `points: …` or `disqualifies: true`."
    case .tooManyGrades(let place, let limit):
      "\(place): the grades combine in more than \(limit) ways. Grade fewer categories."
    }
  }
}
