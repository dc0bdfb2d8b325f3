import CSimd
import Models
import Testing

@testable import TreeTraining

/// Rows parted by a test of their bins, against asking row by row.
@Suite struct BinTestTests {
  static let conditions: [TreeSplit.Condition] = [
    .upTo(0), .upTo(99), .upTo(253), .among(set([3, 17, 200])), .among(set([])),
  ]

  private static func set(_ bins: [Int]) -> BinSet {
    var set = BinSet()
    for bin in bins { set.insert(bin) }
    return set
  }

  @Test(arguments: conditions, [true, false])
  func rowsPartAsTheirBinsSay(_ condition: TreeSplit.Condition, missingGoesLeft: Bool) {
    let missingBin = 254
    let bytes = (0..<3_000).map { UInt8($0 * 7_919 % 255) }
    // Every second or third row, and the same number of rows in order.
    let named = (0..<1_000).map { UInt32(2 * $0 + $0 % 2) }
    for level in Int32(csimd_portable)...csimd_best_level() {
      let test = BinTest(
        condition, missingBin: missingBin, missingGoesLeft: missingGoesLeft, level: level)
      for count in [0, 1, 15, 16, 17, 31, 32, 999, 1_000] {
        for rows in [nil, named] {
          let asked = (0..<count).map { rows?[$0] ?? UInt32(40 + $0) }
          let expected = Dictionary(grouping: asked) { row in
            let bin = Int(bytes[Int(row)])
            if bin == missingBin { return missingGoesLeft }
            return switch condition {
            case .upTo(let highest): bin <= highest
            case .among(let bins): bins.contains(bin)
            }
          }
          #expect(
            part(test, bytes, rows, start: 40, count: count)
              == [expected[true] ?? [], expected[false] ?? []])
        }
      }
    }
  }

  private func part(
    _ test: BinTest, _ bytes: [UInt8], _ rows: [UInt32]?, start: Int, count: Int
  ) -> [[UInt32]] {
    // Nothing behind `count` may be written.
    var left = [UInt32](repeating: 7, count: count + 16)
    var right = left
    let gone = bytes.withUnsafeBufferPointer { column in
      left.withUnsafeMutableBufferPointer { left in
        right.withUnsafeMutableBufferPointer { right in
          func part(_ rows: UnsafePointer<UInt32>?) -> Int {
            test.part(
              column.baseAddress!, rows, start: start, count: count, left: left.baseAddress!,
              right: right.baseAddress!)
          }
          return rows.map { $0.withUnsafeBufferPointer { part($0.baseAddress) } } ?? part(nil)
        }
      }
    }
    #expect(left.suffix(16).allSatisfy { $0 == 7 } && right.suffix(16).allSatisfy { $0 == 7 })
    return [Array(left.prefix(gone)), Array(right.prefix(count - gone))]
  }
}
