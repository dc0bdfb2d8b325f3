import Models
import Tables

/// The sample trees and the sample regression as one model.
enum SampleBlend {
  static func make(schema: TableSchema = SampleModel.schema) -> LeadModel {
    make(SampleTrees.make(schema: schema), SampleModel.make(schema: schema))
  }

  /// For tests that read a model very often.
  static func small() -> LeadModel { make(SampleTrees.small(), SampleModel.small()) }

  private static func make(_ trees: LeadModel, _ logistic: LeadModel) -> LeadModel {
    let predictor: Predictor
    if case .trees(let treePipeline, let ensemble) = trees.predictor,
      case .logistic(let pipeline, let model) = logistic.predictor
    {
      predictor = .blend(
        Blend(
          intercept: 0.1 + 0.2, treePipeline: treePipeline, trees: ensemble,
          treeWeight: 2.0 / 3, pipeline: pipeline, logistic: model, logisticWeight: 0.37))
    } else {
      preconditionFailure("samples of either kind")
    }
    return LeadModel(
      schema: trees.schema, idColumns: trees.idColumns, outcome: trees.outcome,
      predictor: predictor, scale: trees.scale,
      training: TrainingRecord(
        algorithm: "Trees and logistic regression, blended", seed: 3, folds: 5,
        foldKind: "stratified", penalty: 3, holdOutShare: 0, rows: 20, conversions: 7, leftOut: [],
        boosting: BoostingRecord(
          mostRounds: 2_000, foldRounds: 3, rounds: 3, patience: 60, learningRate: 0.1, leaves: 4,
          maxDepth: nil, minimumRows: 5, l1: 0, l2: 1, rowShare: 0.75, columnShare: 0.5,
          members: 3, memberFeatures: [.all, .all, .withoutPairs],
          shapes: [
            .init(
              name: "wide trees", leaves: 4, members: 2, features: .all, foldRounds: 3, rounds: 3,
              weight: 0.6, logLoss: 0.41),
            .init(
              name: "shallow trees", leaves: 2, members: 1, features: .withoutPairs,
              foldRounds: 9, rounds: 10, weight: 0.45, logLoss: 1.0 / 3),
          ],
          features: .init(
            maxBins: 255, categories: "automatic", smoothing: 20, pairs: 12, minimumLevelRows: 10),
          monotone: [], interactions: nil),
        blend: BlendRecord(
          members: [
            .init(name: "Gradient-boosted trees", weight: 2.0 / 3, logLoss: 0.4),
            .init(name: "Logistic regression", weight: 0.37, logLoss: 0.42),
          ], intercept: 0.1 + 0.2)),
      outOfFold: trees.outOfFold, heldOut: nil, strengths: logistic.strengths,
      sketch: trees.sketch, alternatives: trees.alternatives, importance: trees.importance)
  }
}
