import YAMLDocuments

/// What is wrong with what a project file or its flags say.
public enum ProjectError: Error, Equatable {
  case valueNotKnown(YAMLPlace, key: String, found: String, nearest: String?, known: [String])
  case wonAndLost(YAMLPlace, value: String)
  case columnTwice(YAMLPlace, column: String, first: String, second: String)
  case rulesTwice(YAMLPlace)
  case numberOutOfRange(YAMLPlace, key: String, expected: String, found: String)
  /// Two keys of which only one may stand.
  case twoPlaces(YAMLPlace, first: String, second: String)
  case keyOfAnotherPlace(YAMLPlace, key: String, place: String)
  /// A database without a table or a query.
  case noSelection(YAMLPlace)
  case eventWithoutActivities(YAMLPlace)
  /// An outcome in a column, where the target is about what customers do.
  case outcomeOfTarget(YAMLPlace, target: String)
  /// Leads as of a decision need the time at which each came in, and one id.
  case noCreated(YAMLPlace, key: String)
  case notOneId(YAMLPlace, key: String, found: Int)
  /// `--target` without a column or a value.
  case badTarget(String)
  case badFlag(flag: String, found: String, expected: String)
}

extension ProjectError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .badFlag(let flag, let found, let expected):
      "\(flag) is '\(found)'; expected \(expected)."
    case .valueNotKnown(let place, let key, let found, let nearest, let known):
      "\(place): '\(found)' is no `\(key)`"
        + (nearest.map { "; did you mean '\($0)'?" } ?? ". Known: \(known.joined(separator: ", ")).")
    case .wonAndLost(let place, let value):
      "\(place): the value '\(value)' stands under both `won` and `lost`. Keep one."
    case .columnTwice(let place, let column, let first, let second):
      "\(place): column '\(column)' is both `\(first)` and `\(second)`. Give each its own column."
    case .rulesTwice(let place):
      "\(place): `rules` and `rule_score` are two sources of one score. Keep one."
    case .numberOutOfRange(let place, let key, let expected, let found):
      "\(place): `\(key)` must be \(expected); found \(found)."
    case .twoPlaces(let place, let first, let second):
      "\(place): `\(second)` cannot stand beside `\(first)`. Keep one."
    case .keyOfAnotherPlace(let place, let key, let source):
      "\(place): `\(key)` has no meaning for `\(source)`. Remove it."
    case .noSelection(let place):
      "\(place): a database needs `table: leads`, or `query: leads.sql`, a file with one SELECT."
    case .eventWithoutActivities(let place):
      "\(place): an outcome that is an `event` is found among activities. Add `activities`."
    case .outcomeOfTarget(let place, let target):
      "\(place): the target \(target) asks what customers do, which activities tell and no column of the "
        + "leads. Name its event with `outcome: {event: …}`, leave `outcome` out to have it found, or "
        + "leave out `target`."
    case .noCreated(let place, let key):
      "\(place): with `\(key)`, leads are looked at as of an age, so `created` must name the date "
        + "column that says when each came in."
    case .notOneId(let place, let key, let found):
      "\(place): with `\(key)`, `id` must name the one column that other tables know a lead by; "
        + (found == 0 ? "none is given." : "\(found) are given.")
    case .badTarget(let text):
      "--target \(text): write the outcome column and the values that mean won, "
        + "as in `--target y=yes`."
    }
  }
}
