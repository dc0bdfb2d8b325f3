/// A category as indicators of its frequent levels, with the rest pooled.
///
/// Codes: the frequent levels in falling frequency, then the pool of rare levels where training had
/// any, then missing where training had any. A level that training never saw joins the pool; without
/// a pool it has none of the indicators, which stands for the average lead.
public struct CategoryEncoder: Codable, Sendable, Equatable {
  public let column: String
  /// Frequent levels, by falling number of rows, ties in order of appearance.
  public let levels: [String]
  /// Hashes of the rare levels, ascending: enough to tell "rare" from "never seen", and no way to
  /// read them back.
  public let rareLevelHashes: [UInt64]
  public let hasMissing: Bool

  public init(column: String, levels: [String], rareLevelHashes: [UInt64], hasMissing: Bool) {
    self.column = column
    self.levels = levels
    self.rareLevelHashes = rareLevelHashes
    self.hasMissing = hasMissing
  }

  public static let pooledLevelName = "(other)"
  public static let missingLevelName = "(missing)"

  var hasPool: Bool { !rareLevelHashes.isEmpty }

  var group: IndicatorGroup {
    IndicatorGroup(
      name: column, source: column,
      levels: levels + (hasPool ? [Self.pooledLevelName] : [])
        + (hasMissing ? [Self.missingLevelName] : []))
  }

  /// The group's level count, which as a code means none of the indicators.
  var noneCode: UInt16 { UInt16(levels.count + (hasPool ? 1 : 0) + (hasMissing ? 1 : 0)) }
  var pooledCode: UInt16 { hasPool ? UInt16(levels.count) : noneCode }
  var missingCode: UInt16 { hasMissing ? UInt16(levels.count + (hasPool ? 1 : 0)) : noneCode }

  /// 64-bit FNV-1a of a level's UTF-8 bytes (Fowler, Noll, Vo).
  public static func hash(_ level: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in level.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    return hash
  }

  func isRare(_ level: String) -> Bool { Self.isRare(level, among: rareLevelHashes) }

  /// Whether a level's hash is among these.
  /// - Parameter hashes: ascending.
  static func isRare(_ level: String, among hashes: [UInt64]) -> Bool {
    let hash = hash(level)
    var low = 0
    var high = hashes.count
    while low < high {
      let middle = (low + high) / 2
      if hashes[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low < hashes.count && hashes[low] == hash
  }
}

/// A flag as an indicator of each answer.
public struct FlagEncoder: Codable, Sendable, Equatable {
  public let column: String
  public let hasMissing: Bool

  public init(column: String, hasMissing: Bool) {
    self.column = column
    self.hasMissing = hasMissing
  }

  var group: IndicatorGroup {
    IndicatorGroup(
      name: column, source: column,
      levels: ["no", "yes"] + (hasMissing ? [CategoryEncoder.missingLevelName] : []))
  }

  /// Missing is the level behind the two, or none of the indicators where training saw no missing.
  @inline(__always)
  func code(_ value: Int8) -> UInt16 { value < 0 ? 2 : UInt16(value) }
}
