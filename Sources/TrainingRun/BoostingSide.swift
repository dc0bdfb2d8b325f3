import Features
import Metrics
import Models
import Parallel
import Projects
import Tables
import TreeTraining

/// Fits boosted trees as the options ask: in the folds first, which settle how many trees there are,
/// then to all training rows.
///
/// Rows are drawn, and gradients rounded, by hashes of the row's place in the file: a lead is drawn
/// alike in every fold and in the final fit, and the folds' numbering makes no difference.
struct BoostingSide: Sendable {
  let history: LeadHistory
  let columns: [String]
  let limits: TreeLimits
  let options: TrainingOptions
  let pool: WorkerPool

  struct Result: FittedSide {
    let pipeline: TreePipeline
    /// Of all shapes, with their weights in it.
    let ensemble: TreeEnsemble
    /// The shapes out of fold.
    let blend: TreeBlend
    /// By weights that were fitted to the leads of other folds.
    let rawPredictions: [Double]
    let record: BoostingRecord
    /// Source columns, those that the model would miss most first.
    let importance: [ColumnImportance]
    let warnings: [String]
    /// Of the training leads.
    let trainingWeight: Double

    /// Whether random trees alone make the ensemble.
    let isRandom: Bool

    var algorithm: ProjectTraining.Algorithm? { .boosting }
    var name: String { isRandom ? "Random trees" : "Gradient-boosted trees" }
    var predictor: Predictor { .trees(pipeline, ensemble) }

    func rawPredictions(_ table: Table, rows: [Int], pool: WorkerPool) throws -> [Double] {
      let columns = try TreeTransformer(pipeline).transform(table, rows: rows, pool: pool).columns
      return TreeScorer(ensemble).rawPredictions(columns, pool: pool)
    }
  }

  func run(plan: FoldPlan, progress: @escaping ProgressSink) throws -> Result {
    let grower = grower(plan: plan)
    let shapes = shapes(plan: plan, leaves: grower.options.leaves)
    var folds = BoostedFolds(grower: grower, plan: plan, shapes: shapes)
    try folds.fit(progress: progress)
    let members = try folds.rawPredictions()
    let blending = Blending(history: history, plan: plan, pool: pool)
    let blend = TreeBlend(members: members, blending: blending)
    progress(Progress(stage: "shuffling columns", done: 0, total: nil))
    let increases = try PermutationImportance(
      grower: grower, plan: plan,
      folds: folds.fits.map { $0.weighed(by: blend.weights, pool: pool) },
      seed: options.seed
    ).increases()
    let foldRounds = folds.rounds
    folds.letGo()
    FreedMemory.returnToSystem()

    let most = grower.options.rounds
    let growth = plan.growth
    let leads = try grower.leads(rows: plan.trainingRows)
    let judged = shapes.indices.map { index in
      JudgedShape(
        shape: shapes[index], foldRounds: foldRounds[index],
        rounds: BoostingDefaults.finalRounds(
          foldRounds[index], growth: growth, atMost: most),
        weight: blend.weights.weights[index], logLoss: blending.logLoss(members[index]))
    }
    // What has no weight need not be grown.
    let grown = try judged.filter { $0.weight > 0 }.map { shape in
      let fit = try grower.grow(
        shape.shape, on: leads, rounds: shape.rounds,
        progress: { progress(Progress(stage: "growing trees", done: $0.done, total: shape.rounds)) }
      )
      return (ensemble: fit.ensemble, weight: shape.weight)
    }
    let ensemble = TreeEnsemble.sum(
      grown, features: leads.pipeline.features, intercept: blend.weights.intercept)
    return Result(
      pipeline: leads.pipeline, ensemble: ensemble, blend: blend,
      rawPredictions: blend.crossFitted(),
      record: grower.record(judged, pipeline: leads.pipeline),
      importance: Self.importance(ensemble, increases: increases),
      warnings: foldRounds.allSatisfy { $0 < most }
        ? []
        : [
          "The trees were still learning when they reached their limit of \(most): raise "
            + "boosting: {rounds: …}, or learning_rate."
        ],
      trainingWeight: trainingWeights(plan).rows,
      isRandom: shapes.allSatisfy { $0.kind == .random })
  }

  /// The forms of trees that are added up.
  func shapes(plan: FoldPlan, leaves: Int) -> [TreeShape] {
    let rows = trainingWeights(plan).rows
    let boosted = BoostingDefaults.shapes(
      leaves: leaves,
      members: options.boosting.members ?? BoostingDefaults.members(rows: rows))
    return plan.small?.shapes(boosted, said: options.boosting, areHeld: !limits.areNone) ?? boosted
  }

