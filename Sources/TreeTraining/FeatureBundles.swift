import Features

/// Features that share a byte.
///
/// A bundle's byte is the number whose digits are its features' bins, so its histogram holds the joint
/// counts of all of them, and adding up over the other digits gives each feature's histogram exactly.
/// A row then costs one addition a bundle rather than one a feature.
struct FeatureBundles: Sendable, Equatable {
  struct Member: Sendable, Equatable {
    let feature: Int
    /// What one step of the feature's bin adds to the byte.
    let place: Int
  }

  struct Bundle: Sendable, Equatable {
    var members: [Member]
    /// Values that the byte can take: the product of the members' digits, at most 256.
    var bins: Int
  }

  /// In the order of their bytes in a row.
  let bundles: [Bundle]
  /// Bins of each feature that training rows can be in: the missing bin takes no digit where no row
  /// is missing.
  let digits: [Int]

  /// Bundles that are worked on together: where a row's bytes are cut between threads.
  static let unit = 4

  init(features: [BinnedFeature], hasMissing: [Bool]) {
    let digits = zip(features, hasMissing).map { $1 ? $0.binCount : max(1, $0.binCount - 1) }
    self.digits = digits
    // Best fit, widest features first.
    let widest = features.indices.sorted { (-digits[$0], $0) < (-digits[$1], $1) }
    var bundles: [Bundle] = []
    for feature in widest {
      let fitting = bundles.indices.filter { bundles[$0].bins * digits[feature] <= 256 }
      let best = fitting.max { (bundles[$0].bins, -$0) < (bundles[$1].bins, -$1) }
      if let best {
        bundles[best].members.append(Member(feature: feature, place: bundles[best].bins))
        bundles[best].bins *= digits[feature]
      } else {
        bundles.append(
          Bundle(members: [Member(feature: feature, place: 1)], bins: digits[feature]))
      }
    }
    self.bundles = Self.dealt(bundles)
  }

  /// Deals bundles to units in turn, so that each unit has its share of the wide ones.
  private static func dealt(_ bundles: [Bundle]) -> [Bundle] {
    let count = (bundles.count + unit - 1) / unit
    var units = [[Bundle]](repeating: [], count: count)
    var next = 0
    for bundle in bundles {
      // Only the last unit may stay short.
      func room(_ index: Int) -> Int {
        index == count - 1 ? bundles.count - unit * (count - 1) : unit
      }
      while units[next].count >= room(next) { next = (next + 1) % count }
      units[next].append(bundle)
      next = (next + 1) % count
    }
    return units.flatMap { $0 }
  }
}
