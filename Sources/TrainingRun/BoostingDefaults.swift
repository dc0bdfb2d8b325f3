import Features
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
  /// The final fit learns from all leads, the folds from a part: where that makes a quarter more of them, as
  /// with five folds at random, 1.125 times the folds' rounds did best. The same power of any other ratio,
  /// since what may be learned grows with the leads.
  private static let roundsPower = log(1.125) / log(1.25)

  /// Rounds of the final fit.
  /// - Parameters:
  ///   - folds: at the lowest loss over all folds.
  ///   - growth: how many times their rows it learns from (`FoldPlan.growth`).
  static func finalRounds(_ folds: Int, growth: Double, atMost most: Int) -> Int {
    // In parts of a thousand, so that folds of unlike sizes do not tip a half.
    let ratio = (1_000 * pow(growth, roundsPower)).rounded() / 1_000
    return min(most, Int((Double(folds) * ratio).rounded()))
  }

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
    // With four ensembles averaged, 10 was better than 20 on two real sets and level on two; on small
    // histories a hundredth, so that there is something to split at all.
    options.minimumRows = min(max(Int(rows / 100), 5), 10)
    options.l2 = 1
    options.rowShare = 0.75
    options.columnShare = 0.5
    return options
  }

  /// Ensembles that are added up, half of each shape. What one gets wrong by chance shrinks with the
  /// history, and the time that more of them take grows with it.
  static func members(rows: Double) -> Int {
    rows < 200_000 ? 2 : 1
  }

  /// 0.7 e^(0.247 ln n − 5.158), at most 0.1: seven tenths of the rule that CatBoost's authors found for
  /// its own default; .022 at 1,000 leads, .039 at 10,000, .069 at 100,000. Six tenths was level
  /// with it at more rounds. Rounded, so that no machine's exponential decides a tree.
  static func learningRate(rows: Double) -> Double {
    let rate = 0.7 * exp(0.247 * log(max(rows, 1)) - 5.158)
    return min(0.1, (rate * 10_000).rounded() / 10_000)
  }

  /// Unlike shapes of trees, the widest first: `members` ensembles in all, those of a shape averaged.
  ///
  /// Pairs of columns help on some histories and mislead on others, as do large trees: shallow ones see
  /// no pairs.
  static func shapes(leaves: Int, members: Int) -> [TreeShape] {
    let wide = TreeShape(kind: .wide, leaves: leaves, members: (members + 1) / 2)
    guard members > 1 else { return [wide] }
    return [
      wide, TreeShape(kind: .shallow, leaves: min(leaves, shallowLeaves), members: members / 2),
    ]
  }

  /// Of the shallow shape, as measured in the recipe.
  static let shallowLeaves = 8
}
