import Activities
import Tables
import Testing

@testable import History

@Suite struct ChangeLogTests {
  private typealias Row = (lead: String, at: Double, old: String?, new: String?)

  private func log(_ rows: [Row], latest: Double = .infinity) throws -> ChangeLog {
    try ChangeLog(
      Table(
        columns: [
          Column(name: "lead", values: .text(texts(rows.map(\.lead)))),
          Column(name: "at", values: .date(rows.map { $0.at * day })),
          Column(name: "field", values: .category(categories(rows.map { _ in "segment" }))),
          Column(name: "before", values: .category(categories(rows.map(\.old)))),
          Column(name: "after", values: .category(categories(rows.map(\.new)))),
        ], rowCount: rows.count), columns: RandomWorld.changeColumns,
      leads: LeadIndex(ids: ["a", "b"]), latest: latest * day)
  }

  /// The segment of lead a at some times, and what the report counts.
  private func segments(
    _ rows: [Row], export: String?, at times: [Double], created: Double = 0,
    latest: Double = .infinity
  ) throws -> (cells: [String], tally: FieldTally) {
    var plan = ExamplePlan()
    for time in times {
      plan.append(
        lead: 0, time: time * day, age: (time - created) * day, outcome: 0,
        includesDecision: time == created)
    }
    let leads = Table(
      columns: [
        Column(name: "id", values: .text(texts(["a", "b"]))),
        Column(name: "segment", values: .category(categories([export, "other"]))),
      ], rowCount: 2)
    let fields = try FieldsInTime(
      HistoryDefinition(
        roles: HistoryRoles(ids: ["id"]),
        target: HistoryTarget(outcome: .events(EventSelection(types: []), lost: nil))),
      inputs: HistoryInputs(leads: leads, changes: log(rows, latest: latest)))
    let column = try fields.column(#require(leads["segment"]), plan: plan)
    let table = Table(columns: [column], rowCount: plan.count)
    return (table.cells("segment"), try fields.tally(columns: ["segment"], plan: plan))
  }

  @Test func aFieldIsWhatWasWrittenLastBeforeTheDecision() throws {
    let (cells, tally) = try segments(
      [("a", 5, nil, "x"), ("a", 9, "x", "y"), ("b", 6, "q", "r")], export: "y",
      at: [0, 5, 6, 9, 10])
    #expect(cells == ["", "", "x", "x", "y"])
    // Lead b's last change wrote another segment than the export has.
    #expect(tally.contradictions == 1 && tally.changes == 3)
  }

  @Test func whatWasWrittenWithTheLeadIsKnownAtItsCreation() throws {
    #expect(try segments([("a", 3, nil, "x")], export: "x", at: [3], created: 3).cells == ["x"])
    #expect(try segments([("a", 3, nil, "x")], export: "x", at: [3], created: 1).cells == [""])
  }

  @Test func aFieldWithoutAChangeIsThatOfTheExport() throws {
    #expect(try segments([("b", 5, "u", "other")], export: "y", at: [1, 8]).cells == ["y", "y"])
  }

  @Test func aLaterChangeThatContradictsTellsNothingOfThePast() throws {
    let (cells, tally) = try segments(
      [("a", 5, nil, "x"), ("a", 9, "FUTURE", "y")], export: "z", at: [4, 7, 9.5])
    #expect(cells == ["", "x", "y"])
    #expect(tally.contradictions == 2)
  }

  @Test func changesOfOneMomentMakeAChainInWhateverOrder() throws {
    let rows: [Row] = [
      ("a", 1, nil, "m"), ("a", 5, "c", "a"), ("a", 5, "m", "c"), ("a", 5, "a", "b"),
    ]
    for shift in 0..<4 {
      let turned = Array(rows[shift...] + rows[..<shift])
      let (cells, tally) = try segments(turned, export: "b", at: [5, 6])
      #expect(cells == ["m", "b"])
      #expect(tally.contradictions == 0)
    }
  }

  @Test func aChangeWithoutATimeTellsWhatItReplacedAndNothingElse() throws {
    let never = Double.nan
    #expect(try segments([("a", never, "x", "FUTURE")], export: "FUTURE", at: [1]).cells == ["x"])
    let (cells, tally) = try segments(
      [("a", never, nil, "x"), ("a", 5, "x", "y")], export: "y", at: [1, 6])
    #expect(cells == ["", "y"])
    #expect(tally.untimed == 1 && tally.changes == 1 && tally.contradictions == 0)
    // What came first of these nobody knows.
    #expect(
      try segments(
        [("a", never, "x", "y"), ("a", never, "y", "x"), ("a", 5, "x", "y")], export: "y",
        at: [1, 6]
      ).cells == ["", "y"])
  }

  @Test func aChangeThatHasNotHappenedTellsWhatAFieldWasUntilThen() throws {
    let (cells, tally) = try segments(
      [("a", 50, "x", "FUTURE")], export: "FUTURE", at: [1], latest: 20)
    #expect(cells == ["x"])
    #expect(tally.planned == 1 && tally.changes == 0 && tally.contradictions == 0)
  }

  @Test func valuesThatCannotBeReadAreCountedAndManyAreRefused() throws {
    func tally(_ values: [String]) throws -> FieldTally {
      let leads = Table(
        columns: [
          Column(name: "id", values: .text(texts(["a", "b"]))),
          Column(name: "segment", values: .number([1, 2])),
        ], rowCount: 2)
      let rows: [Row] = zip(values, 1...).map { ("a", Double($1), nil, $0) }
      return try FieldsInTime(
        HistoryDefinition(
          roles: HistoryRoles(ids: ["id"]),
          target: HistoryTarget(outcome: .events(EventSelection(types: []), lost: nil))),
        inputs: HistoryInputs(leads: leads, changes: log(rows))
      ).tally(columns: ["segment"], plan: ExamplePlan())
    }
    let numbers = (1...19).map { "\($0)" }
    #expect(
      try tally(numbers + ["many"]).unreadable
        == [UnreadableValues(column: "segment", count: 1, values: 20)])
    #expect(throws: HistoryError.self) { try tally(["1", "many"]) }
  }

  @Test func whatCannotBePlacedIsCounted() throws {
    let found = try log(
      [
        ("a", 5, "u", "v"), ("a", 5, "u", "v"), ("z", 5, nil, "v"), ("a", .nan, nil, "v"),
        ("a", 50, "v", "w"),
      ], latest: 20)
    #expect(found.changeCount == 1)
    #expect(found.unknownLeadCount == 1 && found.incompleteCount == 0 && found.plannedCount == 1)
    #expect(found.untimedCount == 1)
    #expect(found.firstTime == 5 * day && found.lastTime == 5 * day)
    #expect(found.columnNames == ["segment"])
  }
}
