import Comparison
import Features
import LogisticTraining
import Metrics
import ModelFiles
import Models
import Parallel
import Projects
import Reports
import Rules
import Sources
import Tables
import Validation

/// Learns a model from a project's history: reads and audits the leads, validates in folds, fits,
/// compares with the rules on leads that neither side was fitted to, and writes the next version.
public struct TrainingRun: Sendable {
  let project: Project
  let options: TrainingOptions
  let pool: WorkerPool
  let progress: ProgressSink
  let now: Double
  private let scored: TableSource?

  /// - Parameters:
  ///   - scored: the leads that will be scored, for the audit to compare with; `nil` for the open ones.
  ///   - now: seconds since 1970; what a history holds of later times has not happened.
  /// - Throws: `TrainingError.invalidOption`.
  public init(
    project: Project, options: TrainingOptions, scored: TableSource? = nil,
    now: Double = .infinity, pool: WorkerPool,
    progress: @escaping ProgressSink = { _ in }
  ) throws {
    self.now = now
    self.scored = scored
    self.project = project
    self.options = try options.validated()
    self.pool = pool
    self.progress = progress
  }

  /// Where a run's files go.
  public struct Destinations: Sendable {
    /// The registry's folder, such as `models/bank`.
    public var registry: String
    /// Out-of-fold predictions as CSV; `nil` for none.
    public var outOfFold: String?
    /// The held-out leads, byte for byte as in the source; `nil` for none.
    public var heldOut: String?
    /// In whose words the comparison with the rules is made with all that can be told, for a page; `nil`
    /// compares the rankings alone.
    public var ledgerWords: LedgerWords?
    /// A version that the new one is compared with; `nil` for none.
    public var explainedChange: ExplainedChange?
    /// Seconds since 1970, for the registry's entry.
    public var now: Int64
    /// The flags by which `predict` finds the leads of a model that is fitted to a project's tables:
    /// `--project kelvin.yaml`, and where the leads are if another flag said so.
    public var projectFlags: String

    public init(
      registry: String, outOfFold: String? = nil, heldOut: String? = nil, now: Int64,
      projectFlags: String = "--project kelvin.yaml"
    ) {
      self.registry = registry
      self.outOfFold = outOfFold
      self.heldOut = heldOut
      self.now = now
      self.projectFlags = projectFlags
    }
  }

  /// Reads the leads and says what is in them; fits nothing.
  /// - Throws: whatever makes the leads unusable.
  public func audit() throws -> AuditReport {
    let leads = try AuditedLeads(
      project: project, scored: scored, now: now, pool: pool, progress: progress)
    return leads.report()
  }

