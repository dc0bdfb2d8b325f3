import Features
import Testing

@testable import TrainingRun

/// Histories that break careless trainers.
@Suite struct HardHistoryTests {
  private static func isWonUsually(_ row: Int) -> Bool { row * 7 % 10 < 4 }

  /// 200 leads with a column added to a weak one.
  private func trial(
    _ folder: TemporaryFolder, options: TrainingOptions = TrainingOptions(algorithms: [.logistic]),
    won isWon: (Int) -> Bool = HardHistoryTests.isWonUsually,
    weight: String? = nil,
    column: (_ row: Int, _ won: Bool) -> String
  ) throws -> Trial {
    let rows = (0..<200).map { row in
      [
        column(row, isWon(row)), "\(row * 13 % 11 + (isWon(row) ? 1 : 0))",
        isWon(row) ? "yes" : "no",
      ]
    }
    return Trial(
      try folder.write(["extra", "visits", "y"], rows), options: options
    ) { $0.weight = weight }
  }

  @Test func aColumnThatTellsAllIsFittedUnderThePenalty() throws {
    let folder = try TemporaryFolder()
    let (report, model) = try trial(folder) { $1 ? "high" : "low" }.fit(folder.path("model"))
    #expect(report.regression?.converged == true)
    #expect(try #require(model.logistic).coefficients.allSatisfy { $0.isFinite })
    #expect(report.outOfFold?.figures.auc?.value == 1)
  }

  @Test func withoutAPenaltyItFallsBackToFirthAndSaysSo() throws {
    let folder = try TemporaryFolder()
    let (report, model) = try trial(
      folder,
      options: TrainingOptions(
        algorithms: [.logistic], penalty: .fixed(0), features: .init(numbers: .linear))
    ) { $1 ? "high" : "low" }.fit(folder.path("model"))
    #expect(report.warnings.contains { $0.contains("told apart perfectly") })
    #expect(try #require(model.logistic).coefficients.allSatisfy { $0.isFinite && abs($0) < 50 })
  }

  @Test func aConstantColumnIsLeftOutWithItsReason() throws {
    let folder = try TemporaryFolder()
    let (report, model) = try trial(folder) { _, _ in "Spain" }.fit(folder.path("model"))
    #expect(!model.requiredColumns.contains("extra"))
    let use = report.columns.first { $0.column == "extra" }
    #expect(use?.isUsed == false && use?.why == "the same value in every row")
    #expect(model.training.leftOut.contains { $0.column == "extra" })
  }

  @Test(arguments: ["1e300", "1000000001"])
  func aWeightThatNoLeadHasIsRefused(weight: String) throws {
    let folder = try TemporaryFolder()
    var options = Trial.quickTrees
    options.algorithms = [.logistic, .boosting]
    let trial = try trial(folder, options: options, weight: "extra") { row, _ in
      row == 16 ? weight : "2"
    }
    let expected = TrainingError.weightTooLarge(
      column: "extra", row: 17, weight: try #require(Double(weight)), most: 1e9)
    #expect(throws: expected) { try trial.fit(folder.path("model")) }
    #expect("\(expected)".contains("at most 1,000,000,000"))
  }

  @Test func aSpreadTooWideToSquareIsLeftToTheTrees() throws {
    let folder = try TemporaryFolder()
    var options = Trial.quickTrees
    options.algorithms = [.logistic, .boosting]
    let (report, model) = try trial(folder, options: options) { row, won in
      "\(won ? "" : "-")\(1 + row % 9)e300"
    }.fit(folder.path("model"))
    // It tells the outcome, and only cuts can use it.
    #expect(model.trees != nil)
    #expect(report.contest != nil)
    #expect(model.requiredColumns.contains("extra"))
  }

  @Test func anEmptyColumnIsLeftOutWithItsReason() throws {
    let folder = try TemporaryFolder()
    let (report, model) = try trial(folder) { _, _ in "" }.fit(folder.path("model"))
    #expect(model.requiredColumns == ["visits"])
    #expect(report.columns.first { $0.column == "extra" }?.why == "never filled in")
  }

  @Test func aColumnTwiceChangesNoPredictionBeyondItsPenalty() throws {
    let folder = try TemporaryFolder()
    let twice = try trial(
      folder,
      options: TrainingOptions(
        algorithms: [.logistic], penalty: .fixed(0), features: .init(numbers: .linear))
    ) { row, won in "\(row * 13 % 11 + (won ? 1 : 0))" }
    let (report, model) = try twice.fit(folder.path("model"))
    #expect(report.regression?.converged == true)
    #expect(report.warnings.contains { $0.contains("say the same") && $0.contains("visits") })
    #expect(try #require(model.logistic).coefficients.filter { $0 == 0 }.count == 1)
  }

  @Test func fewerThanTwentyOfEitherAreRefused() throws {
    let folder = try TemporaryFolder()
    let few = try trial(folder, won: { $0 < 19 }, column: { row, _ in "\(row % 7)" })
    #expect(throws: TrainingError.tooFewConversions(won: 19, lost: 181, needed: 20)) {
      try few.fit(folder.path("model"))
    }
    let fewLost = try trial(folder, won: { $0 >= 19 }, column: { row, _ in "\(row % 7)" })
    #expect(throws: TrainingError.tooFewConversions(won: 181, lost: 19, needed: 20)) {
      try fewLost.fit(folder.path("model"))
    }
    #expect(!folder.exists("model/v0001.kelvin"))
    #expect(try few.audit().findings.contains { $0.kind == .fewOutcomes })
  }

  @Test func aHoldOutMustLeaveEnoughToLearnFrom() throws {
    let folder = try TemporaryFolder()
    let trial = try trial(
      folder, options: TrainingOptions(algorithms: [.logistic], holdOut: 0.25), won: { $0 < 24 },
      column: { row, _ in "\(row % 7)" })
    #expect(throws: TrainingError.tooFewLeftToTrain(won: 18, lost: 132, needed: 20)) {
      try trial.fit(folder.path("model"))
    }
    #expect(!folder.exists("model/v0001.kelvin"))
  }

  @Test(arguments: [20, 39])
  func twentyToThirtyNineAreFittedWithAWarning(won: Int) throws {
    let folder = try TemporaryFolder()
    let trial = try trial(folder, won: { $0 * 7 % 200 < won }, column: { row, _ in "\(row % 7)" })
    let report = try trial.fit(folder.path("model")).report
    #expect(report.warnings.contains { $0.contains("Only \(won) won and \(200 - won) lost") })
  }

  @Test func fortyOfEachNeedNoWarningOfThat() throws {
    let folder = try TemporaryFolder()
    let trial = try trial(folder, won: { $0 * 7 % 200 < 40 }, column: { row, _ in "\(row % 7)" })
    let report = try trial.fit(folder.path("model")).report
    #expect(!report.warnings.contains { $0.contains("Only") })
  }

  @Test func aModelThatTellsNothingSaysSo() throws {
    let folder = try TemporaryFolder()
    // Every value of the column has the same share of conversions.
    let path = try folder.write(
      ["visits", "y"], (0..<200).map { ["\($0 / 5 % 10)", $0 % 5 < 2 ? "yes" : "no"] })
    let report = try Trial(path).fit(folder.path("model")).report
    #expect(report.warnings.contains { $0.contains("no better than chance") })
    let useful = try folder.write(InventedLeads.header, InventedLeads.rows(400), "useful.csv")
    let better = try Trial(useful).fit(folder.path("better")).report
    #expect(!better.warnings.contains { $0.contains("no better than chance") })
  }
}
