/// Which features are made of activities.
public struct ActivityFeatureOptions: Codable, Sendable, Equatable {
  public static let day = 86_400.0

  /// Lengths of the windows before the moment in seconds, ascending; all time is always one more.
  /// Default: 7, 30 and 90 days.
  public var windows = [7 * day, 30 * day, 90 * day]
  /// The two spans that the change of pace compares, in seconds. Default: 30 days against the 30 before.
  public var paceLength = 30 * day
  /// At most so many types get features of their own, the commonest ones. Default 20.
  public var maximumTypes = 20
  /// At most so many levels of each attribute. Default 8.
  public var maximumLevels = 8
  /// Types and levels of fewer activities get no features of their own. Default 20.
  public var minimumEvents = 20
  /// Types that follow on others: opened of sent. `nil`, the default, takes those that their names tell
  /// (`ActivityRate.recognised`).
  public var rates: [ActivityRate]?
  /// The IANA name of the zone that rules calendar days; `nil`, the default, takes days as UTC has them,
  /// which are the days as written where times have no zone.
  public var timeZone: String?

  public init() {}

  /// A thousand years: no history is as long, and the days in it can be counted.
  private static let longest = 365_250 * day
  /// Windows beyond this number are a mistake: each makes a column of every type of activity.
  private static let mostWindows = 100

  /// - Throws: `ActivityError.invalidOption`.
  public func validated() throws -> ActivityFeatureOptions {
    func check(_ name: String, _ length: Double) throws {
      guard length > 0, length <= Self.longest else {
        throw ActivityError.invalidOption(
          name: name,
          reason: "a length of time above zero is expected, and at most a thousand years")
      }
    }
    guard windows.count <= Self.mostWindows else {
      throw ActivityError.invalidOption(
        name: "windows",
        reason: "there are \(windows.count), and at most \(Self.mostWindows) can be")
    }
    for window in windows { try check("windows", window) }
    try check("pace", paceLength)
    guard zip(windows, windows.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw ActivityError.invalidOption(
        name: "windows", reason: "they must be in rising order, each once")
    }
    for (name, count) in [
      ("maximum types", maximumTypes), ("maximum levels", maximumLevels),
      ("minimum events", minimumEvents),
    ] where count < 0 {
      throw ActivityError.invalidOption(name: name, reason: "it must not be negative")
    }
    return self
  }
}
