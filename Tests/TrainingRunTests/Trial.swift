import Features
import ModelFiles
import Models
import Parallel
import Projects
import Reports
import Tables

@testable import TrainingRun

/// What a fit of a project wrote and said, and its parts for a closer look.
struct Trial {
  let project: Project
  var options: TrainingOptions
  var threads: Int

  /// Few trees, so that a fit takes no time.
  static let quickTrees = TrainingOptions(
    algorithms: [.boosting], folds: 3,
    boosting: ProjectBoosting(rounds: 40, patience: 10, learningRate: 0.2, pairs: 2))

  /// A project that reads a file and tells won from lost by a column.
  ///
  /// Fits logistic regressions, unless the options name other algorithms: most of what is tried here is
  /// theirs, or the same for all.
  init(
    _ path: String, target: String = "y", won: [String] = [], lost: [String] = [],
    options: TrainingOptions = TrainingOptions(algorithms: [.logistic]), threads: Int = 2,
    change: (inout Project) -> Void = { _ in }
  ) {
    var project = Project()
    project.leads = TableSource(file: ProjectPath(path))
    project.outcome = ProjectOutcome(column: target, won: won, lost: lost)
    change(&project)
    self.project = project
    self.options = options
    self.threads = threads
  }

  /// A project as it stands.
  init(_ project: Project, options: TrainingOptions, threads: Int = 2) {
    self.project = project
    self.options = options
    self.threads = threads
  }

  var pool: WorkerPool { WorkerPool(threadCount: threads) }

  func audited() throws -> AuditedLeads {
    try AuditedLeads(project: project, pool: pool) { _ in }
  }

  func audit() throws -> AuditReport {
    try TrainingRun(project: project, options: options, pool: pool).audit()
  }

  /// Fits and writes below `registry`.
  func fit(
    _ registry: String, outOfFold: String? = nil, heldOut: String? = nil
  ) throws -> (report: FitReport, model: LeadModel) {
    let report = try TrainingRun(project: project, options: options, pool: pool).fit(
      TrainingRun.Destinations(
        registry: registry, outOfFold: outOfFold, heldOut: heldOut, now: 1_700_000_000))
    return (report, try ModelRegistry.load(registry).model)
  }

  func plan() throws -> (leads: AuditedLeads, plan: FoldPlan) {
    let leads = try audited()
    return (
      leads,
      try FoldPlan(
        history: leads.history, roles: leads.roles, repeated: leads.repeatedLeads(pool: pool),
        options: options)
    )
  }

  /// The folds and the final fit of the logistic regression, without files.
  func side() throws -> (leads: AuditedLeads, plan: FoldPlan, result: LogisticSide.Result) {
    let (leads, plan) = try plan()
    let result = try LogisticSide(
      history: leads.history, columns: leads.selection.used, options: options, pool: pool
    ).run(plan: plan) { _ in }
    return (leads, plan, result)
  }

  /// The folds and the final fit of boosted trees, without files.
  func trees() throws -> (leads: AuditedLeads, plan: FoldPlan, result: BoostingSide.Result) {
    let (leads, plan) = try plan()
    let result = try boosting(leads).run(plan: plan) { _ in }
    return (leads, plan, result)
  }

  private func boosting(_ leads: AuditedLeads) -> BoostingSide {
    BoostingSide(
      history: leads.history, columns: leads.selection.used, limits: leads.treeLimits,
      options: options, pool: pool
    )
  }

  /// The folds and the final fit of one algorithm.
  func side(
    _ algorithm: ProjectTraining.Algorithm
  ) throws -> (leads: AuditedLeads, plan: FoldPlan, side: any FittedSide) {
    switch algorithm {
    case .logistic:
      let (leads, plan, result) = try side()
      return (leads, plan, result)
    case .boosting:
      let (leads, plan, result) = try trees()
      return (leads, plan, result)
    case .additive:
      let (leads, plan) = try plan()
      return (leads, plan, try AdditiveSide(boosting: boosting(leads)).run(plan: plan) { _ in })
    }
  }
}

extension FeaturePipeline {
  /// The category encoder of a column, or nil.
  func category(_ column: String) -> CategoryEncoder? {
    for case .category(let encoder) in encoders where encoder.column == column { return encoder }
    return nil
  }
}
