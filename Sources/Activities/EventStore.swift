import Synchronization

/// The records of each part, in memory and, past a limit, in a temporary file.
///
/// Kernel: records are gathered in chunks of raw memory. Any thread may append; each part has a lock of
/// its own. Chunks are freed here alone.
final class EventStore: Sendable {
  /// The largest chunk of a part: long enough that writing one costs little, and small beside the limit
  /// for some hundred parts.
  private static let largestChunk = 1 << 17
  static let smallestChunk = 1 << 12

  /// `@unchecked Sendable`: owned by one part, and touched under its lock.
  private struct Chunk: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer
    var count: Int
  }

  private struct Part: Sendable {
    var chunks: [Chunk] = []
    var pieces: [TemporaryFile.Piece] = []
    var byteCount = 0
  }

  private final class LockedPart: Sendable {
    let part = Mutex(Part())
  }

  private let parts: [LockedPart]
  private let memoryLimit: Int
  private let folder: String
  private let firstChunk: Int
  private let held = Atomic<Int>(0)
  private let file = Mutex<TemporaryFile?>(nil)

  /// - Parameters:
  ///   - memoryLimit: bytes in memory, beyond which a part's chunks go to the file.
  ///   - firstChunk: bytes of a part's first chunk, which the later ones double.
  init(
    partCount: Int, memoryLimit: Int, folder: String, firstChunk: Int = EventStore.smallestChunk
  ) {
    self.firstChunk = firstChunk
    parts = (0..<partCount).map { _ in LockedPart() }
    self.memoryLimit = memoryLimit
    self.folder = folder
  }

  deinit {
    for part in 0..<parts.count { discard(part) }
  }

  /// Bytes that went to the temporary file.
  var spilledByteCount: Int { file.withLock { $0?.byteCount ?? 0 } }

  func byteCount(_ part: Int) -> Int { parts[part].part.withLock { $0.byteCount } }

  /// - Throws: `ActivityError.spillFailed`.
  func append(_ records: UnsafeRawBufferPointer, to part: Int) throws {
    guard !records.isEmpty else { return }
    try parts[part].part.withLock { part in
      part.byteCount += records.count
      var done = 0
      while done < records.count {
        if part.chunks.last.map({ $0.count == $0.bytes.count }) ?? true { try makeRoom(&part) }
        let last = part.chunks.count - 1
        let chunk = part.chunks[last]
        let count = min(chunk.bytes.count - chunk.count, records.count - done)
        // Bounds: `count` bytes are left in both.
        UnsafeMutableRawBufferPointer(rebasing: chunk.bytes[chunk.count..<chunk.count + count])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: records[done..<done + count]))
        part.chunks[last].count += count
        done += count
      }
    }
  }

  /// Adds an empty chunk to a part, whose others are written to the file first where memory is short.
  private func makeRoom(_ part: inout Part) throws {
    let size = min(
      Self.largestChunk, max(firstChunk, (part.chunks.last?.bytes.count ?? 0) * 2))
    if held.load(ordering: .relaxed) + size > memoryLimit, !part.chunks.isEmpty {
      let file = try openFile()
      for chunk in part.chunks {
        part.pieces.append(
          try file.append(UnsafeRawBufferPointer(rebasing: chunk.bytes[..<chunk.count])))
      }
      // The last one is the largest and is kept to be filled again.
      for chunk in part.chunks.dropLast() { free(chunk) }
      part.chunks.removeFirst(part.chunks.count - 1)
      part.chunks[0].count = 0
      if part.chunks[0].bytes.count >= Self.largestChunk { return }
    }
    part.chunks.append(
      Chunk(bytes: .allocate(byteCount: size, alignment: 16), count: 0))
    held.wrappingAdd(size, ordering: .relaxed)
  }

  private func openFile() throws -> TemporaryFile {
    try file.withLock { file in
      if let file { return file }
      let new = try TemporaryFile(folder: folder)
      file = new
      return new
    }
  }

  private func free(_ chunk: Chunk) {
    held.wrappingSubtract(chunk.bytes.count, ordering: .relaxed)
    chunk.bytes.deallocate()
  }

  /// The part's records one behind the other.
  ///
  /// - Parameter bytes: room for `byteCount(part)` bytes.
  /// - Throws: `ActivityError.spillFailed`.
  func read(_ part: Int, into bytes: UnsafeMutableRawBufferPointer) throws {
    try parts[part].part.withLock { part in
      precondition(bytes.count >= part.byteCount, "room for the part")
      var done = 0
      for piece in part.pieces {
        try openFile().read(
          piece, into: UnsafeMutableRawBufferPointer(rebasing: bytes[done..<done + piece.count]))
        done += piece.count
      }
      for chunk in part.chunks {
        UnsafeMutableRawBufferPointer(rebasing: bytes[done..<done + chunk.count])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: chunk.bytes[..<chunk.count]))
        done += chunk.count
      }
    }
  }

  /// Frees what a part holds in memory; it is empty afterwards.
  func discard(_ part: Int) {
    parts[part].part.withLock { part in
      for chunk in part.chunks { free(chunk) }
      part = Part()
    }
  }
}
