import History
import Metrics
import ModelFiles
import Parallel
import ProjectReading
import Projects
import Reports
import Testing

@testable import TrainingRun

/// A history through the whole of a fit.
@Suite struct HistoryRunTests {
  /// A pool runs one job at a time, and tests run side by side.
  private static var pool: WorkerPool { WorkerPool(threadCount: 2) }

  private func features(
    _ project: Project, _ folder: TemporaryFolder, _ name: String, asOf: Double? = nil
  ) throws -> String {
    let path = folder.path(name)
    _ = try FeaturesRun(project: project, now: .infinity, pool: Self.pool).run(
      output: path, asOf: asOf)
    return String(decoding: try folder.bytes(name), as: UTF8.self)
  }

  @Test func examplesAreTheSameWhereverTheTablesAre() throws {
    let crm = try GeneratedHistory(300)
    try crm.writeWorkbooks()
    let csv = try features(crm.project(at: "csv"), crm.folder, "a.csv")
    #expect(csv.split(separator: "\n").count > 300)
    let header = try #require(csv.split(separator: "\n").first)
    #expect(header.hasPrefix("lead_id,created_at,"))
    #expect(header.contains(",sector,headcount,crm_in_use,decision_time,age_days,"))
    #expect(header.hasSuffix(",outcome"))
    for place in ["sqlite", "excel", try crm.copyToPostgreSQL()] {
      let other = try features(crm.project(at: place), crm.folder, "other.csv")
      #expect(other == csv, "\(place)")
    }
  }

  @Test func featuresAreTheSameBytesWhereActivitiesDoNotFitInMemory() throws {
    let crm = try GeneratedHistory(300)
    let project = try crm.project()
    for asOf in [nil, 1_740_000_000.0] {
      let whole = try features(project, crm.folder, "whole.csv", asOf: asOf)
      _ = try FeaturesRun(
        project: project, now: .infinity, memory: ActivityMemory(limit: 0), pool: Self.pool
      ).run(output: crm.folder.path("spilled.csv"), asOf: asOf)
      let spilled = String(decoding: try crm.folder.bytes("spilled.csv"), as: UTF8.self)
      #expect(spilled == whole)
      #expect(whole.split(separator: "\n").count > 30)
    }
  }

