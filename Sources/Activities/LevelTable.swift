/// Levels as they come: codes in the order of arrival, and what each has been seen with.
struct LevelTable {
  private(set) var levels: [[UInt8]] = []
  private var codes: [[UInt8]: UInt32] = [:]
  var counts: [Int] = []
  var valuedCounts: [Int] = []
  /// Activities that were left out since they have no time.
  var untimedCounts: [Int] = []
  /// Activities that were left out since their time has not come.
  var plannedCounts: [Int] = []

  mutating func code(of level: [UInt8]) -> UInt32 {
    if let code = codes[level] { return code }
    let code = UInt32(levels.count)
    codes[level] = code
    levels.append(level)
    counts.append(0)
    valuedCounts.append(0)
    untimedCounts.append(0)
    plannedCounts.append(0)
    return code
  }

  /// Codes in the order of the levels' bytes, and each code's place in it. Levels of no kept activity are
  /// left out: their place is that of no code.
  func ranked(name: String) -> (counts: LevelCounts, ranks: [UInt32]) {
    let order = levels.indices.filter { counts[$0] > 0 }
      .sorted { levels[$0].lexicographicallyPrecedes(levels[$1]) }
    var ranks = [UInt32](repeating: .max, count: levels.count)
    for (rank, code) in order.enumerated() { ranks[code] = UInt32(rank) }
    let counted = LevelCounts(
      name: name, levels: order.map { String(decoding: levels[$0], as: UTF8.self) },
      counts: order.map { counts[$0] }, valuedCounts: order.map { valuedCounts[$0] })
    return (counted, ranks)
  }

  /// How many activities of each level were left out since they have no time; levels without any are not
  /// named.
  var untimed: [String: Int] { named(untimedCounts) }

  /// The same of those whose time has not come.
  var planned: [String: Int] { named(plannedCounts) }

  private func named(_ counts: [Int]) -> [String: Int] {
    var found: [String: Int] = [:]
    for (level, count) in zip(levels, counts) where count > 0 {
      found[String(decoding: level, as: UTF8.self), default: 0] += count
    }
    return found
  }
}
