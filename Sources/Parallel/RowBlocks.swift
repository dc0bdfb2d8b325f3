/// Rows cut into blocks of a fixed size.
///
/// The cut depends on the number of rows alone, never on the number of threads, so sums taken block
/// by block and added in block order are the same on one thread and on sixteen.
public struct RowBlocks: Sendable, Equatable, RandomAccessCollection {
  public let rowCount: Int
  public let blockSize: Int

  /// - Parameters:
  ///   - rowCount: rows in all; 0 gives no blocks.
  ///   - blockSize: rows a block; the last block holds the rest.
  public init(rowCount: Int, blockSize: Int) {
    precondition(rowCount >= 0, "rowCount must not be negative")
    precondition(blockSize > 0, "blockSize must be positive")
    self.rowCount = rowCount
    self.blockSize = blockSize
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { (rowCount + blockSize - 1) / blockSize }

  public subscript(index: Int) -> Range<Int> {
    let start = index * blockSize
    return start..<Swift.min(start + blockSize, rowCount)
  }
}
