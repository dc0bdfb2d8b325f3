import Testing
import Validation

@testable import TrainingRun

@Suite struct FoldPlanTests {
  /// 300 leads of 40 accounts over 100 days.
  private func trial(
    _ folder: TemporaryFolder, holdOut: Double = 0, account: Bool = false, created: Bool = false
  ) throws -> Trial {
    var random = SeededNumbers(seed: 3)
    let rows = (0..<300).map { row -> [String] in
      let day = Int.random(in: 0..<100, using: &random)
      return [
        "A\(Int.random(in: 0..<40, using: &random))",
        "2025-0\(1 + day / 28)-\(day % 28 < 9 ? "0" : "")\(1 + day % 28)",
        "\(Int.random(in: 0...1_000_000_000, using: &random))", random.unit() < 0.4 ? "yes" : "no",
      ]
    }
    let path = try folder.write(["company", "created_on", "visits", "y"], rows)
    return Trial(path, options: TrainingOptions(algorithms: [.logistic], holdOut: holdOut)) {
      if account { $0.account = "company" }
      if created { $0.created = "created_on" }
    }
  }

  @Test func aQuarterIsHeldOutWithItsShareOfConversions() throws {
    let folder = try TemporaryFolder()
    let (leads, plan) = try trial(folder, holdOut: 0.25).plan()
    #expect(abs(plan.heldOutRows.count - 75) <= 1)
    #expect(plan.heldOutRows.count + plan.trainingRows.count == 300)
    #expect(Set(plan.heldOutRows).isDisjoint(with: plan.trainingRows))
    let won = plan.heldOutRows.count { leads.history.outcomes[$0] == 1 }
    #expect(abs(Double(won) - 0.25 * Double(leads.history.wonCount)) <= 0.5)
    #expect(plan.folds.scheme == .stratified)
  }

  @Test func noAccountIsOnBothSides() throws {
    let folder = try TemporaryFolder()
    let (leads, plan) = try trial(folder, holdOut: 0.25, account: true).plan()
    guard case .category(let accounts) = leads.history.table["company"]?.values else {
      Issue.record("the account is a category")
      return
    }
    let code = { (row: Int) in accounts.codes[row] }
    #expect(
      Set(plan.heldOutRows.map { code($0) }).isDisjoint(with: plan.trainingRows.map { code($0) }))
    for fold in 0..<plan.folds.count {
      let training = plan.folds.trainingRows(fold).map { code(plan.trainingRows[$0]) }
      let validation = plan.folds.validationRows(fold).map { code(plan.trainingRows[$0]) }
      #expect(!validation.isEmpty)
      #expect(Set(training).isDisjoint(with: validation))
    }
    #expect(!leads.selection.used.contains("company"))
  }

  @Test func withADateNoModelKnowsALaterLead() throws {
    let folder = try TemporaryFolder()
    let (leads, plan) = try trial(folder, holdOut: 0.25, created: true).plan()
    guard case .date(let times) = leads.history.table["created_on"]?.values else {
      Issue.record("the date of creation is a date")
      return
    }
    let latest = { (rows: [Int]) in rows.map { times[$0] }.max() ?? .infinity }
    let earliest = { (rows: [Int]) in rows.map { times[$0] }.min() ?? -.infinity }
    #expect(latest(plan.trainingRows) < earliest(plan.heldOutRows))
    for fold in 0..<plan.folds.count {
      let training = plan.folds.trainingRows(fold).map { plan.trainingRows[$0] }
      let validation = plan.folds.validationRows(fold).map { plan.trainingRows[$0] }
      #expect(!training.isEmpty && !validation.isEmpty)
      #expect(latest(training) < earliest(validation))
    }
  }

  @Test func theHeldOutLeadsAreWrittenAsTheyCame() throws {
    let folder = try TemporaryFolder()
    let trial = try trial(folder, holdOut: 0.3)
    let (report, model) = try trial.fit(folder.path("model"), heldOut: folder.path("held.csv"))
    let lines = try folder.lines("leads.csv")
    let rows = try trial.plan().plan.heldOutRows
    #expect(try folder.lines("held.csv") == [lines[0]] + rows.map { lines[$0 + 1] })
    #expect(report.heldOut?.figures.leads == Double(rows.count))
    #expect(model.heldOut?.figures == report.heldOut?.figures)
    #expect(model.training.holdOutShare == 0.3)
    #expect(model.training.rows == 300 - rows.count)
  }
}