  /// - Throws: the first thing that stands in the way; nothing is written then.
  public func fit(_ destinations: Destinations) throws -> FitReport {
    try check(destinations)
    let registry = ModelRegistry(directory: destinations.registry)
    let past = try destinations.explainedChange.map {
      try PastVersion($0, registry: registry, pool: pool)
    }
    try registry.prepare()
    let leads = try AuditedLeads(
      project: project, scored: scored, now: now, pool: pool, progress: progress)
    try past?.check(leads)
    let history = leads.history
    let (won, lost) = history.leadCounts
    guard min(won, lost) >= TrainingOptions.fewestOutcomes else {
      throw TrainingError.tooFewConversions(
        won: won, lost: lost, needed: TrainingOptions.fewestOutcomes)
    }
    let rules = try RuleSide(project: project, history: history, read: leads.read)
    let repeated = try leads.repeatedLeads(pool: pool)
    let plan = try FoldPlan(
      history: history, roles: leads.roles, repeated: repeated, options: options)
    FreedMemory.returnToSystem()
    try Self.checkTrainingPart(plan, history: history)
    let sides = try fitSides(leads: leads, plan: plan, rules: rules).map {
      try CalibratedSide($0, history: history, plan: plan)
    }
    progress(Progress(stage: "judging the model", done: 0, total: nil))

    let choice = try AlgorithmChoice(sides: sides, history: history, plan: plan)
    let calibrated = try CalibratedModel(
      choice.chosen.side, history: history, plan: plan, seed: options.seed)
    let combined = rules.flatMap {
      CombinedSide(choice.chosen, rules: $0, history: history, plan: plan, pool: pool)
    }
    let judged = try JudgedModel(
      history: history, plan: plan, side: choice.chosen,
      calibrator: calibrated.calibration.calibrator, rules: rules,
      combined: combined,
      setting: destinations.ledgerWords.map { words in
        RuleSide.Setting(
          history: history, roles: leads.roles, candidates: leads.selection.used,
          facets: ComparisonFacets().adding(project), contacted: leads.read.contacted,
          ledgerWords: words, seed: options.seed, pool: pool)
      }, pool: pool)
    let model = try leadModel(
      leads: leads, repeated: repeated, plan: plan, choice: choice, calibrated: calibrated,
      judged: judged, combined: combined)
    let change = try past.map { past in
      progress(Progress(stage: "comparing with \(past.loaded.name)", done: 0, total: nil))
      return try ModelChange(
        past: past, model: model, leads: leads, plan: plan, judged: judged, pool: pool
      ).report()
    }
    if let path = destinations.outOfFold {
      try OutOfFoldFile(
        history: history, roles: leads.roles, part: judged.outOfFold,
        folds: plan.validatedFolds, ruleScores: rules?.scores, combined: combined,
        byAlgorithm: sides.count < 2
          ? []
          : sides.compactMap { side in
            side.side.algorithm.map { ($0, side.probabilities) }
          }
      ).write(to: path)
    }
    if let path = destinations.heldOut {
      try leads.writeLeads(rows: plan.heldOutRows, to: path)
    }
    let registered = try registry.register(
      model, data: leads.path, created: destinations.now)
    return FitReportBuilder(
      leads: leads, options: options, repeated: repeated, plan: plan, choice: choice,
      calibrated: calibrated, judged: judged, model: model, registered: registered,
      change: change, destinations: destinations
    ).report()
  }

  /// The algorithms asked for, the simpler first, and behind them the blend of trees and
  /// regression where there are both.
  private func fitSides(
    leads: AuditedLeads, plan: FoldPlan, rules: RuleSide?
  ) throws -> [any FittedSide] {
    let history = leads.history
    let algorithms = plan.small?.algorithms(options.algorithms) ?? options.algorithms
    let logistic =
      algorithms.contains(.logistic)
      ? try LogisticSide(
        history: history, columns: leads.selection.used, options: options, rules: rules, pool: pool
      ).run(plan: plan, progress: progress) : nil
    let boosting = BoostingSide(
      history: history, columns: leads.selection.used, limits: leads.treeLimits, options: options,
      pool: pool)
    let additive =
      algorithms.contains(.additive)
      ? try AdditiveSide(boosting: boosting).run(plan: plan, progress: progress) : nil
    let trees =
      algorithms.contains(.boosting)
      ? try boosting.run(plan: plan, progress: progress) : nil
    var sides: [any FittedSide] = []
    if let logistic { sides.append(logistic) }
    if let additive { sides.append(additive) }
    if let trees { sides.append(trees) }
    // A regression knows no limits: a blend would break what the project holds trees to.
    if let logistic, let trees, leads.treeLimits.areNone,
      let blend = BlendSide(trees: trees, logistic: logistic)
    {
      sides.append(blend)
    }
    return sides
  }

