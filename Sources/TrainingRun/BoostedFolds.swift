import Features
import Models
import Parallel
import TreeTraining

/// Boosted trees of some shapes fitted and tried fold by fold, the whole pipeline inside each fold.
struct BoostedFolds {
  let grower: TreeGrowth
  let plan: FoldPlan
  let shapes: [TreeShape]
  /// Rounds of each shape at its lowest loss over all folds; empty before they are fitted.
  private(set) var rounds: [Int] = []
  private(set) var fits: [Fit] = []

  /// What is kept of a fold: what predicts, but none of its rows.
  struct Fit {
    let pipeline: TreePipeline
    /// Of each shape, at the common number of rounds, or all that the fold has where it stopped before
    /// it.
    fileprivate(set) var ensembles: [TreeEnsemble]
    fileprivate let losses: [[Double]]
    fileprivate let validationWeight: Double
  }

  init(grower: TreeGrowth, plan: FoldPlan, shapes: [TreeShape]) {
    self.grower = grower
    self.plan = plan
    self.shapes = shapes
  }

  mutating func fit(progress: @escaping ProgressSink) throws {
    let count = plan.folds.count
    for fold in 0..<count {
      let stage = "growing trees, fold \(fold + 1) of \(count)"
      progress(Progress(stage: stage, done: 0, total: nil))
      let validation = plan.validationRows(fold: fold)
      let leads = try grower.leads(rows: plan.trainingRows(fold: fold), validation: validation)
      var grown: [BoostingFit] = []
      for shape in shapes {
        let before = grown.reduce(0) { $0 + $1.validationLosses.count }
        grown.append(
          try grower.grow(
            shape, on: leads, rounds: grower.options.rounds,
            progress: { progress(Progress(stage: stage, done: before + $0.done, total: nil)) }))
      }
      fits.append(
        Fit(
          pipeline: leads.pipeline, ensembles: grown.map(\.ensemble),
          losses: grown.map(\.validationLosses),
          validationWeight: validation.reduce(0) { $0 + (grower.weights?[$1] ?? 1) }))
    }
    rounds = shapes.indices.map { shape in
      Self.bestRound(fits.map { ($0.losses[shape], $0.validationWeight) })
    }
    for fold in fits.indices {
      for (shape, content) in shapes.enumerated() {
        fits[fold].ensembles[shape] = fits[fold].ensembles[shape].prefix(
          rounds[shape] * content.members)
      }
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

  /// Out-of-fold log-odds of each shape, one a row of `FoldPlan.validatedRows`.
  func rawPredictions() throws -> [[Double]] {
    let folds = plan.validatedFolds
    var predictions = shapes.map { _ in [Double](repeating: .nan, count: folds.count) }
    for (fold, fit) in fits.enumerated() {
      let columns = try TreeTransformer(fit.pipeline).transform(
        grower.table, rows: plan.validationRows(fold: fold), pool: grower.pool
      ).columns
      for (shape, ensemble) in fit.ensembles.enumerated() {
        let own = TreeScorer(ensemble).rawPredictions(columns, pool: grower.pool)
        var next = 0
        for index in folds.indices where folds[index] == Int32(fold) {
          predictions[shape][index] = own[next]
          next += 1
        }
      }
    }
    return predictions
  }

  /// Frees what the folds hold, once nothing more is asked of them.
  mutating func letGo() { fits = [] }
}
