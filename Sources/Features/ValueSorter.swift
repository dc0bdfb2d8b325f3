/// Distinct values of a sample, by radix sort: comparison sorting would take most of the time of
/// binning.
///
/// Kernel: works on raw memory. The buffers are the sorter's own, as long as the longest sample, and
/// every index is below the sample's count.
struct ValueSorter {
  /// Keys in the order of their values: the sign bit flipped for positive numbers, all bits for
  /// negative ones.
  private static func sortKey(_ value: Double) -> UInt64 {
    // Adding 0 makes −0 and 0 one value.
    let bits = (value + 0).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  private static func sortedValue(_ key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }

  /// Bits a pass: six passes of 2,048 buckets, whose counts stay in the nearest cache.
  private static let digitBits = 11
  private static let passes = 6
  private static let buckets = 1 << digitBits

  /// - Parameters:
  ///   - count: rows of the sample.
  ///   - value: the value of a row, NaN for missing.
  ///   - weight: the weight of a row; `nil` counts each as 1. Rows without weight are left out.
  /// - Returns: the distinct values that are not missing.
  static func distinct(
    count: Int, value: (Int) -> Double, weight: ((Int) -> Double)?
  ) -> BinThresholds.Distinct {
    var keys: [UInt64] = []
    keys.reserveCapacity(count)
    var weights: [Double] = []
    for row in 0..<count {
      let value = value(row)
      guard !value.isNaN else { continue }
      if let weight {
        let weight = weight(row)
        guard weight > 0 else { continue }
        weights.append(weight)
      }
      keys.append(sortKey(value))
    }
    sort(&keys, carrying: &weights)
    var distinct = BinThresholds.Distinct()
    var index = 0
    while index < keys.count {
      let key = keys[index]
      var total = 0.0
      while index < keys.count, keys[index] == key {
        total += weights.isEmpty ? 1 : weights[index]
        index += 1
      }
      distinct.values.append(sortedValue(key))
      distinct.weights.append(total)
    }
    return distinct
  }

  /// Sorts keys ascending, in place and stably, and the weights, where there are any, along with them.
  private static func sort(_ keys: inout [UInt64], carrying weights: inout [Double]) {
    let count = keys.count
    let isWeighted = !weights.isEmpty
    var counts = [Int](repeating: 0, count: passes * buckets)
    counts.withUnsafeMutableBufferPointer { counts in
      keys.withUnsafeBufferPointer { keys in
        for key in keys {
          for pass in 0..<passes {
            let digit = Int(truncatingIfNeeded: key >> UInt64(pass * digitBits)) & (buckets - 1)
            counts[pass * buckets + digit] &+= 1
          }
        }
      }
    }
    var otherKeys = [UInt64](repeating: 0, count: count)
    var otherWeights = [Double](repeating: 0, count: weights.count)
    for pass in 0..<passes {
      let base = pass * buckets
      // A digit that all keys share, such as the low bits of whole numbers, orders nothing.
      guard !(0..<buckets).contains(where: { counts[base + $0] == count }) else { continue }
      var start = 0
      for bucket in base..<base + buckets {
        let size = counts[bucket]
        counts[bucket] = start
        start += size
      }
      counts.withUnsafeMutableBufferPointer { starts in
        otherKeys.withUnsafeMutableBufferPointer { other in
          otherWeights.withUnsafeMutableBufferPointer { otherWeights in
            for index in 0..<count {
              let key = keys[index]
              let digit = Int(truncatingIfNeeded: key >> UInt64(pass * digitBits)) & (buckets - 1)
              let target = starts[base + digit]
              starts[base + digit] = target &+ 1
              other[target] = key
              if isWeighted { otherWeights[target] = weights[index] }
            }
          }
        }
      }
      swap(&keys, &otherKeys)
      swap(&weights, &otherWeights)
    }
  }
}
