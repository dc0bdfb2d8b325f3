/// How columns become binned features for trees.
public struct TreeFeatureOptions: Codable, Sendable, Equatable {
  /// What trees see of a category.
  public enum Categories: String, Codable, Sendable, CaseIterable {
    /// By the number of levels: a few as a set, more as ordered codes, and from three up a smoothed
    /// target rate beside them; pairs as `pairs` says.
    case automatic
    /// Codes in the order of falling frequency alone.
    case codes
    /// Bins without an order, of which splits choose sets.
    case subsets
    /// Smoothed target rates, from three levels up; no codes beside them, no pairs.
    case targetRates
    /// Codes, target rates, and target rates of pairs, whatever the number of levels.
    case combinations
  }

  /// Bins a feature, the missing one included: 3 to 255. Default 255.
  public var maxBins = 255
  /// Rows from which thresholds are taken, drawn by a hash of the row where there are more; at least
  /// 1,000. Default 200,000.
  public var sampleRows = 200_000
  /// What trees see of a category. Default `.automatic`.
  public var categories = Categories.automatic
  /// Rows' weight with which a level's target rate is drawn to the base rate, above 0. Default 20.
  public var smoothing = 20.0
  /// Parts into which the training rows are cut, so that a row's target rates come from the other
  /// parts; 2 to 64. Default 7.
  public var innerFolds = 7
  /// Pairs of categories whose target rates are kept; 0 for none. Default 12.
  public var pairs = 12
  /// Rows (sum of weights) that a level or a pair of levels needs; those with fewer go where missing
  /// goes. At least 1. Default 10.
  public var minimumLevelRows = 10.0
  /// Number columns of which nothing is made but their own bins, so that what holds for those, such as a
  /// direction, holds for the column.
  public var plainColumns: Set<String> = []
  /// Columns of which one feature may be made, group by group; columns in no common group make none
  /// together. `nil`: any two may.
  public var meetings: [[String]]?
  /// Draws the sample and the inner folds. Default 1.
  public var seed: UInt64 = 1

  public init() {}

  /// - Throws: `FeatureError.badOption` for a value that is out of its range.
  public func validated() throws -> TreeFeatureOptions {
    func check(_ holds: Bool, _ name: String, _ found: String, _ expected: String) throws {
      guard holds else {
        throw FeatureError.badOption(name: name, found: found, expected: expected)
      }
    }
    try check((3...255).contains(maxBins), "maxBins", "\(maxBins)", "3 to 255")
    try check(sampleRows >= 1_000, "sampleRows", "\(sampleRows)", "1000 or more")
    try check(
      smoothing > 0 && smoothing.isFinite, "smoothing", "\(smoothing)", "a number above 0")
    try check((2...64).contains(innerFolds), "innerFolds", "\(innerFolds)", "2 to 64")
    try check(pairs >= 0, "pairs", "\(pairs)", "0 or more")
    try check(
      minimumLevelRows >= 1 && minimumLevelRows.isFinite, "minimumLevelRows",
      "\(minimumLevelRows)", "1 or more")
    return self
  }

  func mayMeet(_ first: String, _ second: String) -> Bool {
    guard first != second, let meetings else { return true }
    return meetings.contains { $0.contains(first) && $0.contains(second) }
  }

  /// Up to so many levels a category's bins have no order: one split parts each level from the rest.
  static let unorderedLevels = 4
  /// From so many levels up a target rate says more than codes do: with two, both cut alike.
  static let rateLevels = 3
  /// A number with at most so many distinct values may be part of a pair.
  static let mostPairValues = 40
  /// The most frequent levels of a category that count in pairs: 512 × 512 cells are a megabyte.
  static let mostPairLevels = 512
  /// Sources that pairs are made of: the best by log loss of their own target rates. 40 make 780
  /// pairs, a second of ranking at most.
  static let mostPairSources = 40
  /// Rows on which pairs are ranked, drawn by a hash of the row.
  static let pairRankingRows = 50_000
}
