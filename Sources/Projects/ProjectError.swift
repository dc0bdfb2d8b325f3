import YAMLDocuments

/// What is wrong with what a project file or its flags say.
public enum ProjectError: Error, Equatable {
  case valueNotKnown(YAMLPlace, key: String, found: String, nearest: String?, known: [String])
  case wonAndLost(YAMLPlace, value: String)
  case columnTwice(YAMLPlace, column: String, first: String, second: String)
  case rulesTwice(YAMLPlace)
  case numberOutOfRange(YAMLPlace, key: String, expected: String, found: String)
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
    case .badTarget(let text):
      "--target \(text): write the outcome column and the values that mean won, "
        + "as in `--target y=yes`."
    }
  }
}
