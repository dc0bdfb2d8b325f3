import Models
import Parallel
import Projects
import ScoringRun
import Testing

@testable import TrainingRun

@Suite struct OutOfFoldLeadsTests {
  @Test func aComparisonFromTheFileIsTheOneOfTheFit() throws {
    let fitted = try FittedModel {
      $0.exclude = []
      $0.ruleScore = "points"
    }
    let ofFit = try #require(fitted.report.comparison)
    let ofFile = try OutOfFoldLeads(
      path: fitted.folder.path("out_of_fold.csv"), pool: fitted.pool
    ).comparison(pool: fitted.pool)
    #expect(ofFile.population == .outOfFold && ofFit.population == .outOfFold)
    #expect(ofFile.leads == 400 && ofFile.conversions == ofFit.conversions)
    #expect(ofFile.byModel == ofFit.byModel)
    #expect(ofFile.byRules == ofFit.byRules)
    #expect(ofFile.tops == ofFit.tops)
    #expect(ofFile.verdict == ofFit.verdict)
    #expect(ofFit.byModel.auc == fitted.report.outOfFold?.figures.auc)
  }

  @Test func theFileHasOneLineALeadWithItsFold() throws {
    let fitted = try FittedModel()
    let lines = try fitted.folder.lines("out_of_fold.csv")
    #expect(lines[0] == "lead_id,converted,fold,probability")
    #expect(FittedModel.cells(lines, "lead_id") == fitted.rows.map { $0[0] })
    #expect(
      FittedModel.cells(lines, "converted") == fitted.rows.map { $0[6] == "yes" ? "1" : "0" })
    #expect(Set(FittedModel.cells(lines, "fold")) == ["1", "2", "3", "4", "5"])
  }

  @Test func aFileWithoutRuleScoresIsRefused() throws {
    let fitted = try FittedModel()
    let path = fitted.folder.path("out_of_fold.csv")
    #expect(throws: ScoringError.notOutOfFold(path: path, missing: ["rule_score"])) {
      try OutOfFoldLeads(path: path, pool: fitted.pool)
    }
  }
}
