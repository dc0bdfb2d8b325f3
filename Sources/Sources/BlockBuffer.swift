import Glibc
import Tables

/// Bytes with readable padding on either side, which grow in place. One thread uses it at a time.
final class BlockBuffer {
  /// Where the content starts.
  static let start = CellBlock.padding

  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// Where the content ends, counted from `base`.
  var end = BlockBuffer.start

  init(contentCapacity: Int) {
    capacity = contentCapacity
    base = Self.allocate(contentCapacity)
  }

  deinit {
    base.deallocate()
  }

  private static func allocate(_ contentCapacity: Int) -> UnsafeMutablePointer<UInt8> {
    let base = UnsafeMutablePointer<UInt8>.allocate(
      capacity: contentCapacity + 2 * CellBlock.padding)
    // The padding is read, so it must be initialised; what it holds does not matter.
    base.initialize(repeating: 0, count: CellBlock.padding)
    return base
  }

  var count: Int { end - Self.start }
  var bytes: UnsafePointer<UInt8> { UnsafePointer(base) }
  var room: Int { capacity - count }

  func clear() { end = Self.start }

  func reserve(_ contentCapacity: Int) {
    guard contentCapacity > capacity else { return }
    let grown = max(contentCapacity, capacity + capacity / 2)
    let old = base
    base = Self.allocate(grown)
    // Bounds: the content and its front padding fit both blocks.
    memcpy(base, old, end)
    old.deallocate()
    capacity = grown
  }

  func append(_ source: UnsafePointer<UInt8>, count: Int) {
    reserve(self.count + count)
    memcpy(base + end, source, count)
    end += count
  }

  /// Reads up to `count` bytes behind the content.
  func fill(from source: any ByteSource, count: Int) throws -> Int {
    reserve(self.count + count)
    let read = try source.read(into: UnsafeMutableRawBufferPointer(start: base + end, count: count))
    end += read
    return read
  }

  /// Makes the bytes behind the content readable.
  func seal() {
    memset(base + end, 0, CellBlock.padding)
  }
}

/// A buffer of positions that keeps its memory from block to block.
final class PositionBuffer {
  private(set) var base: UnsafeMutablePointer<UInt32>
  private(set) var capacity: Int

  init() {
    capacity = 1024
    base = .allocate(capacity: capacity)
  }

  deinit {
    base.deallocate()
  }

  /// Room for `count` values; what was held is lost.
  func reserve(_ count: Int) {
    guard count > capacity else { return }
    base.deallocate()
    capacity = max(count, capacity * 2)
    base = .allocate(capacity: capacity)
  }
}
