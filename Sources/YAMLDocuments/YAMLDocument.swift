internal import Yams

/// Reads YAML text into nodes, with bounds on what it may hold.
///
/// Aliases are filled in and `<<` merges resolved here, so that what is read afterwards is a plain
/// tree. A document that would grow past the bounds by its aliases is refused while it is copied,
/// before it takes memory.
public enum YAMLDocument {
  /// The largest file that is read. Rule files with ten thousand values stay well below.
  public static let byteLimit = 1 << 20
  /// The most values after aliases are filled in: what a file of the largest size may hold.
  public static let nodeLimit = 250_000
  /// The deepest nesting; the deepest sensible condition has some ten levels.
  public static let depthLimit = 64

  /// The one document of a file.
  /// - Parameters:
  ///   - text: the contents of the file.
  ///   - fileName: how errors name the file.
  /// - Throws: `YAMLError`.
  public static func parse(_ text: String, fileName: String) throws -> YAMLNode {
    let bytes = text.utf8.count
    guard bytes <= byteLimit else {
      throw YAMLError.tooLarge(file: fileName, bytes: bytes, limit: byteLimit)
    }
    var body = text[...]
    if body.unicodeScalars.first == "\u{FEFF}" {
      body = Substring(body.unicodeScalars.dropFirst())
    }
    let source = String(body)
    try refuseAliasesInKeys(source, fileName: fileName)
    let root: Node?
    do {
      root = try Parser(yaml: source, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw translated(error, source: source, fileName: fileName)
    }
    guard let root else { throw YAMLError.empty(file: fileName) }
    var copier = NodeCopier(fileName: fileName)
    let node = try copier.copy(root, path: "", depth: 0)
    if node.isNothing { throw YAMLError.empty(file: fileName) }
    return node
  }
}

/// Copies the parser's nodes, counting them.
private struct NodeCopier {
  let fileName: String
  var count = 0

  mutating func copy(_ node: Node, path: String, depth: Int) throws -> YAMLNode {
    let place = place(of: node, path: path)
    count += 1
    guard count <= YAMLDocument.nodeLimit else {
      throw YAMLError.tooManyNodes(file: fileName, limit: YAMLDocument.nodeLimit)
    }
    guard depth <= YAMLDocument.depthLimit else {
      throw YAMLError.tooDeep(file: fileName, line: place.line, limit: YAMLDocument.depthLimit)
    }
    switch node {
    case .scalar(let scalar):
      let quoted = scalar.style != .plain && scalar.style != .any
      return YAMLNode(content: .scalar(scalar.string, quoted: quoted), place: place)
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      items.reserveCapacity(sequence.count)
      for (index, item) in sequence.enumerated() {
        items.append(try copy(item, path: "\(path)[\(index)]", depth: depth + 1))
      }
      return YAMLNode(content: .sequence(items), place: place)
    case .mapping(let mapping):
      return YAMLNode(
        content: .mapping(try entries(of: mapping, path: path, depth: depth, place: place)),
        place: place)
    case .alias:
      // The parser fills aliases in; one that is left has nothing to stand for.
      throw YAMLError.unexpected(place, expected: "a value", found: "an alias to nothing")
    }
  }

  /// The entries of a mapping, with the keys that `<<` brings after its own.
  private mutating func entries(
    of mapping: Node.Mapping, path: String, depth: Int, place: YAMLPlace
  ) throws -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var merged: [YAMLNode] = []
    var lineByKey: [String: Int] = [:]
    for (key, value) in mapping {
      let keyPlace = self.place(of: key, path: path)
      guard case .scalar(let scalar) = key else { throw YAMLError.keyNotText(keyPlace) }
      let name = scalar.string
      let childPath = path.isEmpty ? name : "\(path).\(name)"
      if name == "<<", scalar.style == .plain {
        merged.append(try copy(value, path: path, depth: depth + 1))
        continue
      }
      if let firstLine = lineByKey.updateValue(keyPlace.line, forKey: name) {
        throw YAMLError.duplicateKey(keyPlace, key: name, firstLine: firstLine)
      }
      let node = try copy(value, path: childPath, depth: depth + 1)
      entries.append(YAMLEntry(key: name, keyPlace: keyPlace, value: node))
    }
    for source in merged {
      let mappings =
        if case .sequence(let items) = source.content { items } else { [source] }
      for item in mappings {
        for entry in try item.mapping().entries where lineByKey[entry.key] == nil {
          lineByKey[entry.key] = entry.keyPlace.line
          entries.append(entry)
        }
      }
    }
    return entries
  }

