/// Puts the records of one part in order: by lead, time, and what else there is of them.
///
/// Kernel: a counting sort by lead, then a sort of each lead's few records by time, which in most
/// exports is the order that they come in. Two records that differ in nothing may stand in either order.
struct EventSorter: Sendable {
  let layout: EventLayout
  /// Codes in order of arrival to places in the order of names.
  let typeRanks: [UInt32]
  let attributeRanks: [[UInt32]]

  private struct Key {
    var time: Double
    var record: UInt32
  }

  /// Counts the records of each lead.
  ///
  /// - Parameters:
  ///   - records: whole records.
  ///   - leads: the leads (as slots) that they are of.
  /// - Returns: one count a lead.
  func counts(_ records: UnsafeRawBufferPointer, leads: Range<Int>) -> [Int] {
    var counts = [Int](repeating: 0, count: leads.count)
    guard let base = records.baseAddress else { return counts }
    // Bounds: whole records below `records.count`.
    for offset in stride(from: 0, to: records.count, by: layout.stride) {
      counts[Int(layout.lead(base + offset)) - leads.lowerBound] += 1
    }
    return counts
  }

  /// Writes the records by lead, and those of a lead in order.
  ///
  /// - Parameters:
  ///   - counts: records a lead, as counted above.
  ///   - destinations: where each lead's first event goes in `storage`; each has room for its count.
  ///   - inOrder: false leaves those of a lead as they came.
  func place(
    _ records: UnsafeRawBufferPointer, leads: Range<Int>, counts: [Int], destinations: [Int],
    into storage: EventStorage, inOrder: Bool = true
  ) {
    guard let base = records.baseAddress, !records.isEmpty else { return }
    let total = records.count / layout.stride
    precondition(total <= Int(UInt32.max), "a part holds at most four billion activities")
    var next: [Int] = []
    next.reserveCapacity(counts.count)
    var sum = 0
    for count in counts {
      next.append(sum)
      sum += count
    }
    // Lifetime: freed at the end of this call; bounds: each lead's running start stays below its end.
    let keys = UnsafeMutableBufferPointer<Key>.allocate(capacity: total)
    defer { keys.deallocate() }
    for index in 0..<total {
      let record = base + index * layout.stride
      let lead = Int(layout.lead(record)) - leads.lowerBound
      keys.initializeElement(
        at: next[lead], to: Key(time: layout.time(record), record: UInt32(index)))
      next[lead] += 1
    }
    var start = 0
    for (lead, count) in counts.enumerated() {
      let own = UnsafeMutableBufferPointer(rebasing: keys[start..<start + count])
      if inOrder { sort(own, base) }
      write(own, base, at: destinations[lead], into: storage)
      start += count
    }
  }

  private func sort(_ keys: UnsafeMutableBufferPointer<Key>, _ base: UnsafeRawPointer) {
    // Long runs out of order are rare; up to this length shifting one by one is quicker than a merge.
    let isShort = keys.count <= 24
    for index in keys.indices.dropFirst() where precedes(keys[index], keys[index - 1], base) {
      guard isShort else {
        var whole = keys
        whole.sort { precedes($0, $1, base) }
        return
      }
      let key = keys[index]
      var place = index
      while place > 0, precedes(key, keys[place - 1], base) {
        keys[place] = keys[place - 1]
        place -= 1
      }
      keys[place] = key
    }
  }

  @inline(__always)
  private func precedes(_ left: Key, _ right: Key, _ base: UnsafeRawPointer) -> Bool {
    left.time != right.time ? left.time < right.time : tiedPrecedes(left, right, base)
  }

  /// Records of one time: by the time of recording, type, value and attributes.
  @inline(never)
  private func tiedPrecedes(_ left: Key, _ right: Key, _ base: UnsafeRawPointer) -> Bool {
    let (a, b) = (
      base + Int(left.record) * layout.stride, base + Int(right.record) * layout.stride
    )
    let (typeA, typeB) = (rank(type: layout.type(a)), rank(type: layout.type(b)))
    if typeA != typeB { return typeA < typeB }
    let recorded = (layout.recordedAt(a).bitPattern, layout.recordedAt(b).bitPattern)
    if recorded.0 != recorded.1 { return recorded.0 < recorded.1 }
    let value = (layout.value(a).bitPattern, layout.value(b).bitPattern)
    if value.0 != value.1 { return value.0 < value.1 }
    for index in attributeRanks.indices {
      let levels = (
        rank(layout.attribute(a, index), index), rank(layout.attribute(b, index), index)
      )
      if levels.0 != levels.1 { return levels.0 < levels.1 }
    }
    return false
  }

  @inline(__always)
  private func rank(type: UInt16) -> UInt16 {
    type == EventLayout.noType ? type : UInt16(truncatingIfNeeded: typeRanks[Int(type)])
  }

  @inline(__always)
  private func rank(_ level: UInt32, _ attribute: Int) -> UInt32 {
    level == EventLayout.noLevel ? level : attributeRanks[attribute][Int(level)]
  }

  private func write(
    _ keys: UnsafeMutableBufferPointer<Key>, _ base: UnsafeRawPointer, at start: Int,
    into storage: EventStorage
  ) {
    // Bounds: `start + keys.count` is at most the storage's count, as the caller's counts add up to it.
    for (index, key) in keys.enumerated() {
      let record = base + Int(key.record) * layout.stride
      storage.times[start + index] = key.time
      storage.types[start + index] = rank(type: layout.type(record))
      storage.values?[start + index] = layout.value(record)
      storage.recordedAt?[start + index] = layout.recordedAt(record)
      for attribute in attributeRanks.indices {
        storage.attributes[attribute][start + index] = rank(
          layout.attribute(record, attribute), attribute)
      }
    }
  }
}
