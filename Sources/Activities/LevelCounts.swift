/// The values of a column of activities and how many activities have each.
public struct LevelCounts: Sendable, Equatable {
  /// The column's name.
  public let name: String
  /// In the order of their UTF-8 bytes.
  public let levels: [String]
  /// Activities a level.
  public let counts: [Int]
  /// Activities with a value other than 0, a level.
  public let valuedCounts: [Int]

  /// The commonest levels, in the order of their bytes.
  ///
  /// - Parameters:
  ///   - limit: at most so many; of equally common ones, the first by their bytes.
  ///   - least: levels of fewer activities are left out.
  public func commonest(_ limit: Int, least: Int) -> [String] {
    let frequent = counts.indices.filter { counts[$0] >= max(least, 1) }
    let chosen = frequent.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(limit)
    return chosen.sorted().map { levels[$0] }
  }
}