  private func place(of node: Node, path: String) -> YAMLPlace {
    YAMLPlace(
      file: fileName, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, path: path)
  }
}

/// Refuses aliases in a file that also has keys other than plain text.
///
/// The parser compares such keys by their whole contents, which nested aliases can make
/// astronomically large, before the copy above could count them. No file that is read here needs
/// such a key. Comments and what is quoted on one line are passed over.
private func refuseAliasesInKeys(_ source: String, fileName: String) throws {
  var hasAlias = false
  var keyPlace: YAMLPlace?
  for (number, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
  {
    let scan = scanForKeys(Array(line.utf8))
    hasAlias = hasAlias || scan.hasAlias
    if let column = scan.keyColumn, keyPlace == nil {
      keyPlace = YAMLPlace(file: fileName, line: number + 1, column: column, path: "")
    }
    if hasAlias, let keyPlace { throw YAMLError.keyNotText(keyPlace) }
  }
}

private func scanForKeys(_ line: [UInt8]) -> (hasAlias: Bool, keyColumn: Int?) {
  var hasAlias = false
  var keyColumn: Int?
  var quote: UInt8?
  var previous = UInt8(ascii: " ")
  // Whether what stands before, spaces aside, closes a collection or ends an alias.
  var closes = false
  var inAlias = false
  let starters = Set(" \t[{,?-:".utf8)
  for (index, byte) in line.enumerated() {
    defer { previous = byte }
    if let open = quote {
      if byte == open { quote = nil }
      continue
    }
    let startsToken = starters.contains(previous)
    switch byte {
    case UInt8(ascii: "#") where previous == UInt8(ascii: " ") || previous == UInt8(ascii: "\t"):
      return (hasAlias, keyColumn)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if startsToken { quote = byte }
      closes = false
    case UInt8(ascii: "*") where startsToken:
      hasAlias = true
      inAlias = true
    case UInt8(ascii: "?") where startsToken:
      let next = index + 1 < line.count ? line[index + 1] : UInt8(ascii: " ")
      if starters.contains(next) || next == UInt8(ascii: "\r") {
        keyColumn = keyColumn ?? index + 1
      }
      closes = false
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      closes = true
      inAlias = false
    case UInt8(ascii: ":"):
      if closes { keyColumn = keyColumn ?? index + 1 }
      closes = false
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      if inAlias {
        closes = true
        inAlias = false
      }
    default:
      if !inAlias { closes = false }
    }
  }
  return (hasAlias, keyColumn)
}

/// The parser's error with its line and column, in words.
private func translated(_ error: YamlError, source: String, fileName: String) -> YAMLError {
  switch error {
  case .scanner(let context, let problem, let mark, _),
    .parser(let context, let problem, let mark, _),
    .composer(let context, let problem, let mark, _):
    var words = problem
    if let context, context.mark.line != mark.line || context.mark.column != mark.column {
      words += " (\(context.text), which starts on line \(context.mark.line))"
    }
    let lines = source.split(
      separator: "\n", maxSplits: mark.line, omittingEmptySubsequences: false)
    if mark.line <= lines.count,
      lines[mark.line - 1].prefix(while: { $0 == " " || $0 == "\t" }).contains("\t")
    {
      words += "; indent with spaces, not tabs"
    }
    return .syntax(file: fileName, line: mark.line, column: mark.column, problem: words)
  case .reader(let problem, let offset, _, _):
    let before = source.prefix(offset ?? 0)
    let line = before.count { $0.isNewline } + 1
    let column = (before.lastIndex { $0.isNewline }).map {
      before.distance(from: $0, to: before.endIndex)
    }
    return .syntax(
      file: fileName, line: line, column: column ?? before.count + 1, problem: problem)
  case .duplicatedKeysInMapping(let keys, let context):
    // The parser tells where the key stands first; its next place at that column is the other.
    let key = keys.first ?? ""
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let (line, column) = (context.mark.line, context.mark.column)
    let second = lines.indices.dropFirst(line).first { index in
      let rest = lines[index].unicodeScalars.dropFirst(column - 1)
      return lines[index].prefix(column - 1).allSatisfy { $0 == " " }
        && String(String.UnicodeScalarView(rest)).hasPrefix(key + ":")
    }
    let place = YAMLPlace(
      file: fileName, line: second.map { $0 + 1 } ?? line, column: column, path: "")
    return .duplicateKey(place, key: key, firstLine: line)
  case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
    return .syntax(file: fileName, line: 1, column: 1, problem: "\(error)")
  }
}
