import Features
import Metrics
import Models
import Validation

/// By how much the out-of-fold log loss rises when a source column's cells are shuffled among the leads
/// of a validation part (Breiman 2001, here out of fold): each fold's model is asked about leads that it
/// was not fitted to.
struct PermutationImportance {
  let grower: TreeGrowth
  let plan: FoldPlan
  /// One a fold of the plan.
  let folds: [Fold]
  let seed: UInt64

  /// Leads that are asked about, a fold: with five folds the increase is known to some thousandths of
  /// itself, and more would cost as much as the fit.
  static let mostRows = 20_000

  /// A model of a fold.
  struct Fold {
    let pipeline: TreePipeline
    /// Source columns that it looks at.
    let columns: Set<String>
    /// Log-odds of binned rows.
    let rawPredictions: (BinnedColumns) -> [Double]
  }

  private struct Sample {
    let transformer: TreeTransformer
    let model: Fold
    let rows: [Int]
    let shuffled: [Int]
  }

  /// Of each source column that some fold's features are made of. A column that no tree looks at has
  /// exactly 0.
  func increases() throws -> [String: LogLossDifference] {
    let (draw, shuffle) = (CounterHash(seed: seed), CounterHash(seed: seed &+ 1))
    let samples = folds.enumerated().map { fold, fit -> Sample in
      let all = plan.validationRows(fold: fold)
      let rows =
        all.count > Self.mostRows ? draw.shuffled(all).prefix(Self.mostRows).sorted() : all
      return Sample(
        transformer: TreeTransformer(fit.pipeline), model: fit, rows: rows,
        shuffled: shuffle.shuffled(rows))
    }
    let rows = samples.flatMap(\.rows)
    let labels = rows.map { grower.labels[$0] }
    let weights = grower.weights.map { all in rows.map { all[$0] } }
    let clusters = grower.clusters.map { all in rows.map { all[$0] } }
    let asTheyAre = try samples.map { try probabilities($0, shuffling: nil) }

    var increases: [String: LogLossDifference] = [:]
    for column in Set(folds.flatMap { $0.pipeline.features.flatMap(\.sources) }) {
      guard samples.contains(where: { $0.model.columns.contains(column) }) else {
        increases[column] = LogLossDifference(value: 0, interval: .init(low: 0, high: 0))
        continue
      }
      let shuffled = try zip(samples, asTheyAre).flatMap { sample, known in
        sample.model.columns.contains(column)
          ? try probabilities(sample, shuffling: column) : known
      }
      increases[column] = logLossDifference(
        labels: labels, first: shuffled, second: asTheyAre.flatMap { $0 }, weights: weights,
        clusters: clusters)
    }
    return increases
  }

  private func probabilities(_ sample: Sample, shuffling column: String?) throws -> [Double] {
    let columns = try sample.transformer.transform(
      grower.table, rows: sample.rows,
      permuting: column.map { (columns: [$0], rows: sample.shuffled) }, pool: grower.pool
    ).columns
    return Models.probabilities(
      fromRawPredictions: sample.model.rawPredictions(columns))
  }
}
