import Features
import Models
import Parallel
import TreeTraining

/// Additive models fitted and tried fold by fold, the whole pipeline inside each fold.
struct AdditiveFolds {
  let grower: TreeGrowth
  let plan: FoldPlan
  let options: AdditiveOptions
  /// At the lowest loss over all folds; 0 before they are fitted.
  private(set) var curveRounds = 0
  private(set) var surfaceRounds = 0
  private(set) var fits: [Fit] = []

  /// What is kept of a fold: what predicts, but none of its rows.
  struct Fit {
    let pipeline: TreePipeline
    /// At the common numbers of rounds.
    let model: AdditiveModel
  }

  init(grower: TreeGrowth, plan: FoldPlan, options: AdditiveOptions) {
    self.grower = grower
    self.plan = plan
    self.options = options
  }

  /// Both stages stop where the folds together do best: pairs are looked for in what curves of so many
  /// rounds leave in every fold.
  mutating func fit(progress: @escaping ProgressSink) throws {
    let count = plan.folds.count
    var growths: [(pipeline: TreePipeline, growth: AdditiveGrowth, weight: Double)] = []
    var losses: [[Double]] = []
    for fold in 0..<count {
      let stage = "growing curves, fold \(fold + 1) of \(count)"
      progress(Progress(stage: stage, done: 0, total: nil))
      let validation = plan.validationRows(fold: fold)
      let leads = try grower.leads(rows: plan.trainingRows(fold: fold), validation: validation)
      let growth = try grower.additive(options, on: leads)
      losses.append(
        growth.growCurves { progress(Progress(stage: stage, done: $0.done, total: nil)) })
      growths.append(
        (leads.pipeline, growth, validation.reduce(0) { $0 + (grower.weights?[$1] ?? 1) }))
    }
    curveRounds = Self.bestRound(losses, weights: growths.map(\.weight))
    losses = growths.enumerated().map { fold, fit in
      let stage = "growing pairs, fold \(fold + 1) of \(count)"
      progress(Progress(stage: stage, done: 0, total: nil))
      return fit.growth.growSurfaces(after: curveRounds) {
        progress(Progress(stage: stage, done: $0.done, total: nil))
      }
    }
    surfaceRounds = Self.bestRound(losses, weights: growths.map(\.weight))
    fits = growths.map {
      Fit(pipeline: $0.pipeline, model: $0.growth.model(surfaceRounds: surfaceRounds))
    }
  }

  /// Rounds at the lowest loss over all folds, whose losses start before the first round.
  private static func bestRound(_ losses: [[Double]], weights: [Double]) -> Int {
    BoostedFolds.bestRound(zip(losses, weights).map { ($0, $1) }) - 1
  }

  /// Out-of-fold log-odds, one a row of `FoldPlan.validatedRows`.
  func rawPredictions() throws -> [Double] {
    let folds = plan.validatedFolds
    var predictions = [Double](repeating: .nan, count: folds.count)
    for (fold, fit) in fits.enumerated() {
      let columns = try TreeTransformer(fit.pipeline).transform(
        grower.table, rows: plan.validationRows(fold: fold), pool: grower.pool
      ).columns
      let own = AdditiveScorer(fit.model).rawPredictions(columns, pool: grower.pool)
      var next = 0
      for index in folds.indices where folds[index] == Int32(fold) {
        predictions[index] = own[next]
        next += 1
      }
    }
    return predictions
  }
}
