/// The activities of leads in order of time, packed column by column.
///
/// An activity is told by its place in the log; those of one lead are next to each other. Within a lead
/// they stand by time, then by type, time of recording, value and attributes.
public struct ActivityLog: Sendable {
  public let columns: ActivityColumns
  public let summary: ActivitySummary
  /// Leads of the table of leads, those without activities included.
  public let leadCount: Int
  /// `leadCount + 1` places.
  let offsets: [Int]
  let storage: EventStorage
  let hasLateEvents: Bool

  public var eventCount: Int { storage.count }
  /// In the order of their bytes.
  public var types: [String] { summary.types.levels }
  /// The time of the newest activity that is not planned; `nil` without any.
  public var newest: Double? { summary.newest }

  /// The places of a lead's activities.
  public func events(of lead: Int) -> Range<Int> {
    offsets[lead]..<offsets[lead + 1]
  }

  /// Seconds since 1970.
  public func time(_ event: Int) -> Double {
    checked(event)
    return storage.times[event]
  }

  /// A place in `types`; `nil` where the type is missing.
  public func type(_ event: Int) -> Int? {
    checked(event)
    let type = storage.types[event]
    return type == EventLayout.noType ? nil : Int(type)
  }

  /// NaN where it is missing.
  public func value(_ event: Int) -> Double {
    checked(event)
    return storage.values?[event] ?? .nan
  }

  /// The time at which the activity was recorded; NaN where it is missing.
  public func recordedAt(_ event: Int) -> Double {
    checked(event)
    return storage.recordedAt?[event] ?? .nan
  }

  /// The time from which the activity is known: when it happened, or was recorded if that was later.
  public func knownAt(_ event: Int) -> Double {
    let (time, recorded) = (time(event), recordedAt(event))
    return recorded > time ? recorded : time
  }

  /// The level of an attribute, as a place in `summary.attributes[index].levels`; `nil` where missing.
  public func attribute(_ index: Int, _ event: Int) -> Int? {
    checked(event)
    let level = storage.attributes[index][event]
    return level == EventLayout.noLevel ? nil : Int(level)
  }

  @inline(__always)
  private func checked(_ event: Int) {
    precondition(event >= 0 && event < storage.count, "no such activity")
  }
}
