import CSimd
import Glibc
import Tables

/// One pass through a block with quotes, blank lines or bad rows, from delimiter to delimiter.
///
/// Kernel: works on raw bytes. Bounds: every position read is one that the delimiter index wrote, all of
/// them inside the block's content; the unquoted copy is never longer than the content plus one byte a
/// cell, for which room is made beforehand.
struct DelimiterWalk {
  private let bytes: UnsafePointer<UInt8>
  private let contentEnd: Int
  private let delimiters: UnsafeMutablePointer<UInt32>
  private let delimiterCount: Int
  private let ends: UnsafeMutablePointer<UInt32>
  private let raw: UnsafeMutablePointer<UInt32>?
  private let output: UnsafeMutablePointer<UInt8>
  private let unquoted: BlockBuffer
  private let columnCount: Int
  private let separator: UInt8
  private let isSuspect: Bool
  private let firstLine: Int

  private(set) var rowCount = 0
  private(set) var badRows: [BadRow] = []

  private var cellCount = 0
  private var written = BlockBuffer.start
  private var rowStart = BlockBuffer.start
  private var fieldsInRow = 0
  private var rowIsBlank = true
  private var rowFault: (at: Int, reason: BadRow.Reason)?
  /// The line of `lineAt`, carried forward so that no stretch is counted twice.
  private var line: Int
  private var lineAt = BlockBuffer.start

  private static let quote: UInt8 = 0x22
  private static let newline: UInt8 = 0x0A

  init(
    buffer: BlockBuffer, positions: PositionBuffer, cellEnds: PositionBuffer,
    rawBounds: PositionBuffer, unquoted: BlockBuffer, columnCount: Int, separator: UInt8,
    level: Int32, keepsRaw: Bool, isSuspect: Bool, firstLine: Int
  ) {
    bytes = buffer.bytes
    contentEnd = buffer.end
    positions.reserve(buffer.count + 17)
    delimiters = positions.base
    delimiterCount =
      csimd_index_delimiters(
        buffer.bytes, BlockBuffer.start, buffer.end, separator, 1, level, positions.base
      ).count
    // A ragged row may have more cells than the table: as many as there are delimiters, at most.
    cellEnds.reserve(delimiterCount + columnCount + 2)
    ends = cellEnds.base
    if keepsRaw {
      rawBounds.reserve(2 * (delimiterCount + columnCount + 2))
      raw = rawBounds.base
    } else {
      raw = nil
    }
    unquoted.clear()
    // Sixteen bytes more, because short cells are copied sixteen bytes at a time.
    unquoted.reserve(buffer.count + delimiterCount + 32)
    self.unquoted = unquoted
    output = unquoted.base
    self.columnCount = columnCount
    self.separator = separator
    self.isSuspect = isSuspect
    self.firstLine = firstLine
    line = firstLine
    ends[0] = UInt32(BlockBuffer.start - 1)
  }

  mutating func run() {
    var at = 0
    var fieldStart = BlockBuffer.start
    while at < delimiterCount {
      let position = Int(delimiters[at])
      let byte = bytes[position]
      if byte == Self.quote {
        guard isBlank(fieldStart, position) else {
          // A quote inside a field is text.
          at += 1
          continue
        }
        guard let (close, next) = takeQuoted(at) else {
          finishUnterminated(at: position)
          break
        }
        at = next
        // `next` is the delimiter behind the quoted field, or the end.
        let end = at < delimiterCount ? Int(delimiters[at]) : contentEnd
        if !isEmptyBehind(close + 1, end) && rowFault == nil {
          rowFault = (close + 1, .textAfterQuote(column: 0))
        }
        rowIsBlank = false
        endCell(fieldStart, end)
        guard at < delimiterCount else { break }
        if bytes[end] == Self.newline { endRow(end) }
        fieldStart = end + 1
        at += 1
        continue
      }
      let isNewline = byte == Self.newline
      copyPlain(fieldStart, position, stripsReturn: isNewline)
      endCell(fieldStart, position)
      if isNewline { endRow(position) }
      fieldStart = position + 1
      at += 1
    }
    unquoted.end = written
    unquoted.seal()
  }

  private func isBlank(_ start: Int, _ end: Int) -> Bool {
    var at = start
    while at < end && bytes[at] == 0x20 { at += 1 }
    return at == end
  }

