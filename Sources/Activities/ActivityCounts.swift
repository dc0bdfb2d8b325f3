/// What became of the activities that were read.
public struct ActivityCounts: Codable, Sendable, Equatable {
  /// Rows in all.
  public var read = 0
  /// Activities in the log: those of known leads with a time that are not planned.
  public var kept = 0
  /// Of leads that the table of leads does not have; left out.
  public var unknownLead = 0
  /// Without a lead's id; left out.
  public var missingLead = 0
  /// Without a time, or with one that can't be read; left out.
  public var missingTime = 0
  /// Later than the moment of the export; left out.
  public var planned = 0
  /// Kept without a type; they count in totals.
  public var missingType = 0
  /// Kept and recorded only after they happened.
  public var late = 0
  /// Recorded after the moment at which the data were read, as no activity can be: they tell nothing of
  /// the export, and count from then on.
  public var recordedLater = 0

  public init() {}

  mutating func add(_ other: ActivityCounts) {
    read += other.read
    kept += other.kept
    unknownLead += other.unknownLead
    missingLead += other.missingLead
    missingTime += other.missingTime
    planned += other.planned
    missingType += other.missingType
    late += other.late
    recordedLater += other.recordedLater
  }
}
