import Tables

/// The dictionaries of several threads as one, its levels in the order in which the file has them.
struct MergedLevels: @unchecked Sendable {
  // `@unchecked Sendable`: the dictionary is filled here and only read afterwards.
  private let dictionary: LevelDictionary
  /// For each thread, its codes to the merged ones; -1 where the level is a declared missing token.
  let codeMaps: [[Int32]]
  let tally: ColumnTally

  /// - Parameter dictionaries: one a thread, each with the first position of its levels.
  init(_ dictionaries: [LevelDictionary], missing: MissingTokens) {
    let merged = LevelDictionary()
    var maps = dictionaries.map { [Int32](repeating: -1, count: $0.count) }
    var entries: [(position: Int, thread: Int, code: Int)] = []
    entries.reserveCapacity(dictionaries.reduce(0) { $0 + $1.count })
    for (thread, dictionary) in dictionaries.enumerated() {
      for code in 0..<dictionary.count {
        entries.append((dictionary.firstPositions[code], thread, code))
      }
    }
    // Two threads never see the same row, so positions are distinct.
    if dictionaries.count > 1 { entries.sort { $0.position < $1.position } }
    var padded: [UInt8] = []
    for entry in entries {
      let isMissing = dictionaries[entry.thread].withLevel(entry.code) { level in
        // A copy with room behind it, since keys are read sixteen bytes at a time.
        padded.removeAll(keepingCapacity: true)
        padded.append(contentsOf: level)
        return missing.contains(level)
      }
      guard !isMissing else { continue }
      let count = padded.count
      padded.append(contentsOf: repeatElement(0, count: 16))
      maps[entry.thread][entry.code] = padded.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { merged.code($0, count, position: entry.position) } ?? -1
      }
    }
    dictionary = merged
    codeMaps = maps
    var tally = ColumnTally()
    for code in 0..<merged.count {
      merged.withLevel(code) { level in
        if !tally.countUsualMissing(level) {
          tally.evidence.formUnion(ColumnInference.evidence(of: level))
        }
      }
      // What is none of number, flag and date settles the matter.
      if tally.evidence.isSuperset(of: .notAnything) { break }
    }
    self.tally = tally
  }

  var count: Int { dictionary.count }
  var byteCount: Int { dictionary.byteCount }
  var levels: [String] { (0..<count).map { dictionary.level($0) } }

  func map<Result>(_ transform: (UnsafeBufferPointer<UInt8>) -> Result) -> [Result] {
    (0..<count).map { dictionary.withLevel($0, transform) }
  }
}
