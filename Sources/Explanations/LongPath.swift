import Features
import Models

/// A leaf with too many parts for a table of all that rows may satisfy.
///
/// Of the rows of a block, most are alike to such a leaf: what it gives is computed once for each set of
/// parts that some row satisfies.
struct LongPath: Sendable {
  private let quadrature: PathQuadrature
  private let features: [Int]
  /// 256 a part: 1 for bins that satisfy it.
  private let satisfied: [UInt8]
  private let shares: [[FeatureSlots.Share]]

  var partCount: Int { features.count }
  fileprivate var quadratureScratch: Int { quadrature.scratchCount }

  init(_ leaf: LeafPath, quadrature: PathQuadrature, slots: FeatureSlots) {
    self.quadrature = quadrature
    features = leaf.parts.map(\.feature)
    satisfied = leaf.parts.flatMap { part in
      (0..<256).map { part.bins.contains($0) ? 1 : 0 }
    }
    shares = leaf.parts.map { slots.shares[$0.feature] }
  }

  /// Adds what the leaf gives to rows.
  /// - Parameters:
  ///   - rows: within the columns, at most as many as the scratch memory is for.
  ///   - sums: `stride` a slot, of which the first `rows.count` are added to.
  func add(
    _ columns: BinnedColumns, _ rows: Range<Int>, to sums: UnsafeMutablePointer<Double>,
    stride: Int, _ scratch: LongPathScratch
  ) {
    let parts = partCount
    // Bounds: rows lie within the columns, a byte indexes 256 values, and the scratch memory has room
    // for as many keys, places and sets as rows, and for each set's parts. The pointers live for the
    // closure that uses them.
    satisfied.withUnsafeBufferPointer { satisfied in
      findKeys(columns, rows, satisfied, scratch)
      scratch.numberSets(rows.count) { set, row in
        for part in 0..<parts {
          let bin = columns.column(features[part])[rows.lowerBound + row]
          scratch.satisfied[part] = satisfied[256 * part + Int(bin)]
        }
        quadrature.write(
          satisfied: scratch.satisfied, scratch: scratch.quadrature, to: scratch.contributions)
        for part in 0..<parts {
          scratch.values[part * scratch.rows + set] = scratch.contributions[part]
        }
      }
    }
    for part in 0..<parts {
      let values = scratch.values + part * scratch.rows
      for share in shares[part] {
        let own = sums + share.slot * stride
        let weight = share.share
        for row in 0..<rows.count { own[row] += weight * values[Int(scratch.sets[row])] }
      }
    }
  }

  /// A key a row: the parts that it satisfies, bit by bit; with more than 64 parts the row itself, so that
  /// none is taken for another.
  private func findKeys(
    _ columns: BinnedColumns, _ rows: Range<Int>, _ satisfied: UnsafeBufferPointer<UInt8>,
    _ scratch: LongPathScratch
  ) {
    guard partCount <= UInt64.bitWidth, let satisfied = satisfied.baseAddress else {
      for row in 0..<rows.count { scratch.keys[row] = UInt64(row) }
      return
    }
    scratch.keys.update(repeating: 0, count: rows.count)
    for part in 0..<partCount {
      let bins = columns.column(features[part]) + rows.lowerBound
      let own = satisfied + 256 * part
      let bit = UInt64(part)
      for row in 0..<rows.count { scratch.keys[row] |= UInt64(own[Int(bins[row])]) &<< bit }
    }
  }
}

/// Memory for the rows of one block and a path at a time.
///
/// `@unchecked Sendable`: used by one worker at a time.
final class LongPathScratch: @unchecked Sendable {
  /// At most.
  let rows: Int
  /// One a row.
  let keys: UnsafeMutablePointer<UInt64>
  /// The number of each row's set.
  let sets: UnsafeMutablePointer<UInt16>
  /// `rows` a part: what each set gives.
  let values: UnsafeMutablePointer<Double>
  let quadrature: UnsafeMutablePointer<Double>
  /// One a part, as `satisfied`.
  let contributions: UnsafeMutablePointer<Double>
  let satisfied: UnsafeMutablePointer<UInt8>
  /// One a set.
  private let setKeys: UnsafeMutablePointer<UInt64>
  /// A set's number and 1 where a key was met, by its hash; else 0.
  private let places: UnsafeMutablePointer<UInt16>
  private let placeBits: Int

  /// - Parameters:
  ///   - longest: `nil` where there are no paths.
  ///   - rows: below 65,535.
  init(_ longest: LongPath?, rows: Int) {
    precondition(rows < Int(UInt16.max), "sets are numbered in two bytes")
    self.rows = rows
    let parts = longest?.partCount ?? 0
    let count = parts == 0 ? 0 : rows
    // At least twice as many places as sets, so that searches are short.
    var placeBits = 1
    while 1 << placeBits < 2 * count { placeBits += 1 }
    self.placeBits = placeBits
    keys = Self.zeros(count, 0)
    sets = Self.zeros(count, 0)
    values = Self.zeros(count * parts, 0)
    quadrature = Self.zeros(longest?.quadratureScratch ?? 0, 0)
    contributions = Self.zeros(parts, 0)
    satisfied = Self.zeros(parts, 0)
    setKeys = Self.zeros(count, 0)
    places = Self.zeros(1 << placeBits, 0)
  }

  private static func zeros<Element>(
    _ count: Int, _ zero: Element
  ) -> UnsafeMutablePointer<Element> {
    let start = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    start.initialize(repeating: zero, count: max(1, count))
    return start
  }

  deinit {
    keys.deallocate()
    sets.deallocate()
    values.deallocate()
    quadrature.deallocate()
    contributions.deallocate()
    satisfied.deallocate()
    setKeys.deallocate()
    places.deallocate()
  }

  /// Numbers the sets of the first rows by their keys, in the order in which they are met.
  /// - Parameter compute: called once a set, with the first row that has it.
  func numberSets(_ rowCount: Int, compute: (_ set: Int, _ row: Int) -> Void) {
    places.update(repeating: 0, count: 1 << placeBits)
    var count = 0
    let mask = (1 << placeBits) - 1
    for row in 0..<rowCount {
      let key = keys[row]
      // Multiplied by 2⁶⁴ over the golden ratio (Knuth).
      var place = Int((key &* 0x9e37_79b9_7f4a_7c15) &>> UInt64(64 - placeBits))
      while places[place] != 0, setKeys[Int(places[place]) - 1] != key {
        place = (place + 1) & mask
      }
      if places[place] == 0 {
        setKeys[count] = key
        compute(count, row)
        count += 1
        places[place] = UInt16(count)
      }
      sets[row] = places[place] - 1
    }
  }
}
