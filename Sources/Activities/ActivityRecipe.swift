import Tables

/// All that is needed to make the same columns of activities again, for other leads and at other times.
///
/// Types and levels are chosen once, on the log that a model is trained on; later ones count in the
/// totals alone.
public struct ActivityRecipe: Codable, Sendable, Equatable {
  /// A type of activity that has features of its own.
  public struct TypeEntry: Codable, Sendable, Equatable {
    public var name: String
    /// Whether activities of this type had values to add up.
    public var hasValues: Bool
  }

  /// An attribute and its levels that have features of their own.
  public struct AttributeEntry: Codable, Sendable, Equatable {
    public var name: String
    public var levels: [String]
  }

  public let columns: ActivityColumns
  public let options: ActivityFeatureOptions
  /// In the order of their bytes.
  public let types: [TypeEntry]
  public let attributes: [AttributeEntry]
  public let rates: [ActivityRate]
  /// Whether sums of values are made in all, for the lead and for us.
  public let hasLeadValues: Bool
  public let hasOurValues: Bool

  /// Chooses what gets features of its own.
  ///
  /// - Parameter summary: of the log that a model is trained on.
  /// - Throws: `ActivityError.invalidOption`, `.unknownTimeZone`.
  public init(
    summary: ActivitySummary, columns: ActivityColumns,
    options: ActivityFeatureOptions = ActivityFeatureOptions()
  ) throws {
    let options = try options.validated()
    _ = try options.zone
    self.columns = columns
    self.options = options
    let counted = summary.types
    let names = Set(counted.commonest(options.maximumTypes, least: options.minimumEvents))
    types = counted.levels.indices.filter { names.contains(counted.levels[$0]) }.map {
      TypeEntry(name: counted.levels[$0], hasValues: counted.valuedCounts[$0] > 0)
    }
    attributes = summary.attributes.map { attribute in
      AttributeEntry(
        name: attribute.name,
        levels: attribute.commonest(options.maximumLevels, least: options.minimumEvents))
    }
    if let rates = options.rates {
      for rate in rates {
        for name in [rate.type, rate.of] where !counted.levels.contains(name) {
          throw ActivityError.invalidOption(
            name: "rates", reason: "there is no activity of the type \"\(name)\"")
        }
      }
      self.rates = rates
    } else {
      rates = ActivityRate.recognised(among: types.map(\.name))
    }
    let valued = counted.levels.indices.filter { counted.valuedCounts[$0] > 0 }
    hasLeadValues = valued.contains { !columns.byUs.contains(counted.levels[$0]) }
    hasOurValues = valued.contains { columns.byUs.contains(counted.levels[$0]) }
  }

  /// - Parameter log: that a model is trained on.
  public init(
    log: ActivityLog, options: ActivityFeatureOptions = ActivityFeatureOptions()
  ) throws {
    try self.init(summary: log.summary, columns: log.columns, options: options)
  }
}

extension ActivityRecipe {
  /// For a recipe that was read from a file.
  /// - Throws: `ActivityError.invalidOption` where its parts contradict each other.
  public func validated() throws -> ActivityRecipe {
    func check(_ holds: Bool, _ reason: String) throws {
      guard holds else { throw ActivityError.invalidOption(name: "recipe", reason: reason) }
    }
    _ = try options.validated()
    try check(
      attributes.map(\.name) == columns.attributes, "its attributes are not those of its columns")
    let names = types.map(\.name)
    try check(Set(names).count == names.count, "a type of activity stands twice")
    for attribute in attributes {
      try check(
        Set(attribute.levels).count == attribute.levels.count,
        "a level of \(attribute.name) stands twice")
    }
    return self
  }
}

extension ActivityFeatureOptions {
  var zone: NamedTimeZone {
    get throws { try timeZone.map { try NamedTimeZone($0) } ?? .utc }
  }
}
