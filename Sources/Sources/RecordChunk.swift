import Tables

/// Records that a source has made and nobody has read yet.
struct RecordChunk {
  /// Bytes made at a time: a read takes them in pieces.
  private static let size = 1 << 16

  var records = CSVRecordBuffer(dialect: TextDialect(), escapesFormulas: false)
  private var taken = 0

  var isRead: Bool { taken == records.bytes.count }
  var isFull: Bool { records.bytes.count >= Self.size }

  /// Makes room for others.
  mutating func removeAll() {
    taken = 0
    records.removeAll()
  }

  /// Moves the next bytes to `buffer`.
  /// - Returns: how many.
  mutating func give(to buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, records.bytes.count - taken)
    // Bounds: `count` bytes are there on both sides.
    records.bytes.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[taken..<taken + count]))
    }
    taken += count
    return count
  }
}

/// A source that makes its records itself, a chunk at a time.
protocol ChunkedRecordSource: RecordSource {
  var chunk: RecordChunk { get set }
  /// Adds records until the chunk is full; none at the end and only then.
  func fill() throws
}

extension ChunkedRecordSource {
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if chunk.isRead {
      chunk.removeAll()
      try fill()
    }
    return chunk.give(to: buffer)
  }
}
