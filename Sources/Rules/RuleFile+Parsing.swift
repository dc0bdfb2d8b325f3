import YAMLDocuments

extension RuleFile {
  /// Reads a rule file.
  /// - Parameters:
  ///   - text: its contents.
  ///   - fileName: how errors name it.
  /// - Throws: `YAMLError` for how it is written, `RuleError` for what it says; both with the line.
  public static func parse(_ text: String, fileName: String) throws -> RuleFile {
    let root = try YAMLDocument.parse(text, fileName: fileName)
    let mapping = try root.mapping(
      keys: [
        "scale", "missing", "categories", "profiles", "groups", "stages", "grades", "next_step",
      ])
    let categories = try CategoryReader(mapping)
    let profiles = try readProfiles(mapping["profiles"])
    let groups = try readGroups(try mapping.required("groups"), categories: categories.names)
    let names = Set(profiles.map(\.name))
    for rule in groups.flatMap(\.rules) {
      try rule.condition?.visitProfiles { name, place in
        guard names.contains(name) else {
          throw RuleError.unknownProfile(
            place, name: name, nearest: nearestName(to: name, among: profiles.map(\.name)))
        }
      }
    }
    let stages = try readStages(mapping["stages"])
    var file = RuleFile(
      fileName: fileName,
      scale: try RuleScale(mapping["scale"]),
      missing: try mapping["missing"].map { node in
        try node.sequenceOrOne().map { try $0.token().trimmed }
      } ?? [],
      categories: categories.categories, profiles: profiles, groups: groups,
      stages: stages, nextSteps: try mapping["next_step"].map { try NextSteps($0, stages: stages) })
    file.warnings = file.unusedProfileWarnings() + file.reachabilityWarnings()
    file.digest = digest(of: text)
    return file
  }

  /// 64-bit FNV-1a (Fowler, Noll, Vo): tells changes from none, and withstands no attack.
  private static func digest(of text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return String(hash, radix: 16)
  }

  private static func readGroups(_ node: YAMLNode, categories: [String]) throws -> [RuleGroup] {
    let nodes = try node.sequence()
    guard !nodes.isEmpty else { throw node.unexpected("a list of at least one group") }
    var lineByName: [String: Int] = [:]
    return try nodes.map { node in
      let mapping = try node.mapping(keys: RuleGroup.keys)
      let name = try mapping.uniqueName(&lineByName)
      let category = try mapping.required("category").nonEmptyString()
      let ruleNodes = try mapping.required("rules")
      var lineByRule: [String: Int] = [:]
      let rules = try ruleNodes.sequence().map { try Rule($0, lineByName: &lineByRule) }
      guard !rules.isEmpty else { throw ruleNodes.unexpected("a list of at least one rule") }
      return RuleGroup(
        name: name, category: categories.firstIndex(of: category) ?? 0,
        bounds: try RuleBounds(mapping), decay: try mapping["decay"].map { try PointsDecay($0) },
        rules: rules)
    }
  }

  /// Profiles, each after those that it refers to.
  private static func readProfiles(_ node: YAMLNode?) throws -> [RuleProfile] {
    guard let node else { return [] }
    let entries = try node.mapping().entries
    var conditions: [String: RuleCondition] = [:]
    for entry in entries { conditions[entry.key] = try RuleCondition(entry.value) }
    var ordered: [RuleProfile] = []
    var done: Set<String> = []
    var path: [String] = []

    func visit(_ name: String, _ place: YAMLPlace) throws {
      if done.contains(name) { return }
      if let start = path.firstIndex(of: name) {
        throw RuleError.profileRing(place, names: path[start...] + [name])
      }
      guard let condition = conditions[name] else {
        throw RuleError.unknownProfile(
          place, name: name, nearest: nearestName(to: name, among: entries.map(\.key)))
      }
      path.append(name)
      try condition.visitProfiles { try visit($0, $1) }
      path.removeLast()
      done.insert(name)
      ordered.append(RuleProfile(name: name, condition: condition))
    }
    for entry in entries { try visit(entry.key, entry.keyPlace) }
    return ordered
  }

  private static func readStages(_ node: YAMLNode?) throws -> [RuleStage] {
    guard let node else { return [] }
    var stages: [(stage: RuleStage, place: YAMLPlace)] = []
    for entry in try node.mapping().entries {
      let mapping = try entry.value.mapping(keys: ["at_least", "above"])
      guard mapping.entries.count == 1, let bound = mapping.entries.first else {
        throw entry.value.unexpected("one of `at_least` and `above`")
      }
      let stage = RuleStage(
        name: entry.key, threshold: try bound.value.thousandths(),
        isExclusive: bound.key == "above")
      let same = stages.first {
        $0.stage.threshold == stage.threshold && $0.stage.isExclusive == stage.isExclusive
      }
      if let same {
        throw RuleError.sameBound(entry.keyPlace, name: stage.name, other: same.stage.name)
      }
      stages.append((stage, entry.keyPlace))
    }
    return stages.map(\.stage).sorted {
      ($0.threshold, $0.isExclusive ? 1 : 0) < ($1.threshold, $1.isExclusive ? 1 : 0)
    }
  }
}

