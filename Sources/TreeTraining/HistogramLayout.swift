/// Where things lie in a histogram.
///
/// While rows are added up, each bundle has 264 bins of its own (more than 256, so that equal bins of
/// neighbouring bundles don't compete for the same lines of the cache). What is kept of a node is one
/// run of bins a feature, as many as the feature has digits.
struct HistogramLayout: Sendable {
  static let bundleStride = 264

  /// Where each feature's bins start; a multiple of 8.
  let offsets: [Int]
  /// Bins of all features, the gaps between them included.
  let binCount: Int
  let bundleCount: Int

  init(_ bundles: FeatureBundles) {
    var offsets: [Int] = []
    var next = 0
    for digits in bundles.digits {
      offsets.append(next)
      next += (digits + 7) / 8 * 8
    }
    self.offsets = offsets
    binCount = next
    bundleCount = bundles.bundles.count
  }

  var bundleBins: Int { bundleCount * Self.bundleStride }
}
