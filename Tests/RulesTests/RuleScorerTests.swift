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
}