extension RuleGroup {
  fileprivate static let keys = ["name", "category", "cap", "floor", "decay", "rules"]
}

/// The categories of a file: named by its groups, bounded by `categories`, graded by `grades`.
private struct CategoryReader {
  /// More than any sheet has; every combination of grades is listed in a result.
  static let combinationLimit = 10_000

  let categories: [RuleCategory]
  var names: [String] { categories.map(\.name) }

  init(_ mapping: YAMLMapping) throws {
    var names: [String] = []
    for node in try mapping.required("groups").sequence() {
      let name = try node.mapping(keys: RuleGroup.keys).required("category").nonEmptyString()
      if !names.contains(name) { names.append(name) }
    }
    // Fit comes before engagement wherever grades are shown together, as in B2.
    let leading = ["fit", "engagement"].filter(names.contains)
    names = leading + names.filter { !leading.contains($0) }

    func checked(_ key: String) throws -> [YAMLEntry] {
      let entries = try mapping[key]?.mapping().entries ?? []
      for entry in entries where !names.contains(entry.key) {
        throw RuleError.unknownCategory(
          entry.keyPlace, name: entry.key, nearest: nearestName(to: entry.key, among: names))
      }
      return entries
    }
    var bounds: [String: RuleBounds] = [:]
    for entry in try checked("categories") {
      bounds[entry.key] = try RuleBounds(
        entry.value.mapping(keys: ["cap", "floor"]))
    }
    var grades: [String: [RuleGrade]] = [:]
    var combinations = 1
    for entry in try checked("grades") {
      let ladder = try Self.readGrades(entry.value)
      grades[entry.key] = ladder
      combinations *= ladder.count
      guard combinations <= Self.combinationLimit else {
        throw RuleError.tooManyGrades(entry.keyPlace, limit: Self.combinationLimit)
      }
    }
    categories = names.map {
      RuleCategory(name: $0, bounds: bounds[$0] ?? RuleBounds(), grades: grades[$0] ?? [])
    }
  }

  private static func readGrades(_ node: YAMLNode) throws -> [RuleGrade] {
    var grades: [RuleGrade] = []
    for entry in try node.mapping().entries {
      let grade = RuleGrade(name: entry.key, lowerBound: try entry.value.thousandths())
      if let same = grades.first(where: { $0.lowerBound == grade.lowerBound }) {
        throw RuleError.sameBound(entry.keyPlace, name: grade.name, other: same.name)
      }
      grades.append(grade)
    }
    guard !grades.isEmpty else { throw node.unexpected("at least one grade, as in {A: 40, B: 0}") }
    return grades.sorted { $0.lowerBound > $1.lowerBound }
  }
}

extension RuleBounds {
  init(_ mapping: YAMLMapping) throws {
    self.init(
      cap: try mapping["cap"]?.thousandths(), floor: try mapping["floor"]?.thousandths())
    if let cap, let floor, cap < floor { throw RuleError.capBelowFloor(mapping.place) }
  }
}

extension RuleScale {
  fileprivate init(_ node: YAMLNode?) throws {
    let mapping = try node?.mapping(keys: ["from", "to", "raw"])
    from = try mapping?["from"]?.thousandths() ?? 0
    to = try mapping?["to"]?.thousandths() ?? 100_000
    raw = try mapping?["raw"]?.thousandths() ?? 100_000
    if let place = node?.place {
      guard to > from else { throw RuleError.emptyScale(place) }
      guard raw > 0 else { throw RuleError.rawNotPositive(place) }
    }
  }
}

extension YAMLNode {
  /// A token of `missing`: any scalar, also an empty quoted one.
  fileprivate func token() throws -> String {
    guard case .scalar(let text, let quoted) = content, quoted || !text.isEmpty else {
      throw unexpected("a token such as Select, or \"\" in quotes for an empty cell")
    }
    return text
  }
}

extension YAMLMapping {
  /// The value of `name`, which no other of the same list may have.
  func uniqueName(_ lineByName: inout [String: Int]) throws -> String {
    let node = try required("name")
    let name = try node.nonEmptyString().trimmed
    if let firstLine = lineByName.updateValue(node.place.line, forKey: name) {
      throw RuleError.repeatedName(node.place, name: name, firstLine: firstLine)
    }
    return name
  }
}
