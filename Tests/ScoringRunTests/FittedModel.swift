import Features
import Foundation
import ModelFiles
import Models
import Parallel
import Projects
import Reports
import Rules
import ScoringRun
import Sources
import Tables

@testable import TrainingRun

/// A model fitted to invented leads, loaded from its file.
struct FittedModel {
  let folder: TemporaryFolder
  let rows: [[String]]
  let report: FitReport
  private(set) var loaded: LoadedModel
  let project: Project
  let options: TrainingOptions

  let pool = WorkerPool(threadCount: 2)

  init(
    rows count: Int = 400,
    options: TrainingOptions = TrainingOptions(algorithms: [.logistic], penalty: .fixed(3)),
    change: (inout Project) -> Void = { _ in }
  ) throws {
    folder = try TemporaryFolder()
    rows = InventedLeads.rows(count)
    let path = try folder.write(InventedLeads.header, rows)
    var project = Project()
    project.leads = TableSource(file: ProjectPath(path))
    project.outcome = ProjectOutcome(column: "y")
    project.id = ["lead_id"]
    project.exclude = ["points"]
    change(&project)
    self.project = project
    self.options = options
    report = try TrainingRun(project: project, options: options, pool: pool).fit(
      TrainingRun.Destinations(
        registry: folder.path("model"), outOfFold: folder.path("out_of_fold.csv"),
        heldOut: options.holdOut > 0 ? folder.path("held.csv") : nil, now: 1_700_000_000))
    loaded = try ModelRegistry.load(folder.path("model"))
  }

  /// The training file as a table, and the model before it was saved.
  func unsaved() throws -> (table: Table, raw: [Double]) {
    let leads = try AuditedLeads(project: project, pool: pool) { _ in }
    let plan = try FoldPlan(
      history: leads.history, roles: leads.roles, repeated: leads.repeatedLeads(pool: pool),
      options: options)
    let side = try LogisticSide(
      history: leads.history, columns: leads.selection.used, options: options, pool: pool
    ).run(plan: plan) { _ in }
    let table = leads.history.table
    let matrix = try FeatureTransformer(side.pipeline).transform(table, pool: pool).matrix
    return (table, side.fit.model.rawPredictions(matrix, pool: pool))
  }

  /// The training file as a table, and its log-odds by the loaded model.
  func table() throws -> (table: Table, raw: [Double]) {
    let table = try AuditedLeads(project: project, pool: pool) { _ in }.history.table
    return (table, try LeadScorer(loaded.model).score(table).rawPredictions)
  }

  /// With the model as a file of format 1.2 would have it.
  func withoutMeans() throws -> FittedModel {
    let model = loaded.model
    guard case .logistic(let pipeline, let logistic) = model.predictor else { return self }
    let old = LeadModel(
      schema: model.schema, idColumns: model.idColumns, outcome: model.outcome,
      predictor: .logistic(
        pipeline,
        LogisticModel(
          layout: logistic.layout, intercept: logistic.intercept,
          coefficients: logistic.coefficients, standardErrors: logistic.standardErrors,
          intervalKind: logistic.intervalKind)),
      scale: model.scale, training: model.training, outOfFold: model.outOfFold,
      heldOut: model.heldOut, strengths: model.strengths, sketch: model.sketch)
    let path = folder.path("old.kelvin")
    try Data(try encode(old)).write(to: URL(fileURLWithPath: path))
    var fitted = self
    fitted.loaded = try ModelRegistry.load(path)
    return fitted
  }

  /// Scores a file of these rows and gives back the report and the written lines.
  func predict(
    _ header: [String], _ rows: [[String]], _ name: String = "new.csv",
    rules: RuleScoreSource? = nil, change: (inout PredictRun.Options) -> Void = { _ in }
  ) throws -> (report: PredictReport, lines: [String]) {
    let path = try folder.write(header, rows, name)
    var options = PredictRun.Options()
    options.includesClosed = true
    change(&options)
    let report = try PredictRun(loaded, rules: rules, options: options, pool: pool)
      .run(data: .csv(path: path), to: .file(folder.path("scored.csv")))
    return (report, try folder.lines("scored.csv"))
  }

  /// The cells of one column of written lines.
  static func cells(_ lines: [String], _ column: String) -> [String] {
    let header = lines[0].split(separator: ",", omittingEmptySubsequences: false)
    guard let index = header.firstIndex(where: { $0 == column }) else { return [] }
    return lines.dropFirst().map {
      String($0.split(separator: ",", omittingEmptySubsequences: false)[index])
    }
  }
}
