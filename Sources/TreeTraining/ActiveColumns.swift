/// The features that a tree may use, and the bundles that hold them.
struct ActiveColumns {
  /// Four bundles next to each other in a row, which one thread works on at a time.
  struct Unit {
    /// The first bundle, and its byte in a row.
    let first: Int
    let bundleCount: Int
    /// Bundles with a feature in use.
    let bundles: [Int]
    /// Features in use, ascending.
    let features: [Int]
  }

  let units: [Unit]
  /// Bundles with a feature in use; `nil` where that is all of them.
  let lanes: AlignedBuffer<Int>?
  let laneCount: Int
  /// Bins of the features in use.
  let binCount: Int

  init(_ features: [Int], _ bundles: FeatureBundles) {
    let isUsed = features.reduce(into: [Bool](repeating: false, count: bundles.digits.count)) {
      $0[$1] = true
    }
    var units: [Unit] = []
    var active: [Int] = []
    let count = bundles.bundles.count
    for first in stride(from: 0, to: count, by: FeatureBundles.unit) {
      let all = first..<min(first + FeatureBundles.unit, count)
      let used = all.filter { bundle in
        bundles.bundles[bundle].members.contains { isUsed[$0.feature] }
      }
      guard !used.isEmpty else { continue }
      active += used
      units.append(
        Unit(
          first: first, bundleCount: all.count, bundles: used,
          features: used.flatMap { bundles.bundles[$0].members.map(\.feature) }
            .filter { isUsed[$0] }.sorted()))
    }
    self.units = units
    laneCount = active.count
    binCount = features.reduce(0) { $0 + bundles.digits[$1] }
    if active.count == count {
      lanes = nil
    } else {
      let lanes = AlignedBuffer<Int>(max(1, active.count))
      for (index, bundle) in active.enumerated() { lanes.start[index] = bundle }
      self.lanes = lanes
    }
  }
}