  /// Finds before any work what could not be written after it.
  private func check(_ destinations: Destinations) throws {
    if destinations.heldOut != nil, options.holdOut == 0 {
      throw TrainingError.heldOutFileWithoutHoldOut
    }
    let outputs = [
      ("--out-of-fold", destinations.outOfFold), ("--hold-out-file", destinations.heldOut),
    ].compactMap { flag, path in path.map { (flag, $0) } }
    for (flag, path) in outputs { try project.checkOutput(path, flag: flag) }
    if outputs.count == 2,
      outputs[0].1 == outputs[1].1 || AtomicFile.isSameFile(outputs[0].1, outputs[1].1)
    {
      throw TrainingError.sameFile(
        flag: outputs[1].0, path: outputs[1].1, other: "that of \(outputs[0].0)")
    }
    for (_, path) in outputs { try AtomicFile.checkWritable(path) }
  }

  /// A hold-out must not take what there is to learn from.
  static func checkTrainingPart(_ plan: FoldPlan, history: LeadHistory) throws {
    let won = plan.trainingRows.count { history.outcomes[$0] == 1 }
    let lost = plan.trainingRows.count - won
    guard min(won, lost) >= TrainingOptions.fewestOutcomes else {
      throw TrainingError.tooFewLeftToTrain(
        won: won, lost: lost, needed: TrainingOptions.fewestOutcomes)
    }
  }

  private func leadModel(
    leads: AuditedLeads, repeated: RepeatedLeads, plan: FoldPlan, choice: AlgorithmChoice,
    calibrated: CalibratedModel, judged: JudgedModel, combined: CombinedSide?
  ) throws -> LeadModel {
    let history = leads.history
    let side = choice.chosen.side
    let blend = side as? BlendSide
    let logistic = blend?.logistic ?? side as? LogisticSide.Result
    let trees = blend?.trees ?? side as? BoostingSide.Result
    let additive = side as? AdditiveSide.Result
    let model = LeadModel(
      schema: history.source.schema, idColumns: leads.roles.ids, outcome: history.outcome,
      predictor: side.predictor,
      scale: ScoreScale(rawPredictions: side.rawPredictions, baseRate: judged.baseRate),
      training: TrainingRecord(
        algorithm: side.name, seed: options.seed, folds: plan.folds.count,
        foldKind: plan.foldWords, penalty: logistic?.fit.penalty ?? 0,
        holdOutShare: options.holdOut, rows: plan.trainingRows.count,
        conversions: plan.trainingRows.count { history.outcomes[$0] == 1 },
        leftOut: leads.selection.leftOut.map { .init(column: $0.column, reason: $0.reason.text) }
          + unencodedColumns(
            leads.selection.used, by: side.predictor, table: history.table,
            rows: plan.trainingRows),
        until: leads.lastOutcome(rows: plan.trainingRows), boosting: trees?.record,
        blend: blend?.record, additive: additive?.record),
      outOfFold: ModelValidation(scheme: plan.foldWords, figures: judged.outOfFold.figures),
      heldOut: judged.heldOut.map {
        ModelValidation(scheme: plan.heldOutWords(share: options.holdOut), figures: $0.figures)
      },
      strengths: logistic?.strengths ?? [],
      sketch: repeated.tellsLeadsApart
        ? try leads.sketch(
          rows: plan.trainingRows, columns: side.predictor.requiredColumns, seed: options.seed,
          pool: pool)
        : TrainingSketch.make(
          basis: .rows, leads: LeadIdentities(), seed: options.seed, pool: pool),
      alternatives: choice.others.map { other in
        AlgorithmFigures(
          algorithm: other.side.name,
          outOfFold: ModelValidation(scheme: plan.foldWords, figures: other.figures),
          logLossDifference: other.difference.value, interval: other.difference.interval)
      },
      importance: trees?.importance ?? additive?.importance ?? [], recipe: leads.read.recipe,
      calibration: calibrated.calibration, novelty: calibrated.novelty,
      combination: combined?.combination,
      accounts: try AccountSide.dependence(
        choice.chosen, history: history, roles: leads.roles, repeated: repeated, plan: plan))
    progress(Progress(stage: "finding what moves leads", done: 0, total: nil))
    return model.telling(
      try ContributionSample.contributions(
        model, history: history, rows: plan.trainingRows, pool: pool))
  }
}
