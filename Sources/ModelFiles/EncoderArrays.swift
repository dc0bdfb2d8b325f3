/// The arrays that encoders of either kind share, gathered in encoder order.
struct EncoderArrays {
  var binThresholds: [Double] = []
  /// Before the names of the sections.
  let prefix: String
  private var levelOffsets: [UInt64] = [0]
  private var levelBytes: [UInt8] = []
  private var rareLevelHashes: [UInt64] = []

  init(prefix: String = "") { self.prefix = prefix }

  mutating func append(levels: [String], rareLevelHashes hashes: [UInt64]) {
    for level in levels {
      levelBytes += level.utf8
      levelOffsets.append(UInt64(levelBytes.count))
    }
    rareLevelHashes += hashes
  }

  var sections: [ModelSection] {
    [
      ModelSection(name: prefix + SectionName.binThresholds, numbers: binThresholds),
      ModelSection(name: prefix + SectionName.levelOffsets, integers: levelOffsets),
      ModelSection(name: prefix + SectionName.levelBytes, bytes: levelBytes),
      ModelSection(name: prefix + SectionName.rareLevelHashes, integers: rareLevelHashes),
    ]
  }
}

/// The same arrays of a file, handed out in encoder order.
struct EncoderArrayReader {
  private var binThresholds: ArraySlice<Double>
  private var rareLevelHashes: ArraySlice<UInt64>
  private var levelOffsets: ArraySlice<UInt64>
  private let levelBytes: [UInt8]
  private var position: Int = 0

  init(_ frame: ModelContainer.Frame, _ bytes: RawSpan, prefix: String = "") throws {
    binThresholds = try frame.doubles(prefix + SectionName.binThresholds, bytes)[...]
    rareLevelHashes = try frame.integers(prefix + SectionName.rareLevelHashes, bytes)[...]
    levelOffsets = try frame.integers(prefix + SectionName.levelOffsets, bytes)[...]
    levelBytes = try frame.bytes(prefix + SectionName.levelBytes, bytes)
    try require(levelOffsets.popFirst() == 0, "its first level does not start at byte 0")
  }

  mutating func thresholds(_ count: Int) throws -> [Double] {
    try Self.take(count, from: &binThresholds)
  }

  mutating func rareLevelHashes(_ count: Int) throws -> [UInt64] {
    try Self.take(count, from: &rareLevelHashes)
  }

  mutating func levels(_ count: Int) throws -> [String] {
    try Self.take(count, from: &levelOffsets).map { try level(endingAt: $0) }
  }

  /// The encoders must use up the sections.
  func checkExhausted() throws {
    try require(
      binThresholds.isEmpty && rareLevelHashes.isEmpty && levelOffsets.isEmpty
        && position == levelBytes.count, Self.tooMany)
  }

  static let tooMany = "its sections hold more bins or levels than its encoders use"

  static func take<Element>(
    _ count: Int, from elements: inout ArraySlice<Element>
  ) throws -> [Element] {
    try require(
      count >= 0 && count <= elements.count,
      "its encoders use more bins or levels than its sections hold")
    defer { elements = elements.dropFirst(count) }
    return Array(elements.prefix(count))
  }

  private mutating func level(endingAt end: UInt64) throws -> String {
    guard let end = Int(exactly: end), position <= end, end <= levelBytes.count,
      let level = String(validating: levelBytes[position..<end], as: UTF8.self)
    else {
      throw ModelFileError.inconsistent("a level is not a run of valid UTF-8")
    }
    position = end
    return level
  }
}
