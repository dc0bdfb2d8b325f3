import Rules
import Tables
import Testing

@Suite struct RuleScorerTests {
  static let bankSheet = """
    scale: {from: 0, to: 100, raw: 70}
    groups:
      - name: customer
        category: fit
        rules:
          - {name: saver, when: {field: balance, at_least: 1500}, points: 5}
          - {name: no mortgage, when: {field: housing, is: "no"}, points: 5}
          - {name: no loan, when: {field: loan, is: "no"}, points: 5}
          - {name: "student or retired", when: {field: job, in: [student, retired]}, points: 5}
      - name: campaign
        category: engagement
        rules:
          - {name: said yes before, when: {field: poutcome, is: success}, points: 20}
          - {name: contacted before, when: {field: previous, at_least: 1}, points: 10}
          - {name: good month, when: {field: month, in: [mar, sep, oct, dec]}, points: 10}
          - {name: not called too often, when: {field: campaign, at_most: 2}, points: 5}
    stages: {mql: {at_least: 30}, sql: {above: 60}}
    grades:
      fit: {A: 20, B: 15, C: 10, D: 5, E: 0}
      engagement: {1: 35, 2: 20, 3: 15, 4: 5, 5: 0}
    """

  static let bankTable = Cells.table([
    Cells.number("balance", [2_000, 100, nil]),
    Cells.flag("housing", [false, true, nil]),
    Cells.flag("loan", [false, true, false]),
    Cells.category("job", ["student", "admin.", nil]),
    Cells.category("poutcome", ["success", nil, "failure"]),
    Cells.number("previous", [2, 0, 1]),
    Cells.category("month", ["mar", "may", "dec"]),
    Cells.number("campaign", [1, 3, 2]),
  ])

  @Test func scoresAHandComputedSheet() throws {
    let file = try RuleFile.parse(Self.bankSheet, fileName: "bank.yaml")
    let scorer = try RuleScorer(file, schema: Self.bankTable.schema, projectMissingTokens: [])
    let scores = try scorer.score(Self.bankTable)
    #expect(scores.points == [65_000, 0, 30_000])
    // To the last digits: two roundings at most.
    for (score, points) in zip(scores.scores, [65.0, 0, 30]) {
      #expect(abs(score - points * 100 / 70) < 1e-12)
    }
    #expect((0..<3).map(scores.grade) == ["A1", "E5", "D2"])
    #expect((0..<3).map(scores.stage) == ["sql", nil, "mql"])
    #expect(scores.disqualified == [false, false, false])
  }

