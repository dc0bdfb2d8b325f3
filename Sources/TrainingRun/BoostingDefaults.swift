import Glibc
import TreeTraining

/// How trees are grown where the project does not say: a function of the size of the history alone, the
/// same for every set of leads (Docs/ProjectFile.md).
enum BoostingDefaults {
  /// Most trees. Early stopping ends before it nearly always; without it, a fit of leads that keep
  /// rewarding one more tree would not end.
  static let rounds = 2_000
  /// Pairs of columns whose rates of conversion are features: 30 were no better than 12.
  static let pairs = 12
  /// The final fit learns from all leads, the folds from a part: its trees are this many times theirs.
  static let finalRounds = 1.125

  /// - Parameters:
  ///   - rows: training leads, weights counted.
  ///   - rarer: those of them with the rarer outcome.
  static func options(rows: Double, rarer: Double) -> BoostingOptions {
    var options = BoostingOptions()
    options.rounds = rounds
    // Of log loss, measured by fold: shorter waits stop at the noise of one fold.
    options.patience = 60
    options.learningRate = learningRate(rows: rows)
    // What the rarer outcome can tell apart: a leaf needs examples of it.
    options.leaves = min(max(Int(rarer.squareRoot() / 2), 6), 40)
    // On small histories a fiftieth, so that there is something to split at all.
    options.minimumRows = min(max(Int(rows / 50), 5), 40)
    options.l2 = 1
    options.rowShare = 0.75
    options.columnShare = 0.5
    return options
  }

  /// e^(0.247 ln n − 5.158), at most 0.1: the rule that CatBoost's authors found for its own default,
  /// .032 at 1,000 leads, .056 at 10,000, .099 at 100,000. Rounded, so that no machine's exponential
  /// decides a tree.
  static func learningRate(rows: Double) -> Double {
    let rate = exp(0.247 * log(max(rows, 1)) - 5.158)
    return min(0.1, (rate * 10_000).rounded() / 10_000)
  }
}
