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
  /// A seniority or department that no title is read as.
  case unknownWord(YAMLPlace, kind: String, name: String, nearest: String?, known: [String])
  /// A rule that neither a condition nor an activity decides.
  case nothingAsked(YAMLPlace, rule: String)
  /// A key of counted activities beside `no_event_within`.
  case notWithSilence(YAMLPlace, key: String)
  /// A key of rules about activities in a rule that names none.
  case needsEvent(YAMLPlace, key: String)
  /// A key that asks for an activity to fade or to count, in a rule about a state.
  case needsOccurrence(YAMLPlace, key: String)
  case windowReversed(YAMLPlace)
  case shareWithoutBound(YAMLPlace)
  /// A decay with neither or both of its forms.
  case decayNotOne(YAMLPlace)
  /// A column that activities do not have.
  case unknownEventColumn(YAMLPlace, column: String, nearest: String?, known: [String])
  /// A type of activity is asked for, and activities have none.
  case eventsWithoutTypes(YAMLPlace)
  /// Rules about activities, and no activities.
  case noEvents(YAMLPlace)
  /// A step for a stage that there is not.
  case unknownStage(YAMLPlace, name: String, nearest: String?, known: [String])
  /// Stages of which nobody says what comes next.
  case stageWithoutStep(YAMLPlace, stage: String)
  /// Points that can't be changed where they stand: written by an alias, or over several lines.
  case pointsNotTheirOwn(YAMLPlace, rule: String)
  /// Groups to which none can be added, being written in brackets.
  case groupsInBrackets(YAMLPlace)
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
      "\(place): a condition is one of `field`, `any`, `all`, `not`, `profile`, `event` and "
        + "`no_event_within`; found "
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
    case .unknownWord(let place, let kind, let name, let nearest, let known):
      "\(place): '\(name)' is no \(kind)"
        + Self.nearestOrKnown(nearest, known, "Choose from")
    case .nothingAsked(let place, let rule):
      "\(place): rule '\(rule)' does not say when it counts. Add `when`, `event` or "
        + "`no_event_within`."
    case .notWithSilence(let place, let key):
      "\(place): `\(key)` has no meaning beside `no_event_within`, which says that there is no "
        + "such activity. Take one of them out."
    case .needsEvent(let place, let key):
      "\(place): `\(key)` needs an `event` in the same rule. Add the type of activity, or \"*\" for "
        + "whatever the lead does."
    case .needsOccurrence(let place, let key):
      "\(place): `\(key)` needs activities to count, and this rule may hold without any (`rate`, "
        + "`no_event_within`, or `times` from 0). Take one of them out."
    case .windowReversed(let place):
      "\(place): two lengths of time say from how long ago to how long ago: the shorter first, as in "
        + "[30d, 60d]."
    case .shareWithoutBound(let place):
      "\(place): a rate needs a bound, as in {of: email_sent, at_least: 50%}."
    case .decayNotOne(let place):
      "\(place): a decay is either {half_life: 30d} or {every: 7d, percent: 10, shape: linear} "
        + "(or compound)."
    case .unknownEventColumn(let place, let column, let nearest, let known):
      "\(place): activities have no column '\(column)'"
        + Self.nearestOrKnown(
          nearest, known, "Name it under `attributes` or `value` of `activities`; there are")
    case .eventsWithoutTypes(let place):
      "\(place): the activities have no types. Name their column (`type:` under `activities`), or "
        + "ask for \"*\" with `where`."
    case .noEvents(let place):
      "\(place): the rules ask what leads did, and there are no activities. Add `activities:` to the "
        + "project file and score with `--project`, or take these rules out."
    case .unknownStage(let place, let name, let nearest, let known):
      "\(place): there is no stage '\(name)'" + Self.nearestOrKnown(nearest, known, "There are")
    case .stageWithoutStep(let place, let stage):
      "\(place): nothing is said of stage '\(stage)'. Add `\(stage): …`, the next step."
    case .pointsNotTheirOwn(let place, let rule):
      "\(place): the points of '\(rule)' are shared with another rule (`&`, `*` or `<<`) or can't be "
        + "changed where they stand. Write them into the rule itself, as in points: 5."
    case .groupsInBrackets(let place):
      "\(place): a group can be added where `groups:` has one a line, each beginning with a dash. Write "
        + "them so, or ask for no suggested rules."
    }
  }
  private static func nearestOrKnown(_ nearest: String?, _ known: [String], _ words: String)
    -> String
  {
    if let nearest { return "; did you mean '\(nearest)'?" }
    return known.isEmpty ? "." : ". \(words) \(known.joined(separator: ", "))."
  }
}
