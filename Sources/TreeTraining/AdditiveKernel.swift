/// The loops over rows of additive models: sums of packed gradients by cell, and look-ups of what trees add.
///
/// All pointers are to memory of the stage, valid for the call; columns, `packed` and `scores` hold `count`
/// elements. A cell is a bin, or `AdditiveStage.pairStride` × the first column's cell plus the second's; it is
/// below the elements of `histogram` and `values`. Additions wrap: packed halves are kept from overflowing by
/// `Gradients.blockCapacity`.
enum AdditiveKernel {
  typealias Column = UnsafePointer<UInt8>

  static func sum(
    _ column: Column, _ packed: UnsafePointer<Int64>, _ count: Int,
    into histogram: UnsafeMutablePointer<Int64>
  ) {
    for row in 0..<count { histogram[Int(column[row])] &+= packed[row] }
  }

  static func sum(
    _ first: Column, _ second: Column, _ packed: UnsafePointer<Int64>, _ count: Int,
    into histogram: UnsafeMutablePointer<Int64>
  ) {
    for row in 0..<count {
      histogram[Int(first[row]) &* AdditiveStage.pairStride &+ Int(second[row])] &+= packed[row]
    }
  }

  static func add(
    _ column: Column, _ values: UnsafePointer<Double>, _ count: Int,
    to scores: UnsafeMutablePointer<Double>
  ) {
    for row in 0..<count { scores[row] += values[Int(column[row])] }
  }

  static func add(
    _ first: Column, _ second: Column, _ values: UnsafePointer<Double>, _ count: Int,
    to scores: UnsafeMutablePointer<Double>
  ) {
    for row in 0..<count {
      scores[row] += values[Int(first[row]) &* AdditiveStage.pairStride &+ Int(second[row])]
    }
  }
}
