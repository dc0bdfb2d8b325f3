import Models
import Projects
import Reports
import Testing

@testable import TrainingRun

/// What `fit` says of a model must be true of that model.
@Suite struct FitWarningTests {
  private func trial(
    _ folder: TemporaryFolder, options: TrainingOptions, rows: [[String]] = InventedLeads.rows(400),
    header: [String] = InventedLeads.header, change: (inout Project) -> Void = { _ in }
  ) throws -> Trial {
    Trial(try folder.write(header, rows), options: options) {
      $0.id = ["lead_id"]
      $0.exclude = ["points"]
      change(&$0)
    }
  }

  @Test func columnsAreNotBlamedWhereAnOptionPreventsEverySplit() throws {
    let folder = try TemporaryFolder()
    var options = Trial.quickTrees
    options.boosting.minimumRows = 5_000
    options.boosting.l1 = 2
    let (report, _) = try trial(folder, options: options).fit(folder.path("model"))
    let warning = try #require(report.warnings.first)
    #expect(warning.contains("boosting: {minimum_rows: 5000, l1: 2} may prevent it"))
    #expect(!report.warnings.contains { $0.contains("these columns do not tell") })
  }

  @Test func limitsAreSpokenOfWhicheverAlgorithmWins() throws {
    let folder = try TemporaryFolder()
    var options = Trial.quickTrees
    options.algorithms = [.logistic, .boosting]
    options.boosting.rounds = 1
    options.penalty = .fixed(3)
    let (report, model) = try trial(folder, options: options) {
      $0.columns = [
        ProjectColumn(name: "visits", monotone: .increasing),
        ProjectColumn(name: "points", monotone: .increasing),
      ]
    }.fit(folder.path("model"))
    #expect(model.logistic != nil)
    #expect(
      report.warnings.contains {
        $0.contains("do not apply; the trees, which were held to them, did less well")
      })
    #expect(report.warnings.contains { $0.contains("left out, whichever model wins: points.") })
  }

  @Test func aNumberTooWideToStandardiseIsNotCountedAsUsed() throws {
    let folder = try TemporaryFolder()
    let rows = InventedLeads.rows(400).enumerated().map { row, cells in
      cells + [row % 3 == 0 ? "1e300" : "-1e\(200 + row % 90)"]
    }
    let (report, model) = try trial(
      folder, options: TrainingOptions(algorithms: [.logistic], penalty: .fixed(3)), rows: rows,
      header: InventedLeads.header + ["wide"]
    ).fit(folder.path("model"))
    #expect(!model.requiredColumns.contains("wide"))
    let use = try #require(report.columns.first { $0.column == "wide" })
    #expect(!use.isUsed && use.why.contains("too far apart"))
    #expect(model.training.leftOut.contains { $0.column == "wide" && $0.reason == use.why })
  }

  @Test func theModelSaysWhatEachMemberSaw() throws {
    let folder = try TemporaryFolder()
    var options = Trial.quickTrees
    options.boosting.members = 2
    options.boosting.categories = .combinations
    options.boosting.minimumLevelRows = 4
    let (_, model) = try trial(folder, options: options).fit(folder.path("model"))
    let record = try #require(model.training.boosting)
    #expect(record.memberFeatures == [.all, .withoutPairs])
    #expect(record.features.minimumLevelRows == 4)
  }

  @Test func aLateJumpOfTheRateIsFollowedAndSaid() throws {
    let folder = try TemporaryFolder()
    func fit(jump: Bool) throws -> (report: FitReport, model: LeadModel) {
      let rows = InventedLeads.rows(4_000).enumerated().map { row, cells in
        // Four leads a day from 2024 on; in the last tenth every second loss is a win.
        let isRaised = jump && row >= 3_600 && row % 2 == 0
        let day = row / 4
        let date = "\(2_022 + day / 336)-\(pad(day / 28 % 12 + 1))-\(pad(day % 28 + 1))"
        return Array(cells.dropLast()) + [isRaised ? "yes" : cells[6], date]
      }
      return try trial(
        folder, options: TrainingOptions(algorithms: [.logistic], penalty: .fixed(3)), rows: rows,
        header: InventedLeads.header + ["created_at"], change: { $0.created = "created_at" }
      ).fit(folder.path(jump ? "jump" : "steady"))
    }
    let steady = try fit(jump: false)
    #expect(!steady.report.warnings.contains { $0.contains("moved beyond doubt") })
    #expect(try #require(steady.model.calibration).calibrator.shift == 0)
    let moved = try fit(jump: true)
    let warning = try #require(
      moved.report.warnings.first { $0.contains("The conversion rate has moved beyond doubt") })
    #expect(warning.contains("of the latest 400 leads that were judged"))
    #expect(warning.contains("All log-odds are moved by +"))
    #expect(try #require(moved.model.calibration).calibrator.shift > 0.3)
  }

  private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
