import CSimd
import Glibc

/// A run of whole records in a buffer.
struct RecordBlock {
  /// 0, 1, 2 … in file order.
  let index: Int
  /// The physical line of its first byte.
  let firstLine: Int
  /// Line ends in the block, those inside quotes included: at least the number of its records.
  let newlineCount: Int
  /// Line ends in all blocks before it since the reader's start.
  let newlinesBefore: Int
}

/// Cuts a text into blocks of whole records, one after the other.
///
/// A block is cut behind a line end that no quote holds. A quote opens a field only at the field's
/// start (spaces before it allowed); elsewhere it is text, as in `5" pipe`. One thread uses the reader
/// at a time; it does no more than read, look for quotes and count lines.
final class RecordReader {
  /// A record longer than this is taken for a quote that never closes.
  static let recordLimit = 64 << 20

  private let path: String
  private let separator: UInt8
  private let source: any ByteSource
  private let blockSize: Int
  private let level: Int32
  private let carry: BlockBuffer
  private let quotes = PositionBuffer()
  private var sourceIsDone = false
  private var nextIndex = 0
  private var nextLine: Int
  /// Line ends in the blocks given so far.
  private var newlinesGiven = 0

  init(path: String, source: any ByteSource, separator: UInt8, firstLine: Int, blockSize: Int) {
    self.path = path
    self.source = source
    self.separator = separator
    self.blockSize = max(blockSize, 1)
    nextLine = firstLine
    level = csimd_level()
    carry = BlockBuffer(contentCapacity: 1 << 12)
  }

  /// Fills the buffer with the next block; `nil` at the end.
  ///
  /// The buffer's content ends with a line end, which is added to a last line that has none.
  func next(into buffer: BlockBuffer) throws -> RecordBlock? {
    buffer.clear()
    buffer.append(carry.bytes + BlockBuffer.start, count: carry.count)
    carry.clear()
    var target = blockSize
    while true {
      while buffer.count < target && !sourceIsDone {
        // A decoder needs room for one character at least.
        let read = try buffer.fill(from: source, count: max(target - buffer.count, 16))
        if read == 0 { sourceIsDone = true }
      }
      if sourceIsDone && buffer.count <= target { break }
      if let boundary = lastRecordEnd(buffer) {
        carry.append(buffer.bytes + boundary, count: buffer.end - boundary)
        buffer.end = boundary
        return describe(buffer)
      }
      if sourceIsDone { break }
      guard target < Self.recordLimit else {
        throw SourceError.recordTooLong(path: path, line: nextLine, limit: Self.recordLimit)
      }
      target *= 2
    }
    guard buffer.count > 0 else { return nil }
    if buffer.bytes[buffer.end - 1] != 0x0A {
      buffer.reserve(buffer.count + 1)
      buffer.base[buffer.end] = 0x0A
      buffer.end += 1
    }
    return describe(buffer)
  }

  private func describe(_ buffer: BlockBuffer) -> RecordBlock {
    buffer.seal()
    let newlines = csimd_count_byte(
      buffer.bytes, BlockBuffer.start, buffer.end, 0x0A, level)
    defer {
      nextIndex += 1
      nextLine += newlines
      newlinesGiven += newlines
    }
    return RecordBlock(
      index: nextIndex, firstLine: nextLine, newlineCount: newlines,
      newlinesBefore: newlinesGiven)
  }

  /// The position behind the last line end outside quotes, or `nil` if there is none.
  private func lastRecordEnd(_ buffer: BlockBuffer) -> Int? {
    let bytes = buffer.bytes
    let start = BlockBuffer.start
    // Bounds: all searches stay in `start..<buffer.end`.
    guard memchr(bytes + start, 0x22, buffer.count) != nil else {
      return lastNewline(bytes, start..<buffer.end)
    }
    quotes.reserve(buffer.count + 16)
    let found = csimd_index_delimiters(
      bytes, start, buffer.end, 0x22, 0, level, quotes.base)
    // The index holds line ends too; they are passed over below.
    var end: Int?
    var outsideStart = start
    var at = 0
    while at < found.count {
      let position = Int(quotes.base[at])
      guard bytes[position] == 0x22 else {
        at += 1
        end = position + 1
        continue
      }
      guard opensField(bytes, position, outsideStart) else {
        at += 1
        continue
      }
      at += 1
      var close: Int?
      while at < found.count {
        let inner = Int(quotes.base[at])
        at += 1
        guard bytes[inner] == 0x22 else { continue }
        if at < found.count, Int(quotes.base[at]) == inner + 1, bytes[inner + 1] == 0x22 {
          at += 1
          continue
        }
        close = inner
        break
      }
      guard let close else { return end }
      outsideStart = close + 1
    }
    // A quote in the last byte may be the first of two: the record it stands in stays open.
    return end
  }

  private func opensField(_ bytes: UnsafePointer<UInt8>, _ position: Int, _ limit: Int) -> Bool {
    var before = position - 1
    while before >= limit && bytes[before] == 0x20 { before -= 1 }
    // Behind a closing quote nothing opens until a delimiter has come.
    if before < limit { return limit == BlockBuffer.start }
    return bytes[before] == separator || bytes[before] == 0x0A
  }

  private func lastNewline(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int? {
    var at = range.upperBound
    while at > range.lowerBound {
      if bytes[at - 1] == 0x0A { return at }
      at -= 1
    }
    return nil
  }
}
