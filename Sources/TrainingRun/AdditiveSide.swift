import Features
import Metrics
import Models
import Parallel
import Projects
import Tables
import TreeTraining

/// Fits an additive model as the options ask: in the folds first, which settle how many rounds there are, then
/// to all training rows.
struct AdditiveSide: Sendable {
  let boosting: BoostingSide

  struct Result: FittedSide {
    let pipeline: TreePipeline
    let model: AdditiveModel
    let rawPredictions: [Double]
    let record: AdditiveRecord
    /// Source columns, those that the model would miss most first.
    let importance: [ColumnImportance]
    let warnings: [String]

    static let name = "Additive model"

    var algorithm: ProjectTraining.Algorithm? { .additive }
    var name: String { Self.name }
    var predictor: Predictor { .additive(pipeline, model) }

    func rawPredictions(_ table: Table, rows: [Int], pool: WorkerPool) throws -> [Double] {
      let columns = try TreeTransformer(pipeline).transform(table, rows: rows, pool: pool).columns
      return AdditiveScorer(model).rawPredictions(columns, pool: pool)
    }
  }

  func run(plan: FoldPlan, progress: @escaping ProgressSink) throws -> Result {
    let shared = boosting.grower(plan: plan)
    let grower = shared.with(features: AdditiveDefaults.features(shared.features))
    let options = AdditiveDefaults.options(
      rows: boosting.trainingWeights(plan).rows, columns: boosting.columns.count,
      seed: boosting.options.seed)
    var folds = AdditiveFolds(grower: grower, plan: plan, options: options)
    try folds.fit(progress: progress)
    let rawPredictions = try folds.rawPredictions()
    progress(Progress(stage: "shuffling columns", done: 0, total: nil))
    let increases = try PermutationImportance(
      grower: grower, plan: plan,
      folds: folds.fits.map { fit in
        let scorer = AdditiveScorer(fit.model)
        return PermutationImportance.Fold(
          pipeline: fit.pipeline, columns: fit.model.usedColumns,
          rawPredictions: { scorer.rawPredictions($0, pool: grower.pool) })
      }, seed: boosting.options.seed
    ).increases()

    progress(Progress(stage: "growing curves", done: 0, total: nil))
    let leads = try grower.leads(rows: plan.trainingRows)
    let growth = try grower.additive(options, on: leads)
    let ratio = plan.growth
    let curveRounds = BoostingDefaults.finalRounds(
      folds.curveRounds, growth: ratio, atMost: options.rounds)
    let surfaceRounds = BoostingDefaults.finalRounds(
      folds.surfaceRounds, growth: ratio, atMost: options.rounds)
    _ = growth.growCurves(rounds: curveRounds, progress: progress)
    _ = growth.growSurfaces(after: curveRounds, rounds: surfaceRounds, progress: progress)
    let model = growth.model(surfaceRounds: surfaceRounds)
    return Result(
      pipeline: leads.pipeline, model: model, rawPredictions: rawPredictions,
      record: grower.record(
        options, curveRounds: (folds.curveRounds, curveRounds),
        surfaceRounds: (folds.surfaceRounds, surfaceRounds), pairs: model.surfaces.count),
      importance: BoostingSide.importance(
        growth.ensemble(surfaceRounds: surfaceRounds), increases: increases),
      warnings: [])
  }
}

extension AdditiveModel {
  /// The source columns of features that some table is of.
  fileprivate var usedColumns: Set<String> {
    let used = curves.map(\.feature) + surfaces.flatMap { [$0.first, $0.second] }
    return Set(used.flatMap { features[$0].sources })
  }
}
