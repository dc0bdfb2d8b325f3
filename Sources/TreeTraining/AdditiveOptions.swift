import Features

/// How the trees of an additive model are grown: of one feature each first, then of two.
public struct AdditiveOptions: Sendable, Equatable {
  /// Rounds a stage, at least 1, each of one tree a feature or pair. With validation rows, at most so
  /// many. Default 1,000.
  public var rounds = 1_000
  /// Rounds without a lower validation loss after which a stage stops. Default 30.
  public var patience = 30
  /// What a tree's values are multiplied by, above 0 and at most 0.2: trees of one group learn from the same
  /// gradients, and where their features say the same, their steps add up. Default 0.1.
  public var learningRate = 0.1
  /// Leaves of a tree of one ordered feature, the one for missing values apart; 2 to 64. Default 3.
  public var leaves = 3
  /// Leaves of a tree of two features, 2 to 64. Default 4.
  public var pairLeaves = 4
  /// Rows (sum of weights) a leaf, at least 1. Default 10.
  public var minimumRows = 10
  /// L2 penalty on leaf values, 0 or more. Default 1.
  public var l2 = 1.0
  /// L2 penalty on top of `l2` for the value of a category. Default 10.
  public var categoryL2 = 10.0
  /// Pairs of features that get trees: those that explain most of what is left; 0 for none. Default 12.
  public var pairs = 12
  /// Cells that a feature of a pair is cut into at most, 2 to 32. Default 32.
  public var pairCells = 32
  /// One a feature; empty for all free. A feature that is not free is in no pair.
  public var monotone: [BoostingOptions.Monotone] = []
  /// Features (indices) that may be a pair, group by group; features in no group are in no pair. `nil`:
  /// any two may.
  public var interactions: [[Int]]?
  /// Draws the rounding of gradients. Default 1.
  public var seed: UInt64 = 1

  public init() {}

  /// These options, if all lie in their ranges.
  ///
  /// - Throws: ``BoostingError/badOption(name:found:expected:)`` for the first that doesn't.
  public func validated() throws -> AdditiveOptions {
    func check<Value>(_ name: String, _ value: Value, _ holds: Bool, _ expected: String) throws {
      guard holds else {
        throw BoostingError.badOption(name: name, found: "\(value)", expected: expected)
      }
    }
    try check("rounds", rounds, rounds >= 1, "at least 1")
    try check("patience", patience, patience >= 1, "at least 1")
    try check(
      "learningRate", learningRate, learningRate > 0 && learningRate <= 0.2,
      "above 0 and at most 0.2")
    try check("leaves", leaves, (2...64).contains(leaves), "2 to 64")
    try check("pairLeaves", pairLeaves, (2...64).contains(pairLeaves), "2 to 64")
    try check("minimumRows", minimumRows, minimumRows >= 1, "at least 1")
    for (name, penalty) in [("l2", l2), ("categoryL2", categoryL2)] {
      try check(name, penalty, penalty >= 0 && penalty.isFinite, "a finite number, 0 or more")
    }
    try check("pairs", pairs, pairs >= 0, "0 or more")
    try check("pairCells", pairCells, (2...32).contains(pairCells), "2 to 32")
    return self
  }

  /// These options, if they suit the features too.
  ///
  /// - Throws: ``BoostingError/badOption(name:found:expected:)`` where `monotone` or `interactions`
  ///   speak of features that there are not, or of an order that categories don't have.
  func validated(for features: [BinnedFeature]) throws -> AdditiveOptions {
    // What is said of features means the same for any trees.
    var others = BoostingOptions()
    others.monotone = monotone
    others.interactions = interactions
    _ = try others.validated(for: features)
    return try validated()
  }

  func direction(_ feature: Int) -> BoostingOptions.Monotone {
    monotone.isEmpty ? .free : monotone[feature]
  }

  /// Whether two features may be a pair.
  func mayMeet(_ first: Int, _ second: Int) -> Bool {
    guard direction(first) == .free, direction(second) == .free else { return false }
    guard let interactions else { return true }
    return interactions.contains { $0.contains(first) && $0.contains(second) }
  }
}
