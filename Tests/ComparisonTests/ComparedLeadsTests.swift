import Comparison
import Reports
import Rules
import Tables
import Testing
import YAMLDocuments

@Suite struct ComparedLeadsTests {
  private static let day = 86_400.0

  private let table = Table(
    columns: [
      Column(name: "visits", values: .number([0, 3, 12, .nan, 7, 1])),
      Column(
        name: "source",
        values: .category(
          CategoryValues(codes: [0, 1, 0, -1, 1, 2], levels: ["web", "fair", "no"]))),
      Column(name: "called", values: .flag([1, 0, -1, 1, 0, 1])),
      Column(
        name: "called_at",
        values: .date([0, .nan, 40 * day, 41 * day, .nan, 400 * day])),
      Column(name: "worth", values: .number([100, .nan, 300, 200, .nan, 400])),
      Column(
        name: "note",
        values: .text(
          TextValues(
            offsets: [0, 1, 1, 1, 1, 1, 1], bytes: [65],
            missing: [false, true, true, true, true, true]))),
    ], rowCount: 6)

  private func leads() -> ComparedLeads {
    ComparedLeads(
      labels: [1, 0, 1, 0, 0, 1], probabilities: [0.5, 0.1, 0.9, 0.2, 0.3, 0.6],
      ruleScores: [1, 2, 3, 4, 5, 6])
  }

  private func leads(_ change: (inout ComparisonFacets) -> Void) throws -> ComparedLeads {
    var facets = ComparisonFacets()
    change(&facets)
    var leads = leads()
    try leads.add(facets, table: table, candidates: ["visits", "source", "called_at"])
    return leads
  }

  @Test(arguments: [
    ("called", [true, false, false, true, false, true]),
    ("called_at", [true, false, true, true, false, true]),
    ("visits", [false, true, true, false, true, true]),
    ("source", [true, true, true, false, true, false]),
    ("note", [true, false, false, false, false, false]),
  ])
  func contactedIsWhatIsFilledInAndNotNo(column: String, flags: [Bool]) throws {
    #expect(try leads { $0.contacted = column }.contacted?.flags == flags)
  }

  @Test func aLeadWithoutAValueCountsAsTheMeanOfTheOthers() throws {
    #expect(
      try leads { $0.value = "worth" }.values?.amounts == [100, 250, 300, 200, 250, 400])
    #expect(throws: ComparisonError.notNumbers(column: "source")) {
      try leads { $0.value = "source" }
    }
  }

  @Test func datesPartLeadsByMonthInOrder() throws {
    let months = try #require(try leads { $0.segments = ["called_at"] }.segments.first)
    #expect(months.isOrdered)
    #expect(months.values.levels == ["1970-01", "1970-02", "1971-02"])
    #expect(months.values.codes == [0, -1, 1, 1, -1, 2])
  }

  @Test func fewNumbersPartLeadsAndTextsDoNot() throws {
    let numbers = try #require(try leads { $0.segments = ["visits"] }.segments.first)
    #expect(numbers.values.levels == ["0", "1", "3", "7", "12"])
    #expect(throws: ComparisonError.noSegments(column: "note")) {
      try leads { $0.segments = ["note"] }
    }
  }

  @Test func withoutAWishColumnsThatPeoplePartByAreTakenFirst() throws {
    #expect(try leads { _ in }.segments.map(\.name) == ["source", "called_at"])
  }

  @Test func aColumnThatIsNotThereIsNamedWithItsFlag() throws {
    let names = table.columns.map(\.name)
    #expect(
      throws: ComparisonError.unknownColumn(flag: "--segment", name: "sorce", available: names)
    ) { try leads { $0.segments = ["sorce"] } }
    let error = ComparisonError.unknownColumn(flag: "--segment", name: "sorce", available: names)
    #expect("\(error)".contains("did you mean “source”?"))
  }

  @Test func rulesGiveStagesGradesAndTheLeadsThatTheyHoldOf() throws {
    let text = """
      scale: {from: 0, to: 100, raw: 30}
      groups:
        - name: a
          category: fit
          rules:
            - {name: from the web, when: {field: source, is: web}, points: 10}
            - {name: nobody, when: {field: visits, above: 99}, points: 5}
        - name: b
          category: engagement
          rules:
            - {name: often there, when: {field: visits, at_least: 7}, points: 20}
      stages: {mql: {at_least: 30}, sql: {at_least: 90}}
      grades:
        fit: {A: 10, B: 0}
        engagement: {1: 20, 2: 0}
      """
    let file = try RuleFile.parse(text, fileName: "r.yaml")
    var leads = leads()
    let bound = try RuleScorer(file, schema: nil, projectMissingTokens: []).bind(table)
    leads.add(file, scores: bound.scores(), outcome: "visits", ledgers: bound.forEachLedger)
    #expect(leads.stages?.levels == ["mql", "sql"])
    #expect(leads.stages?.codes == [0, -1, 1, -1, 0, -1])
    let grades = try #require(leads.grades)
    #expect(grades.rowCategory == "fit" && grades.columnCategory == "engagement")
    #expect(grades.rows == ["A", "B"] && grades.columns == ["1", "2"])
    #expect(grades.codes == [1, 3, 0, 3, 2, 3])
    #expect(leads.rules.map(\.rule) == ["from the web", "nobody", "often there"])
    #expect(leads.rules.map(\.rows) == [[0, 2], [], [2, 4]])
    #expect(leads.rules.map(\.points) == [10, 0, 20])
    #expect(leads.lateColumns == [LateColumn(column: "visits", isOutcome: true)])
  }

  @Test func columnsThatAreFilledAfterTheOutcomeAreFoundByName() {
    #expect(
      ComparedLeads.lateColumns(["Close Date", "source", "Fecha de cierre"], outcome: "won").map(
        \.column) == ["Close Date", "Fecha de cierre"])
  }
}
