/// Codes for byte strings in the order in which they were first seen.
///
/// Kernel: an open-addressing table on raw memory. Strings of up to 16 bytes are compared as two words;
/// longer ones by a 128-bit mix first and by their bytes then. Not thread-safe: one thread uses it at
/// a time.
public final class LevelDictionary {
  private struct Slot {
    var low: UInt64
    var high: UInt64
    /// -1 marks a free slot.
    var code: Int32
    var length: UInt32
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var slotCount: Int
  private var arena: [UInt8] = []
  private var arenaEnds: [Int] = [0]
  /// For each level, the position at which it was first seen, as given by the caller.
  public private(set) var firstPositions: [Int] = []

  public init() {
    slotCount = 64
    slots = Self.allocate(slotCount)
  }

  deinit {
    slots.deallocate()
  }

  public var count: Int { firstPositions.count }
  /// Bytes of all levels together.
  public var byteCount: Int { arena.count }

  private static func allocate(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: Slot(low: 0, high: 0, code: -1, length: 0), count: count)
    return slots
  }

  /// Forgets all levels and keeps the memory.
  public func reset() {
    for slot in 0..<slotCount { slots[slot].code = -1 }
    arena.removeAll(keepingCapacity: true)
    arenaEnds.removeLast(arenaEnds.count - 1)
    firstPositions.removeAll(keepingCapacity: true)
  }

  public func withLevel<Result>(
    _ code: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    try arena.withUnsafeBufferPointer { arena in
      try body(UnsafeBufferPointer(rebasing: arena[arenaEnds[code]..<arenaEnds[code + 1]]))
    }
  }

  public func level(_ code: Int) -> String {
    String(decoding: arena[arenaEnds[code]..<arenaEnds[code + 1]], as: UTF8.self)
  }

  /// The code of a string, a new one if it was not seen before.
  ///
  /// - Parameters:
  ///   - bytes, length: the string; 16 bytes behind `bytes` must be readable.
  ///   - position: kept for a new level.
  public func code(_ bytes: UnsafePointer<UInt8>, _ length: Int, position: Int) -> Int32 {
    let (low, high) = Self.key(bytes, length)
    return find(slots, slotCount &- 1, bytes, length, low, high)
      ?? insert(bytes, length, low, high, position)
  }