  @Test func aModelOfAHistoryKeepsItsRecipe() throws {
    let crm = try GeneratedHistory(900)
    let options = TrainingOptions(algorithms: [.logistic], folds: 2, penalty: .fixed(30))
    let run = try TrainingRun(
      project: crm.project(at: "sqlite"), options: options, pool: Self.pool)
    let report = try run.fit(
      TrainingRun.Destinations(
        registry: crm.folder.path("m"), outOfFold: crm.folder.path("oof.csv"), now: 0))
    let history = try #require(report.history)
    #expect(history.lines.contains { $0.hasPrefix("joined ") })
    #expect(history.lines.contains { $0.hasPrefix("examples: ") })
    #expect(report.warnings.contains { $0.contains("as of the export; expect worse live") })
    #expect(history.months.contains { $0.immature > 0 })
    #expect(report.data.unit == "example")
    #expect(
      report.data.outcome
        == "won where “won” comes within 90 days of the decision, otherwise not won")
    let model = try ModelRegistry.load(crm.folder.path("m")).model
    let recipe = try #require(model.recipe)
    #expect(recipe.joins.map(\.join.name) == ["accounts"])
    let horizon = try #require(recipe.history?.definition.horizon)
    #expect(horizon == 7_776_000)
    // Nothing of where the tables were is in the file.
    let bytes = try crm.folder.bytes("m/v0001.kelvin")
    #expect(!String(decoding: bytes, as: UTF8.self).contains(crm.folder.url.path))
    #expect(try crm.folder.lines("oof.csv")[0].hasPrefix("lead_id,decision_time,converted,fold"))
  }

  @Test func noLeadAndNoAccountIsInTwoFoldsAndTheHorizonIsPurged() throws {
    let crm = try GeneratedHistory(600)
    let trial = Trial(try crm.project(), options: TrainingOptions(folds: 3, holdOut: 0.2))
    let (leads, plan) = try trial.plan()
    let table = leads.history.table
    guard case .date(let times)? = table["decision_time"]?.values,
      case .text(let ids)? = table["lead_id"]?.values,
      case .category(let accounts)? = table["account_id"]?.values
    else {
      Issue.record("columns of the examples")
      return
    }
    let horizon = 90 * 86_400.0
    func expectApart(_ training: [Int], _ validation: [Int]) {
      let start = validation.map { times[$0] }.min() ?? 0
      #expect(training.allSatisfy { times[$0] + horizon <= start })
      #expect(Set(training.map { ids[$0] }).isDisjoint(with: validation.map { ids[$0] }))
      let others = Set(training.map { accounts.codes[$0] }.filter { $0 >= 0 })
      #expect(others.isDisjoint(with: validation.map { accounts.codes[$0] }))
    }
    #expect(!plan.heldOutRows.isEmpty)
    expectApart(plan.trainingRows, plan.heldOutRows)
    for fold in 0..<plan.folds.count {
      expectApart(plan.trainingRows(fold: fold), plan.validationRows(fold: fold))
    }
  }

  @Test func titlesAndDomainsBecomeColumnsOfTheExamples() throws {
    let crm = try GeneratedHistory(120)
    let text = try features(
      crm.project(more: "decision: {ages: [0d]}\nvocabulary: standard"), crm.folder, "v.csv")
    let header = try #require(text.split(separator: "\n").first)
    #expect(header.contains(",title_seniority,title_department,email_is_free,country_code,"))
  }

  @Test func peopleAreNotInTheTableOfExamples() throws {
    let crm = try GeneratedHistory(300)
    var project = try crm.project()
    let path = crm.folder.path("x.csv")
    func run() throws -> (report: FeaturesReport, header: [Substring]) {
      let report = try FeaturesRun(project: project, now: .infinity, pool: Self.pool).run(
        output: path)
      let lines = try crm.folder.lines("x.csv")
      #expect(report.columns == lines[0].split(separator: ",").count)
      return (report, lines[0].split(separator: ","))
    }
    let (report, header) = try run()
    #expect(report.excluded == ["onboarding_owner", "stage", "closed_at"])
    #expect(report.personal.map(\.column) == ["name", "email", "phone", "fax"])
    #expect(header.starts(with: ["lead_id", "created_at", "title", "account_id"]))
    #expect(Set(header).isDisjoint(with: ["name", "email", "phone", "fax", "stage", "closed_at"]))
    let notice = try #require(report.privacyNotice)
    #expect(notice.contains("name, email (e-mail address), phone (phone number)"), "\(notice)")
    #expect(notice.contains("--keep-column"))
    let text = String(decoding: try crm.folder.bytes("x.csv"), as: UTF8.self)
    #expect(!text.contains("@"))

    project.keep = ["email"]
    let (kept, columns) = try run()
    #expect(kept.personal.map(\.column) == ["name", "phone", "fax"])
    #expect(columns.contains("email"))
    // A history's open leads come in the same columns.
    let open = try features(project, crm.folder, "open.csv", asOf: 1_750_000_000)
    #expect(open.split(separator: "\n").first.map { $0.split(separator: ",") } == columns)
  }

  @Test func columnsThatNobodyLearnsFromAreNotAsOfTheExport() throws {
    let crm = try GeneratedHistory(300)
    let project = try crm.project()
    let report = try FeaturesRun(project: project, now: .infinity, pool: Self.pool).run(
      output: crm.folder.path("x.csv"))
    let warning = try #require(report.history.warnings.first { $0.contains("as of the export") })
    for name in ["stage", "closed_at", "onboarding_owner", "name", "email", "phone", "fax"] {
      #expect(!warning.contains(name), "\(warning)")
    }
    #expect(warning.contains("title, company, country"))
  }

  @Test func mistakesInAHistoryAreSaidWithWhatThereIs() throws {
    let crm = try GeneratedHistory(120)
    func message(_ project: Project) -> String {
      let error = #expect(throws: (any Error).self) {
        try features(project, crm.folder, "x.csv")
      }
      return error.map { "\($0)" } ?? ""
    }
    let event = message(try crm.project(outcome: "{event: wonn, within: 90d}"))
    #expect(event.contains("did you mean “won”?"), "\(event)")
    #expect(event.contains("kelvin.yaml, line "), "\(event)")
    let horizon = message(try crm.project(outcome: "{event: won, within: 3000d}"))
    #expect(horizon.contains("horizon of 3000d"), "\(horizon)")
    var gone = try crm.project()
    gone.activities?.source = TableSource(file: ProjectPath(crm.folder.path("gone.csv")))
    #expect(message(gone).contains("gone.csv"))
    #expect(!crm.folder.exists("x.csv"))
    var excluded = try crm.project()
    excluded.exclude = ["stge"]
    #expect(message(excluded).contains("did you mean “stage”?"))
  }
}
