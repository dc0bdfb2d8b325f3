import CSimd
import Glibc
import Tables

/// Splits blocks of whole records into cells.
///
/// Kernel: works on raw bytes. A block without quotes whose lines all have as many fields as the table
/// is taken as it stands, from the delimiter index alone. Any other block is walked through delimiter
/// by delimiter; its cells are copied without quotes into a buffer of their own, so that the column
/// kernels meet one layout only.
final class BlockTokenizer {
  private let columnCount: Int
  private let separator: UInt8
  private let skipsBadRows: Bool
  private let keepsRaw: Bool
  private let level: Int32
  private let positions = PositionBuffer()
  private let cellEnds = PositionBuffer()
  private let rawBounds = PositionBuffer()
  private let unquoted = BlockBuffer(contentCapacity: 1 << 12)

  /// - Parameter keepsRaw: whether `rawField` will be asked for.
  init(
    columnCount: Int, separator: UInt8, skipsBadRows: Bool, keepsRaw: Bool,
    level: Int32 = csimd_level()
  ) {
    self.columnCount = columnCount
    self.separator = separator
    self.skipsBadRows = skipsBadRows
    self.keepsRaw = keepsRaw
    self.level = level
  }

  /// A block taken apart. Its pointers stand until the next call or a change of the block's buffer.
  struct Cells {
    let block: CellBlock
    let badRows: [BadRow]
    /// Start and end of each cell as it stands in the file; `nil` where the cells are the file's bytes.
    fileprivate let rawBounds: UnsafePointer<UInt32>?
    fileprivate let fileBytes: UnsafePointer<UInt8>

    /// A cell's bytes as they stand in the file, quotes and spaces included.
    func rawField(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
      let index = row * block.columnCount + column
      var start: Int
      var end: Int
      if let rawBounds {
        start = Int(rawBounds[2 * index])
        end = Int(rawBounds[2 * index + 1])
      } else {
        start = Int(block.ends[index]) + 1
        end = Int(block.ends[index + 1])
      }
      if column == block.columnCount - 1, end > start, fileBytes[end - 1] == 0x0D { end -= 1 }
      return UnsafeBufferPointer(start: fileBytes + start, count: end - start)
    }

    /// A record's bytes as they stand in the file, its line end included.
    func rawRecord(row: Int) -> UnsafeBufferPointer<UInt8> {
      let first = row * block.columnCount
      let last = first + block.columnCount - 1
      let start: Int
      let end: Int
      if let rawBounds {
        start = Int(rawBounds[2 * first])
        end = Int(rawBounds[2 * last + 1])
      } else {
        start = Int(block.ends[first]) + 1
        end = Int(block.ends[last + 1])
      }
      // Bounds: the last field of a record ends at its line end, which lies in the block.
      return UnsafeBufferPointer(start: fileBytes + start, count: end + 1 - start)
    }
  }

  /// - Throws: the first `BadRow` as an error, unless bad rows are skipped.
  func tokenize(_ buffer: BlockBuffer, firstLine: Int, path: String) throws -> Cells {
    positions.reserve(buffer.count + 17)
    // Bounds: `positions` has room for every byte of the block, one sentinel and a vector's overhang.
    positions.base[0] = UInt32(BlockBuffer.start - 1)
    let index = csimd_index_delimiters(
      buffer.bytes, BlockBuffer.start, buffer.end, separator, 0, level, positions.base + 1)
    var isSuspect = index.flags & UInt32(csimd_saw_nul_or_non_ascii) != 0
    if isSuspect {
      isSuspect =
        UTF8Check.firstFault(buffer.bytes, BlockBuffer.start..<buffer.end) != nil
    }
    if !isSuspect, index.flags & UInt32(csimd_saw_quote) == 0,
      isRegular(buffer.bytes, count: index.count)
    {
      return Cells(
        block: CellBlock(
          bytes: buffer.bytes, ends: UnsafePointer(positions.base),
          rowCount: index.count / columnCount, columnCount: columnCount,
          mayEndInCarriageReturn: true),
        badRows: [], rawBounds: nil, fileBytes: buffer.bytes)
    }
    var walk = DelimiterWalk(
      buffer: buffer, positions: positions, cellEnds: cellEnds, rawBounds: rawBounds,
      unquoted: unquoted, columnCount: columnCount, separator: separator, level: level,
      keepsRaw: keepsRaw, isSuspect: isSuspect, firstLine: firstLine)
    walk.run()
    if !skipsBadRows, let bad = walk.badRows.first { throw bad.error(path: path) }
    return Cells(
      block: CellBlock(
        bytes: unquoted.bytes, ends: UnsafePointer(cellEnds.base), rowCount: walk.rowCount,
        columnCount: columnCount, mayEndInCarriageReturn: false),
      badRows: walk.badRows, rawBounds: keepsRaw ? UnsafePointer(rawBounds.base) : nil,
      fileBytes: buffer.bytes)
  }

  /// Whether each run of `columnCount` delimiters ends with a line end and holds no other, and no line
  /// is blank.
  private func isRegular(_ bytes: UnsafePointer<UInt8>, count: Int) -> Bool {
    guard count % columnCount == 0 else { return false }
    let ends = positions.base
    // Bounds: indices up to `count`, which the index wrote.
    if columnCount == 1 {
      for at in 1...max(count, 1) where at <= count {
        if bytes[Int(ends[at])] != 0x0A { return false }
        let length = ends[at] &- ends[at - 1] &- 1
        if length == 0 || length == 1 && bytes[Int(ends[at]) - 1] == 0x0D { return false }
      }
      return true
    }
    var at = 0
    var newlines = 0
    while at < count {
      for field in 1..<columnCount where bytes[Int(ends[at + field])] == 0x0A { newlines += 1 }
      at += columnCount
      if bytes[Int(ends[at])] != 0x0A { return false }
    }
    return newlines == 0
  }
}
