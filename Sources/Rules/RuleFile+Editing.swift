import YAMLDocuments

extension RuleFile {
  /// The text of a rule file with other points, and with a group more where one is given; all else, its
  /// comments among it, stays as it is.
  ///
  /// - Parameters:
  ///   - text: the file's contents, of which this is the reading.
  ///   - points: by group and rule, in thousandths.
  ///   - group: to stand behind the others.
  /// - Returns: text that reads back as these rules with these points.
  /// - Throws: `RuleError.pointsNotTheirOwn` for points that change and can't be changed where they
  ///   stand, `RuleError.groupsInBrackets` where a group can't be added.
  public func edited(
    _ text: String, points: [[Int]], adding group: SuggestedGroup? = nil
  ) throws -> String {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Array($0) }
    var changes: [(rule: Rule, place: YAMLPlace, points: Int)] = []
    for (group, points) in zip(groups, points) {
      for (rule, points) in zip(group.rules, points) where rule.points != points {
        guard let place = rule.pointsPlace else { continue }
        changes.append((rule, place, points))
      }
    }
    // From the end, so that places before stay true.
    changes.sort { ($1.place.line, $1.place.column) < ($0.place.line, $0.place.column) }
    for change in changes {
      try Self.replace(change.rule, at: change.place, by: change.points, in: &lines)
    }
    if let group { try add(group, to: &lines) }
    var scalars = String.UnicodeScalarView()
    for (index, line) in lines.enumerated() {
      if index > 0 { scalars.append("\n") }
      scalars.append(contentsOf: line)
    }
    let edited = String(scalars)
    try check(edited, points: points, adding: group, changed: changes.first?.rule)
    return edited
  }

  private static func replace(
    _ rule: Rule, at place: YAMLPlace, by points: Int, in lines: inout [[Unicode.Scalar]]
  ) throws {
    let start = place.column - 1
    guard lines.indices.contains(place.line - 1), lines[place.line - 1].indices.contains(start)
    else { throw RuleError.pointsNotTheirOwn(place, rule: rule.name) }
    let line = lines[place.line - 1]
    var end = start
    while end < line.count, "+-.0123456789eE".unicodeScalars.contains(line[end]) { end += 1 }
    var written = String.UnicodeScalarView()
    written.append(contentsOf: line[start..<end])
    let node = YAMLNode(content: .scalar(String(written), quoted: false), place: place)
    guard let value = try? node.thousandths(), value == rule.points else {
      throw RuleError.pointsNotTheirOwn(place, rule: rule.name)
    }
    lines[place.line - 1].replaceSubrange(start..<end, with: pointsText(points).unicodeScalars)
  }

  /// Puts a group behind the others: before the key that follows them and the comments above it.
  private func add(_ group: SuggestedGroup, to lines: inout [[Unicode.Scalar]]) throws {
    var root = String.UnicodeScalarView()
    for line in lines {
      root.append(contentsOf: line)
      root.append("\n")
    }
    let mapping = try YAMLDocument.parse(String(root), fileName: fileName).mapping()
    let node = try mapping.required("groups")
    let refusal = RuleError.groupsInBrackets(node.place)
    guard let first = try node.sequence().first, first.place.line <= lines.count else {
      throw refusal
    }
    // `- ` and what stands before it.
    let opening = lines[first.place.line - 1].prefix(first.place.column - 1)
    guard let dash = opening.firstIndex(of: "-"), opening[..<dash].allSatisfy({ $0 == " " }),
      opening[(dash + 1)...].allSatisfy({ $0 == " " })
    else { throw refusal }
    let key = mapping.entries.first { $0.key == "groups" }?.keyPlace.line ?? 1
    let following = mapping.entries.map(\.keyPlace.line).filter { $0 > key }.min()
    var place = (following ?? lines.count + 1) - 1
    while place > first.place.line, lines[place - 1].isBlankOrComment { place -= 1 }
    lines.insert(
      contentsOf: group.lines(indent: dash).map { Array($0.unicodeScalars) }, at: place)
  }

  /// What is written must be what was meant.
  private func check(
    _ text: String, points: [[Int]], adding group: SuggestedGroup?, changed: Rule?
  ) throws {
    let file = try RuleFile.parse(text, fileName: fileName)
    let wanted = points + (group.map { [$0.rules.map(\.points)] } ?? [])
    let names =
      groups.map { $0.rules.map(\.name) } + (group.map { [$0.rules.map(\.rule.name)] } ?? [])
    guard file.groups.map({ $0.rules.map(\.points) }) == wanted,
      file.groups.map({ $0.rules.map(\.name) }) == names, file.stages == stages,
      file.scale == scale
    else {
      if let changed, let place = changed.pointsPlace {
        throw RuleError.pointsNotTheirOwn(place, rule: changed.name)
      }
      throw RuleError.groupsInBrackets(
        YAMLPlace(file: fileName, line: 1, column: 1, path: "groups"))
    }
  }
}

extension [Unicode.Scalar] {
  fileprivate var isBlankOrComment: Bool {
    guard let first = first(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) else { return true }
    return first == "#"
  }
}
