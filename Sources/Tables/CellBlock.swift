/// The cells of a run of whole records, as offsets into one buffer: what the column kernels read.
///
/// Cell (r, c) is `bytes[ends[r × columnCount + c] + 1 ..< ends[r × columnCount + c + 1]]`: each cell
/// ends at a delimiter byte, and the next begins behind it. `ends` has one value more than there are
/// cells; its first is the position before the first cell.
///
/// Lifetime: the block borrows the buffers of whoever made it and is used only while they stand. At
/// least `CellBlock.padding` readable bytes lie before the first cell and behind the last.
public struct CellBlock {
  /// Bytes that the kernels may read on either side of a cell: two words of eight.
  public static let padding = 64

  public let bytes: UnsafePointer<UInt8>
  public let ends: UnsafePointer<UInt32>
  public let rowCount: Int
  public let columnCount: Int
  /// Whether a carriage return may stand at the end of the last cell of a record.
  public let mayEndInCarriageReturn: Bool

  public init(
    bytes: UnsafePointer<UInt8>, ends: UnsafePointer<UInt32>, rowCount: Int, columnCount: Int,
    mayEndInCarriageReturn: Bool
  ) {
    self.bytes = bytes
    self.ends = ends
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.mayEndInCarriageReturn = mayEndInCarriageReturn
  }

  /// The bytes of a cell as they stand, without the carriage return of a line's end.
  @inline(__always)
  func bounds(row: Int, column: Int, stripsReturn: Bool) -> (start: Int, end: Int) {
    let index = row &* columnCount &+ column
    let start = Int(ends[index] &+ 1)
    var end = Int(ends[index &+ 1])
    if stripsReturn && end > start && bytes[end &- 1] == 0x0D { end &-= 1 }
    return (start, end)
  }

  @inline(__always)
  func stripsReturn(column: Int) -> Bool {
    mayEndInCarriageReturn && column == columnCount - 1
  }

  /// The bytes between `start` and `end` without spaces and tabs around them.
  @inline(__always)
  func trimmed(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
    var start = start
    var end = end
    while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start &+= 1 }
    while end > start, bytes[end &- 1] == 0x20 || bytes[end &- 1] == 0x09 { end &-= 1 }
    return UnsafeBufferPointer(start: bytes + start, count: end - start)
  }

  /// A cell without surrounding spaces.
  public func cell(row: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
    let (start, end) = bounds(
      row: row, column: column, stripsReturn: stripsReturn(column: column))
    return trimmed(start, end)
  }
}

/// What a column kernel met in the cells that it converted.
public struct ColumnTally: Sendable, Equatable {
  public var evidence: CellEvidence = []
  /// Filled cells that are nothing of the wanted type, and were stored as missing.
  public var unparsedCount = 0
  /// Cells with one of `MissingTokens.usual`.
  public var usualMissingCount = 0
  /// Which of them, by their index: bit i stands for `MissingTokens.usual[i]`.
  var usualMissingMask: UInt64 = 0

  public init() {}

  public mutating func add(_ other: ColumnTally) {
    evidence.formUnion(other.evidence)
    unparsedCount += other.unparsedCount
    usualMissingCount += other.usualMissingCount
    usualMissingMask |= other.usualMissingMask
  }

  /// Counts a cell if it holds one of `MissingTokens.usual`.
  public mutating func countUsualMissing(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let index = MissingTokens.usualIndex(cell) else { return false }
    evidence.insert(.usualMissing)
    usualMissingCount += 1
    usualMissingMask |= 1 << UInt64(index)
    return true
  }

  /// The tokens of `MissingTokens.usual` that were met, in the list's order.
  public var usualMissingTokens: [String] {
    MissingTokens.usual.indices.filter { usualMissingMask >> UInt64($0) & 1 == 1 }
      .map { MissingTokens.usual[$0] }
  }
}
