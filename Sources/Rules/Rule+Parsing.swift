import YAMLDocuments

extension Rule {
  /// - Parameter lineByName: of the rules of the group so far.
  init(_ node: YAMLNode, lineByName: inout [String: Int]) throws {
    let mapping = try node.mapping(
      keys: ["name", "when", "points", "cap", "floor", "disqualifies"] + EventTest.keys
        + ["each", "lifespan", "no_event_within"])
    name = try mapping.uniqueName(&lineByName)
    disqualifies = try mapping["disqualifies"]?.bool() ?? false
    guard disqualifies || mapping["points"] != nil else {
      throw RuleError.nothingGiven(node.place, rule: name)
    }
    points = try mapping["points"]?.thousandths() ?? 0
    pointsPlace = mapping["points"]?.place
    bounds = try RuleBounds(mapping)
    line = node.place.line
    let asked = try RuleSubject(mapping, rule: name)
    condition = asked.condition
    event = asked.event
    each = try mapping["each"]?.bool() ?? false
    lifespan = try mapping["lifespan"]?.positiveDuration()
    if event == nil, let node = mapping["lifespan"] ?? (each ? mapping["each"] : nil) {
      throw RuleError.needsOccurrence(
        node.place, key: mapping["lifespan"] == nil ? "each" : "lifespan")
    }
  }
}

/// What a rule asks: of the lead as it is, of its activities, or both.
private struct RuleSubject {
  var condition: RuleCondition?
  var event: EventTest?

  init(_ mapping: YAMLMapping, rule: String) throws {
    var conditions = try mapping["when"].map { [try RuleCondition($0)] } ?? []
    if mapping["no_event_within"] != nil {
      conditions.append(.silence(try EventSelection(silence: mapping)))
    } else if mapping["event"] != nil {
      let test = try EventTest(mapping)
      if test.isState { conditions.append(.event(test)) } else { event = test }
    } else {
      for key in EventTest.keys + ["each", "lifespan"] {
        if let node = mapping[key] { throw RuleError.needsEvent(node.place, key: key) }
      }
    }
    guard !conditions.isEmpty || event != nil else {
      throw RuleError.nothingAsked(mapping.place, rule: rule)
    }
    condition = conditions.count > 1 ? .all(conditions) : conditions.first
  }
}

extension PointsDecay {
  init(_ node: YAMLNode) throws {
    let mapping = try node.mapping(keys: ["half_life", "every", "percent", "shape"])
    if let halfLife = mapping["half_life"] {
      guard mapping.entries.count == 1 else { throw RuleError.decayNotOne(node.place) }
      self = .halfLife(seconds: try halfLife.positiveDuration())
      return
    }
    guard let every = mapping["every"], let percent = mapping["percent"] else {
      throw RuleError.decayNotOne(node.place)
    }
    let seconds = try every.positiveDuration()
    let share = try percent.thousandths(limit: 100)
    guard share > 0 else { throw percent.unexpected("a percentage above 0, such as 10") }
    switch try mapping["shape"]?.string() ?? "linear" {
    case "linear": self = .linearSteps(every: seconds, percent: share)
    case "compound": self = .compoundSteps(every: seconds, percent: share)
    default: throw (mapping["shape"] ?? node).unexpected("linear or compound")
    }
  }
}

extension NextSteps {
  /// Keys for leads that are in no stage.
  private static let others = ["no_stage", "disqualified"]

  init(_ node: YAMLNode, stages: [RuleStage]) throws {
    let mapping = try node.mapping()
    let names = stages.map(\.name)
    for entry in mapping.entries where !(names + Self.others).contains(entry.key) {
      throw RuleError.unknownStage(
        entry.keyPlace, name: entry.key,
        nearest: nearestName(to: entry.key, among: names + Self.others), known: names)
    }
    byStage = try names.map { name in
      guard let step = mapping[name] else {
        throw RuleError.stageWithoutStep(node.place, stage: name)
      }
      return try step.nonEmptyString()
    }
    noStage = try mapping["no_stage"]?.nonEmptyString() ?? "drop"
    disqualified = try mapping["disqualified"]?.nonEmptyString() ?? "drop"
  }
}
