/// How an activity lies in memory while activities are gathered: a record of fixed length without gaps.
///
/// Kernel: records are read and written where they lie. Every function takes the address of a whole
/// record of `stride` bytes that the caller holds for the length of the call.
struct EventLayout: Sendable, Equatable {
  let hasValue: Bool
  let hasRecordedAt: Bool
  let attributeCount: Int

  /// Stands for a missing type.
  static let noType = UInt16.max
  /// Stands for a missing attribute.
  static let noLevel = UInt32.max

  private static let leadOffset = 8
  private static let typeOffset = 12
  private static let attributesOffset = 14

  private var valueOffset: Int { Self.attributesOffset + 4 * attributeCount }
  private var recordedAtOffset: Int { valueOffset + (hasValue ? 8 : 0) }

  /// Bytes a record.
  var stride: Int { recordedAtOffset + (hasRecordedAt ? 8 : 0) }

  @inline(__always)
  func time(_ record: UnsafeRawPointer) -> Double {
    record.loadUnaligned(as: Double.self)
  }

  @inline(__always)
  func lead(_ record: UnsafeRawPointer) -> Int32 {
    record.loadUnaligned(fromByteOffset: Self.leadOffset, as: Int32.self)
  }

  @inline(__always)
  func type(_ record: UnsafeRawPointer) -> UInt16 {
    record.loadUnaligned(fromByteOffset: Self.typeOffset, as: UInt16.self)
  }

  @inline(__always)
  func attribute(_ record: UnsafeRawPointer, _ index: Int) -> UInt32 {
    record.loadUnaligned(fromByteOffset: Self.attributesOffset + 4 * index, as: UInt32.self)
  }

  /// NaN where it is missing.
  @inline(__always)
  func value(_ record: UnsafeRawPointer) -> Double {
    hasValue ? record.loadUnaligned(fromByteOffset: valueOffset, as: Double.self) : .nan
  }

  /// NaN where it is missing.
  @inline(__always)
  func recordedAt(_ record: UnsafeRawPointer) -> Double {
    hasRecordedAt ? record.loadUnaligned(fromByteOffset: recordedAtOffset, as: Double.self) : .nan
  }

  @inline(__always)
  func write(
    time: Double, lead: Int32, type: UInt16, value: Double, recordedAt: Double,
    to record: UnsafeMutableRawPointer
  ) {
    record.storeBytes(of: time, as: Double.self)
    record.storeBytes(of: lead, toByteOffset: Self.leadOffset, as: Int32.self)
    record.storeBytes(of: type, toByteOffset: Self.typeOffset, as: UInt16.self)
    if hasValue { record.storeBytes(of: value, toByteOffset: valueOffset, as: Double.self) }
    if hasRecordedAt {
      record.storeBytes(of: recordedAt, toByteOffset: recordedAtOffset, as: Double.self)
    }
  }

  @inline(__always)
  func write(attribute level: UInt32, _ index: Int, to record: UnsafeMutableRawPointer) {
    record.storeBytes(of: level, toByteOffset: Self.attributesOffset + 4 * index, as: UInt32.self)
  }
}
