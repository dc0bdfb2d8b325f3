import Tables

/// The row of each lead by its id, compared byte for byte.
///
/// Kernel: open addressing over the bytes of all ids, at most half full; a slot holds 32 bits of the
/// hash and the row, so that other ids are passed over without a look at their bytes. Never changed after
/// it is made, so any number of threads may ask at once.
public struct LeadIndex: Sendable {
  /// Rows of the table of leads.
  public let count: Int
  /// Rows whose id stood on a row before; activities go to the first.
  public let repeatedCount: Int
  private let bytes: [UInt8]
  /// `count + 1` offsets into `bytes`.
  private let offsets: [Int]
  /// The upper half holds bits of the hash, the lower one the row plus one; 0 is free.
  private let slots: [UInt64]

  public init(ids: [String]) {
    var offsets = [0]
    offsets.reserveCapacity(ids.count + 1)
    var bytes: [UInt8] = []
    for id in ids {
      bytes.append(contentsOf: id.utf8)
      offsets.append(bytes.count)
    }
    self.init(bytes: bytes, offsets: offsets) { _ in false }
  }

  /// - Parameter ids: one a lead; rows without an id have no activities.
  public init(ids: TextValues) {
    self.init(bytes: ids.bytes, offsets: ids.offsets) { ids.isMissing($0) }
  }

  /// - Parameter column: the leads' ids, of type text or category.
  /// - Throws: `ActivityError.columnType`.
  public init(_ column: Column) throws {
    switch column.values {
    case .text(let values): self.init(ids: values)
    case .category(let values):
      var offsets = [0]
      offsets.reserveCapacity(values.codes.count + 1)
      var bytes: [UInt8] = []
      for code in values.codes {
        if code >= 0 { bytes.append(contentsOf: values.levels[Int(code)].utf8) }
        offsets.append(bytes.count)
      }
      self.init(bytes: bytes, offsets: offsets) { values.codes[$0] < 0 }
    default:
      throw ActivityError.columnType(
        name: column.name, expected: "text", found: column.type.rawValue)
    }
  }

