import CSimd
import Models

/// Which bins of a feature go right, in the form that the partition kernels take.
struct BinTest {
  /// Bins b with (b − low) mod 256 < width go right, where `table` is `nil`.
  private let low: UInt8
  private let width: UInt32
  /// 1 for each bin that goes right; for sets of categories.
  private let table: AlignedBuffer<UInt8>?

  init(_ condition: TreeSplit.Condition, missingBin: Int, missingGoesLeft: Bool) {
    switch condition {
    case .upTo(let highest):
      // The missing bin is the last, so it lies among the bins above `highest` or just behind them.
      low = UInt8(highest + 1)
      width = UInt32((missingGoesLeft ? missingBin : 256) - (highest + 1))
      table = nil
    case .among(let bins):
      let table = AlignedBuffer<UInt8>(256)
      for bin in 0..<256 {
        table.start[bin] = (bin == missingBin ? missingGoesLeft : bins.contains(bin)) ? 0 : 1
      }
      low = 0
      width = 0
      self.table = table
    }
  }

  /// Parts rows (start, start + 1, … where `rows` is `nil`) by their bytes in `column`, keeping their
  /// order.
  ///
  /// - Parameters:
  ///   - left: and `right` have room for `count` indices each, and may not overlap `rows`.
  /// - Returns: how many go left.
  func part(
    _ column: UnsafePointer<UInt8>, _ rows: UnsafePointer<UInt32>?, start: Int, count: Int,
    left: UnsafeMutablePointer<UInt32>, right: UnsafeMutablePointer<UInt32>
  ) -> Int {
    if let table {
      return csimd_part_by_table(
        column, rows, UInt32(start), count, table.start, left, right)
    }
    return csimd_part_by_range(column, rows, UInt32(start), count, low, width, left, right)
  }
}
