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
    case blend(Blend, TreeTransformer, TreeScorer, FeatureTransformer, LinearPredictor)
    case additive(TreeTransformer, AdditiveScorer)
  }

  public init(_ model: LeadModel) {
    self.model = model
    switch model.predictor {
    case .logistic(let pipeline, let logistic):
      kernel = .logistic(FeatureTransformer(pipeline), logistic.predictor)
    case .trees(let pipeline, let ensemble):
      kernel = .trees(TreeTransformer(pipeline), TreeScorer(ensemble))
    case .blend(let blend):
      kernel = .blend(
        blend, TreeTransformer(blend.treePipeline), TreeScorer(blend.trees),
        FeatureTransformer(blend.pipeline), blend.logistic.predictor)
    case .additive(let pipeline, let additive):
      kernel = .additive(TreeTransformer(pipeline), AdditiveScorer(additive))
    }
  }

  /// The scores of a table's rows, column by column.
  public struct Scores: Sendable {
    /// Log-odds of conversion as the model has them.
    public let rawPredictions: [Double]
    /// Calibrated: those of the probabilities.
    public let logOdds: [Double]
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
      (raw, unseenLevels) = try rawPredictions(table, transformer, predictor)
    case .trees(let transformer, let scorer):
      (raw, unseenLevels) = try rawPredictions(table, transformer, scorer)
    case .blend(let blend, let treeTransformer, let scorer, let transformer, let predictor):
      let trees = try rawPredictions(table, treeTransformer, scorer)
      let logistic = try rawPredictions(table, transformer, predictor)
      raw = zip(trees.raw, logistic.raw).map { blend.rawPrediction(trees: $0, logistic: $1) }
      // Both read the same cells, and keep other levels: the trees those of fewer leads.
      let counted = Set(trees.unseen.map(\.column))
      unseenLevels = trees.unseen + logistic.unseen.filter { !counted.contains($0.column) }
    case .additive(let transformer, let scorer):
      let output = try transformer.transform(table, pool: blockPool)
      (raw, unseenLevels) = (scorer.rawPredictions(output.columns), output.unseenLevels)
    }
    let logOdds = model.calibration?.calibrator.logOdds(ofRawPredictions: raw) ?? raw
    return Scores(
      rawPredictions: raw, logOdds: logOdds,
      probabilities: probabilities(fromRawPredictions: logOdds),
      unseenLevels: unseenLevels)
  }

  private typealias Raw = (raw: [Double], unseen: [FeatureTransformer.UnseenLevels])

  private func rawPredictions(
    _ table: Table, _ transformer: FeatureTransformer, _ predictor: LinearPredictor
  ) throws -> Raw {
    let output = try transformer.transform(table, pool: blockPool)
    let raw = [Double](unsafeUninitializedCapacity: table.rowCount) { buffer, count in
      predictor.predict(output.matrix, rows: 0..<table.rowCount, into: buffer)
      count = table.rowCount
    }
    return (raw, output.unseenLevels)
  }

  private func rawPredictions(
    _ table: Table, _ transformer: TreeTransformer, _ scorer: TreeScorer
  ) throws -> Raw {
    let output = try transformer.transform(table, pool: blockPool)
    return (scorer.rawPredictions(output.columns), output.unseenLevels)
  }
}
