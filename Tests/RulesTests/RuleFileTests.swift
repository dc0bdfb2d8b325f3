import Rules
import Testing
import YAMLDocuments

@Suite struct RuleFileTests {
  private func parse(_ text: String) throws -> RuleFile {
    try RuleFile.parse(text, fileName: "r.yaml")
  }

  /// A file with one group of the given rules.
  private func rules(_ lines: String...) -> String {
    (["groups:", "- name: g", "  category: fit", "  rules:"] + lines.map { "  - \($0)" })
      .joined(separator: "\n") + "\n"
  }

  private func place(_ line: Int, _ column: Int, _ path: String) -> YAMLPlace {
    YAMLPlace(file: "r.yaml", line: line, column: column, path: path)
  }

  @Test func readsEveryKey() throws {
    let file = try parse(
      """
      scale: {from: 1, to: 10, raw: 50}
      missing: ["", Select]
      categories: {engagement: {cap: 60, floor: 0}}
      profiles:
        both: {all: [{profile: small}, {field: city, matches: "^M"}]}
        small: {field: employees, between: [1, 50]}
      groups:
        - name: web
          category: engagement
          cap: 30
          floor: -5
          rules:
            - {name: a, when: {field: visits, at_least: 2, below: 9}, points: 2.5, cap: 2, floor: 1}
        - name: who
          category: fit
          rules:
            - {name: b, when: {profile: both}, points: 10}
            - {name: c, when: {not: {field: mail, missing: true}}, disqualifies: true}
      stages: {sql: {above: 5}, mql: {at_least: 2.5}}
      grades: {fit: {B: 0, A: 10}}
      """)
    #expect(file.scale.raw == 50_000 && file.scale.from == 1_000 && file.scale.to == 10_000)
    #expect(file.missing == ["", "Select"])
    #expect(file.categories.map(\.name) == ["fit", "engagement"])
    #expect(file.categories[1].bounds == RuleBounds(cap: 60_000, floor: 0))
    #expect(file.categories[0].grades.map(\.name) == ["A", "B"])
    #expect(file.profiles.map(\.name) == ["small", "both"])
    #expect(file.groups.map(\.category) == [1, 0])
    #expect(file.groups[0].bounds == RuleBounds(cap: 30_000, floor: -5_000))
    #expect(file.groups[0].rules[0].points == 2_500)
    #expect(file.groups[0].rules[0].bounds == RuleBounds(cap: 2_000, floor: 1_000))
    #expect(file.groups[1].rules[1].disqualifies)
    #expect(file.stages.map(\.name) == ["mql", "sql"])
    #expect(
      file.requiredColumns == [
        RuleColumn(name: "employees", use: .ordered), RuleColumn(name: "city", use: .text),
        RuleColumn(name: "visits", use: .ordered), RuleColumn(name: "mail", use: .any),
      ])
  }

  @Test func mistypedKeysNameLineAndNearest() {
    let error = #expect(throws: YAMLError.self) {
      try parse(rules("{name: a, when: {feild: x, is: 1}, points: 1}"))
    }
    #expect(
      error.map { "\($0)" }
        == "r.yaml, line 5, column 22 (groups[0].rules[0].when): unknown key 'feild'; "
        + "did you mean 'field'?")
    #expect(throws: YAMLError.self) { try parse("grups: []\n") }
  }

  @Test(
    arguments: [
      "{name: a, event: email_open, points: 2}", "{name: a, no_event_within: 7d, points: -10}",
      "{name: a, when: {field: t, seniority: [vp]}, points: 2}",
      "{name: a, when: {field: t, is: x}, points: 2, lifespan: 60d}",
    ])
  func rulesAboutEventsAreRefusedWithTheirLine(_ rule: String) {
    let error = #expect(throws: YAMLError.self) { try parse(rules(rule)) }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains("not available in this version"))
    #expect(message.contains("line 5"))
  }

  @Test func decayOfAGroupIsRefused() {
    let error = #expect(throws: YAMLError.self) {
      try parse("groups:\n- name: g\n  category: fit\n  decay: {half_life: 30d}\n  rules: []\n")
    }
    #expect(error == .notAvailable(place(4, 3, "groups[0]"), what: "event rules are"))
  }

  @Test func profilesMustExistAndNotRunInARing() {
    #expect(
      throws: RuleError.unknownProfile(
        place(6, 31, "groups[0].rules[0].when.profile"), name: "IPC", nearest: "ICP")
    ) {
      try parse(
        "profiles: {ICP: {field: a, is: b}}\n"
          + rules("{name: a, when: {profile: IPC}, points: 1}"))
    }
    let error = #expect(throws: RuleError.self) {
      try parse(
        "profiles: {a: {profile: b}, b: {not: {profile: a}}}\n"
          + rules("{name: a, when: {profile: a}, points: 1}"))
    }
    #expect(error.map { "\($0)" }?.contains("a → b → a") == true)
  }

  /// A chain of profiles that each use the one before twice is worked out once each.
  @Test func profilesThatMultiplyStaySmall() throws {
    var text = "profiles:\n  p0: {field: x, is: a}\n"
    for index in 1...60 {
      text += "  p\(index): {all: [{profile: p\(index - 1)}, {profile: p\(index - 1)}]}\n"
    }
    let file = try parse(text + rules("{name: a, when: {profile: p60}, points: 1}"))
    let table = Cells.table([Cells.category("x", ["a", "b"])])
    let scorer = try RuleScorer(file, schema: nil, projectMissingTokens: [])
    #expect(try scorer.score(table).points == [1_000, 0])
  }

  @Test(
    arguments: [
      "{name: a, when: {field: x}, points: 1}", "{name: a, when: {is: 1}, points: 1}",
      "{name: a, when: {field: x, is: 1, any: []}, points: 1}",
      "{name: a, when: {profile: p, is: 1}, points: 1}", "{name: a, when: {any: []}, points: 1}",
      "{name: a, when: {field: x, in: []}, points: 1}",
      "{name: a, when: {field: x, is: }, points: 1}",
      "{name: a, when: {field: x, is: \"\"}, points: 1}",
      "{name: a, when: {field: x, between: [1]}, points: 1}",
      "{name: a, when: {field: x, matches: \"(\"}, points: 1}",
      "{name: a, when: {field: x, missing: maybe}, points: 1}",
      "{name: a, when: {field: x, is: 1}}", "{name: a, when: {field: x, is: 1}, points: 1.2345}",
      "{name: a, when: {field: x, is: 1}, points: 2000000}",
      "{name: a, when: {field: x, is: 1}, points: 1, cap: 1, floor: 2}",
      "{when: {field: x, is: 1}, points: 1}", "{name: \"\", when: {field: x, is: 1}, points: 1}",
      "{name: a, points: 1}", "{name: a, when: {field: x, is: 1}, points: ten}",
    ])
  func badRulesAreErrorsWithTheirLine(_ rule: String) {
    let error = #expect(throws: (any Error).self) { try parse(rules(rule)) }
    #expect(error.map { "\($0)" }?.contains("r.yaml, line 5") == true)
  }

  @Test(
    arguments: [
      "scale: {from: 5, to: 5}\n", "scale: {raw: 0}\n", "scale: {raw: -10}\n",
      "categories: {engagment: {cap: 5}}\n", "categories: {fit: {cap: 1, floor: 2}}\n",
      "grades: {other: {A: 1}}\n", "grades: {fit: {A: 1, B: 1}}\n", "grades: {fit: {}}\n",
      "stages: {a: {at_least: 1}, b: {at_least: 1}}\n", "stages: {a: 5}\n",
      "stages: {a: {at_least: 1, above: 2}}\n", "profiles: [a]\n", "missing: {a: b}\n",
      "scale: {from: 0, from: 1}\n", "timezone: x\n", "groups: []\n",
    ])
  func badFilesAreErrors(_ head: String) {
    let error = #expect(throws: (any Error).self) {
      try parse(head + rules("{name: a, when: {field: x, is: 1}, points: 1}"))
    }
    #expect(error.map { "\($0)" }?.contains("line ") == true)
  }

  @Test func namesAreGivenOnceInAGroup() {
    let rule = "{name: a, when: {field: x, is: 1}, points: 1}"
    #expect(
      throws: RuleError.repeatedName(
        place(6, 12, "groups[0].rules[1].name"), name: "a", firstLine: 5)
    ) { try parse(rules(rule, rule)) }
  }

  @Test func whatNobodyCanReachIsWarnedAbout() throws {
    let file = try parse(
      """
      scale: {raw: 40}
      categories: {fit: {cap: 25}}
      profiles: {idle: {field: a, is: x}}
      groups:
        - name: g
          category: fit
          rules:
            - {name: a, when: {field: a, is: x}, points: 10}
            - {name: b, when: {field: b, is: x}, points: 20}
      stages: {mql: {at_least: 25}, sql: {at_least: 62.5}, won: {above: 62.5}}
      grades: {fit: {A: 26, B: 15, C: 11, D: 0, E: -5}}
      """)
    #expect(
      file.warnings == [
        "No rule uses profile idle.",
        "No lead can get grade A of fit: its points run from 0 to 25.",
        "No lead can get grade C of fit: its points run from 0 to 25.",
        "No lead can get grade E of fit: its points run from 0 to 25.",
        "No lead can be in stage won: scores run from 0 to 62.5.",
        "No lead can score 100: the rules give at most 25 points and the scale asks for 40.",
      ])
  }

  @Test func whatCanBeReachedIsNotWarnedAbout() throws {
    #expect(
      try parse(RuleScorerTests.bankSheet).warnings == [
        "No lead can score 100: the rules give at most 65 points and the scale asks for 70."
      ])
  }

  /// Sixty rules of odd points have more sums than are listed: the range decides then.
  @Test func manyRulesAreJudgedByTheirRange() throws {
    let lines = (0..<60).map {
      "  - {name: r\($0), when: {field: x, is: \"\($0)\"}, points: \($0).\($0 + 100)}"
    }
    let text =
      "groups:\n- name: g\n  category: fit\n  rules:\n" + lines.joined(separator: "\n")
      + "\nstages: {a: {at_least: 99.5}}\ngrades: {fit: {A: 1000000, B: 0.5, C: 0}}\n"
    #expect(try parse(text).warnings.count == 1)
  }
}
