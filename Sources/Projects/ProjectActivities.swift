import YAMLDocuments

/// A table of what leads did and what was done for them, one row an activity.
public struct ProjectActivities: Sendable, Equatable {
  /// How many of one type came per one of another: opened of sent.
  public struct Rate: Sendable, Equatable {
    public var type: String
    /// The type that it is a share of.
    public var of: String

    public init(type: String, of: String) {
      self.type = type
      self.of = of
    }
  }

  public var source: TableSource
  /// Columns: the lead's id, when it happened, what it was.
  public var lead: String
  public var at: String
  public var type: String?
  /// A column of numbers that add up.
  public var value: String?
  /// Columns that say what it was about.
  public var attributes: [String]
  /// Types that we do ourselves.
  public var byUs: [String]
  /// A column with the time from which the CRM knew of it.
  public var recordedAt: String?
  /// Seconds, ascending; `nil` for the usual ones.
  public var windows: [Int]?
  public var rates: [Rate]
  /// Where `by_us` and `rates` name their types, for what only the data can contradict; `nil` outside a
  /// file.
  public var byUsPlace: YAMLPlace?
  public var ratesPlace: YAMLPlace?

  public init(
    source: TableSource, lead: String, at: String, type: String? = nil, value: String? = nil,
    attributes: [String] = [], byUs: [String] = [], recordedAt: String? = nil,
    windows: [Int]? = nil, rates: [Rate] = [], byUsPlace: YAMLPlace? = nil,
    ratesPlace: YAMLPlace? = nil
  ) {
    self.source = source
    self.lead = lead
    self.at = at
    self.type = type
    self.value = value
    self.attributes = attributes
    self.byUs = byUs
    self.recordedAt = recordedAt
    self.windows = windows
    self.rates = rates
    self.byUsPlace = byUsPlace
    self.ratesPlace = ratesPlace
  }

  init(_ node: YAMLNode, folder: String) throws {
    let mapping = try node.mapping(keys: [
      "from", "lead", "at", "type", "value", "attributes", "by_us", "recorded_at", "windows",
      "rates",
    ])
    try Self.checkRoles(mapping)
    let type = try mapping["type"]?.nonEmptyString()
    for key in ["by_us", "rates"] where type == nil {
      if let node = mapping[key] {
        throw node.unexpected("no `\(key)` without `type`, the column that names what happened")
      }
    }
    self.init(
      source: try TableSource(mapping.required("from"), folder: folder),
      lead: try mapping.required("lead").nonEmptyString(),
      at: try mapping.required("at").nonEmptyString(), type: type,
      value: try mapping["value"]?.nonEmptyString(),
      attributes: try mapping["attributes"]?.names() ?? [],
      byUs: try mapping["by_us"]?.names() ?? [],
      recordedAt: try mapping["recorded_at"]?.nonEmptyString(),
      windows: try mapping["windows"]?.durations(atLeast: 1),
      rates: try mapping["rates"]?.mapping().entries.map {
        Rate(type: $0.key, of: try $0.value.nonEmptyString())
      } ?? [],
      byUsPlace: mapping["by_us"]?.place, ratesPlace: mapping["rates"]?.place)
  }
}

extension ProjectActivities {
  /// A column is one thing, in one type; only the time from which the CRM knew may be that of the activity
  /// itself, where it knew at once.
  private static func checkRoles(_ mapping: YAMLMapping) throws {
    var roles = try mapping.columnRoles(["lead", "at", "type", "value", "recorded_at"])
    if let node = mapping["attributes"] {
      roles += try node.names().map { ("attributes", $0, node.place) }
    }
    try checkDistinct(roles, mayMeet: ["at", "recorded_at"])
  }
}

extension YAMLMapping {
  /// The columns that some keys name, each with its key and where it is said.
  func columnRoles(_ keys: [String]) throws -> [ColumnRole] {
    try keys.compactMap { key in
      try self[key].map { (key, try $0.nonEmptyString(), $0.place) }
    }
  }
}

typealias ColumnRole = (role: String, column: String, place: YAMLPlace)

/// Checks that no column of a table is two things.
/// - Parameter mayMeet: two roles that one column may have.
/// - Throws: `ProjectError.columnTwice`.
func checkDistinct(_ roles: [ColumnRole], mayMeet: Set<String> = []) throws {
  var first: [String: String] = [:]
  for (role, column, place) in roles {
    if let other = first[column], !(mayMeet.contains(other) && mayMeet.contains(role)) {
      throw ProjectError.columnTwice(place, column: column, first: other, second: role)
    }
    first[column] = first[column] ?? role
  }
}

extension YAMLNode {
  /// One length of time or a list of ascending ones, in seconds.
  func durations(atLeast least: Int) throws -> [Int] {
    var durations: [Int] = []
    for item in try sequenceOrOne() {
      let duration = try item.duration()
      guard duration >= least else { throw item.unexpected("a length of time above 0") }
      guard duration > durations.last ?? -1 else {
        throw item.unexpected("lengths of time that ascend")
      }
      durations.append(duration)
    }
    guard !durations.isEmpty else { throw unexpected("at least one length of time such as 30d") }
    return durations
  }
}
