import Activities

/// What examples are made of a CRM's history: who is at risk, of what, decided when, judged how late.
///
/// All parts can be written to a model file, so that leads are scored by the definition that the
/// model was fitted under. Times are seconds since 1970, durations seconds.
public struct HistoryDefinition: Codable, Sendable, Equatable {
  public var roles: HistoryRoles
  public var target: HistoryTarget
  /// When decisions are taken (default: at ages that are found from the open leads).
  public var moments: DecisionMoments
  /// How long after a decision its outcome counts; `nil`: found from the history
  /// (`ReadableDurations`, Docs/History.md).
  public var horizon: Double?
  /// When the data were exported: nothing later has happened. `nil`: the newest recorded moment.
  public var asOf: Double?
  /// The IANA time zone whose days and months count.
  public var timeZone: String
  /// `nil`: lead fields are as of the export, unless there are dated exports.
  public var changes: ChangeColumns?
  public var activities: ActivityColumns?
  public var activityOptions: ActivityFeatureOptions

  public init(
    roles: HistoryRoles, target: HistoryTarget, moments: DecisionMoments = .defaultAges,
    horizon: Double? = nil, asOf: Double? = nil, timeZone: String = "UTC",
    changes: ChangeColumns? = nil, activities: ActivityColumns? = nil,
    activityOptions: ActivityFeatureOptions = ActivityFeatureOptions()
  ) {
    self.roles = roles
    self.target = target
    self.moments = moments
    self.horizon = horizon
    self.asOf = asOf
    self.timeZone = timeZone
    self.changes = changes
    self.activities = activities
    self.activityOptions = activityOptions
  }

  /// Whether examples have columns of activities or of accounts, which activities make.
  var makesActivityColumns: Bool {
    activities != nil || (roles.account != nil && moments != .export)
  }

  /// Columns of the leads whose times decide who is at risk when.
  public var timeColumns: [String] {
    var names = [roles.created].compactMap(\.self)
    if case .column(let outcome) = target.outcome, let date = outcome.date { names.append(date) }
    if case .since(let column) = target.population { names.append(column) }
    return names
  }

  /// - Throws: `HistoryError` for durations that are none, and events without activities.
  public func validated() throws -> HistoryDefinition {
    if let horizon, !(horizon > 0 && horizon.isFinite) {
      throw HistoryError.invalidOption(
        name: "horizon", reason: "a length of time above 0 is expected, such as 90d")
    }
    if case .ages(let ages) = moments {
      guard !ages.isEmpty, ages.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        throw HistoryError.invalidOption(
          name: "ages", reason: "at least one length of time is expected, 0d or more")
      }
    }
    guard activities != nil || !target.needsActivities else { throw HistoryError.eventsWithoutLog }
    guard roles.created != nil || moments == .export else { throw HistoryError.noCreationColumn }
    return self
  }
}

/// Which columns of the leads have a part of their own.
public struct HistoryRoles: Codable, Sendable, Equatable {
  /// Carried along, never features.
  public var ids: [String]
  /// The id by which activities, changes and dated exports name a lead: one of `ids`.
  public var leadID: String?
  public var created: String?
  public var account: String?

  /// - Parameters:
  ///   - ids: a column given twice is one id.
  ///   - leadID: `nil` takes the first of `ids`.
  public init(
    ids: [String], leadID: String? = nil, created: String? = nil, account: String? = nil
  ) {
    self.ids = ids.enumerated().filter { ids.firstIndex(of: $1) == $0 }.map(\.element)
    self.leadID = leadID ?? ids.first
    self.created = created
    self.account = account
  }
}

/// When decisions are taken.
public enum DecisionMoments: Codable, Sendable, Equatable {
  /// At ages found from those of the open leads at the end of the data.
  case defaultAges
  /// At these ages, in seconds since the lead came into the population.
  case ages([Double])
  /// At the end of each calendar month that begins after a lead came into the population.
  case monthEnds
  /// Once, as of the export, for leads whose outcome is known: what came after the outcome counts too.
  /// A naive table to compare with, and all there can be where an outcome has no date.
  case export
}
