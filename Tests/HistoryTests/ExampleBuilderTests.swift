import Activities
import Tables
import Testing

@testable import History

@Suite struct ExampleBuilderTests {
  private func examples(
    _ definition: HistoryDefinition, _ history: SmallHistory, withLog: Bool = false
  ) throws -> ExampleTable {
    let inputs = HistoryInputs(
      leads: history.leads, activities: withLog ? try history.activities() : nil)
    return try ExampleBuilder(definition, inputs: inputs, pool: pool).examples(pool: pool)
  }

  @Test func examplesOfAColumnWithADate() throws {
    var history = SmallHistory()
    history.add("a", created: 100, stage: "Won", closed: 105)
    history.add("b", created: 100, stage: "Lost", closed: 120)
    history.add("c", created: 100)
    history.add("d", created: 150, stage: "won", closed: 152)
    history.add("e", created: 160)
    let table = try examples(SmallHistory.byColumn(ages: [0, 7], horizon: 10), history)
    // The data end on day 160: d's decision on day 150 has seen its ten days, e's has not.
    #expect(table.table.cells("id") == ["a", "b", "b", "c", "c", "d"])
    #expect(table.decisionTimes == [100, 100, 107, 100, 107, 150].map { $0 * day })
    #expect(table.table.cells("age_days") == ["0.0", "0.0", "7.0", "0.0", "7.0", "0.0"])
    #expect(table.outcomes == [1, 0, 0, 0, 0, 1])
    #expect(
      table.table.cells("outcome") == ["won", "not won", "not won", "not won", "not won", "won"])
    #expect(table.groups == [0, 1, 1, 2, 2, 3])
    #expect(table.table["stage"] == nil && table.table["closed"] == nil)
    let report = table.report
    // a and d are won at seven days of age; e has reached none of them with a horizon.
    #expect(report.closed == 2 && report.immature == 1 && report.notReached == 1)
    #expect(report.months.map(\.month) == ["1970-04", "1970-05", "1970-06"])
    #expect(report.months.map(\.immature) == [0, 0, 1])
    #expect(report.openLeads == 2)
  }

  @Test func immatureExamplesStayOutAlsoWhereTheyWereWon() throws {
    var history = SmallHistory()
    history.add("old", created: 100)
    history.add("young", created: 195, stage: "Won", closed: 197)
    history.add("last", created: 200)
    let table = try examples(SmallHistory.byColumn(ages: [0], horizon: 30), history)
    #expect(table.table.cells("id") == ["old"])
    #expect(table.report.immature == 2 && table.report.immatureMet == 1)
    #expect(table.report.immatureLines.count == 3)
  }

  @Test func theHorizonIsHalfOpenLikeTheWindows() throws {
    var history = SmallHistory()
    history.add("within", created: 100, stage: "Won", closed: 109.999)
    history.add("after", created: 100, stage: "Won", closed: 110)
    history.add("at the decision", created: 97, stage: "Won", closed: 100)
    history.add("at creation", created: 100, stage: "Won", closed: 100)
    history.add("end", created: 300)
    let table = try examples(SmallHistory.byColumn(ages: [0, 3], horizon: 10), history)
    #expect(
      zip(table.table.cells("id"), table.outcomes).map { "\($0) \($1)" }
        == ["within 1", "within 1", "after 0", "after 1", "at the decision 1", "at the decision 1"])
    #expect(table.report.closed == 2)
  }

  @Test func outcomesByEventsAndLateRecording() throws {
    var history = SmallHistory()
    history.add("a", created: 100, account: "x")
    history.add("b", created: 101, account: "x")
    history.add("c", created: 102)
    history.add("z", created: 200)
    history.event("a", 100, "form")
    history.event("a", 104, "open", recordedAt: 120)
    history.event("a", 112, "closed_won")
    history.event("b", 108, "closed_lost")
    history.event("b", 240, "call", recordedAt: 190)
    history.event("nobody", 120, "open")
    var definition = SmallHistory.byColumn(ages: [0, 10], horizon: 30)
    definition.activities = SmallHistory.activityColumns
    definition.activityOptions.minimumEvents = 1
    definition.target = HistoryTarget(
      outcome: .events(
        EventSelection(types: ["closed_won"]), lost: EventSelection(types: ["closed_lost"])))
    let table = try examples(definition, history, withLog: true)
    #expect(table.table.cells("id") == ["a", "a", "b", "c", "c"])
    #expect(table.outcomes == [1, 1, 0, 0, 0])
    // The form that created the lead counts; the open is not known before it was recorded.
    #expect(table.table.cells("lead.count.all") == ["1.0", "1.0", "0.0", "0.0", "0.0"])
    #expect(table.table.cells("account.other_leads") == ["0.0", "1.0", "1.0", "", ""])
    #expect(table.report.end == 200 * day)
    #expect(table.report.activities?.planned == 1 && table.report.activities?.unknownLead == 1)
  }

  @Test func leadsThatContradictThemselvesAreLeftOutAndCounted() throws {
    var history = SmallHistory()
    history.add("no date of creation", created: .nan)
    history.add("won before", created: 100, stage: "Won", closed: 90)
    history.add("on the day of creation", created: 100.4, stage: "Won", closed: 100)
    for index in 0..<20 {
      history.add("won \(index)", created: 100, stage: "Won", closed: 103)
      history.add("lost \(index)", created: 100, stage: "Lost", closed: 102)
    }
    history.add("won some day", created: 100, stage: "Won")
    history.add("lost some day", created: 100, stage: "Lost")
    history.add("end", created: 300)
    let table = try examples(SmallHistory.byColumn(ages: [0, 1], horizon: 5), history)
    let report = table.report
    #expect(report.withoutCreation == 1 && report.closedBeforeCreation == 1)
    #expect(report.undatedWon == 1 && report.undatedLost == 1)
    // At its creation no lead is lost, whenever it was later; on the next day nobody knows.
    #expect(table.table.cells("id").filter { $0 == "lost some day" }.count == 1)
    #expect(report.closedAtUnknownTime == 1)
    #expect(!table.table.cells("id").contains("won some day"))
    #expect(!table.table.cells("id").contains("on the day of creation"))
  }

  @Test func aHorizonThatLeavesNoExampleIsAnsweredWithThoseThatWould() throws {
    var history = SmallHistory()
    // Decisions on days 0, 60 and 85 of data that end on day 100.
    history.add("a", created: 0)
    history.add("b", created: 60)
    history.add("c", created: 85)
    history.add("d", created: 100, stage: "Won", closed: 100)
    let error = #expect(throws: HistoryError.self) {
      try ExampleBuilder(
        SmallHistory.byColumn(ages: [0], horizon: 365),
        inputs: HistoryInputs(leads: history.leads), pool: pool)
    }
    let text = "\(try #require(error))"
    #expect(text.contains("a horizon of 90d has passed for the first of them"), "\(text)")
    #expect(text.contains("one of 30d for half"), "\(text)")
    #expect(text.contains("from 1970-01 to 1970-0"), "\(text)")
    let later = #expect(throws: HistoryError.self) {
      try ExampleBuilder(
        SmallHistory.byColumn(ages: [500], horizon: 10),
        inputs: HistoryInputs(leads: history.leads), pool: pool)
    }
    #expect("\(try #require(later))".contains("younger ages"))
  }

  @Test func aLeadColumnWithTheNameOfAFeatureIsRefused() throws {
    var history = SmallHistory()
    history.add("a", created: 0)
    history.add("b", created: 1, stage: "Won", closed: 40)
    let leads = history.leads
    let inputs = HistoryInputs(
      leads: Table(
        columns: leads.columns + [Column(name: "account.other_leads", values: .number([1, 2]))],
        rowCount: 2))
    #expect(throws: HistoryError.reservedColumn(name: "account.other_leads")) {
      try ExampleBuilder(
        SmallHistory.byColumn(ages: [0], horizon: 10), inputs: inputs, pool: pool)
    }
  }
}
