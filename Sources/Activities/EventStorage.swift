/// The activities of a log, column by column, those of a lead next to each other and in order.
///
/// Kernel: raw columns of `count` values each, written while the log is made, by threads that each have
/// leads of their own, and only read afterwards; freed when the last log that holds them goes.
///
/// `@unchecked Sendable`: never written once a log has it.
final class EventStorage: @unchecked Sendable {
  let count: Int
  let times: UnsafeMutablePointer<Double>
  /// Places in the order of types; `EventLayout.noType` where it is missing.
  let types: UnsafeMutablePointer<UInt16>
  let values: UnsafeMutablePointer<Double>?
  let recordedAt: UnsafeMutablePointer<Double>?
  /// Places in the order of levels; `EventLayout.noLevel` where it is missing.
  let attributes: [UnsafeMutablePointer<UInt32>]

  init(count: Int, layout: EventLayout) {
    self.count = count
    times = .allocate(capacity: count)
    types = .allocate(capacity: count)
    values = layout.hasValue ? .allocate(capacity: count) : nil
    recordedAt = layout.hasRecordedAt ? .allocate(capacity: count) : nil
    attributes = (0..<layout.attributeCount).map { _ in .allocate(capacity: count) }
  }

  deinit {
    times.deallocate()
    types.deallocate()
    values?.deallocate()
    recordedAt?.deallocate()
    for attribute in attributes { attribute.deallocate() }
  }
}