  /// Looks a key up in the table, which the caller holds in its own variables: in a loop over cells
  /// that spares a checked access to this object for each.
  @inline(__always)
  private func find(
    _ slots: UnsafeMutablePointer<Slot>, _ mask: Int, _ bytes: UnsafePointer<UInt8>, _ length: Int,
    _ low: UInt64, _ high: UInt64
  ) -> Int32? {
    var slot = Self.hash(low, high, length) & mask
    while true {
      let found = slots + slot
      if found.pointee.low == low && found.pointee.high == high
        && found.pointee.length == UInt32(truncatingIfNeeded: length) && found.pointee.code >= 0
        && (length <= 16 || isLevel(Int(found.pointee.code), bytes, length))
      {
        return found.pointee.code
      }
      if found.pointee.code < 0 { return nil }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(__always)
  private static func hash(_ low: UInt64, _ high: UInt64, _ length: Int) -> Int {
    let product = (low ^ 0x9E37_79B9_7F4A_7C15 &+ UInt64(length)).multipliedFullWidth(
      by: (high ^ 0xD1B5_4A32_D192_ED03))
    let mixed = (product.low ^ product.high ^ low) &* 0x9FB2_1C65_1E98_DF25
    return Int(truncatingIfNeeded: mixed &>> 24)
  }

  /// The bytes themselves if they fit two words, else two words mixed from all of them.
  @inline(__always)
  private static func key(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> (UInt64, UInt64) {
    let raw = UnsafeRawPointer(bytes)
    if length <= 16 {
      let low = raw.loadUnaligned(as: UInt64.self)
      let high = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      // A shift by 64 or more gives 0, so lengths of 0, 8 and 16 need no case of their own.
      let lowMask = ~(~UInt64(0) << UInt64(min(length, 8) &* 8))
      let highMask = ~(~UInt64(0) << UInt64(max(length &- 8, 0) &* 8))
      return (low & lowMask, high & highMask)
    }
    return longKey(raw, length)
  }

  @inline(never)
  private static func longKey(_ raw: UnsafeRawPointer, _ length: Int) -> (UInt64, UInt64) {
    // Bounds: words start at 0, 8 … and the last at `length - 8`, all inside the string.
    var one = UInt64(length) &* 0x9E37_79B9_7F4A_7C15
    var two: UInt64 = 0xD1B5_4A32_D192_ED03
    var offset = 0
    while true {
      let at = min(offset, length &- 8)
      let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      let product = (one ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
      one = product.low ^ product.high
      two = (two ^ word) &* 0xE703_7ED1_A0B4_28DB
      two ^= two &>> 29
      if at != offset || offset &+ 8 >= length { break }
      offset &+= 8
    }
    return (one, two)
  }

  private func isLevel(_ code: Int, _ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    withLevel(code) { level in
      for index in 0..<length where level[index] != bytes[index] { return false }
      return true
    }
  }

  @inline(never)
  private func insert(
    _ bytes: UnsafePointer<UInt8>, _ length: Int, _ low: UInt64, _ high: UInt64, _ position: Int
  ) -> Int32 {
    if (count + 1) * 2 > slotCount { grow() }
    let code = Int32(count)
    place(Slot(low: low, high: high, code: code, length: UInt32(length)))
    arena.append(contentsOf: UnsafeBufferPointer(start: bytes, count: length))
    arenaEnds.append(arena.count)
    firstPositions.append(position)
    return code
  }

  private func place(_ entry: Slot) {
    var slot = Self.hash(entry.low, entry.high, Int(entry.length)) & (slotCount - 1)
    while slots[slot].code >= 0 { slot = (slot + 1) & (slotCount - 1) }
    slots[slot] = entry
  }

  private func grow() {
    let old = slots
    let oldCount = slotCount
    slotCount *= 4
    slots = Self.allocate(slotCount)
    for slot in 0..<oldCount where old[slot].code >= 0 { place(old[slot]) }
    old.deallocate()
  }

  /// Codes for the cells of a column; empty cells get -1. Declared missing tokens are levels here, and
  /// are taken out where the levels are put in their final order.
  ///
  /// - Parameters:
  ///   - block: cells with `CellBlock.padding` readable bytes behind each.
  ///   - position: of the block's first row; levels keep the position of their first row.
  ///   - codes: room for `block.rowCount` values.
  public func encode(
    _ block: CellBlock, column: Int, position: Int, into codes: UnsafeMutablePointer<Int32>
  ) {
    let stripsReturn = block.stripsReturn(column: column)
    var slots = self.slots
    var mask = slotCount &- 1
    // Bounds: rows below `block.rowCount`.
    for row in 0..<block.rowCount {
      var (start, end) = block.bounds(row: row, column: column, stripsReturn: stripsReturn)
      if start == end {
        codes[row] = -1
        continue
      }
      if block.bytes[start] <= 0x20 || block.bytes[end &- 1] <= 0x20 {
        let cell = block.trimmed(start, end)
        guard let base = cell.baseAddress, !cell.isEmpty else {
          codes[row] = -1
          continue
        }
        start = base - block.bytes
        end = start + cell.count
      }
      let bytes = block.bytes + start
      let length = end &- start
      let (low, high) = Self.key(bytes, length)
      if let code = find(slots, mask, bytes, length, low, high) {
        codes[row] = code
        continue
      }
      codes[row] = insert(bytes, length, low, high, position &+ row)
      slots = self.slots
      mask = slotCount &- 1
    }
  }
}
