import Projects
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
}
