import CSimd

/// Sums of packed gradients by bin: the loop in which training spends its time.
///
/// All pointers are to memory of the grower, valid for the call. `histogram` has 264 values a bundle;
/// `rows` are `stride` bytes apart and may be read in whole words of eight; `indices` may be read 64
/// values beyond `count`, each below the row count. Additions wrap: packed halves are kept from
/// overflowing by `Gradients.blockCapacity`.
enum HistogramKernel {
  typealias Bins = UnsafeMutablePointer<Int64>

  /// Rows that are asked for ahead of their use, into the second level of the cache: the time of a
  /// memory access.
  private static let ahead = 24

  /// The same where a row has many bins: into the second level, and some rows before its use from
  /// there into the first, which the histogram itself more than fills.
  private static let far = 64
  private static let near = 8

  /// Adds rows start..<end, in their order.
  static func addRange(
    _ rows: UnsafePointer<UInt8>, _ stride: Int, bundles: Int, _ packed: UnsafePointer<Int64>,
    _ start: Int, _ end: Int, _ histogram: Bins
  ) {
    for row in start..<end {
      add(UnsafeRawPointer(rows + row * stride), 0, bundles, packed[row], histogram)
    }
  }

  /// Adds the rows that `indices` names.
  static func addIndexed(
    _ rows: UnsafePointer<UInt8>, _ stride: Int, bundles: Int, _ packed: UnsafePointer<Int64>,
    _ indices: UnsafePointer<UInt32>, _ count: Int, _ histogram: Bins
  ) {
    for index in 0..<count {
      let later = Int(indices[index + far])
      csimd_prefetch(rows + later * stride)
      csimd_prefetch(packed + later)
      let soon = Int(indices[index + near])
      csimd_prefetch_near(rows + soon * stride)
      csimd_prefetch_near(packed + soon)
      let row = Int(indices[index])
      add(UnsafeRawPointer(rows + row * stride), 0, bundles, packed[row], histogram)
    }
  }

  /// Adds the rows that `indices` names (or start, start + 1, … where it is `nil`) to some bundles
  /// only: `lanes` are their bytes in a row.
  static func addLanes(
    _ rows: UnsafePointer<UInt8>, _ stride: Int, lanes: UnsafePointer<Int>, _ laneCount: Int,
    _ packed: UnsafePointer<Int64>, _ indices: UnsafePointer<UInt32>?, _ start: Int, _ count: Int,
    _ histogram: Bins
  ) {
    for index in 0..<count {
      var row = start + index
      if let indices {
        let later = Int(indices[index + ahead])
        csimd_prefetch(rows + later * stride)
        csimd_prefetch(packed + later)
        row = Int(indices[index])
      }
      let bytes = rows + row * stride
      let value = packed[row]
      for lane in 0..<laneCount {
        let byte = lanes[lane]
        histogram[byte * 264 + Int(bytes[byte])] &+= value
      }
    }
  }

  /// Adds rows to four bundles, whose bytes start at byte `first` of a row.
  static func addUnit(
    _ rows: UnsafePointer<UInt8>, _ stride: Int, first: Int, _ packed: UnsafePointer<Int64>,
    _ indices: UnsafePointer<UInt32>, _ count: Int, _ histogram: Bins
  ) {
    let own = histogram + first * 264
    let bytes = rows + first
    for index in 0..<count {
      let later = Int(indices[index + ahead])
      csimd_prefetch(bytes + later * stride)
      csimd_prefetch(packed + later)
      let row = Int(indices[index])
      let word = UnsafeRawPointer(bytes + row * stride).loadUnaligned(as: UInt32.self)
      let value = packed[row]
      own[Int(word & 255)] &+= value
      own[264 + Int((word >> 8) & 255)] &+= value
      own[528 + Int((word >> 16) & 255)] &+= value
      own[792 + Int(word >> 24)] &+= value
    }
  }

  @inline(__always)
  private static func add(
    _ row: UnsafeRawPointer, _ first: Int, _ bundles: Int, _ value: Int64, _ histogram: Bins
  ) {
    var bins = histogram
    var at = 0
    while at + 8 <= bundles {
      let word = row.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      bins[Int(word & 255)] &+= value
      bins[264 + Int((word >> 8) & 255)] &+= value
      bins[528 + Int((word >> 16) & 255)] &+= value
      bins[792 + Int((word >> 24) & 255)] &+= value
      bins[1_056 + Int((word >> 32) & 255)] &+= value
      bins[1_320 + Int((word >> 40) & 255)] &+= value
      bins[1_584 + Int((word >> 48) & 255)] &+= value
      bins[1_848 + Int(word >> 56)] &+= value
      bins += 8 * 264
      at += 8
    }
    guard at < bundles else { return }
    var word = row.loadUnaligned(fromByteOffset: at, as: UInt64.self)
    while at < bundles {
      bins[Int(word & 255)] &+= value
      word >>= 8
      bins += 264
      at += 1
    }
  }
}
