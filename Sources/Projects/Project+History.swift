import YAMLDocuments

extension Project {
  /// What the project says beyond one table of leads.
  mutating func readHistory(_ mapping: YAMLMapping, folder: String) throws {
    target = try mapping["target"].map(ProjectTarget.init)
    activities = try mapping["activities"].map { try ProjectActivities($0, folder: folder) }
    changes = try mapping["changes"].map { try ProjectChanges($0, folder: folder) }
    joins = try mapping["joins"]?.sequence().map { try ProjectJoin($0, folder: folder) } ?? []
    timezone = try mapping["timezone"]?.nonEmptyString()
    vocabulary = try mapping["vocabulary"].map { try ProjectVocabulary.list($0, folder: folder) }
    scores = try mapping["scores"].map { try ProjectScores($0, folder: folder) }
    if let node = mapping["decision"] {
      let keys = try node.mapping(keys: ["ages", "within"])
      decision = ProjectDecision(ages: try keys["ages"]?.durations(atLeast: 0))
      if let within = keys["within"] {
        guard horizon == nil else {
          throw ProjectError.twoPlaces(within.place, first: "outcome.within", second: "within")
        }
        horizon = try within.horizon()
      }
    }
    if let target, target.preset != .acquisition, outcome != nil,
      let place = mapping["outcome"]?.place
    {
      throw ProjectError.outcomeOfTarget(place, target: target.preset.rawValue)
    }
    if events != nil, activities == nil, let place = mapping["outcome"]?.place {
      throw ProjectError.eventWithoutActivities(place)
    }
    if hasHistory, created == nil {
      let key = ["activities", "decision", "changes"].first { mapping[$0] != nil } ?? "leads"
      throw ProjectError.noCreated(mapping[key]?.place ?? mapping.place, key: key)
    }
    if hasHistory, id.count != 1 {
      let key = ["activities", "decision", "changes"].first { mapping[$0] != nil } ?? "leads"
      throw ProjectError.notOneId(mapping[key]?.place ?? mapping.place, key: key, found: id.count)
    }
  }

  mutating func readOutcome(_ node: YAMLNode) throws {
    let mapping = try node.mapping(keys: ["column", "won", "lost", "at", "event", "within"])
    if let event = mapping["event"] {
      for key in ["column", "won", "at"] {
        if let node = mapping[key] {
          throw ProjectError.twoPlaces(node.place, first: "event", second: key)
        }
      }
      let won = try event.names()
      let lost = try mapping["lost"]?.names() ?? []
      events = ProjectEvents(won: won, lost: lost, place: event.place)
      try Self.checkWonAndLost(won, lost, mapping)
    } else {
      let column = try mapping.required("column").nonEmptyString()
      let won = try mapping["won"]?.names() ?? []
      let lost = try mapping["lost"]?.names() ?? []
      try Self.checkWonAndLost(won, lost, mapping)
      outcome = ProjectOutcome(
        column: column, won: won, lost: lost, at: try mapping["at"]?.nonEmptyString())
    }
    horizon = try mapping["within"]?.horizon()
  }

  private static func checkWonAndLost(
    _ won: [String], _ lost: [String], _ mapping: YAMLMapping
  ) throws {
    if let value = won.first(where: lost.contains), let place = mapping["lost"]?.place {
      throw ProjectError.wonAndLost(place, value: value)
    }
  }

  /// Whether leads are looked at as of decision times, rather than as they stand.
  public var hasHistory: Bool {
    if activities != nil || changes != nil || events != nil || decision != nil || target != nil {
      return true
    }
    if case .exports = leads?.place { return true }
    return outcome?.at != nil && horizon != nil
  }
}

extension YAMLNode {
  fileprivate func horizon() throws -> Int {
    let seconds = try duration()
    guard seconds > 0 else { throw unexpected("a length of time above 0, such as 90d") }
    return seconds
  }
}
