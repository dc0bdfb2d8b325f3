import Parallel
import Synchronization
import Tables

/// Gathers activities from blocks of a table that come in any order, from any thread.
///
/// What it makes depends on the activities alone, not on the order of the blocks or of their rows. An
/// activity that stands twice counts twice: a log may hold two opens within a second, and only its owner
/// can tell them from one that was loaded twice.
public final class ActivityLogBuilder: Sendable {
  let columns: ActivityColumns
  let leads: LeadIndex
  let partitions: LeadPartitions
  let layout: EventLayout
  /// One part more than partitions: the last holds activities that may be planned.
  let store: EventStore
  private let statedExport: Double?
  private let latest: Double
  let state: Mutex<State>

  /// What is known of all activities so far.
  struct State: Sendable {
    var counts = ActivityCounts()
    var types = LevelTable()
    var attributes: [LevelTable]
    var newestRecordedAt = -Double.infinity
    var newest = -Double.infinity
    var oldest = Double.infinity
    /// Of the ids that no lead has, the first in the order of their bytes.
    var unknownLead: [UInt8]?
    var newestOfUnknownLeads = -Double.infinity
  }

  /// - Parameters:
  ///   - leads: whose activities are kept.
  ///   - accounts: one a lead, negative for none: keeps the leads of an account in one partition, for
  ///     `partitions(pool:)`.
  ///   - exportedAt: the moment of the export: later activities are planned and left out. `nil` takes
  ///     the newest time at which an activity was recorded; without such times none is planned.
  ///   - latest: when the log is read: a time of recording after it is mistyped, and tells nothing of
  ///     the export.
  ///   - memoryLimit: bytes that gathered activities may take in memory; what is beyond goes to a
  ///     temporary file. Activities take 14 bytes each, 8 more with a value, 8 with the time of
  ///     recording, and 4 an attribute.
  ///   - temporaryFolder: where that file is; `nil` takes `TMPDIR` or `/tmp`. The file has no name and
  ///     is gone when the process ends, however it ends.
  public convenience init(
    columns: ActivityColumns, leads: LeadIndex, accounts: [Int32]? = nil, exportedAt: Double? = nil,
    latest: Double = .infinity, memoryLimit: Int = .max, temporaryFolder: String? = nil
  ) {
    self.init(
      columns: columns, leads: leads, accounts: accounts, exportedAt: exportedAt,
      latest: latest, memoryLimit: memoryLimit, temporaryFolder: temporaryFolder, partitionSize: nil
    )
  }

  init(
    columns: ActivityColumns, leads: LeadIndex, accounts: [Int32]?, exportedAt: Double?,
    latest: Double = .infinity, memoryLimit: Int, temporaryFolder: String?, partitionSize: Int?,
    firstChunk: Int = EventStore.smallestChunk
  ) {
    self.columns = columns
    self.leads = leads
    statedExport = exportedAt
    self.latest = latest
    partitions = LeadPartitions(leadCount: leads.count, accounts: accounts, size: partitionSize)
    layout = EventLayout(
      hasValue: columns.value != nil, hasRecordedAt: columns.recordedAt != nil,
      attributeCount: columns.attributes.count)
    store = EventStore(
      partCount: partitions.count + 1, memoryLimit: memoryLimit,
      folder: temporaryFolder ?? TemporaryFile.usualFolder, firstChunk: firstChunk)
    state = Mutex(State(attributes: columns.attributes.map { _ in LevelTable() }))
  }

  private var pendingPart: Int { partitions.count }

  /// Adds the rows of a table; may be called from several threads at once.
  ///
  /// - Parameter block: has the named columns: the lead as text or category, times as dates, the value
  ///   as a number, type and attributes as categories.
  /// - Throws: `ActivityError`.
  public func add(_ block: Table) throws {
    let cells = try ActivityCells(block, columns: columns, leads: leads)
    let codes = try state.withLock { state in try cells.codes(&state, columns: columns) }
    var tally = BlockTally(codes: codes)
    let partOfRow = assign(cells, codes, &tally)
    tally.newestOfUnknownLeads = newestOfUnknownLeads(cells)
    try write(cells, codes, partOfRow, runs: tally.rowsOfPart)
    let unknown = cells.firstUnknownLead
    state.withLock { state in
      tally.add(to: &state)
      if let unknown, state.unknownLead.map(unknown.lexicographicallyPrecedes) ?? true {
        state.unknownLead = unknown
      }
    }
  }

