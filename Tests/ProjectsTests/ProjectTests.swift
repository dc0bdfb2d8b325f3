import Projects
import Tables
import Testing
import YAMLDocuments

@Suite struct ProjectTests {
  private func parse(_ text: String) throws -> Project {
    try Project.parse(text, fileName: "p.yaml")
  }

  private func place(_ line: Int, _ column: Int, _ path: String) -> YAMLPlace {
    YAMLPlace(file: "p.yaml", line: line, column: column, path: path)
  }

  @Test func readsEveryKey() throws {
    let project = try Project.parse(
      """
      name: bank
      leads: {csv: bank.csv, separator: ";", encoding: windows-1252, header: false,
              skip_bad_rows: true}
      id: [lead_id, batch]
      account: account_id
      created: created_at
      missing: ["", unknown]
      exclude: [duration]
      columns:
        Region: category
        visits: {type: number, decimal: ",", thousands: "."}
        asked: {type: date, dates: day-first, missing: ["-"]}
      weight: w
      outcome: {column: y, won: ["yes"], lost: no}
      training: {algorithms: [logistic], seed: 7, hold_out: 25%, folds: 5, penalty: 1.5}
      rules: ../rules.yaml
      """, fileName: "sets/bank/kelvin.yaml")
    #expect(
      project
        == Project(
          name: "bank",
          leads: LeadSource(
            path: ProjectPath("bank.csv", folder: "sets/bank/"), separator: UInt8(ascii: ";"),
            encoding: .windows1252, hasHeader: false,
            skipsBadRows: true),
          id: ["lead_id", "batch"], account: "account_id", created: "created_at",
          missing: ["", "unknown"], exclude: ["duration"],
          columns: [
            ProjectColumn(name: "Region", type: .category),
            ProjectColumn(
              name: "visits", type: .number, decimalMark: UInt8(ascii: ","),
              groupingMark: UInt8(ascii: ".")),
            ProjectColumn(name: "asked", type: .date, dateOrder: .dayFirst, missing: ["-"]),
          ], weight: "w", outcome: ProjectOutcome(column: "y", won: ["yes"], lost: ["no"]),
          training: ProjectTraining(
            algorithms: [.logistic], seed: 7, holdOut: 0.25, folds: 5, penalty: .fixed(1.5)),
          rules: ProjectPath("../rules.yaml", folder: "sets/bank/")))
    #expect(project.leads?.path.resolved == "sets/bank/bank.csv")
    #expect(project.rules?.resolved == "sets/bank/../rules.yaml")
    #expect(ProjectPath("/data/x.csv", folder: "sets/").resolved == "/data/x.csv")
  }

  @Test func shortFormsAreEnough() throws {
    let project = try parse("leads: x.csv\nid: a\nmissing: unknown\noutcome: {column: y}\n")
    #expect(project.leads?.path.resolved == "x.csv")
    #expect(project.id == ["a"])
    #expect(project.missing == ["unknown"])
    #expect(project.outcome == ProjectOutcome(column: "y"))
    #expect(project.training == ProjectTraining())
  }

  @Test(
    arguments: [
      ("activities: {from: x}", 1), ("a: 1\ndecision: {}", 1), ("timezone: Europe/Madrid", 1),
      ("leads: {excel: f.xlsx}", 1), ("leads:\n  sqlite: crm.db", 2),
      ("leads: {postgresql: service}", 1), ("leads: {csv: x, joins: y}", 1),
      ("outcome: {event: won}", 1), ("columns:\n  v: {monotone: increasing}", 2),
      ("training:\n  algorithms: [logistic, boosting]", 2),
    ])
  func keysOfLaterVersionsAreRefusedWithTheirLine(_ text: String, _ line: Int) {
    let error = #expect(throws: (any Error).self) { try parse(text) }
    let message = error.map { "\($0)" } ?? ""
    if text.hasPrefix("a:") {
      #expect(message.contains("unknown key 'a'"))
    } else {
      #expect(message.contains("not available in this version"))
      #expect(message.contains("line \(line),"))
    }
  }

  @Test func mistypedKeysNameTheNearest() {
    let error = #expect(throws: YAMLError.self) { try parse("name: x\nexlude: [duration]\n") }
    #expect(
      error.map { "\($0)" }
        == "p.yaml, line 2, column 1: unknown key 'exlude'; did you mean 'exclude'?")
  }

  @Test func mistypedValuesNameTheNearest() {
    #expect(
      throws: ProjectError.valueNotKnown(
        place(1, 19, "columns.Region"), key: "type", found: "categroy", nearest: "category",
        known: ColumnType.allCases.map(\.rawValue))
    ) { try parse("columns: {Region: categroy}") }
    let error = #expect(throws: ProjectError.self) {
      try parse("leads: {csv: x, separator: \"#\"}")
    }
    #expect(error.map { "\($0)" }?.contains("Known: \",\", \";\", \"|\", tab.") == true)
  }

  @Test func contradictionsAreRefused() {
    #expect(throws: ProjectError.wonAndLost(place(1, 36, "outcome.lost"), value: "a")) {
      try parse("outcome: {column: y, won: a, lost: [a]}")
    }
    #expect(throws: ProjectError.rulesTwice(place(2, 13, "rule_score"))) {
      try parse("rules: r.yaml\nrule_score: Points\n")
    }
    #expect(
      throws: ProjectError.columnTwice(
        place(2, 10, "outcome"), column: "y", first: "id", second: "outcome")
    ) { try parse("id: [x, y]\noutcome: {column: y}\n") }
  }

  @Test(
    arguments: [
      "training: {hold_out: 80%}", "training: {penalty: -1}", "training: {folds: 1}",
      "training: {seed: -1}", "training: {algorithms: []}", "id: [a, a]", "id: {}", "exclude:",
      "columns: {v: {type: number, decimal: \",\", thousands: \",\"}}",
      "columns: {v: {type: category, decimal: \",\"}}", "columns: {v: {type: number, dates: iso}}",
      "columns: {v: {decimal: x}}", "outcome: {won: x}", "outcome: y", "leads: {separator: \";\"}",
      "missing: [a, ]\nname: \"\"", "[a, b]", "text",
    ])
  func badValuesAreErrors(_ text: String) {
    #expect(throws: (any Error).self) { try parse(text) }
  }

  @Test func targetFlagsGiveColumnAndValues() throws {
    #expect(try ProjectOutcome.parse(target: "y=yes") == ProjectOutcome(column: "y", won: ["yes"]))
    #expect(
      try ProjectOutcome.parse(target: "deal stage = Won, Renewed", lost: ["Lost"])
        == ProjectOutcome(column: "deal stage", won: ["Won", "Renewed"], lost: ["Lost"]))
    #expect(try ProjectOutcome.parse(target: "Converted") == ProjectOutcome(column: "Converted"))
    for text in ["", "=yes", "y=", "y=,"] {
      #expect(throws: ProjectError.badTarget(text)) { try ProjectOutcome.parse(target: text) }
    }
  }

  @Test func flagsGoBeforeTheFile() throws {
    let project = try parse(
      """
      leads: {csv: a.csv, separator: ";"}
      id: x
      exclude: [duration]
      missing: [unknown]
      outcome: {column: y, won: [a], lost: [b, c]}
      training: {seed: 1}
      rules: r.yaml
      """)
    #expect(project.applying(ProjectOverrides()) == project)
    var overrides = ProjectOverrides()
    overrides.leadsPath = "b.csv"
    overrides.exclude = ["tags", "duration"]
    overrides.missing = ["?"]
    overrides.outcome = ProjectOutcome(column: "y", won: ["b"])
    overrides.seed = 9
    overrides.ruleScore = "Points"
    let merged = project.applying(overrides)
    #expect(
      merged.leads == LeadSource(path: ProjectPath("b.csv"), separator: UInt8(ascii: ";")))
    #expect(merged.id == ["x"])
    #expect(merged.exclude == ["duration", "tags"])
    #expect(merged.missing == ["unknown", "?"])
    #expect(merged.outcome == ProjectOutcome(column: "y", won: ["b"], lost: ["c"]))
    #expect(merged.training.seed == 9)
    #expect(merged.ruleScore == "Points" && merged.rules == nil)

    let fresh = Project().applying(ProjectOverrides(leadsPath: "c.csv", lost: ["z"]))
    #expect(fresh.leads == LeadSource(path: ProjectPath("c.csv")))
    #expect(fresh.outcome == nil)
  }
}
