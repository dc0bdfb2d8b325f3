import Features
import LogisticTraining
import Models
import Parallel
import Projects
import Reports
import Tables

/// Fits the logistic model as the options ask: folds first, then all training rows at the penalty that
/// the folds chose.
struct LogisticSide: Sendable {
  let history: LeadHistory
  let columns: [String]
  let options: TrainingOptions
  /// A prior where leads are few; `nil` without rules.
  var rules: RuleSide?
  let pool: WorkerPool

  struct Result: FittedSide {
    let isFirth: Bool
    let validation: CrossValidation.Result
    let pipeline: FeaturePipeline
    let fit: LogisticFit
    /// Source columns with their odds ratios, the strongest first.
    let effects: [SourceEffect]
    /// What their levels and ranges do, by source column.
    let contrasts: [String: [ColumnContrast]]
    let warnings: [String]
    /// `nil` where there is enough to learn from.
    let small: SmallDataFindings?

    var algorithm: ProjectTraining.Algorithm? { .logistic }
    var name: String { isFirth ? "Logistic regression (Firth)" : "Logistic regression" }
    var rawPredictions: [Double] { validation.rawPredictions }
    var predictor: Predictor { .logistic(pipeline, fit.model) }

    /// Effects and contrasts as the model file keeps them.
    var strengths: [ColumnStrength] {
      effects.map {
        ColumnStrength(
          column: $0.source, standardDeviation: $0.standardDeviation,
          contrasts: contrasts[$0.source] ?? [])
      }
    }

    func rawPredictions(_ table: Table, rows: [Int], pool: WorkerPool) throws -> [Double] {
      let matrix = try FeatureTransformer(pipeline).transform(table, rows: rows, pool: pool).matrix
      return fit.model.rawPredictions(matrix, pool: pool)
    }
  }

  func run(plan: FoldPlan, progress: ProgressSink) throws -> Result {
    var warnings: [String] = []
    var options = options
    if let small = plan.small { options.features = small.features(options.features) }
    var crossValidation = try crossValidation(plan, options: options)
    var validation: CrossValidation.Result
    do {
      validation = try run(crossValidation, plan: plan, progress: progress)
    } catch TrainingError.separated {
      // Without a penalty there is no finite answer; Firth's likelihood has one.
      options.penalty = .firth
      warnings.append(
        "Won and lost leads can be told apart perfectly by some column, so an unpenalised fit has no "
          + "finite answer: Firth's method was used instead. Look for a column that was filled in "
          + "after the outcome.")
      crossValidation = try self.crossValidation(plan, options: options)
      validation = try run(crossValidation, plan: plan, progress: progress)
    }
    if let prior = rulePrior(plan, options: options) {
      var drawn = crossValidation
      drawn.prior = prior
      let other = try run(drawn, plan: plan, progress: progress)
      // Rules that are noise have to show no worse by chance to be taken, and then cost little.
      if other.lowestLoss < validation.lowestLoss {
        (crossValidation, validation) = (drawn, other)
      }
    }
    progress(Progress(stage: "fitting logistic regression", done: 0, total: nil))
    let pipeline = try FeatureFitter(options: options.features).fit(
      history.table, columns: columns, rows: plan.trainingRows, weights: history.weights,
      pool: pool)
    let matrix = try FeatureTransformer(pipeline)
      .transform(history.table, rows: plan.trainingRows, pool: pool).matrix
    let labels = history.labels
    let weights = history.weights.map { all in plan.trainingRows.map { all[$0] } }
    let fit = try LogisticTrainer(finalOptions(options, penalty: validation.penalty)).fit(
      matrix, labels: plan.trainingRows.map { labels[$0] }, weights: weights,
      priorMeans: try crossValidation.prior?.means(matrix, rows: plan.trainingRows)?.coefficients,
      pool: pool)
    if fit.separated { throw TrainingError.separated }
    if let reason = fit.nonConvergence { warnings.append(reason) }
    if validation.unconverged > 0 {
      warnings.append(
        "\(validation.unconverged) of the fits in the folds stopped before they converged.")
    }
    return Result(
      isFirth: self.options.penalty == .firth, validation: validation, pipeline: pipeline, fit: fit,
      effects: try fit.sourceEffects(matrix, weights: weights),
      contrasts: try fit.contrasts(matrix, pipeline: pipeline, weights: weights),
      warnings: warnings, small: try smallDataFindings(crossValidation, validation, matrix, plan))
  }

  /// What few conversions can say of rules, and of more of them.
  struct SmallDataFindings: Sendable {
    /// `nil` without rules.
    let rules: SmallDataSummary.Rules?
    let learningCurve: LearningCurveSummary?
  }

  /// Conversions that the learning curve looks ahead.
  private static let curveStep = 100

  private func smallDataFindings(
    _ crossValidation: CrossValidation, _ validation: CrossValidation.Result,
    _ matrix: FeatureMatrix, _ plan: FoldPlan
  ) throws -> SmallDataFindings? {
    guard plan.small != nil else { return nil }
    return SmallDataFindings(
      rules: try rules.map { rules in
        let means = try rulePrior(plan, options: options)?.means(matrix, rows: plan.trainingRows)
        return SmallDataSummary.Rules(
          name: rules.name, slope: means?.slope, expressed: means?.expressed,
          areUsed: crossValidation.prior != nil && means != nil)
      },
      learningCurve: try LearningCurve(
        crossValidation: crossValidation, penalty: validation.penalty, plan: plan,
        seed: options.seed
      ).summary(step: Self.curveStep))
  }

  /// The rules as a prior, where leads are few enough to need one; Firth's likelihood has its own.
  private func rulePrior(_ plan: FoldPlan, options: TrainingOptions) -> RulePrior? {
    guard plan.small != nil, options.penalty != .firth, options.penalty != .fixed(0), let rules
    else { return nil }
    return RulePrior(
      scores: rules.scores, labels: history.labels, weights: history.weights, pool: pool)
  }

  private func crossValidation(
    _ plan: FoldPlan, options: TrainingOptions
  ) throws -> CrossValidation {
    let penalties: [Double] =
      switch options.penalty {
      case .automatic: plan.small?.penalties ?? TrainingOptions.penaltyPath
      case .fixed(let penalty): [penalty]
      case .firth: [0]
      }
    return CrossValidation(
      table: history.table, columns: columns, labels: history.labels, weights: history.weights,
      featureOptions: options.features, penalties: penalties,
      trainer: try LogisticTrainer(foldOptions(options)), pool: pool)
  }

  private func run(
    _ crossValidation: CrossValidation, plan: FoldPlan, progress: ProgressSink
  ) throws -> CrossValidation.Result {
    // Where there is one penalty, other deals have nothing to choose; two priors, they have.
    let repeats = crossValidation.penalties.count > 1 || rules != nil ? plan.repeats : []
    return try crossValidation.run(
      folds: plan.folds, repeats: repeats, rows: plan.trainingRows, progress: progress)
  }

  /// Out-of-fold figures are printed to four digits: a log-likelihood within 1e-6 of the optimum is
  /// far inside that.
  private func foldOptions(_ options: TrainingOptions) -> LogisticOptions {
    LogisticOptions(
      gradientTolerance: 1e-6, decrementTolerance: 1e-6, wantsStandardErrors: false,
      firth: options.penalty == .firth)
  }

  private func finalOptions(_ options: TrainingOptions, penalty: Double) -> LogisticOptions {
    LogisticOptions(penalty: penalty, firth: options.penalty == .firth)
  }
}
