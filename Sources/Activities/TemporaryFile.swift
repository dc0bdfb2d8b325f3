import Glibc
import Synchronization

/// A file without a name that holds records for a while.
///
/// It has no name from the start, or none as soon as it is open, so that nothing is left behind however
/// the process ends. Pieces are written at the end and read back by their place; any thread may do so.
final class TemporaryFile: Sendable {
  struct Piece: Sendable {
    let offset: Int
    let count: Int
  }

  private let folder: String
  private let descriptor: Int32
  private let end = Mutex(0)

  /// - Throws: `ActivityError.spillFailed`.
  init(folder: String) throws {
    self.folder = folder
    let nameless = open(folder, Self.nameless | O_RDWR | O_CLOEXEC, 0o600)
    let descriptor = nameless >= 0 ? nameless : Self.unlinked(folder: folder)
    guard descriptor >= 0 else {
      throw ActivityError.spillFailed(folder: folder, reason: String(cString: strerror(errno)))
    }
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// `O_TMPFILE` (Linux 3.11), which the compiler does not import: a file that never has a name.
  private static let nameless: Int32 = 0o20_000_000 | O_DIRECTORY

  /// For file systems that know no such files: one that has a name for a moment.
  private static func unlinked(folder: String) -> Int32 {
    var template = Array("\(folder)/.kelvin-activities-XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { name -> Int32 in
      guard let base = name.baseAddress else { return -1 }
      let descriptor = mkstemp(base)
      if descriptor >= 0 {
        unlink(base)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      }
      return descriptor
    }
  }

  /// Where temporary files go if nothing is said: `TMPDIR`, or `/tmp`.
  static var usualFolder: String {
    let named = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    return named.isEmpty ? "/tmp" : named
  }

  /// Bytes written so far.
  var byteCount: Int { end.withLock { $0 } }

  func append(_ bytes: UnsafeRawBufferPointer) throws -> Piece {
    let offset = end.withLock { end in
      defer { end += bytes.count }
      return end
    }
    try whole(bytes.count) { done in
      // Bounds: `done < count`.
      pwrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, offset + done)
    }
    return Piece(offset: offset, count: bytes.count)
  }

  /// - Parameter bytes: room for the whole piece.
  func read(_ piece: Piece, into bytes: UnsafeMutableRawBufferPointer) throws {
    precondition(bytes.count >= piece.count, "room for the piece")
    try whole(piece.count) { done in
      // Bounds: `done < piece.count`.
      pread(
        descriptor, bytes.baseAddress.map { $0 + done }, piece.count - done, piece.offset + done)
    }
  }

  private func whole(_ count: Int, _ step: (_ done: Int) -> Int) throws {
    var done = 0
    while done < count {
      let moved = step(done)
      if moved < 0 && errno == EINTR { continue }
      guard moved > 0 else {
        let reason =
          moved == 0 ? "it is shorter than was written" : String(cString: strerror(errno))
        throw ActivityError.spillFailed(folder: folder, reason: reason)
      }
      done += moved
    }
  }
}
