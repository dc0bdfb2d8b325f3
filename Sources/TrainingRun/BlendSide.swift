import Models
import Parallel
import Projects
import Tables

/// Trees and logistic regression, fitted on the same folds, as one model: their log-odds, each times a
/// weight that the folds chose.
struct BlendSide: FittedSide {
  let trees: BoostingSide.Result
  let logistic: LogisticSide.Result
  let blend: Blend
  let record: BlendRecord
  let rawPredictions: [Double]

  static let name = "Trees and logistic regression, blended"

  var algorithm: ProjectTraining.Algorithm? { nil }
  var name: String { Self.name }
  var warnings: [String] { trees.warnings + logistic.warnings }
  var predictor: Predictor { .blend(blend) }

  /// Weights that are right where nothing tells members apart: each of the recipe's three members alike,
  /// two of which are trees.
  static let start = [2.0 / 3, 1.0 / 3]

  /// - Returns: `nil` where one of the two gets no weight: it would add nothing.
  init?(trees: BoostingSide.Result, logistic: LogisticSide.Result) {
    let blending = trees.blend.blending
    func weights(_ treeLogOdds: [Double], without fold: Int32?) -> BlendWeights {
      blending.blendWeights(
        [treeLogOdds, logistic.rawPredictions], start: Self.start, without: fold)
    }
    let all = weights(trees.blend.weights.rawPredictions(trees.blend.members), without: nil)
    guard all.weights.allSatisfy({ $0 > 0 }) else { return nil }
    self.trees = trees
    self.logistic = logistic
    blend = Blend(
      intercept: all.intercept, treePipeline: trees.pipeline, trees: trees.ensemble,
      treeWeight: all.weights[0], pipeline: logistic.pipeline, logistic: logistic.fit.model,
      logisticWeight: all.weights[1])
    record = BlendRecord(
      members: [
        BlendRecord.Member(
          name: trees.name, weight: all.weights[0],
          logLoss: blending.logLoss(trees.rawPredictions)),
        BlendRecord.Member(
          name: logistic.name, weight: all.weights[1],
          logLoss: blending.logLoss(logistic.rawPredictions)),
      ], intercept: all.intercept)
    // The weights of the shapes, too, are fitted without the fold.
    rawPredictions = blending.crossFitted { fold in
      let treeLogOdds = trees.blend.rawPredictions(without: fold)
      return weights(treeLogOdds, without: fold).rawPredictions([
        treeLogOdds, logistic.rawPredictions,
      ])
    }
  }

  func rawPredictions(_ table: Table, rows: [Int], pool: WorkerPool) throws -> [Double] {
    zip(
      try trees.rawPredictions(table, rows: rows, pool: pool),
      try logistic.rawPredictions(table, rows: rows, pool: pool)
    ).map { blend.rawPrediction(trees: $0, logistic: $1) }
  }
}
