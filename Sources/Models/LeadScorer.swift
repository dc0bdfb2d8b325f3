import Features
import Parallel
import Tables

/// A lead model made ready to score tables, whole or block by block.
public struct LeadScorer: Sendable {
  public let model: LeadModel
  private let kernel: Kernel
  /// Blocks are scored side by side by the caller, each on one thread.
  private let blockPool = WorkerPool(threadCount: 1)

  private enum Kernel: Sendable {
    case logistic(FeatureTransformer, LinearPredictor)
    case trees(TreeTransformer, TreeScorer)
  }

  public init(_ model: LeadModel) {
    self.model = model
    switch model.predictor {
    case .logistic(let pipeline, let logistic):
      kernel = .logistic(FeatureTransformer(pipeline), logistic.predictor)
    case .trees(let pipeline, let ensemble):
      kernel = .trees(TreeTransformer(pipeline), TreeScorer(ensemble))
    }
  }

  /// The scores of a table's rows, column by column.
  public struct Scores: Sendable {
    /// Log-odds of conversion.
    public let rawPredictions: [Double]
    public let probabilities: [Double]
    public let unseenLevels: [FeatureTransformer.UnseenLevels]
  }

  /// Scores a table on the calling thread; the log-odds of trees are those of
  /// `TreeEnsemble.rawPrediction(bins:)` to the bit.
  /// - Throws: `FeatureError` for a column that is missing or of another type than the model's.
  public func score(_ table: Table) throws -> Scores {
    let raw: [Double]
    let unseenLevels: [FeatureTransformer.UnseenLevels]
    switch kernel {
    case .logistic(let transformer, let predictor):
      let output = try transformer.transform(table, pool: blockPool)
      raw = [Double](unsafeUninitializedCapacity: table.rowCount) { buffer, count in
        predictor.predict(output.matrix, rows: 0..<table.rowCount, into: buffer)
        count = table.rowCount
      }
      unseenLevels = output.unseenLevels
    case .trees(let transformer, let scorer):
      let output = try transformer.transform(table, pool: blockPool)
      raw = scorer.rawPredictions(output.columns)
      unseenLevels = output.unseenLevels
    }
    return Scores(
      rawPredictions: raw, probabilities: probabilities(fromRawPredictions: raw),
      unseenLevels: unseenLevels)
  }
}