  /// Whether only spaces, and the carriage return of a line's end, lie between a quote and a delimiter.
  private func isEmptyBehind(_ start: Int, _ end: Int) -> Bool {
    for at in start..<max(start, end) where bytes[at] != 0x20 {
      let isLineEnd = bytes[at] == 0x0D && at == end - 1 && bytes[end] == Self.newline
      if !isLineEnd { return false }
    }
    return true
  }

  /// Copies the content of the field whose opening quote is delimiter `open`.
  /// - Returns: where it closes, and the index of the delimiter behind the field.
  private mutating func takeQuoted(_ open: Int) -> (close: Int, next: Int)? {
    var from = Int(delimiters[open]) + 1
    var at = open + 1
    while at < delimiterCount {
      let position = Int(delimiters[at])
      at += 1
      guard bytes[position] == Self.quote else { continue }
      if at < delimiterCount, Int(delimiters[at]) == position + 1,
        bytes[position + 1] == Self.quote
      {
        // The first of two quotes belongs to the text.
        copy(from, position + 1)
        from = position + 2
        at += 1
        continue
      }
      copy(from, position)
      while at < delimiterCount && bytes[Int(delimiters[at])] == Self.quote { at += 1 }
      return (position, at)
    }
    return nil
  }

  private mutating func copyPlain(_ start: Int, _ end: Int, stripsReturn: Bool) {
    var start = start
    var end = end
    if stripsReturn && end > start && bytes[end - 1] == 0x0D { end -= 1 }
    if end > start { rowIsBlank = false }
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    copy(start, end)
  }

  @inline(__always)
  private mutating func copy(_ start: Int, _ end: Int) {
    let count = end &- start
    if count <= 16 {
      // Both sides have at least sixteen bytes of room; what is too much is overwritten.
      let raw = UnsafeRawPointer(bytes + start)
      let target = UnsafeMutableRawPointer(output + written)
      let one = raw.loadUnaligned(as: UInt64.self)
      let two = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      target.storeBytes(of: one, as: UInt64.self)
      target.storeBytes(of: two, toByteOffset: 8, as: UInt64.self)
    } else {
      memcpy(output + written, bytes + start, count)
    }
    written &+= count
  }

  private mutating func endCell(_ rawStart: Int, _ rawEnd: Int) {
    if let raw {
      raw[2 * cellCount] = UInt32(rawStart)
      raw[2 * cellCount + 1] = UInt32(rawEnd)
    }
    output[written] = 0
    cellCount += 1
    ends[cellCount] = UInt32(written)
    written += 1
    fieldsInRow += 1
  }

  private mutating func endRow(_ newline: Int) {
    defer {
      fieldsInRow = 0
      rowIsBlank = true
      rowFault = nil
      rowStart = newline + 1
    }
    if rowIsBlank && fieldsInRow == 1 {
      dropRow()
      return
    }
    var fault = rowFault
    if fault == nil, isSuspect, let found = UTF8Check.firstFault(bytes, rowStart..<newline) {
      switch found {
      case .nul(let at): fault = (at, .nulByte(column: 0))
      case .invalid(let at): fault = (at, .invalidUTF8(column: 0))
      }
    }
    if fault == nil && fieldsInRow != columnCount {
      fault = (rowStart, .ragged(expected: columnCount, found: fieldsInRow))
    }
    guard let fault else {
      rowCount += 1
      return
    }
    dropRow()
    report(fault.at, fault.reason)
  }

  private mutating func dropRow() {
    cellCount -= fieldsInRow
    written = Int(ends[cellCount]) + 1
  }

  private mutating func finishUnterminated(at position: Int) {
    dropRow()
    report(position, .unterminatedQuote)
  }

  private mutating func report(_ position: Int, _ reason: BadRow.Reason) {
    line += csimd_count_byte(bytes, lineAt, max(position, lineAt), Self.newline, 0)
    lineAt = max(position, lineAt)
    var lineStart = position
    while lineStart > BlockBuffer.start && bytes[lineStart - 1] != Self.newline { lineStart -= 1 }
    let column = position - lineStart + 1
    let placed: BadRow.Reason =
      switch reason {
      case .textAfterQuote: .textAfterQuote(column: column)
      case .nulByte: .nulByte(column: column)
      case .invalidUTF8: .invalidUTF8(column: column)
      case .ragged, .unterminatedQuote: reason
      }
    badRows.append(BadRow(line: line, reason: placed))
  }
}
