/// Where in a file something stands.
public struct YAMLPlace: Sendable, Equatable {
  public let file: String
  /// From 1.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int
  /// The keys that lead there, such as `groups[0].rules[2].when`; empty at the top.
  public let path: String

  public init(file: String, line: Int, column: Int, path: String) {
    self.file = file
    self.line = line
    self.column = column
    self.path = path
  }
}

extension YAMLPlace: CustomStringConvertible {
  public var description: String {
    let position = "\(file), line \(line), column \(column)"
    return path.isEmpty ? position : "\(position) (\(path))"
  }
}

/// What is wrong with a YAML file.
public enum YAMLError: Error, Equatable {
  case notFound(file: String)
  case unreadable(file: String)
  case notUTF8(file: String)
  case empty(file: String)
  case tooLarge(file: String, bytes: Int, limit: Int)
  case tooManyNodes(file: String, limit: Int)
  case tooDeep(file: String, line: Int, limit: Int)
  case syntax(file: String, line: Int, column: Int, problem: String)
  case keyNotText(YAMLPlace)
  case duplicateKey(YAMLPlace, key: String, firstLine: Int)
  case unknownKey(YAMLPlace, key: String, nearest: String?, known: [String])
  case missingKey(YAMLPlace, key: String)
  case unexpected(YAMLPlace, expected: String, found: String)
}

extension YAMLError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFound(let file):
      "\(file): there is no such file. Check the path."
    case .unreadable(let file):
      "\(file) cannot be read. Is it a folder, or are permissions missing?"
    case .notUTF8(let file):
      "\(file) is not UTF-8 text. Save it as UTF-8."
    case .empty(let file):
      "\(file) is empty. It needs at least one key, written as `key: value`."
    case .tooLarge(let file, let bytes, let limit):
      "\(file) has \(bytes) bytes; at most \(limit) are read. Is it the right file?"
    case .tooManyNodes(let file, let limit):
      "\(file) holds more than \(limit) values once its aliases are filled in. "
        + "Use fewer aliases or shorter lists."
    case .tooDeep(let file, let line, let limit):
      "\(file), line \(line): nested more than \(limit) levels deep. Flatten it."
    case .syntax(let file, let line, let column, let problem):
      "\(file), line \(line), column \(column): not valid YAML: \(problem)."
    case .keyNotText(let place):
      "\(place): a key must be plain text, not a list, a mapping or an alias."
    case .duplicateKey(let place, let key, let firstLine):
      "\(place): key '\(key)' stands twice; it is first given on line \(firstLine). Keep one."
    case .unknownKey(let place, let key, let nearest, let known):
      if let nearest {
        "\(place): unknown key '\(key)'; did you mean '\(nearest)'?"
      } else {
        "\(place): unknown key '\(key)'. Known here: \(known.joined(separator: ", "))."
      }
    case .missingKey(let place, let key):
      "\(place): key '\(key)' is missing here. Add it."
    case .unexpected(let place, let expected, let found):
      "\(place): expected \(expected), found \(found)."
    }
  }
}
