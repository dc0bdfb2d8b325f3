/// What a block adds to what is known of all activities.
struct BlockTally {
  var counts = ActivityCounts()
  var rowsOfPart: [Int] = []
  var newestRecordedAt = -Double.infinity
  var newestOfUnknownLeads = -Double.infinity
  private var newest = -Double.infinity
  private var oldest = Double.infinity
  private var types: [Int]
  private var valuedTypes: [Int]
  private var untimedTypes: [Int]
  private var plannedTypes: [Int]
  private var attributes: [[Int]]

  init(codes: ActivityCells.Codes) {
    types = [Int](repeating: 0, count: codes.typeCount)
    valuedTypes = types
    untimedTypes = types
    plannedTypes = types
    attributes = codes.levelCounts.map { [Int](repeating: 0, count: $0) }
  }

  init(_ state: ActivityLogBuilder.State) {
    types = [Int](repeating: 0, count: state.types.levels.count)
    valuedTypes = types
    untimedTypes = types
    plannedTypes = types
    attributes = state.attributes.map { [Int](repeating: 0, count: $0.levels.count) }
  }

  @inline(__always)
  mutating func keep(time: Double, recordedAt: Double, type: UInt16, value: Double) {
    counts.kept += 1
    newest = max(newest, time)
    oldest = min(oldest, time)
    if recordedAt > time { counts.late += 1 }
    if type == EventLayout.noType {
      counts.missingType += 1
    } else {
      types[Int(type)] += 1
      if !value.isNaN && value != 0 { valuedTypes[Int(type)] += 1 }
    }
  }

  /// Counts an activity that is left out since it has no time.
  mutating func leaveOutUntimed(type: UInt16) {
    counts.missingTime += 1
    if type != EventLayout.noType { untimedTypes[Int(type)] += 1 }
  }

  /// Counts an activity that is left out since its time has not come.
  mutating func leaveOutPlanned(type: UInt16) {
    counts.planned += 1
    if type != EventLayout.noType { plannedTypes[Int(type)] += 1 }
  }

  @inline(__always)
  mutating func keep(attribute index: Int, _ codes: ActivityCells.Codes, _ row: Int) {
    keep(attribute: index, codes.attributes[index][row])
  }

  @inline(__always)
  mutating func keep(attribute index: Int, _ level: UInt32) {
    if level != EventLayout.noLevel { attributes[index][Int(level)] += 1 }
  }

  func add(to state: inout ActivityLogBuilder.State) {
    state.counts.add(counts)
    state.newestRecordedAt = max(state.newestRecordedAt, newestRecordedAt)
    state.newest = max(state.newest, newest)
    state.newestOfUnknownLeads = max(state.newestOfUnknownLeads, newestOfUnknownLeads)
    state.oldest = min(state.oldest, oldest)
    for (code, count) in types.enumerated() { state.types.counts[code] += count }
    for (code, count) in valuedTypes.enumerated() { state.types.valuedCounts[code] += count }
    for (code, count) in untimedTypes.enumerated() { state.types.untimedCounts[code] += count }
    for (code, count) in plannedTypes.enumerated() { state.types.plannedCounts[code] += count }
    for (index, levels) in attributes.enumerated() {
      for (code, count) in levels.enumerated() where count > 0 {
        state.attributes[index].counts[code] += count
      }
    }
  }
}
