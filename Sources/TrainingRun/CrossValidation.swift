import Features
import LogisticTraining
import Metrics
import Models
import Parallel
import Tables
import Validation

/// Logistic regression fitted and tried fold by fold, the whole pipeline inside each fold, along a path
/// of penalties.
struct CrossValidation: Sendable {
  let table: Table
  let columns: [String]
  /// One a row of `table`: 1 won, 0 lost; rows that are neither take part in nothing.
  let labels: [UInt8]
  let weights: [Double]?
  let featureOptions: FeatureOptions
  /// From the strongest down, so that each fit starts from a smoother one.
  let penalties: [Double]
  let trainer: LogisticTrainer
  let pool: WorkerPool

  /// What the folds showed.
  struct Result: Sendable {
    let penalty: Double
    /// Mean log loss out of fold of each penalty, in the order of `penalties`.
    let losses: [Double]
    /// Out-of-fold log-odds at the chosen penalty, one a row that was in a validation part, ascending.
    let rawPredictions: [Double]
    /// Fits that stopped before they met the tolerance.
    let unconverged: Int
  }

  /// - Parameters:
  ///   - folds: over `rows`, in their order.
  ///   - rows: the training rows of the table, ascending.
  func run(folds: Folds, rows: [Int], progress: ProgressSink) throws -> Result {
    // Log-odds of each row at each penalty, penalty-major.
    var raw = [Double](repeating: .nan, count: penalties.count * rows.count)
    var unconverged = 0
    for fold in 0..<folds.count {
      progress(Progress(stage: "validating logistic regression", done: fold, total: folds.count))
      let training = folds.trainingRows(fold).map { rows[$0] }
      let validation = folds.validationRows(fold)
      let pipeline = try FeatureFitter(options: featureOptions).fit(
        table, columns: columns, rows: training, weights: weights, pool: pool)
      let transformer = FeatureTransformer(pipeline)
      let fits = try fitPath(transformer, rows: training)
      let matrix = try transformer.transform(
        table, rows: validation.map { rows[$0] }, pool: pool
      ).matrix
      for (index, fit) in fits.enumerated() {
        if fit.separated { throw TrainingError.separated }
        if !fit.converged { unconverged += 1 }
        let predictions = fit.model.rawPredictions(matrix, pool: pool)
        for (position, prediction) in zip(validation, predictions) {
          raw[index * rows.count + position] = prediction
        }
      }
    }
    progress(
      Progress(stage: "validating logistic regression", done: folds.count, total: folds.count))
    return try choose(raw: raw, folds: folds, rows: rows, unconverged: unconverged)
  }

  private func fitPath(_ transformer: FeatureTransformer, rows: [Int]) throws -> [LogisticFit] {
    let matrix = try transformer.transform(table, rows: rows, pool: pool).matrix
    return try trainer.fitPath(
      matrix, labels: rows.map { labels[$0] }, weights: weights.map { all in rows.map { all[$0] } },
      penalties: penalties, pool: pool)
  }

  /// The penalty of the lowest log loss; among equals the strongest.
  private func choose(
    raw: [Double], folds: Folds, rows: [Int], unconverged: Int
  ) throws -> Result {
    let validated = rows.indices.filter { folds.assignment[$0] >= 0 }
    let validatedLabels = validated.map { labels[rows[$0]] }
    let validatedWeights = weights.map { all in validated.map { all[rows[$0]] } }
    var losses: [Double] = []
    for index in penalties.indices {
      let base = index * rows.count
      let probabilities = validated.map { probability(fromRawPrediction: raw[base + $0]) }
      guard
        let loss = logLoss(
          labels: validatedLabels, probabilities: probabilities, weights: validatedWeights)
      else { throw TrainingError.foldWithoutBothOutcomes }
      losses.append(loss)
    }
    var best = 0
    for index in losses.indices where losses[index] < losses[best] { best = index }
    return Result(
      penalty: penalties[best], losses: losses,
      rawPredictions: validated.map { raw[best * rows.count + $0] }, unconverged: unconverged)
  }
}
