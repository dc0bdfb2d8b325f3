import Features
import Models
import Parallel
import TreeTraining

/// Boosted trees fitted and tried fold by fold, the whole pipeline inside each fold.
struct BoostedFolds {
  let grower: TreeGrowth
  let plan: FoldPlan
  /// Rounds at the lowest loss over all folds; 0 before they are fitted.
  private(set) var rounds = 0
  private(set) var fits: [Fit] = []

  /// What is kept of a fold: what predicts, but none of its rows.
  struct Fit {
    let pipeline: TreePipeline
    /// At the common number of rounds, or all that the fold has where it stopped before it.
    fileprivate(set) var ensemble: TreeEnsemble
    fileprivate let treesPerRound: Int
    fileprivate let losses: [Double]
    fileprivate let validationWeight: Double
  }

  init(grower: TreeGrowth, plan: FoldPlan) {
    self.grower = grower
    self.plan = plan
  }

  mutating func fit(progress: @escaping ProgressSink) throws {
    let count = plan.folds.count
    for fold in 0..<count {
      let stage = "growing trees, fold \(fold + 1) of \(count)"
      progress(Progress(stage: stage, done: 0, total: nil))
      let weight = plan.validationRows(fold: fold).reduce(0) { $0 + (grower.weights?[$1] ?? 1) }
      let (pipeline, fit) = try grower.grow(
        rows: plan.trainingRows(fold: fold), rounds: grower.options.rounds,
        validation: plan.validationRows(fold: fold),
        progress: { progress(Progress(stage: stage, done: $0.done, total: nil)) })
      fits.append(
        Fit(
          pipeline: pipeline, ensemble: fit.ensemble, treesPerRound: fit.treesPerRound,
          losses: fit.validationLosses, validationWeight: weight))
    }
    rounds = Self.bestRound(fits.map { ($0.losses, $0.validationWeight) })
    for fold in fits.indices {
      fits[fold].ensemble = fits[fold].ensemble.prefix(rounds * fits[fold].treesPerRound)
    }
  }

  /// The number of rounds at the lowest loss over all validation rows, the first of equals. A fold that
  /// stopped early counts at its last loss.
  static func bestRound(_ curves: [(losses: [Double], weight: Double)]) -> Int {
    var best = (round: 1, loss: Double.infinity)
    for round in 0..<(curves.map(\.losses.count).max() ?? 0) {
      var loss = 0.0
      for curve in curves {
        guard let last = curve.losses.indices.last else { continue }
        loss += curve.weight * curve.losses[min(round, last)]
      }
      if loss < best.loss { best = (round + 1, loss) }
    }
    return best.round
  }

  /// Out-of-fold log-odds, one a row of `FoldPlan.validatedRows`.
  func rawPredictions() throws -> [Double] {
    let folds = plan.validatedFolds
    var predictions = [Double](repeating: .nan, count: folds.count)
    for (fold, fit) in fits.enumerated() {
      let columns = try TreeTransformer(fit.pipeline).transform(
        grower.table, rows: plan.validationRows(fold: fold), pool: grower.pool
      ).columns
      let own = TreeScorer(fit.ensemble).rawPredictions(columns, pool: grower.pool)
      var next = 0
      for index in folds.indices where folds[index] == Int32(fold) {
        predictions[index] = own[next]
        next += 1
      }
    }
    return predictions
  }

  /// Frees what the folds hold, once nothing more is asked of them.
  mutating func letGo() { fits = [] }
}