  /// Which part each row goes to, -1 for none.
  private func assign(
    _ cells: ActivityCells, _ codes: ActivityCells.Codes, _ tally: inout BlockTally
  ) -> [Int32] {
    var parts = [Int32](repeating: -1, count: cells.rowCount)
    tally.rowsOfPart = [Int](repeating: 0, count: partitions.count + 1)
    tally.counts.read = cells.rowCount
    for row in 0..<cells.rowCount {
      let lead = cells.leads[row]
      guard lead >= 0 else {
        if lead == -1 { tally.counts.unknownLead += 1 } else { tally.counts.missingLead += 1 }
        continue
      }
      let time = cells.times[row]
      guard abs(time) <= ActivityCells.latestTime else {
        tally.leaveOutUntimed(type: codes.type(row))
        continue
      }
      let recordedAt = cells.recordedAt.map { $0[row] } ?? .nan
      let isRecorded = recordedAt <= latest
      if isRecorded, recordedAt.isFinite {
        tally.newestRecordedAt = max(tally.newestRecordedAt, recordedAt)
      } else if recordedAt > latest {
        tally.counts.recordedLater += 1
      }
      var part = pendingPart
      if let statedExport {
        guard time <= statedExport else {
          tally.leaveOutPlanned(type: codes.type(row))
          continue
        }
        part = -1
      } else if layout.hasRecordedAt {
        // What was recorded after it happened is not planned, whenever the export was.
        if isRecorded, recordedAt >= time { part = -1 }
      } else {
        part = -1
      }
      if part < 0 {
        part = partitions.part(ofSlot: slot(lead))
        tally.keep(
          time: time, recordedAt: recordedAt, type: codes.type(row), value: cells.value(row))
        for index in codes.attributes.indices { tally.keep(attribute: index, codes, row) }
      }
      parts[row] = Int32(part)
      tally.rowsOfPart[part] += 1
    }
    return parts
  }

  /// The newest time, among leads that are not in the table, of an activity that can't be a plan: it tells
  /// until when the log goes.
  private func newestOfUnknownLeads(_ cells: ActivityCells) -> Double {
    var newest = -Double.infinity
    for row in 0..<cells.rowCount where cells.leads[row] == -1 {
      let time = cells.times[row]
      guard time > newest, time <= min(latest, ActivityCells.latestTime) else { continue }
      if let statedExport {
        guard time <= statedExport else { continue }
      } else if let recordedAt = cells.recordedAt {
        guard recordedAt[row] >= time, recordedAt[row] <= latest else { continue }
      } else {
        // What is ours can be planned, what leads do can't.
        guard !cells.isOurs(row, columns: columns) else { continue }
      }
      newest = time
    }
    return newest
  }

  @inline(__always)
  private func slot(_ lead: Int32) -> Int {
    guard let slots = partitions.slotOfLead else { return Int(lead) }
    return Int(slots[Int(lead)])
  }

  /// Writes the rows as records, part by part.
  private func write(
    _ cells: ActivityCells, _ codes: ActivityCells.Codes, _ partOfRow: [Int32], runs: [Int]
  ) throws {
    let stride = layout.stride
    var starts: [Int] = []
    starts.reserveCapacity(runs.count)
    var total = 0
    for run in runs {
      starts.append(total)
      total += run
    }
    // Lifetime: freed at the end of this call; bounds: a record a kept row, each at its part's next place.
    let records = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, total * stride), alignment: 16)
    defer { records.deallocate() }
    guard let base = records.baseAddress else { return }
    var next = starts
    for row in 0..<cells.rowCount where partOfRow[row] >= 0 {
      let part = Int(partOfRow[row])
      let record = base + next[part] * stride
      next[part] += 1
      layout.write(
        time: cells.times[row], lead: Int32(slot(cells.leads[row])), type: codes.type(row),
        value: cells.value(row), recordedAt: cells.recordedAt.map { $0[row] } ?? .nan, to: record)
      for (index, attribute) in codes.attributes.enumerated() {
        layout.write(attribute: attribute[row], index, to: record)
      }
    }
    for (part, run) in runs.enumerated() where run > 0 {
      try store.append(
        UnsafeRawBufferPointer(start: base + starts[part] * stride, count: run * stride), to: part)
    }
  }

  /// Decides what may be planned, now that the moment of the export is known.
  /// - Returns: that moment; `nil` where nothing tells it.
  func settlePending() throws -> Double? {
    let newest = state.withLock { $0.newestRecordedAt }
    let exportedAt = statedExport ?? (newest.isFinite ? newest : nil)
    let stride = layout.stride
    let byteCount = store.byteCount(pendingPart)
    guard byteCount > 0 else { return exportedAt }
    // Lifetime: freed at the end of this call; bounds: whole records below `byteCount`.
    let records = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 16)
    defer { records.deallocate() }
    try store.read(pendingPart, into: records)
    store.discard(pendingPart)
    guard let base = records.baseAddress else { return exportedAt }
    var tally = state.withLock { state in BlockTally(state) }
    for offset in Swift.stride(from: 0, to: byteCount, by: stride) {
      let record = UnsafeRawPointer(base + offset)
      let time = layout.time(record)
      guard time <= exportedAt ?? .infinity else {
        tally.leaveOutPlanned(type: layout.type(record))
        continue
      }
      let type = layout.type(record)
      tally.keep(
        time: time, recordedAt: layout.recordedAt(record), type: type, value: layout.value(record))
      for index in 0..<layout.attributeCount {
        tally.keep(attribute: index, layout.attribute(record, index))
      }
      try store.append(
        UnsafeRawBufferPointer(start: record, count: stride),
        to: partitions.part(ofSlot: Int(layout.lead(record))))
    }
    state.withLock { tally.add(to: &$0) }
    return exportedAt
  }
}
