import Comparison
import Models
import Parallel
import Projects
import Rules
import ScoringRun
import Testing

@testable import TrainingRun

/// A fit's own leads, compared by what it said of them out of fold.
@Suite struct OutOfFoldPredictionsTests {
  private static func fitted() throws -> FittedModel {
    try FittedModel {
      $0.exclude = []
      $0.ruleScore = "points"
    }
  }

  private func leads(
    _ fitted: FittedModel, _ file: String = "out_of_fold.csv", rows: [[String]]? = nil
  ) throws -> LabelledLeads {
    let predictions = try OutOfFoldPredictions(
      path: fitted.folder.path(file), model: fitted.loaded.model, pool: fitted.pool)
    let path = try fitted.folder.write(InventedLeads.header, rows ?? fitted.rows, "again.csv")
    return try LabelledLeads(
      origin: .csv(path: path), loaded: fitted.loaded, rules: .column(name: "points"),
      onlyUnseen: false, predictions: predictions, facets: ComparisonFacets(),
      skipsBadRows: false, pool: fitted.pool
    ) { _ in }
  }

  @Test func withTheLeadsItIsTheComparisonOfTheFitWithAllItsParts() throws {
    let fitted = try Self.fitted()
    let ofFit = try #require(fitted.report.comparison)
    // In another order: leads are found by their id.
    let report = try leads(fitted, rows: fitted.rows.reversed()).comparison(
      ComparisonOptions(), pool: fitted.pool)
    #expect(report.population == .outOfFold)
    #expect(report.leads == 400 && report.conversions == ofFit.conversions)
    #expect(report.byModel.auc == ofFit.byModel.auc)
    #expect(report.byRules.auc == ofFit.byRules.auc)
    #expect(report.combined?.logLoss == ofFit.combined?.logLoss)
    #expect(report.combined?.combination == ofFit.combined?.combination)
    #expect(report.details?.segments.isEmpty == false)
    #expect(
      !report.cautions.contains { if case .predictionsWithoutLeads = $0 { true } else { false } })
  }

  @Test func leadsThatTheFileLacksAreLeftOutAndThoseThatAreGoneCounted() throws {
    let fitted = try Self.fitted()
    var newcomer = fitted.rows[0]
    newcomer[0] = "newcomer"
    let some = try leads(fitted, rows: [newcomer] + fitted.rows.dropLast(30))
    #expect(some.labels.count == 370)
    let path = fitted.folder.path("out_of_fold.csv")
    let report = try some.comparison(ComparisonOptions(), pool: fitted.pool)
    #expect(
      report.cautions.contains(.predictionsWithoutLeads(path: path, missing: 30, of: 400)))
  }

  @Test func otherLeadsOtherOutcomesAndTwoLinesOfALeadAreRefused() throws {
    let fitted = try Self.fitted()
    let path = fitted.folder.path("out_of_fold.csv")
    let again = fitted.folder.path("again.csv")
    #expect(throws: ScoringError.outOfFoldOfOthers(path: path, source: again)) {
      _ = try leads(fitted, rows: fitted.rows.map { ["x" + $0[0]] + $0.dropFirst() })
    }
    var changed = fitted.rows
    changed[7][6] = changed[7][6] == "yes" ? "no" : "yes"
    #expect(
      throws: ScoringError.outcomesChanged(path: path, changed: 1, leads: 400, source: again)
    ) { _ = try leads(fitted, rows: changed) }
    let lines = try fitted.folder.lines("out_of_fold.csv").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let twice = try fitted.folder.write(
      lines[0], Array(lines.dropFirst()) + [lines[3]], "twice.csv")
    #expect(throws: ScoringError.outOfFoldTwice(path: twice, line: 402)) {
      _ = try leads(fitted, "twice.csv")
    }
    let unnamed = try fitted.folder.write(
      Array(lines[0].dropFirst()), lines.dropFirst().map { Array($0.dropFirst()) }, "unnamed.csv")
    #expect(throws: ScoringError.notOutOfFold(path: unnamed, missing: ["lead_id"])) {
      _ = try leads(fitted, "unnamed.csv")
    }
  }
}
