import Models
import Parallel
import ScoringRun
import Testing

@testable import TrainingRun

@Suite struct LabelledLeadsTests {
  private func leads(
    _ fitted: FittedModel, _ name: String, onlyUnseen: Bool = false
  ) throws -> LabelledLeads {
    try LabelledLeads(
      origin: .csv(path: fitted.folder.path(name)), loaded: fitted.loaded, rules: nil,
      onlyUnseen: onlyUnseen,
      skipsBadRows: false, pool: fitted.pool
    ) { _ in }
  }

  @Test func heldOutLeadsGiveTheFiguresOfTheFit() throws {
    let fitted = try FittedModel(
      options: TrainingOptions(algorithms: [.logistic], holdOut: 0.25, penalty: .fixed(3)))
    let figures = try leads(fitted, "held.csv").evaluation().figures
    #expect(figures == fitted.report.heldOut?.figures)
    #expect(figures == fitted.loaded.model.heldOut?.figures)
  }

  @Test func leadsThatTheModelWasFittedToAreRefused() throws {
    let fitted = try FittedModel(
      options: TrainingOptions(algorithms: [.logistic], holdOut: 0.25, penalty: .fixed(3)))
    let trained = fitted.loaded.model.training.rows
    #expect(
      throws: ScoringError.leadsSeen(seen: trained, leads: 400, model: fitted.loaded.name)
    ) { try leads(fitted, "leads.csv") }
    let unseen = try leads(fitted, "leads.csv", onlyUnseen: true)
    #expect(unseen.labels.count == 400 - trained)
    #expect(try unseen.evaluation().figures == fitted.report.heldOut?.figures)
  }

  @Test func withoutAHoldOutNothingIsLeftToJudgeBy() throws {
    let fitted = try FittedModel()
    #expect(throws: ScoringError.nothingUnseen(leads: 400, model: fitted.loaded.name)) {
      try leads(fitted, "leads.csv", onlyUnseen: true)
    }
  }
}
