/// A category's frequent levels, and enough of the rare ones to know them again.
public struct CategoryLevels: Codable, Sendable, Equatable {
  public let column: String
  /// By falling weight of their rows, ties in the order of the strings.
  public let levels: [String]
  /// Hashes of the rare levels, ascending: enough to tell "rare" from "never seen", and no way to
  /// read them back.
  public let rareLevelHashes: [UInt64]

  public init(column: String, levels: [String], rareLevelHashes: [UInt64]) {
    self.column = column
    self.levels = levels
    self.rareLevelHashes = rareLevelHashes
  }

  func isRare(_ level: String) -> Bool {
    CategoryEncoder.isRare(level, among: rareLevelHashes)
  }
}

/// Something with levels that target rates and codes are made of.
///
/// A cell's level is an index below `levelCount`, or one of the three behind them: missing, rare,
/// never seen.
public enum LevelSource: Codable, Sendable, Equatable {
  case category(CategoryLevels)
  /// Levels no and yes.
  case flag(column: String)
  case calendar(column: String, part: CalendarPart)
  /// A number with few distinct values; its bins are the levels.
  case number(column: String, thresholds: BinThresholds)

  public var column: String {
    switch self {
    case .category(let levels): levels.column
    case .flag(let column), .calendar(let column, _), .number(let column, _): column
    }
  }

  /// What the source is called in names of features.
  public var name: String {
    if case .calendar(let column, let part) = self { "\(part.words) of \(column)" } else { column }
  }

  public var levelCount: Int {
    switch self {
    case .category(let levels): levels.levels.count
    case .flag: 2
    case .calendar(_, let part): part.levelCount
    case .number(_, let thresholds): thresholds.valueBinCount
    }
  }

  var missingLevel: Int { levelCount }
  var rareLevel: Int { levelCount + 1 }
  var unseenLevel: Int { levelCount + 2 }
  /// Levels and the three behind them.
  var codeCount: Int { levelCount + 3 }

  /// Most levels of a category, so that every code fits 16 bits; further ones count as rare.
  public static let mostLevels = 60_000
}
