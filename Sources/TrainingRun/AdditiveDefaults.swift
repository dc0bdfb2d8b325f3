import Features
import TreeTraining

/// How additive models are grown: a function of the size of the history alone, the same for every set of leads
/// (Docs/decisions/additive.md).
enum AdditiveDefaults {
  /// - Parameters:
  ///   - rows: training leads, weights counted.
  ///   - columns: those that may become features.
  static func options(rows: Double, columns: Int, seed: UInt64) -> AdditiveOptions {
    var options = AdditiveOptions()
    options.pairs = columns
    // A leaf of few leads takes small steps, or curves would follow chance.
    options.l2 = 30
    options.seed = seed
    return options
  }

  /// Categories as they are, so that a curve has a value for each; nothing made of several columns, other than
  /// the days between two dates.
  static func features(_ options: TreeFeatureOptions) -> TreeFeatureOptions {
    var options = options
    options.categories = .subsets
    options.pairs = 0
    return options
  }
}
