/// A numeric column of a feature matrix.
public struct NumberFeature: Codable, Sendable, Equatable {
  /// What the feature is, in the user's words: `age`, `log balance`, `close − open (days)`.
  public let name: String
  /// The source column that it was made of, for figures by source column.
  public let source: String
  /// The weight of its squared coefficient in the L2 penalty; 1 is usual.
  public let penaltyFactor: Double

  public init(name: String, source: String, penaltyFactor: Double = 1) {
    self.name = name
    self.source = source
    self.penaltyFactor = penaltyFactor
  }
}

/// A set of indicators of which at most one is 1 in a row: the levels of a category, the bins of a
/// number. Its columns are never materialised; a row holds one code.
public struct IndicatorGroup: Codable, Sendable, Equatable {
  public let name: String
  public let source: String
  /// The meaning of each code; a row whose code is `levels.count` has none of the indicators.
  public let levels: [String]
  public let penaltyFactor: Double

  public init(name: String, source: String, levels: [String], penaltyFactor: Double = 1) {
    self.name = name
    self.source = source
    self.levels = levels
    self.penaltyFactor = penaltyFactor
  }
}

/// The columns of a feature matrix in the order of a model's coefficients: the numbers, then the
/// levels of the first group, of the second, and so on.
public struct FeatureLayout: Codable, Sendable, Equatable {
  public let numbers: [NumberFeature]
  public let groups: [IndicatorGroup]

  public init(numbers: [NumberFeature], groups: [IndicatorGroup]) {
    self.numbers = numbers
    self.groups = groups
  }

  /// Columns in all, the intercept not counted.
  public var coefficientCount: Int {
    numbers.count + groups.reduce(0) { $0 + $1.levels.count }
  }

  /// The index of each group's first level among the coefficients.
  public var groupOffsets: [Int] {
    var offsets: [Int] = []
    var offset = numbers.count
    for group in groups {
      offsets.append(offset)
      offset += group.levels.count
    }
    return offsets
  }

  /// One name a coefficient: `age`, `job = retired`.
  public var coefficientNames: [String] {
    numbers.map(\.name) + groups.flatMap { group in group.levels.map { "\(group.name) = \($0)" } }
  }

  /// One source column a coefficient.
  public var coefficientSources: [String] {
    numbers.map(\.source)
      + groups.flatMap { group in group.levels.map { _ in group.source } }
  }

  /// One penalty factor a coefficient.
  public var penaltyFactors: [Double] {
    numbers.map(\.penaltyFactor)
      + groups.flatMap { group in group.levels.map { _ in group.penaltyFactor } }
  }
}
