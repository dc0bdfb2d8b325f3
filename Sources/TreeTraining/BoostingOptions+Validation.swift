import Features

extension BoostingOptions {
  /// These options, if all lie in their ranges.
  ///
  /// - Throws: ``BoostingError/badOption(name:found:expected:)`` for the first that doesn't.
  public func validated() throws -> BoostingOptions {
    try Self.check("rounds", rounds, rounds >= 1, "at least 1")
    try Self.check("patience", patience, patience >= 1, "at least 1")
    try Self.check(
      "learningRate", learningRate, learningRate > 0 && learningRate <= 1,
      "above 0 and at most 1")
    try Self.check("leaves", leaves, (2...1_024).contains(leaves), "2 to 1,024")
    if let maxDepth {
      try Self.check("maxDepth", maxDepth, maxDepth >= 1, "at least 1")
    }
    try Self.check("minimumRows", minimumRows, minimumRows >= 1, "at least 1")
    try Self.checkPenalty("minimumHessian", minimumHessian)
    try Self.checkPenalty("l1", l1)
    try Self.checkPenalty("l2", l2)
    try Self.checkPenalty("minimumGain", minimumGain)
    try Self.checkShare("rowShare", rowShare)
    try Self.checkShare("columnShare", columnShare)
    try Self.check(
      "oneVersusRestLevels", oneVersusRestLevels, oneVersusRestLevels >= 0, "0 or more")
    try Self.checkPenalty("categorySmoothing", categorySmoothing)
    try Self.checkPenalty("categoryL2", categoryL2)
    try Self.check(
      "minimumCategoryRows", minimumCategoryRows, minimumCategoryRows >= 0, "0 or more")
    try Self.check("mostCategories", mostCategories, mostCategories >= 1, "at least 1")
    for leaves in members.compactMap(\.leaves) {
      try Self.check("members.leaves", leaves, (2...1_024).contains(leaves), "2 to 1,024")
    }
    return self
  }

  /// These options, if they suit the features too.
  ///
  /// - Throws: ``BoostingError/badOption(name:found:expected:)`` where `monotone` or `interactions`
  ///   speak of features that there are not, or of an order that categories don't have.
  func validated(for features: [BinnedFeature]) throws -> BoostingOptions {
    if !monotone.isEmpty {
      try Self.check(
        "monotone", monotone.count, monotone.count == features.count,
        "empty or one direction for each of the \(features.count) features")
      for (direction, feature) in zip(monotone, features)
      where direction != .free && feature.kind == .categories {
        throw BoostingError.badOption(
          name: "monotone", found: "\(direction.rawValue) for \(feature.name)",
          expected: "free for a feature of categories, which has no order")
      }
    }
    for chosen in members.compactMap(\.features) {
      try Self.check(
        "members.features", chosen.count,
        !chosen.isEmpty && chosen.allSatisfy(features.indices.contains),
        "some of the features 0 to \(features.count - 1)")
    }
    for feature in (interactions ?? []).joined() {
      try Self.check(
        "interactions", feature, features.indices.contains(feature),
        "groups of features 0 to \(features.count - 1)")
    }
    return self
  }

  private static func check<Value>(
    _ name: String, _ value: Value, _ holds: Bool, _ expected: String
  ) throws {
    guard holds else {
      throw BoostingError.badOption(name: name, found: "\(value)", expected: expected)
    }
  }

  private static func checkPenalty(_ name: String, _ value: Double) throws {
    try check(name, value, value >= 0 && value.isFinite, "a finite number, 0 or more")
  }

  private static func checkShare(_ name: String, _ value: Double) throws {
    try check(name, value, value > 0 && value <= 1, "above 0 and at most 1")
  }
}
