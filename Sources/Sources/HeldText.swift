import CSimd
import Glibc

/// A text held in memory, to be read more than once.
///
/// It is kept in pieces, so that it never stands in memory twice while it grows.
final class HeldText {
  private(set) var pieces: [[UInt8]] = []
  private(set) var byteCount = 0
  private(set) var newlineCount = 0

  /// - Parameter pieceSize: bytes held in one piece.
  init(_ source: any ByteSource, pieceSize: Int = 1 << 20) throws {
    let level = csimd_level()
    var isDone = false
    while !isDone {
      let piece = try [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
        // Bounds: reads fill the piece from `count` on.
        while count < buffer.count {
          let room = UnsafeMutableRawBufferPointer(
            UnsafeMutableBufferPointer(rebasing: buffer[count...]))
          // A decoder needs room for one character at least.
          guard room.count >= 16 else { break }
          let read = try source.read(into: room)
          count += read
          if read == 0 {
            isDone = true
            break
          }
        }
      }
      guard !piece.isEmpty else { break }
      byteCount += piece.count
      piece.withUnsafeBufferPointer { bytes in
        // Bounds: the whole piece.
        if let base = bytes.baseAddress {
          newlineCount += csimd_count_byte(base, 0, bytes.count, 0x0A, level)
        }
      }
      pieces.append(piece)
    }
  }
}

/// A held text, read from its start.
final class HeldBytes: ByteSource {
  private let text: HeldText
  private var piece = 0
  private var at = 0

  init(_ text: HeldText) {
    self.text = text
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard piece < text.pieces.count else { return 0 }
    let count = min(buffer.count, text.pieces[piece].count - at)
    text.pieces[piece].withUnsafeBytes { bytes in
      // Bounds: `count` bytes are there on both sides.
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[at..<at + count]))
    }
    at += count
    if at == text.pieces[piece].count {
      piece += 1
      at = 0
    }
    return count
  }
}
