import Features
import Models
import Parallel
import Tables

/// A lead model made ready to say what each column of a lead gives to its log-odds.
///
/// Contributions are exact Shapley values of the model that scores: of trees against the training leads
/// that went either way at a split (`TreeContributions`), of a regression against the means of the
/// training leads (`LinearContributions`), of an additive model against the training leads of each table
/// (`AdditiveContributions`). A feature of two columns gives half to each; a column's features are added up.
public struct LeadExplainer: Sendable {
  /// The source columns of the model's features, in the order in which the encoders read them.
  public let columns: [String]
  /// Log-odds of the average training lead, calibrated.
  public let baseline: Double
  /// What contributions of the model itself are told against.
  private let rawBaseline: Double
  private let calibrator: Calibrator
  private let trees: (transformer: TreeTransformer, kernel: TreeContributions)?
  private let linear: (transformer: FeatureTransformer, kernel: LinearContributions)?
  private let additive: (transformer: TreeTransformer, kernel: AdditiveContributions)?

  /// - Parameter pool: the threads that make the tables of the trees.
  /// - Throws: ``ExplanationError`` for a model that lacks what reasons are told against.
  public init(
    _ model: LeadModel, pool: WorkerPool = WorkerPool(threadCount: 1)
  ) throws(ExplanationError) {
    let columns = model.requiredColumns
    self.columns = columns
    calibrator = model.calibration?.calibrator ?? .identity
    var additive: (transformer: TreeTransformer, kernel: AdditiveContributions)?
    switch model.predictor {
    case .logistic(let pipeline, let logistic):
      let kernel = try LinearContributions(
        logistic, slots: FeatureSlots(sources: pipeline.featureColumns, columns: columns))
      linear = (FeatureTransformer(pipeline), kernel)
      trees = nil
      rawBaseline = kernel.baseline
    case .trees(let pipeline, let ensemble):
      let kernel = try TreeContributions(
        ensemble,
        slots: FeatureSlots(sources: ensemble.features.map(\.sources), columns: columns),
        pool: pool)
      trees = (TreeTransformer(pipeline), kernel)
      linear = nil
      rawBaseline = kernel.baseline
    case .blend(let blend):
      // By linearity: the contributions of either side, times its weight.
      let regression = try LinearContributions(
        blend.logistic,
        slots: FeatureSlots(
          sources: blend.pipeline.featureColumns, columns: columns, weight: blend.logisticWeight))
      let forest = try TreeContributions(
        blend.trees,
        slots: FeatureSlots(
          sources: blend.trees.features.map(\.sources), columns: columns,
          weight: blend.treeWeight), pool: pool)
      linear = (FeatureTransformer(blend.pipeline), regression)
      trees = (TreeTransformer(blend.treePipeline), forest)
      rawBaseline = blend.rawPrediction(trees: forest.baseline, logistic: regression.baseline)
    case .additive(let pipeline, let tables):
      let kernel = AdditiveContributions(
        tables, slots: FeatureSlots(sources: tables.features.map(\.sources), columns: columns))
      additive = (TreeTransformer(pipeline), kernel)
      trees = nil
      linear = nil
      rawBaseline = kernel.baseline
    }
    self.additive = additive
    baseline = calibrator.logOdds(ofRawPrediction: rawBaseline)
  }

  /// What the columns of a table's rows give; the same for any number of threads.
  /// - Parameter table: holds the model's columns.
  /// - Throws: `FeatureError` for a column that is missing or of another type than the model's.
  public func explain(
    _ table: Table, pool: WorkerPool = WorkerPool(threadCount: 1)
  ) throws -> Explanations {
    let bins = try trees?.transformer.transform(table, pool: pool).columns
    let matrix = try linear?.transformer.transform(table, pool: pool).matrix
    let tableBins = try additive?.transformer.transform(table, pool: pool).columns
    let count = table.rowCount * columns.count
    let contributions = [Double](unsafeUninitializedCapacity: count) { output, initialised in
      let output = UnsafeMutableBufferPointer(rebasing: output[..<count])
      output.initialize(repeating: 0)
      if let bins { trees?.kernel.add(bins, to: output, pool: pool) }
      if let matrix { linear?.kernel.add(matrix, to: output, pool: pool) }
      if let tableBins { additive?.kernel.add(tableBins, to: output, pool: pool) }
      if !calibrator.isIdentity { rescale(output) }
      initialised = count
    }
    return Explanations(
      columns: columns, baseline: baseline, rowCount: table.rowCount, contributions: contributions)
  }

  /// Has each row's contributions add up to its calibrated log-odds less the baseline: all are multiplied
  /// alike, by the slope of the calibration between the average lead and this one.
  private func rescale(_ contributions: UnsafeMutableBufferPointer<Double>) {
    for start in stride(from: 0, to: contributions.count, by: columns.count) {
      // Within the buffer, which holds whole rows.
      let row = start..<start + columns.count
      let sum = row.reduce(0) { $0 + contributions[$1] }
      // Of a lead that is the average one there is nothing to multiply.
      guard abs(sum) > 1e-9 else { continue }
      let calibrated = calibrator.logOdds(ofRawPrediction: rawBaseline + sum) - baseline
      for index in row { contributions[index] *= calibrated / sum }
    }
  }
}
