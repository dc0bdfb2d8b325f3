/// What is done with histograms once rows are added up.
///
/// A packed histogram has one Int64 a bin (gradient · 2³² + hessian), a wide one two (gradient,
/// hessian). All pointers are to memory of the grower, valid for the call, and hold the bins named.
enum HistogramArithmetic {
  typealias Bins = UnsafeMutablePointer<Int64>

  /// Adds up a bundle's bins over all digits but a feature's own, for each of its features.
  ///
  /// - Parameter features: where the features' bins go, at the layout's offsets; overwritten.
  static func marginalise(
    _ bundle: FeatureBundles.Bundle, digits: [Int], _ joint: UnsafePointer<Int64>,
    offsets: [Int], into features: Bins
  ) {
    if bundle.members.count == 1 {
      let own = bundle.members[0].feature
      (features + offsets[own]).update(from: joint, count: bundle.bins)
      return
    }
    // Each member's digit runs through `place` bins before it changes.
    for member in bundle.members {
      let count = digits[member.feature]
      let bins = features + offsets[member.feature]
      for digit in 0..<count {
        var sum: Int64 = 0
        var at = digit * member.place
        while at < bundle.bins {
          for bin in at..<at + member.place { sum &+= joint[bin] }
          at += count * member.place
        }
        bins[digit] = sum
      }
    }
  }

  /// Adds packed bins to wide ones.
  static func widen(_ packed: UnsafePointer<Int64>, count: Int, addingTo wide: Bins) {
    for bin in 0..<count {
      let value = packed[bin]
      wide[2 * bin] &+= value >> 32
      wide[2 * bin + 1] &+= value & 0xffff_ffff
    }
  }

  /// Packs wide bins whose sums fit.
  static func narrow(_ wide: UnsafePointer<Int64>, count: Int, into packed: Bins) {
    for bin in 0..<count {
      packed[bin] = wide[2 * bin] << 32 &+ wide[2 * bin + 1]
    }
  }

  /// Takes one histogram off another of the same kind, in place.
  static func subtract(_ part: UnsafePointer<Int64>, count: Int, from whole: Bins) {
    for bin in 0..<count { whole[bin] &-= part[bin] }
  }

  /// Takes packed bins off wide ones, in place.
  static func subtract(packed: UnsafePointer<Int64>, count: Int, fromWide whole: Bins) {
    for bin in 0..<count {
      let value = packed[bin]
      whole[2 * bin] &-= value >> 32
      whole[2 * bin + 1] &-= value & 0xffff_ffff
    }
  }

  static func add(_ other: UnsafePointer<Int64>, count: Int, to bins: Bins) {
    for bin in 0..<count { bins[bin] &+= other[bin] }
  }
}
