import Activities
import Tables
import Testing

@testable import History

@Suite struct ActivityWarningsTests {
  /// Leads of which every other one is won by an event.
  private func history(_ count: Int = 40) -> SmallHistory {
    var history = SmallHistory()
    for lead in 0..<count {
      history.add("L\(lead)", created: 100 + Double(lead))
      history.event(
        "L\(lead)", 103 + Double(lead), lead % 2 == 0 ? "won" : "lost", recordedAt: 200)
    }
    return history
  }

  private func definition() -> HistoryDefinition {
    HistoryDefinition(
      roles: SmallHistory.roles,
      target: HistoryTarget(
        outcome: .events(
          EventSelection(types: ["won"]), lost: EventSelection(types: ["lost"]))),
      moments: .ages([0]), horizon: 10 * day, activities: SmallHistory.activityColumns)
  }

  private func examples(_ history: SmallHistory) throws -> ExampleReport {
    try builder(history).report
  }

  private func builder(_ history: SmallHistory) throws -> ExampleBuilder {
    try ExampleBuilder(
      definition(),
      inputs: HistoryInputs(leads: history.leads, activities: history.activities()), pool: pool)
  }

  @Test func manyWinsWithoutATimeAreRefusedAndFewAreCounted() throws {
    var history = history()
    history.events[0].at = .nan
    let report = try examples(history)
    #expect(report.met == 16)
    #expect(report.warnings.contains { $0.hasPrefix("1 activities that say that a lead was won") })
    for lead in stride(from: 2, to: 8, by: 2) { history.events[lead].at = .nan }
    #expect(
      throws: HistoryError.untimedEvents(types: ["won"], untimed: 4, of: 20, column: "at")
    ) { try examples(history) }
  }

  @Test func manyWinsOfTheFutureAreWarnedOf() throws {
    var history = history()
    for lead in stride(from: 0, to: 8, by: 2) { history.events[lead].at = 1_000 }
    let report = try ExampleBuilder(
      definition(),
      inputs: HistoryInputs(
        leads: history.leads, activities: history.activities(exportedAt: 250), latest: 250 * day),
      pool: pool
    ).report
    #expect(
      report.warnings.contains {
        $0.hasPrefix("4 of 20 activities that say that a lead was won lie")
      })
  }

  @Test func aClosingThatWasRecordedLaterWasNotKnownAtTheMoment() throws {
    var history = SmallHistory()
    history.add("early", created: 100)
    history.add("late", created: 100)
    history.event("early", 103, "won", recordedAt: 104)
    history.event("late", 103, "won", recordedAt: 150)
    history.event("early", 160, "visit", recordedAt: 160)
    let inputs = HistoryInputs(leads: history.leads, activities: try history.activities())
    let recipe = try builder(self.history()).recipe
    func open(_ asOf: Double?) throws -> [String] {
      try ScoringExamples(recipe, inputs: inputs, asOf: asOf.map { $0 * day }, pool: pool)
        .table(pool: pool).cells("id")
    }
    #expect(try open(120) == ["late"])
    #expect(try open(155) == [])
    #expect(try open(nil) == [])
  }

  @Test func typesThatTheLogNoLongerHasAreNamed() throws {
    let recipe = try builder(self.history()).recipe
    var history = SmallHistory()
    history.add("L", created: 100)
    history.event("L", 101, "wonn")
    history.event("L", 102, "lost")
    let inputs = HistoryInputs(leads: history.leads, activities: try history.activities())
    let warnings = try ScoringExamples(recipe, inputs: inputs, pool: pool).report.warnings(
      unlearned: [])
    #expect(
      warnings.contains { $0.contains("of the type won, and the log has none") }, "\(warnings)")
    #expect(warnings.contains { $0.contains("does not know: wonn") }, "\(warnings)")
  }

  @Test func manyWinsWithDatesThatCantBeRightAreRefused() throws {
    var history = SmallHistory()
    for lead in 0..<20 {
      let isWrong = lead < 3
      history.add(
        "L\(lead)", created: 100, stage: lead < 10 ? "Won" : "Lost", closed: isWrong ? 50 : 130)
    }
    #expect(throws: HistoryError.misdatedWins(misdated: 3, of: 10, column: "closed")) {
      try ExampleBuilder(
        SmallHistory.byColumn(ages: [0], horizon: 20), inputs: HistoryInputs(leads: history.leads),
        pool: pool)
    }
  }

  @Test func upperAndLowerCaseOfOutcomesAreOne() throws {
    var history = history()
    for lead in stride(from: 0, to: 40, by: 4) { history.events[lead].type = "Won" }
    #expect(try examples(history).met == 17)
  }

  @Test func aTypeThatLooksLikeOneOfOursIsNamed() throws {
    var history = history()
    history.event("L0", 101, "Call", recordedAt: 200)
    #expect(try examples(history).warnings.contains { $0.contains("“Call”") })
  }

  @Test func activitiesOfUnknownLeadsAreWarnedOfWithAnExample() throws {
    var history = history()
    for lead in 0..<2 { history.event("l\(lead)", 101, "visit", recordedAt: 200) }
    #expect(try examples(history).activityWarnings.isEmpty)
    history.event("l2", 101, "visit", recordedAt: 200)
    let warning = try #require(try examples(history).activityWarnings.first)
    #expect(
      warning.hasPrefix("7% of the activities (3 of 43) are of leads that are not in the table"))
    #expect(warning.contains("such as “l0”, where the table has “L0”"))
  }

  @Test func aLogThatTellsNoOutcomeIsWarnedOf() throws {
    let history = history()
    let recipe = try builder(history).recipe
    var other = history
    other.events = []
    other.event("L0", 101, "visit", recordedAt: 200)
    let report = try ScoringExamples(
      recipe, inputs: HistoryInputs(leads: other.leads, activities: other.activities()),
      pool: pool
    ).report
    #expect(report.warnings.contains { $0.hasPrefix("No activity tells that a lead was won") })
  }

  @Test func theLogOfOtherLeadsTellsWhereTheDataEnd() throws {
    let history = history()
    let recipe = try builder(history).recipe
    var one = SmallHistory()
    one.add("L50", created: 100)
    one.events = history.events
    one.event("L50", 101, "visit", recordedAt: 101)
    let scoring = try ScoringExamples(
      recipe, inputs: HistoryInputs(leads: one.leads, activities: one.activities()), pool: pool)
    #expect(scoring.asOf == 142 * day)
  }

  @Test func leadsWithoutAnIdAreLeftOutAndCounted() throws {
    var history = history()
    history.add("", created: 110)
    let leads = history.leads
    let missing = Table(
      columns: [
        Column(name: "id", values: .text(texts(history.ids.map { $0.isEmpty ? nil : $0 })))
      ] + leads.columns.dropFirst(), rowCount: leads.rowCount)
    let builder = try ExampleBuilder(
      definition(), inputs: HistoryInputs(leads: missing, activities: history.activities()),
      pool: pool)
    #expect(builder.report.withoutID == 1 && builder.report.examples == 33)
    let scoring = try ScoringExamples(
      builder.recipe,
      inputs: HistoryInputs(leads: missing, activities: history.activities()),
      includesClosed: true, pool: pool)
    #expect(scoring.report.withoutID == 1 && scoring.leadRows.count == 40)
  }
}
