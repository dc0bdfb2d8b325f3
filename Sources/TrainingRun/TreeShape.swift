import Features
import TreeTraining

/// Trees of one form: what sets the ensembles of a blend apart.
struct TreeShape: Sendable, Equatable {
  enum Kind: String, Sendable {
    /// On all features.
    case wide
    /// On the features of one column each: no rates of pairs.
    case shallow
    /// Many trees of random cuts, averaged rather than boosted, on values and codes: no rates.
    case random
  }

  let kind: Kind
  /// Leaves a tree.
  let leaves: Int
  /// Ensembles that are grown side by side and averaged, each with draws of its own.
  let members: Int

  /// As reports call it.
  var name: String { "\(kind.rawValue) trees" }

  /// What the trees of the shape see; `nil` for all features, also where there are no others.
  func features(among features: [BinnedFeature]) -> [Int]? {
    let single = features.indices.filter { features[$0].sources.count == 1 }
    let isMixed = !single.isEmpty && single.count < features.count
    return isMixed && kind != .wide ? Array(single) : nil
  }

  /// How trees of the shape are grown.
  func apply(to options: inout BoostingOptions, features: [BinnedFeature]) {
    options.leaves = leaves
    options.members = [BoostingOptions.Member](
      repeating: BoostingOptions.Member(features: self.features(among: features)), count: members)
    // The first member of a shape draws from the seed itself: shapes must not draw alike.
    if kind == .shallow { options.seed ^= 0x5851_f42d_4c95_7f2d }
  }
}

/// A shape as the folds found it.
struct JudgedShape: Sendable {
  let shape: TreeShape
  /// At the lowest loss over all folds.
  let foldRounds: Int
  /// Of the final fit.
  let rounds: Int
  /// What its log-odds are multiplied by.
  let weight: Double
  /// Mean, out of fold.
  let logLoss: Double
}
