/// The packed columns of a log, to be walked through by loops of other modules.
///
/// Kernel: pointers to `eventCount` values each, that stand for the length of `ActivityLog.withColumns`.
/// The places of a lead's activities are below `eventCount`.
public struct EventColumns {
  /// Stands for a missing type.
  public static let noType = EventLayout.noType
  /// Stands for a missing attribute.
  public static let noLevel = EventLayout.noLevel

  /// Seconds since 1970.
  public let times: UnsafePointer<Double>
  /// Places in `ActivityLog.types`, or `noType`.
  public let types: UnsafePointer<UInt16>
  /// NaN where it is missing; `nil` without a column of values.
  public let values: UnsafePointer<Double>?
  /// When activities were recorded, NaN where it is missing; `nil` where none was recorded after it
  /// happened.
  public let recordedLate: UnsafePointer<Double>?
  /// Places in the attributes' levels, or `noLevel`.
  public let attributes: [UnsafePointer<UInt32>]
}

extension ActivityLog {
  /// Hands out the columns for the length of a call.
  public func withColumns<Result>(_ body: (EventColumns) throws -> Result) rethrows -> Result {
    // Lifetime: the storage frees its columns when it goes, which is not before the call ends.
    try withExtendedLifetime(storage) {
      try body(
        EventColumns(
          times: UnsafePointer(storage.times), types: UnsafePointer(storage.types),
          values: storage.values.map { UnsafePointer($0) },
          recordedLate: hasLateEvents ? storage.recordedAt.map { UnsafePointer($0) } : nil,
          attributes: storage.attributes.map { UnsafePointer($0) }))
    }
  }
}
