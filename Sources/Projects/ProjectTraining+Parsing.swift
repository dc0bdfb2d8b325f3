import YAMLDocuments

extension ProjectTraining {
  init(_ node: YAMLNode?) throws {
    self.init()
    guard let node else { return }
    let mapping = try node.mapping(
      keys: [
        "algorithms", "seed", "hold_out", "folds", "penalty", "numbers", "interactions", "boosting",
      ])
    algorithms = try mapping["algorithms"].map { list in
      let items = try list.sequenceOrOne()
      guard !items.isEmpty else { throw list.unexpected("a list of at least one algorithm") }
      var algorithms: [Algorithm] = []
      for item in items {
        let algorithm = try item.word("algorithms", Algorithm.self)
        guard !algorithms.contains(algorithm) else { throw item.unexpected("each value once") }
        algorithms.append(algorithm)
      }
      return algorithms
    }
    seed = try mapping["seed"].map { UInt64(try $0.integer(in: 0...Int.max)) }
    holdOut = try mapping["hold_out"].map { node in
      let share = try node.percent()
      // Below half there is less to learn from than to check with.
      guard share <= 0.5 else {
        throw ProjectError.numberOutOfRange(
          node.place, key: "hold_out", expected: "from 0% to 50%", found: node.summary)
      }
      return share
    }
    folds = try mapping["folds"]?.integer(in: 2...50)
    penalty = try mapping["penalty"].map { node in
      guard let penalty = Penalty(try node.nonEmptyString()) else {
        throw ProjectError.numberOutOfRange(
          node.place, key: "penalty", expected: "auto, firth, or a number, 0 or more",
          found: node.summary)
      }
      return penalty
    }
    numbers = try mapping["numbers"]?.word("numbers", Numbers.self)
    interactions = try mapping["interactions"].map { list in
      let groups = try list.sequence()
      guard !groups.isEmpty else { throw list.unexpected("a list of lists `[[a, b], [c]]`") }
      return try groups.map { group in
        let names = try group.sequence()
        guard !names.isEmpty else { throw group.unexpected("a list of columns `[a, b]`") }
        return try group.names()
      }
    }
    interactionsPlace = mapping["interactions"]?.place
    boosting = try mapping["boosting"].map(ProjectBoosting.init) ?? ProjectBoosting()
  }
}

extension ProjectBoosting {
  init(_ node: YAMLNode) throws {
    let mapping = try node.mapping(keys: [
      "rounds", "patience", "learning_rate", "leaves", "max_depth", "minimum_rows", "l1", "l2",
      "row_share", "column_share", "members", "max_bins", "categories", "smoothing", "pairs",
      "minimum_level_rows",
    ])
    self.init(
      rounds: try mapping["rounds"]?.integer(in: 1...100_000),
      patience: try mapping["patience"]?.integer(in: 1...100_000),
      learningRate: try mapping["learning_rate"]?.number("learning_rate", "above 0 and at most 1") {
        $0 > 0 && $0 <= 1
      },
      leaves: try mapping["leaves"]?.integer(in: 2...1_024),
      maxDepth: try mapping["max_depth"]?.integer(in: 1...1_023),
      minimumRows: try mapping["minimum_rows"]?.integer(in: 1...1_000_000_000),
      l1: try mapping["l1"]?.number("l1", "0 or more") { $0 >= 0 },
      l2: try mapping["l2"]?.number("l2", "0 or more") { $0 >= 0 },
      rowShare: try mapping["row_share"]?.shareAboveNothing("row_share"),
      columnShare: try mapping["column_share"]?.shareAboveNothing("column_share"),
      members: try mapping["members"]?.integer(in: 1...16),
      maxBins: try mapping["max_bins"]?.integer(in: 3...255),
      categories: try mapping["categories"]?.word("categories", Categories.self),
      smoothing: try mapping["smoothing"]?.number("smoothing", "above 0") { $0 > 0 },
      pairs: try mapping["pairs"]?.integer(in: 0...1_000),
      minimumLevelRows: try mapping["minimum_level_rows"]?.integer(in: 1...1_000_000_000))
  }
}

extension YAMLNode {
  fileprivate func number(
    _ key: String, _ expected: String, _ isAllowed: (Double) -> Bool
  ) throws -> Double {
    let value = try number()
    guard isAllowed(value) else {
      throw ProjectError.numberOutOfRange(place, key: key, expected: expected, found: summary)
    }
    return value
  }

  fileprivate func shareAboveNothing(_ key: String) throws -> Double {
    let share = try percent()
    guard share > 0 else {
      throw ProjectError.numberOutOfRange(
        place, key: key, expected: "above 0% and at most 100%", found: summary)
    }
    return share
  }
}
