import CSimd
import Models

/// Which bins of a feature go right, in the form that the partition kernel takes.
struct BinTest {
  /// 1 for each of 256 bins that goes right, 0 for the others.
  private let table: AlignedBuffer<UInt8>
  private let level: Int32

  /// - Parameter level: the instruction set, as `csimd_level` has it; all give the same rows.
  init(_ condition: TreeSplit.Condition, missingBin: Int, missingGoesLeft: Bool, level: Int32) {
    table = AlignedBuffer<UInt8>(256)
    self.level = level
    for bin in 0..<256 {
      let goesLeft =
        switch condition {
        case _ where bin == missingBin: missingGoesLeft
        case .upTo(let highest): bin <= highest
        case .among(let bins): bins.contains(bin)
        }
      table.start[bin] = goesLeft ? 0 : 1
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
    csimd_part(column, rows, UInt32(start), count, table.start, left, right, level)
  }
}
