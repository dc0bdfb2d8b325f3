import Tables

/// The text of another encoding as UTF-8.
final class TranscodedBytes: ByteSource {
  private let path: String
  private let encoded: any ByteSource
  private let encoding: TextDialect.Encoding
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var available = 0..<0
  private var inputIsDone = false
  private var line = 1

  init(path: String, encoded: any ByteSource, encoding: TextDialect.Encoding) {
    self.path = path
    self.encoded = encoded
    self.encoding = encoding
  }

  deinit {
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    // One character takes at most four bytes of UTF-8.
    precondition(buffer.count >= 4, "room for at least one character")
    while true {
      try refill()
      if available.isEmpty { return 0 }
      let count =
        encoding == .windows1252
        ? transcodeWindows1252(into: buffer) : try transcodeUTF16(into: buffer)
      if count > 0 { return count }
    }
  }

  /// Moves what is left to the front and reads more, so that a split character becomes whole.
  private func refill() throws {
    guard available.count < 4, !inputIsDone else { return }
    let rest = available.count
    // Bounds: fewer than four bytes are moved to the front of 65,536.
    for index in 0..<rest { input[index] = input[available.lowerBound + index] }
    available = 0..<rest
    while available.count < 4 && !inputIsDone {
      let room = UnsafeMutableRawBufferPointer(rebasing: input[available.upperBound...])
      let count = try encoded.read(into: room)
      inputIsDone = count == 0
      available = 0..<available.upperBound + count
    }
  }

  private func transcodeWindows1252(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var written = 0
    var at = available.lowerBound
    while at < available.upperBound && written + 4 <= buffer.count {
      let byte = input[at]
      at += 1
      if byte < 0x80 {
        buffer[written] = byte
        written += 1
      } else {
        written += Self.encode(Windows1252.scalars[Int(byte) - 0x80], into: buffer, at: written)
      }
    }
    available = at..<available.upperBound
    return written
  }

  private func transcodeUTF16(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var written = 0
    var at = available.lowerBound
    let highByte = encoding == .utf16LittleEndian ? 1 : 0
    func unit(at index: Int) -> UInt32 {
      UInt32(input[index + highByte]) << 8 | UInt32(input[index + 1 - highByte])
    }
    guard available.count >= 2 else { throw SourceError.oddLengthUTF16(path: path) }
    while at + 2 <= available.upperBound && written + 4 <= buffer.count {
      var scalar = unit(at: at)
      var length = 2
      if scalar & 0xFC00 == 0xD800 {
        guard at + 4 <= available.upperBound else {
          if inputIsDone { throw SourceError.invalidUTF16(path: path, line: line) }
          break
        }
        let low = unit(at: at + 2)
        guard low & 0xFC00 == 0xDC00 else {
          throw SourceError.invalidUTF16(path: path, line: line)
        }
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + low & 0x3FF
        length = 4
      } else if scalar & 0xFC00 == 0xDC00 {
        throw SourceError.invalidUTF16(path: path, line: line)
      }
      if scalar == 0x0A { line += 1 }
      at += length
      written += Self.encode(scalar, into: buffer, at: written)
    }
    available = at..<available.upperBound
    return written
  }

  /// Bounds: the caller leaves room for four bytes.
  private static func encode(
    _ scalar: UInt32, into buffer: UnsafeMutableRawBufferPointer, at index: Int
  ) -> Int {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3F) }
    switch scalar {
    case 0..<0x80:
      buffer[index] = UInt8(scalar)
      return 1
    case 0x80..<0x800:
      buffer[index] = UInt8(0xC0 | scalar >> 6)
      buffer[index + 1] = tail(0)
      return 2
    case 0x800..<0x10000:
      buffer[index] = UInt8(0xE0 | scalar >> 12)
      buffer[index + 1] = tail(6)
      buffer[index + 2] = tail(0)
      return 3
    default:
      buffer[index] = UInt8(0xF0 | scalar >> 18)
      buffer[index + 1] = tail(12)
      buffer[index + 2] = tail(6)
      buffer[index + 3] = tail(0)
      return 4
    }
  }
}

/// The upper half of Windows-1252, as the WHATWG encoding standard has it: the five bytes without a
/// character of their own stand for the control codes of the same value.
enum Windows1252 {
  static let scalars: [UInt32] =
    [
      0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
      0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ] + (0xA0...0xFF).map { UInt32($0) }

  static let bytes: [UInt32: UInt8] = Dictionary(
    uniqueKeysWithValues: scalars.enumerated().map { ($1, UInt8($0 + 0x80)) })
}