  /// Of the training leads, and of those that converted.
  func trainingWeights(_ plan: FoldPlan) -> (rows: Double, won: Double) {
    var (rows, won) = (0.0, 0.0)
    for row in plan.trainingRows {
      let weight = history.weights?[row] ?? 1
      rows += weight
      if history.outcomes[row] == 1 { won += weight }
    }
    return (rows, won)
  }

  /// Options and everything else that all fits of this run share.
  func grower(plan: FoldPlan) -> TreeGrowth {
    let (rows, won) = trainingWeights(plan)
    var boosting = BoostingDefaults.options(rows: rows, rarer: min(won, rows - won))
    boosting.apply(options.boosting)
    boosting.seed = options.seed
    let features = TreeFeatureOptions(options.boosting, limits: limits, seed: options.seed)
    return TreeGrowth(
      table: history.table, columns: columns, labels: history.labels, weights: history.weights,
      clusters: plan.clusters, limits: limits, options: boosting,
      features: plan.small?.treeFeatures(features, said: options.boosting) ?? features, pool: pool)
  }

  static func importance(
    _ ensemble: TreeEnsemble, increases: [String: LogLossDifference]
  ) -> [ColumnImportance] {
    // Shares come the largest first, and so break ties of the increase.
    ensemble.gainShares.enumerated().map { place, gain in
      let increase = increases[gain.column]
      return (
        place: place,
        column: ColumnImportance(
          column: gain.column, gainShare: gain.share, logLossIncrease: increase?.value,
          interval: increase?.interval)
      )
    }.sorted {
      let (one, other) = ($0.column.logLossIncrease ?? 0, $1.column.logLossIncrease ?? 0)
      return one != other ? one > other : $0.place < $1.place
    }.map(\.column)
  }
}

extension BoostedFolds.Fit {
  /// The shapes put together, as shuffled columns are tried on.
  func weighed(
    by weights: BlendWeights, pool: WorkerPool
  ) -> PermutationImportance.Fold {
    let ensemble = TreeEnsemble.sum(
      zip(ensembles, weights.weights).filter { $0.1 > 0 }.map { (ensemble: $0, weight: $1) },
      features: pipeline.features, intercept: weights.intercept)
    let scorer = TreeScorer(ensemble)
    return PermutationImportance.Fold(
      pipeline: pipeline,
      columns: Set(ensemble.gainShares.filter { $0.share > 0 }.map(\.column)),
      rawPredictions: { scorer.rawPredictions($0, pool: pool) })
  }
}

extension BoostingSide.Result {
  /// Where no tree was split at all, what the project asked for that can prevent it, as the project says
  /// it; `nil` where trees have splits, or nothing was asked for that stands against them.
  var optionsAgainstSplits: String? {
    guard ensemble.trees.allSatisfy({ $0.leafCount == 1 }) else { return nil }
    let defaults = BoostingDefaults.options(rows: trainingWeight, rarer: trainingWeight / 2)
    var options: [String] = []
    // As a project file takes them: without marks between thousands.
    func number(_ value: Double) -> String {
      value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
    if record.minimumRows > defaults.minimumRows {
      options.append("minimum_rows: \(record.minimumRows)")
    }
    if let levels = record.features.minimumLevelRows,
      levels > TreeFeatureOptions().minimumLevelRows
    {
      options.append("minimum_level_rows: \(number(levels))")
    }
    if record.l1 > 0 { options.append("l1: \(number(record.l1))") }
    if record.l2 > defaults.l2 { options.append("l2: \(number(record.l2))") }
    if record.rowShare < defaults.rowShare {
      options.append("row_share: \(number(record.rowShare))")
    }
    var words = options.isEmpty ? [] : ["boosting: {\(options.joined(separator: ", "))}"]
    if !record.monotone.isEmpty {
      words.append("`monotone` of " + record.monotone.map(\.column).joined(separator: ", "))
    }
    return words.isEmpty ? nil : words.joined(separator: " or ")
  }
}

extension BoostingOptions {
  /// What a project says, in place of the defaults.
  mutating func apply(_ project: ProjectBoosting) {
    rounds = project.rounds ?? rounds
    patience = project.patience ?? patience
    learningRate = project.learningRate ?? learningRate
    leaves = project.leaves ?? leaves
    maxDepth = project.maxDepth ?? maxDepth
    minimumRows = project.minimumRows ?? minimumRows
    l1 = project.l1 ?? l1
    l2 = project.l2 ?? l2
    rowShare = project.rowShare ?? rowShare
    columnShare = project.columnShare ?? columnShare
  }
}