  @Test func ledgerSaysWhyInWords() throws {
    let file = try RuleFile.parse(Self.bankSheet, fileName: "bank.yaml")
    let scorer = try RuleScorer(file, schema: nil, projectMissingTokens: [])
    let ledger = try scorer.ledger(Self.bankTable, row: 2)
    #expect(
      ledger.reasons == "contacted before +10; good month +10; no loan +5; not called too often +5")
    #expect(ledger.total == 30_000)
    #expect(ledger.grade == "D2")
    #expect(ledger.stage == "mql")
  }

  private func score(_ rules: String, _ columns: [Column], missing: [String] = []) throws -> [Int] {
    let table = Cells.table(columns)
    let file = try RuleFile.parse(rules, fileName: "r.yaml")
    let bySchema = try RuleScorer(file, schema: table.schema, projectMissingTokens: missing)
    let byTable = try RuleScorer(file, schema: nil, projectMissingTokens: missing)
    if missing.isEmpty { #expect(try bySchema.score(table) == byTable.score(table)) }
    return try byTable.score(table).points.map { $0 / 1_000 }
  }

  /// One rule that gives a point where the condition holds.
  private func holds(_ condition: String, _ column: Column, missing: [String] = []) throws
    -> [Bool]
  {
    let text = """
      groups:
      - {name: g, category: fit, rules: [{name: r, when: \(condition), points: 1}]}
      """
    return try score(text, [column], missing: missing).map { $0 == 1 }
  }

  @Test(
    arguments: [
      ("{field: x, is: 5}", [false, true, false, false]),
      ("{field: x, in: [5, -1]}", [true, true, false, false]),
      ("{field: x, not_in: [5]}", [true, false, true, false]),
      ("{field: x, between: [-1, 5]}", [true, true, false, false]),
      ("{field: x, at_least: 5}", [false, true, true, false]),
      ("{field: x, at_most: 5}", [true, true, false, false]),
      ("{field: x, above: 5}", [false, false, true, false]),
      ("{field: x, below: 5}", [true, false, false, false]),
      ("{field: x, missing: true}", [false, false, false, true]),
      ("{field: x, missing: false}", [true, true, true, false]),
      ("{field: x, above: -1, below: 5.5}", [false, true, false, false]),
      ("{not: {field: x, is: 5}}", [true, false, true, true]),
      ("{any: [{field: x, is: 5}, {field: x, missing: true}]}", [false, true, false, true]),
      ("{all: [{field: x, above: 0}, {not: {field: x, above: 5}}]}", [false, true, false, false]),
    ])
  func testsOfNumbers(_ condition: String, _ expected: [Bool]) throws {
    #expect(try holds(condition, Cells.number("x", [-1, 5, 5.5, nil])) == expected)
  }

  @Test(
    arguments: [
      ("{field: x, is: mar}", [true, false, true, false, false]),
      ("{field: x, in: [mar, 'sep']}", [true, true, true, false, false]),
      ("{field: x, not_in: [mar]}", [false, true, false, true, false]),
      ("{field: x, matches: '^[ms]'}", [true, true, true, false, false]),
      ("{field: x, matches: 'a'}", [true, false, true, false, false]),
      ("{field: x, matches: '(?i)^SEP$'}", [false, true, false, false, false]),
      ("{field: x, missing: true}", [false, false, false, false, true]),
      ("{field: x, is: NO}", [false, false, false, true, false]),
    ])
  func testsOfCategoriesAndText(_ condition: String, _ expected: [Bool]) throws {
    let cells = ["mar", "sep", " mar ", "NO", nil]
    #expect(try holds(condition, Cells.category("x", cells)) == expected)
    #expect(try holds(condition, Cells.text("x", cells)) == expected)
  }

  @Test(
    arguments: [
      ("{field: x, is: \"no\"}", [false, true, false]),
      ("{field: x, is: Sí}", [true, false, false]),
      ("{field: x, is: VERDADERO}", [true, false, false]),
      ("{field: x, is: 1}", [true, false, false]),
      ("{field: x, is: false}", [false, true, false]),
      ("{field: x, in: [yes, no]}", [true, true, false]),
      ("{field: x, not_in: [yes]}", [false, true, false]),
      ("{field: x, at_least: 1}", [true, false, false]),
      ("{field: x, below: 1}", [false, true, false]),
      ("{field: x, between: [0, 1]}", [true, true, false]),
      ("{field: x, missing: true}", [false, false, true]),
    ])
  func testsOfFlags(_ condition: String, _ expected: [Bool]) throws {
    #expect(try holds(condition, Cells.flag("x", [true, false, nil])) == expected)
  }

  /// 2024-03-07 is day 19,789 since 1970-01-01.
  @Test(
    arguments: [
      ("{field: x, is: 2024-03-07}", [false, true, true, false, false]),
      ("{field: x, at_least: 2024-03-07}", [false, true, true, true, false]),
      ("{field: x, at_most: 2024-03-07}", [true, true, true, false, false]),
      ("{field: x, above: 2024-03-07}", [false, false, false, true, false]),
      ("{field: x, below: 2024-03-07}", [true, false, false, false, false]),
      ("{field: x, between: [2024-03-06, 2024-03-07]}", [true, true, true, false, false]),
      ("{field: x, not_in: [2024-03-07]}", [true, false, false, true, false]),
      ("{field: x, above: 2024-03-07 10:30}", [false, false, true, true, false]),
      ("{field: x, missing: true}", [false, false, false, false, true]),
    ])
  func testsOfDatesCoverTheDay(_ condition: String, _ expected: [Bool]) throws {
    let day = 19_789.0 * 86_400
    let column = Cells.date("x", [day - 1, day, day + 86_399.5, day + 86_400, nil])
    #expect(try holds(condition, column) == expected)
  }

  @Test func calendarIsExact() throws {
    for (text, days) in [
      ("1970-01-01", 0.0), ("1969-12-31", -1), ("2000-02-29", 11_016),
      ("1900-03-01", -25_508),
    ] {
      #expect(
        try holds("{field: x, is: \(text)}", Cells.date("x", [days * 86_400, days * 86_400 - 1]))
          == [true, false])
    }
  }

  @Test func missingTokensCountAsNotFilledIn() throws {
    let sheet = """
      missing: [Select, "-1"]
      groups:
      - {name: g, category: fit, rules: [{name: r, when: {field: x, missing: true}, points: 1}]}
      """
    #expect(
      try score(sheet, [Cells.category("x", ["Select", " Select", "a", nil])]) == [1, 1, 0, 1])
    #expect(try score(sheet, [Cells.text("x", ["Select", "", "a", nil])]) == [1, 1, 0, 1])
    #expect(try score(sheet, [Cells.number("x", [-1, 0, 1, nil])]) == [1, 0, 0, 1])
    #expect(
      try holds(
        "{field: x, missing: true}", Cells.category("x", ["unknown", "b"]), missing: ["unknown"])
        == [true, false])
    // With a schema, a column's own tokens stand in place of the project's.
    let table = Cells.table([Cells.category("x", ["unknown", "b"])])
    let file = try RuleFile.parse(sheet, fileName: "r.yaml")
    let scorer = try RuleScorer(file, schema: table.schema, projectMissingTokens: ["unknown"])
    #expect(try scorer.score(table).points == [0, 0])
  }

  @Test func capsAndFloorsApplyInOrderAndLeaveTheirLines() throws {
    let file = try RuleFile.parse(
      """
      categories: {fit: {cap: 20, floor: 5}}
      groups:
      - name: a
        category: fit
        cap: 12
        rules:
        - {name: r1, when: {field: x, at_least: 1}, points: 10, cap: 8}
        - {name: r2, when: {field: x, at_least: 2}, points: 9}
      - name: b
        category: fit
        floor: 0
        rules:
        - {name: r3, when: {field: x, at_least: 1}, points: 15}
        - {name: r4, when: {field: x, at_most: 0}, points: -7.5, floor: -3}
      grades: {fit: {A: 20, B: 5}}
      """, fileName: "r.yaml")
    let table = Cells.table([Cells.number("x", [2, 0])])
    let scorer = try RuleScorer(file, schema: table.schema, projectMissingTokens: [])
    let full = try scorer.ledger(table, row: 0)
    #expect(
      full.lines.map(\.text) == [
        "r1 +10", "r1 cap -2", "r2 +9", "a cap -5", "r3 +15", "fit cap -7",
      ])
    #expect(full.total == 20_000 && full.grade == "A")
    #expect(full.reasons == "r3 +15; r1 +10; r2 +9; fit cap -7; a cap -5; r1 cap -2")
    let empty = try scorer.ledger(table, row: 1)
    #expect(
      empty.lines.map(\.text) == ["r4 -7.5", "r4 floor +4.5", "b floor +3", "fit floor +5"])
    #expect(empty.total == 5_000 && empty.grade == "B")
    #expect(try scorer.score(table).points == [20_000, 5_000])
  }

  @Test func disqualifyingTakesGradeAndStage() throws {
    let file = try RuleFile.parse(
      """
      groups:
      - name: g
        category: fit
        rules:
        - {name: big, when: {field: x, at_least: 1}, points: 50}
        - {name: student, when: {field: x, at_least: 2}, disqualifies: true}
        - {name: competitor, when: {field: x, at_least: 3}, points: -10, disqualifies: true}
      stages: {mql: {at_least: 30}}
      grades: {fit: {A: 50, B: 0}}
      """, fileName: "r.yaml")
    let table = Cells.table([Cells.number("x", [1, 2, 3])])
    let scorer = try RuleScorer(file, schema: table.schema, projectMissingTokens: [])
    let scores = try scorer.score(table)
    #expect(scores.points == [50_000, 50_000, 40_000])
    #expect(scores.disqualified == [false, true, true])
    #expect((0..<3).map(scores.grade) == ["A", nil, nil])
    #expect((0..<3).map(scores.stage) == ["mql", nil, nil])
    let ledger = try scorer.ledger(table, row: 2)
    #expect(ledger.isDisqualified && ledger.grade == nil && ledger.stage == nil)
    #expect(
      ledger.reasons == "disqualified: student; disqualified: competitor; big +50; competitor -10")
    #expect(try scorer.reasons(table)[0] == "big +50")
  }

  @Test func scaleIsClampedAndStagesAreExact() throws {
    let file = try RuleFile.parse(
      """
      scale: {from: 10, to: 20, raw: 3}
      groups:
      - name: g
        category: fit
        rules:
        - {name: a, when: {field: x, is: 1}, points: 1}
        - {name: b, when: {field: x, is: 2}, points: -5}
        - {name: c, when: {field: x, is: 3}, points: 30}
        - {name: d, when: {field: x, is: 4}, points: 1.5}
      stages: {low: {at_least: 10}, third: {at_least: 13.333}, half: {at_least: 15}, over: {above: 15}}
      """, fileName: "r.yaml")
    let table = Cells.table([Cells.number("x", [0, 1, 2, 3, 4])])
    let scores = try RuleScorer(file, schema: nil, projectMissingTokens: []).score(table)
    #expect(scores.scores == [10, 10 + 10.0 / 3, 10, 20, 15])
    #expect((0..<5).map(scores.stage) == ["low", "third", "low", "over", "half"])
    #expect(scores.grades.isEmpty && scores.grade(0) == nil)
  }

  @Test func columnsThatAreNotThereNameTheNearest() throws {
    let file = try RuleFile.parse(Self.bankSheet, fileName: "bank.yaml")
    var schema = Self.bankTable.schema
    schema.columns[0].name = "balances"
    let error = #expect(throws: RuleError.self) {
      try RuleScorer(file, schema: schema, projectMissingTokens: [])
    }
    #expect(
      error.map { "\($0)" }
        == "bank.yaml, line 6, column 37 (groups[0].rules[0].when.field): there is no column "
        + "'balance' in the table; did you mean 'balances'?")
    let scorer = try RuleScorer(file, schema: nil, projectMissingTokens: [])
    #expect(throws: RuleError.self) { try scorer.score(Cells.table([Cells.number("x", [1])])) }
  }

  @Test(
    arguments: [
      ("{field: x, in: [mar, sep]}", "'x' holds numbers; 'mar' is none"),
      ("{field: x, matches: a}", "`matches` cannot be asked of 'x', which is a number column"),
      ("{field: x, between: [5, 1]}", "lower value first"),
    ])
  func valuesThatAColumnCannotHaveAreErrors(_ condition: String, _ words: String) {
    let error = #expect(throws: RuleError.self) {
      try holds(condition, Cells.number("x", [1]))
    }
    #expect(error.map { "\($0)" }?.contains(words) == true)
    #expect(error.map { "\($0)" }?.contains("line 2") == true)
  }

  @Test func otherTypesHaveTheirErrorsToo() {
    #expect(throws: RuleError.self) {
      try holds("{field: x, at_least: 5}", Cells.category("x", ["a"]))
    }
    #expect(throws: RuleError.self) { try holds("{field: x, is: maybe}", Cells.flag("x", [true])) }
    #expect(throws: RuleError.self) { try holds("{field: x, is: 5}", Cells.date("x", [1])) }
    for text in [
      "2024-02-30", "2023-02-29", "2024-13-01", "24-01-01", "2024-01-01T24:00", "1/2/2024",
    ] {
      #expect(throws: RuleError.self) {
        try holds("{field: x, is: '\(text)'}", Cells.date("x", [1]))
      }
    }
  }

  @Test func emptyTablesScoreNothing() throws {
    let file = try RuleFile.parse(Self.bankSheet, fileName: "bank.yaml")
    let scorer = try RuleScorer(file, schema: nil, projectMissingTokens: [])
    #expect(try scorer.score(Self.bankTable.block(0..<0)).count == 0)
  }
}
