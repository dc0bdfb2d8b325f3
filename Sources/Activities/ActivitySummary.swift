/// What a log of activities holds in all: enough to choose features by.
public struct ActivitySummary: Sendable, Equatable {
  public let counts: ActivityCounts
  /// The types, with how many activities have each.
  public let types: LevelCounts
  /// The same of each attribute.
  public let attributes: [LevelCounts]
  /// Times of the oldest and newest activity that is not planned; `nil` where there is none.
  public let oldest: Double?
  public let newest: Double?
  /// The moment of the export: stated, or the newest time of recording; `nil` where nothing tells it.
  public let exportedAt: Double?
  /// Activities of each type that were left out since they have no time.
  public let untimedTypes: [String: Int]
  /// The same of those whose time has not come.
  public let plannedTypes: [String: Int]
  /// Of the ids that the table of leads does not have, the first in the order of their bytes; `nil` where
  /// all are known.
  public let unknownLead: String?
  /// The newest time of an activity of these ids that can't be a plan; `nil` without any.
  public let newestOfUnknownLeads: Double?
}