  private init(bytes: [UInt8], offsets: [Int], isMissing: (Int) -> Bool) {
    let count = offsets.count - 1
    precondition(count < Int(UInt32.max), "at most four billion leads")
    var slotCount = 16
    while slotCount < 2 * count { slotCount *= 2 }
    var slots = [UInt64](repeating: 0, count: slotCount)
    var repeated = 0
    // Bounds: ids lie inside `bytes`, slots are masked; lifetime: the arrays stand for the closure.
    bytes.withUnsafeBufferPointer { bytes in
      for row in 0..<count where !isMissing(row) {
        let id = UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]])
        let hash = Self.hash(id)
        let tag = hash & 0xFFFF_FFFF_0000_0000
        var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
        var isNew = true
        while slots[slot] != 0 {
          if slots[slot] & 0xFFFF_FFFF_0000_0000 == tag {
            let other = Int(slots[slot] & 0xFFFF_FFFF) - 1
            let found = UnsafeBufferPointer(rebasing: bytes[offsets[other]..<offsets[other + 1]])
            if Self.areEqual(found, id) {
              isNew = false
              break
            }
          }
          slot = (slot + 1) & (slotCount - 1)
        }
        if isNew { slots[slot] = tag | UInt64(row + 1) } else { repeated += 1 }
      }
    }
    self.count = count
    self.bytes = bytes
    self.offsets = offsets
    self.slots = slots
    repeatedCount = repeated
  }

  /// The row of a lead; `nil` where no lead has this id.
  public func row(of id: String) -> Int? {
    var id = id
    let row = id.withUTF8 { id in withPointers { $0.row(of: id) } }
    return row < 0 ? nil : Int(row)
  }

  /// The rows of many ids; -1 where no lead has one, -2 where the cell is missing.
  public func rows(of ids: TextValues) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: ids.count) { rows, count in
      // Bounds: a cell of `ids` lies inside its bytes; lifetime: all arrays stand for the closures.
      withPointers { index in
        ids.bytes.withUnsafeBufferPointer { bytes in
          ids.offsets.withUnsafeBufferPointer { offsets in
            for start in stride(from: 0, to: ids.count, by: Pointers.batchSize) {
              index.find(start..<min(start + Pointers.batchSize, ids.count), bytes, offsets, rows)
            }
            for row in 0..<ids.count where ids.missing[row] { rows[row] = -2 }
          }
        }
      }
      count = ids.count
    }
  }

  private func withPointers<Result>(_ body: (Pointers) -> Result) -> Result {
    slots.withUnsafeBufferPointer { slots in
      bytes.withUnsafeBufferPointer { bytes in
        offsets.withUnsafeBufferPointer { offsets in
          body(Pointers(slots: slots, bytes: bytes, offsets: offsets))
        }
      }
    }
  }

  /// The arrays held for the length of a call.
  private struct Pointers {
    let slots: UnsafeBufferPointer<UInt64>
    let bytes: UnsafeBufferPointer<UInt8>
    let offsets: UnsafeBufferPointer<Int>

    /// Ids that are looked up side by side: enough to keep memory busy.
    static let batchSize = 32

    /// Looks up a batch of ids, stage by stage: where each id's slot is, what it holds, and whether these
    /// are its bytes. The loads of a stage do not wait for one another, as those of one id must.
    ///
    /// Bounds: at most `batchSize` cells, inside `cells`; one row each.
    func find(
      _ batch: Range<Int>, _ cells: UnsafeBufferPointer<UInt8>,
      _ ends: UnsafeBufferPointer<Int>, _ rows: UnsafeMutableBufferPointer<Int32>
    ) {
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * Self.batchSize) { room in
        let hashes = room
        let found = UnsafeMutableBufferPointer(rebasing: room[Self.batchSize...])
        for (place, cell) in batch.enumerated() {
          let id = UnsafeBufferPointer(rebasing: cells[ends[cell]..<ends[cell + 1]])
          hashes[place] = LeadIndex.hash(id)
        }
        for place in 0..<batch.count {
          found[place] = slots[Int(truncatingIfNeeded: hashes[place]) & (slots.count &- 1)]
        }
        for (place, cell) in batch.enumerated() {
          let id = UnsafeBufferPointer(rebasing: cells[ends[cell]..<ends[cell + 1]])
          rows[cell] = row(of: id, hash: hashes[place], first: found[place])
        }
      }
    }

    @inline(__always)
    func row(of id: UnsafeBufferPointer<UInt8>) -> Int32 {
      let hash = LeadIndex.hash(id)
      return row(
        of: id, hash: hash, first: slots[Int(truncatingIfNeeded: hash) & (slots.count &- 1)])
    }

    /// - Parameter first: what the first slot of the hash holds.
    @inline(__always)
    private func row(of id: UnsafeBufferPointer<UInt8>, hash: UInt64, first: UInt64) -> Int32 {
      let tag = hash & 0xFFFF_FFFF_0000_0000
      var slot = Int(truncatingIfNeeded: hash) & (slots.count &- 1)
      var found = first
      while found != 0 {
        if found & 0xFFFF_FFFF_0000_0000 == tag {
          let row = Int(found & 0xFFFF_FFFF) &- 1
          let known = UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row &+ 1]])
          if LeadIndex.areEqual(known, id) { return Int32(truncatingIfNeeded: row) }
        }
        slot = (slot &+ 1) & (slots.count &- 1)
        found = slots[slot]
      }
      return -1
    }
  }

  @inline(__always)
  private static func areEqual(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard left.count == right.count else { return false }
    let (a, b) = (UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
    var at = 0
    // Bounds: whole words while eight bytes are left, single bytes after them.
    while at &+ 8 <= a.count {
      guard
        a.loadUnaligned(fromByteOffset: at, as: UInt64.self)
          == b.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      else { return false }
      at &+= 8
    }
    while at < a.count {
      guard a[at] == b[at] else { return false }
      at &+= 1
    }
    return true
  }

  /// Words of eight bytes multiplied into one another; never 0 in its upper half's place of a free slot,
  /// since the row is stored plus one.
  @inline(__always)
  private static func hash(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var state = UInt64(id.count) &* 0x9E37_79B9_7F4A_7C15 ^ 0xD1B5_4A32_D192_ED03
    let raw = UnsafeRawBufferPointer(id)
    var at = 0
    // Bounds: whole words while eight bytes are left, single bytes after them.
    while at &+ 8 <= id.count {
      state = mix(state ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at &+= 8
    }
    var rest: UInt64 = 0
    while at < id.count {
      rest = rest << 8 | UInt64(id[at])
      at &+= 1
    }
    return mix(state ^ rest)
  }

  @inline(__always)
  private static func mix(_ word: UInt64) -> UInt64 {
    let product = word.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.low ^ product.high
  }
}
