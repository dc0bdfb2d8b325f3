import Parallel

/// Leads and their activities part by part, for logs that do not fit in memory.
///
/// The leads of an account are in one part if accounts were given to the builder.
public struct ActivityPartitions: Sendable {
  /// Some leads and their activities.
  public struct Partition: Sendable {
    /// 0, 1, 2 …
    public let index: Int
    /// Rows in the table of leads; the log's leads are places in it.
    public let leads: [Int32]
    public let log: ActivityLog
  }

  public let columns: ActivityColumns
  /// Of all parts together.
  public let summary: ActivitySummary
  let partitions: LeadPartitions
  let store: EventStore
  let sorter: EventSorter

  public var count: Int { partitions.count }

  /// Where each part begins in the order of leads, and last how many leads there are.
  public var bounds: [Int] { partitions.bounds }

  /// The rows of the table of leads in the order of the parts; `nil` where that is the table's own.
  public var leadOrder: [Int32]? { partitions.leadOfSlot }

  /// Bytes that went to the temporary file.
  public var spilledByteCount: Int { store.spilledByteCount }

  /// Reads the parts once, in order: `process` runs on the pool's threads, `consume` on the calling
  /// thread in the order of the parts. As many parts as the pool has threads are held at a time.
  ///
  /// - Parameters:
  ///   - inOrder: whether a lead's activities must stand in the order of their times; where they need not,
  ///     they stand in any, and sorting them is saved.
  ///   - process: must not use the pool; a pool of one thread is free to be used inside.
  /// - Throws: `ActivityError.spillFailed`, and whatever the two throw.
  public func forEachPartition<Output: Sendable>(
    pool: WorkerPool, inOrder: Bool = true, process: @Sendable (Partition) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    for range in RowBlocks(rowCount: count, blockSize: pool.threadCount) {
      let outputs = try pool.map(range.count) {
        try process(partition(range.lowerBound + $0, inOrder: inOrder))
      }
      for output in outputs { try consume(output) }
    }
  }

  private func partition(_ index: Int, inOrder: Bool) throws -> Partition {
    let slots = partitions.bounds[index]..<partitions.bounds[index + 1]
    let (counts, storage) = try placed(index, slots, inOrder: inOrder)
    var offsets = [0]
    offsets.reserveCapacity(counts.count + 1)
    for count in counts { offsets.append(offsets[offsets.count - 1] + count) }
    return Partition(
      index: index,
      leads: partitions.leadOfSlot.map { Array($0[slots]) } ?? slots.map { Int32($0) },
      log: ActivityLog(
        columns: columns, summary: summary, leadCount: slots.count, offsets: offsets,
        storage: storage, hasLateEvents: summary.counts.late > 0))
  }

  private func placed(
    _ index: Int, _ slots: Range<Int>, inOrder: Bool
  ) throws -> ([Int], EventStorage) {
    try store.withRecords(index) { records in
      let counts = sorter.counts(records, leads: slots)
      let storage = EventStorage(
        count: records.count / sorter.layout.stride, layout: sorter.layout)
      var destinations: [Int] = []
      destinations.reserveCapacity(counts.count)
      var sum = 0
      for count in counts {
        destinations.append(sum)
        sum += count
      }
      sorter.place(
        records, leads: slots, counts: counts, destinations: destinations, into: storage,
        inOrder: inOrder)
      return (counts, storage)
    }
  }
}

extension ActivityLogBuilder {
  /// Ends the gathering and gives the activities part by part.
  ///
  /// - Throws: `ActivityError.spillFailed`.
  public func partitions(pool: WorkerPool) throws -> ActivityPartitions {
    let exportedAt = try settlePending()
    let (summary, typeRanks, attributeRanks) = state.withLock { state in
      let types = state.types.ranked(name: columns.type ?? "")
      let attributes = zip(columns.attributes, state.attributes).map { $1.ranked(name: $0) }
      let summary = ActivitySummary(
        counts: state.counts, types: types.counts, attributes: attributes.map(\.counts),
        oldest: state.oldest.isFinite ? state.oldest : nil,
        newest: state.newest.isFinite ? state.newest : nil, exportedAt: exportedAt,
        untimedTypes: state.types.untimed, plannedTypes: state.types.planned,
        unknownLead: state.unknownLead.map { String(decoding: $0, as: UTF8.self) },
        newestOfUnknownLeads: state.newestOfUnknownLeads.isFinite
          ? state.newestOfUnknownLeads : nil)
      return (summary, types.ranks, attributes.map(\.ranks))
    }
    return ActivityPartitions(
      columns: columns, summary: summary, partitions: partitions, store: store,
      sorter: EventSorter(layout: layout, typeRanks: typeRanks, attributeRanks: attributeRanks))
  }

  /// Ends the gathering and gives all activities as one log.
  ///
  /// - Throws: `ActivityError.spillFailed`.
  public func finish(pool: WorkerPool) throws -> ActivityLog {
    try partitions(pool: pool).whole(pool: pool)
  }
}

extension ActivityPartitions {
  /// All parts as one log, by the leads' rows; the parts are given up.
  func whole(pool: WorkerPool) throws -> ActivityLog {
    let counts = try pool.map(count) { part in
      try store.withRecords(part) { records in
        sorter.counts(records, leads: partitions.bounds[part]..<partitions.bounds[part + 1])
      }
    }
    var offsets = [Int](repeating: 0, count: partitions.leadCount + 1)
    for (part, counts) in counts.enumerated() {
      for (index, count) in counts.enumerated() {
        offsets[lead(ofSlot: partitions.bounds[part] + index) + 1] = count
      }
    }
    for lead in 0..<partitions.leadCount { offsets[lead + 1] += offsets[lead] }
    let storage = EventStorage(count: offsets[partitions.leadCount], layout: sorter.layout)
    let starts = offsets
    _ = try pool.map(count) { part in
      let slots = partitions.bounds[part]..<partitions.bounds[part + 1]
      try store.withRecords(part) { records in
        sorter.place(
          records, leads: slots, counts: counts[part],
          destinations: slots.map { starts[lead(ofSlot: $0)] }, into: storage)
      }
      store.discard(part)
    }
    return ActivityLog(
      columns: columns, summary: summary, leadCount: partitions.leadCount, offsets: offsets,
      storage: storage, hasLateEvents: summary.counts.late > 0)
  }

  private func lead(ofSlot slot: Int) -> Int {
    partitions.leadOfSlot.map { Int($0[slot]) } ?? slot
  }
}

extension EventStore {
  /// Hands out the part's records one behind the other for the length of a call.
  func withRecords<Result>(
    _ part: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let count = byteCount(part)
    let records = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    defer { records.deallocate() }
    try read(part, into: records)
    return try body(UnsafeRawBufferPointer(rebasing: records[..<count]))
  }
}
