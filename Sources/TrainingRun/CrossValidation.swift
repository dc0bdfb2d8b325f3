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
  /// What the penalty draws coefficients to; `nil` for 0.
  var prior: RulePrior?
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

    /// Of the chosen penalty.
    var lowestLoss: Double { losses.min() ?? .infinity }
  }

  /// - Parameters:
  ///   - folds: over `rows`, in their order.
  ///   - repeats: the same rows dealt out anew, which have a say in the penalty.
  ///   - rows: the training rows of the table, ascending.
  func run(
    folds: Folds, repeats: [Folds] = [], rows: [Int], progress: ProgressSink
  ) throws -> Result {
    let total = folds.count * (1 + repeats.count)
    func report(_ deal: Int, _ fold: Int) {
      progress(
        Progress(
          stage: "validating logistic regression", done: deal * folds.count + fold, total: total))
    }
    var deals: [Deal] = []
    for (number, folds) in ([folds] + repeats).enumerated() {
      deals.append(try validate(folds: folds, rows: rows) { report(number, $0) })
    }
    report(deals.count, 0)
    return try choose(deals, folds: folds, rows: rows)
  }

  /// Every penalty tried on one set of folds.
  private struct Deal {
    /// Log-odds of each row at each penalty, penalty-major.
    let raw: [Double]
    /// Mean log loss out of fold of each penalty.
    let losses: [Double]
    let unconverged: Int
  }

  private func validate(
    folds: Folds, rows: [Int], progress: (_ fold: Int) -> Void
  ) throws -> Deal {
    var raw = [Double](repeating: .nan, count: penalties.count * rows.count)
    var unconverged = 0
    for fold in 0..<folds.count {
      progress(fold)
      let training = folds.trainingRows(fold).map { rows[$0] }
      let validation = folds.validationRows(fold)
      let (transformer, fits) = try fitPath(rows: training, penalties: penalties)
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
    return Deal(
      raw: raw, losses: try losses(raw: raw, folds: folds, rows: rows), unconverged: unconverged)
  }

  /// Encoders fitted to some rows of the table, and a model for each penalty.
  private func fitPath(
    rows: [Int], penalties: [Double]
  ) throws -> (transformer: FeatureTransformer, fits: [LogisticFit]) {
    let pipeline = try FeatureFitter(options: featureOptions).fit(
      table, columns: columns, rows: rows, weights: weights, pool: pool)
    let transformer = FeatureTransformer(pipeline)
    let matrix = try transformer.transform(table, rows: rows, pool: pool).matrix
    let fits = try trainer.fitPath(
      matrix, labels: rows.map { labels[$0] }, weights: weights.map { all in rows.map { all[$0] } },
      penalties: penalties, priorMeans: try prior?.means(matrix, rows: rows)?.coefficients,
      pool: pool)
    return (transformer, fits)
  }

  /// Log-odds of rows of the table by a model of others.
  func rawPredictions(
    training: [Int], validation: [Int], penalty: Double
  ) throws -> [Double] {
    let (transformer, fits) = try fitPath(rows: training, penalties: [penalty])
    if fits[0].separated { throw TrainingError.separated }
    return fits[0].model.rawPredictions(
      try transformer.transform(table, rows: validation, pool: pool).matrix, pool: pool)
  }

  private func losses(raw: [Double], folds: Folds, rows: [Int]) throws -> [Double] {
    let validated = rows.indices.filter { folds.assignment[$0] >= 0 }
    let validatedLabels = validated.map { labels[rows[$0]] }
    let validatedWeights = weights.map { all in validated.map { all[rows[$0]] } }
    return try penalties.indices.map { index in
      let base = index * rows.count
      let probabilities = validated.map { probability(fromRawPrediction: raw[base + $0]) }
      guard
        let loss = logLoss(
          labels: validatedLabels, probabilities: probabilities, weights: validatedWeights)
      else { throw TrainingError.foldWithoutBothOutcomes }
      return loss
    }
  }

  /// The penalty of the lowest mean log loss over all deals; among equals the strongest.
  private func choose(_ deals: [Deal], folds: Folds, rows: [Int]) throws -> Result {
    let losses = penalties.indices.map { index in
      deals.reduce(0) { $0 + $1.losses[index] } / Double(deals.count)
    }
    var best = 0
    for index in losses.indices where losses[index] < losses[best] { best = index }
    return Result(
      penalty: penalties[best], losses: losses,
      rawPredictions: rows.indices.filter { folds.assignment[$0] >= 0 }.map {
        deals[0].raw[best * rows.count + $0]
      },
      unconverged: deals.reduce(0) { $0 + $1.unconverged })
  }
}
