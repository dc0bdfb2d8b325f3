/// Rows in order of a score, from the highest down; rows of equal score in row order.
///
/// A radix sort on the bits of the score: linear in the rows, and stable, so the order is the same
/// everywhere. This file is a kernel: see the note at `radixSorted`.
struct ScoreOrder {
  /// The row numbers, highest score first.
  let rows: [Int32]
  /// Of each row of `rows`, bits that sort from the highest score to the lowest; equal for equal scores.
  private let keys: [UInt64]

  /// Below this many rows a comparison sort is quicker than clearing the radix sort's counters.
  private static let radixThreshold = 2_048

  /// - Parameter scores: any numbers, infinite ones included, never NaN.
  init(descending scores: [Double]) {
    precondition(scores.count <= Int(Int32.max), "a ranking holds at most 2,147,483,647 rows")
    let keys = scores.map(Self.descendingKey)
    if scores.count < Self.radixThreshold {
      let rows = (0..<Int32(scores.count)).sorted { first, second in
        let (firstKey, secondKey) = (keys[Int(first)], keys[Int(second)])
        return firstKey != secondKey ? firstKey < secondKey : first < second
      }
      self.rows = rows
      self.keys = rows.map { keys[Int($0)] }
    } else {
      (rows, self.keys) = Self.radixSorted(keys)
    }
  }

  /// The score at a place of the order. Both zeros read as +0.
  func score(at place: Int) -> Double {
    let ascending = ~keys[place]
    return Double(bitPattern: ascending >> 63 == 1 ? ascending & ~(1 << 63) : ~ascending)
  }

  /// Whether the rows at two places have the same score.
  func isTie(_ place: Int, _ other: Int) -> Bool {
    keys[place] == keys[other]
  }

  /// Bits that sort, as an unsigned number, from the highest score to the lowest. Both zeros are one.
  private static func descendingKey(_ score: Double) -> UInt64 {
    precondition(!score.isNaN, "a score must be a number")
    let bits = (score + 0.0).bitPattern
    let ascending = bits >> 63 == 1 ? ~bits : bits | (1 << 63)
    return ~ascending
  }

  private static let digitBits = 11
  private static let bucketCount = 1 << digitBits
  private static let passCount = (64 + digitBits - 1) / digitBits

  /// Six passes of eleven bits, least significant first; a pass in which all rows share one digit is
  /// left out, so scores of few distinct values cost little.
  ///
  /// Bounds: every pointer covers `keys.count` elements; a destination is the running start of its
  /// bucket, and the buckets' counts add up to `keys.count`. Lifetime: the four buffers are allocated
  /// here and freed before return; nothing escapes but the copied result.
  private static func radixSorted(_ input: [UInt64]) -> (rows: [Int32], keys: [UInt64]) {
    let count = input.count
    var starts = [Int](repeating: 0, count: passCount * bucketCount)
    for key in input {
      for pass in 0..<passCount {
        starts[pass * bucketCount + digit(key, pass)] += 1
      }
    }
    var keys = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    var rows = UnsafeMutablePointer<Int32>.allocate(capacity: count)
    var nextKeys = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
    var nextRows = UnsafeMutablePointer<Int32>.allocate(capacity: count)
    defer {
      keys.deallocate()
      rows.deallocate()
      nextKeys.deallocate()
      nextRows.deallocate()
    }
    for row in 0..<count {
      (keys + row).initialize(to: input[row])
      (rows + row).initialize(to: Int32(truncatingIfNeeded: row))
    }
    for pass in 0..<passCount {
      let base = pass * bucketCount
      if starts[base + digit(keys[0], pass)] == count { continue }
      var position = 0
      for bucket in base..<base + bucketCount {
        let size = starts[bucket]
        starts[bucket] = position
        position += size
      }
      starts.withUnsafeMutableBufferPointer { starts in
        for place in 0..<count {
          let bucket = base + digit(keys[place], pass)
          let destination = starts[bucket]
          starts[bucket] = destination + 1
          (nextKeys + destination).initialize(to: keys[place])
          (nextRows + destination).initialize(to: rows[place])
        }
      }
      swap(&keys, &nextKeys)
      swap(&rows, &nextRows)
    }
    return (
      [Int32](UnsafeBufferPointer(start: rows, count: count)),
      [UInt64](UnsafeBufferPointer(start: keys, count: count))
    )
  }

  @inline(__always)
  private static func digit(_ key: UInt64, _ pass: Int) -> Int {
    Int(truncatingIfNeeded: (key >> UInt64(pass * digitBits)) & UInt64(bucketCount - 1))
  }
}
