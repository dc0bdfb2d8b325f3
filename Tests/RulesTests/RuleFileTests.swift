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
    arguments: [("contains", "matches"), ("equals", "is"), ("min", "at_least"), ("GT", "above")])
  func testsAsOtherToolsCallThemNameTheRightOne(_ word: String, _ test: String) {
    for rule in ["when: {field: x, \(word): 1}", "event: e, where: {x: {\(word): 1}}"] {
      let error = #expect(throws: YAMLError.self) {
        try parse(rules("{name: a, \(rule), points: 1}"))
      }
      #expect(error?.description.hasSuffix("did you mean '\(test)'?") == true, "\(rule)")
    }
  }

  @Test func countsAskOfNoTestThatTheyLack() {
    let errors = ["max", "contains"].map { word in
      #expect(throws: YAMLError.self) {
        try parse(rules("{name: a, event: e, times: {\(word): 1}, points: 1}"))
      }
    }
    #expect(errors[0]?.description.hasSuffix("did you mean 'at_most'?") == true)
    #expect(errors[1]?.description.contains("matches") == false)
  }

  @Test func readsEveryKeyOfRulesAboutActivities() throws {
    let file = try parse(
      """
      groups:
        - name: web
          category: engagement
          decay: {every: 7d, percent: 12.5, shape: compound}
          rules:
            - name: a
              event: [open, click]
              where: {page: {in: [x, y]}}
              within: [30d, 8w]
              once_per: page
              times: {between: [2, 5]}
              each: true
              lifespan: 36h
              points: 2
            - {name: b, event: "*", rate: {of: sent, within: 60d, above: 12.5%, at_most: 2}, points: 1}
            - {name: c, no_event_within: 7d, event: open, points: -3}
            - {name: d, when: {any: [{event: x, times: {is: 0}}, {no_event_within: 3d}]}, points: 1}
      stages: {mql: {at_least: 3}, sql: {above: 5}}
      next_step: {mql: nurture, sql: sales, no_stage: wait}
      """)
    let rules = file.groups[0].rules
    #expect(file.groups[0].decay == .compoundSteps(every: 604_800, percent: 12_500))
    #expect(rules[0].event?.selection.types == ["open", "click"])
    #expect(rules[0].event?.selection.window.oldest == 56 * 86_400)
    #expect(rules[0].event?.selection.window.newest == 30 * 86_400)
    #expect(rules[0].event?.oncePer == "page" && rules[0].event?.times == 2...5)
    #expect(rules[0].each && rules[0].lifespan == 129_600)
    #expect(rules.dropFirst().allSatisfy { $0.event == nil && $0.condition != nil })
    guard case .event(let test)? = rules[1].condition else {
      Issue.record("a rate is a condition")
      return
    }
    #expect(test.selection.types.isEmpty && test.rate?.selection.types == ["sent"])
    #expect(test.rate?.bounds.lower?.share == 12_500)
    #expect(test.rate?.bounds.lower?.isExclusive == true)
    #expect(test.rate?.bounds.upper?.share == 200_000)
    #expect(test.rate?.bounds.upper?.isExclusive == false)
    #expect(file.selections.count == 6)
    #expect(file.nextSteps?.byStage == ["nurture", "sales"])
    #expect(file.nextSteps?.noStage == "wait" && file.nextSteps?.disqualified == "drop")
  }

  @Test(
    arguments: [
      ("event: x, evry: true, points: 1", "unknown key 'evry'"),
      ("event: x, withn: 7d, points: 1", "did you mean 'within'?"),
      ("event: x, within: 7, points: 1", "a length of time such as 90d"),
      ("event: x, within: 0d, points: 1", "above zero"),
      ("event: x, within: [60d, 30d], points: 1", "the shorter first"),
      ("event: x, times: 3, points: 1", "mapping"), ("event: x, times: {}, points: 1", "bound"),
      ("event: x, times: {between: [5, 3]}, points: 1", "lower value first"),
      ("event: x, rate: {of: y}, points: 1", "needs a bound"),
      ("event: x, rate: {at_least: 5%}, points: 1", "of"),
      ("event: x, rate: {of: y, at_least: often}, points: 1", "a share such as 25%"),
      ("event: x, rate: {of: y, at_least: 5%}, each: true, points: 1", "`each` needs activities"),
      ("event: x, times: {at_most: 2}, lifespan: 3d, points: 1", "`lifespan` needs activities"),
      ("event: [x, \"*\"], points: 1", "alone"), ("event: [], points: 1", "a type of activity"),
      ("event: x, where: {}, points: 1", "at least one column"),
      ("event: x, where: {p: {at_lest: 3}}, points: 1", "did you mean 'at_least'?"),
      ("no_event_within: 7d, within: 3d, points: 1", "no meaning beside `no_event_within`"),
      ("no_event_within: 7d, lifespan: 3d, points: 1", "no meaning beside `no_event_within`"),
      ("when: {field: x, is: a}, lifespan: 3d, points: 1", "`lifespan` needs an `event`"),
      ("when: {field: x, is: a}, within: 3d, points: 1", "`within` needs an `event`"),
      ("when: {field: x, seniority: [directr]}, points: 1", "did you mean"),
      ("when: {field: x, within: 3d}, points: 1", "field and within together"),
      ("when: {event: x, is: 3}, points: 1", "event and is together"),
      ("points: 1", "does not say"),
    ])
  func badRulesAboutActivitiesAreErrorsWithTheirLine(_ rule: String, _ words: String) {
    let error = #expect(throws: (any Error).self) { try parse(rules("{name: a, \(rule)}")) }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains("r.yaml, line 5"), "\(message)")
    #expect(message.contains(words), "\(message)")
  }

  @Test(
    arguments: [
      ("{half_life: 3d, every: 2d}", "either"), ("{every: 2d}", "either"), ("{}", "either"),
      ("{half_life: soon}", "a length of time"), ("{every: 7d, percent: 0}", "above 0"),
      ("{every: 7d, percent: 10, shape: round}", "linear or compound"),
      ("{halflife: 3d}", "did you mean 'half_life'?"),
    ])
  func badDecaysAreErrorsWithTheirLine(_ decay: String, _ words: String) {
    let error = #expect(throws: (any Error).self) {
      try parse(
        "groups:\n- name: g\n  category: fit\n  decay: \(decay)\n  rules:\n"
          + "  - {name: a, event: x, points: 1}\n")
    }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains("r.yaml, line 4") && message.contains(words), "\(message)")
  }

  @Test func nextStepsNameTheFilesStages() {
    let rule = rules("{name: a, event: x, points: 1}") + "stages: {mql: {at_least: 1}}\n"
    let mistyped = #expect(throws: RuleError.self) {
      try parse(rule + "next_step: {mlq: sales}\n")
    }
    #expect(mistyped.map { "\($0)" }?.contains("did you mean 'mql'?") == true)
    let missing = #expect(throws: RuleError.self) { try parse(rule + "next_step: {}\n") }
    #expect(missing.map { "\($0)" }?.contains("nothing is said of stage 'mql'") == true)
  }

  @Test func whatActivitiesCanReachIsKnown() throws {
    func warnings(_ rule: String, _ rest: String, group: String = "") throws -> [String] {
      try parse(
        "scale: {raw: 1}\ngroups:\n- name: g\n  category: fit\n\(group)  rules:\n  - \(rule)\n\(rest)\n"
      ).warnings
    }
    let grades = "grades: {fit: {A: 1000, B: 7, C: 5, D: 0}}"
    // Without a cap there is no end, but 7 is no multiple of 5, nor is what is above the cap.
    let endless = "{name: a, event: x, points: 5, each: true}"
    #expect(try warnings(endless, grades).isEmpty)
    let capped = "{name: a, event: x, points: 5, each: true, cap: 6}"
    #expect(
      try warnings(capped, grades) == [
        "No lead can get grade A of fit: its points run from 0 to 6.",
        "No lead can get grade B of fit: its points run from 0 to 6.",
      ])
    let thrice = "{name: a, event: x, points: 5, each: true, times: {between: [2, 3]}}"
    #expect(
      try warnings(thrice, "grades: {fit: {A: 15, B: 10, C: 5, D: 0}}") == [
        "No lead can get grade C of fit: its points run from 0 to 15."
      ])
    let once = "{name: a, event: x, points: 5}"
    #expect(try warnings(once, "grades: {fit: {A: 5, B: 4, C: 0}}").count == 1)
    #expect(
      try warnings(once, "grades: {fit: {A: 5, B: 4, C: 0}}", group: "  decay: {half_life: 3d}\n")
        .isEmpty)
    let down = "{name: a, event: x, points: -5, each: true}"
    #expect(
      try warnings(down, "grades: {fit: {A: 1, B: 0, C: -1000}}").first
        == "No lead can get grade A of fit: its points are at most 0.")
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

  @Test(
    arguments: [
      ("scale", "scal"), ("missing", "mising"), ("categories", "categries"),
      ("profiles", "profile"), ("groups", "grups"), ("stages", "stage"), ("grades", "grade"),
      ("next_step", "next_stp"), ("from", "frm"), ("floor", "flor"), ("category", "categry"),
      ("decay", "decy"), ("half_life", "half_live"), ("rules", "ruls"), ("when", "wen"),
      ("points", "point"), ("field", "feild"), ("at_least", "atleast"), ("above", "abov"),
      ("lifespan", "life_span"), ("event", "evnt"),
    ])
  func aMisspeltKeyIsNamedWithTheNearestOne(key: String, misspelt: String) throws {
    let text = """
      scale: {from: 0, to: 100, raw: 50}
      missing: ["", Select]
      categories: {engagement: {cap: 60, floor: 0}}
      profiles: {p: {any: [{field: city, is: M}]}}
      groups:
        - name: web
          category: engagement
          decay: {half_life: 30d}
          rules:
            - {name: a, when: {field: visits, at_least: 2}, points: 2}
            - {name: b, event: open, points: 2, lifespan: 30d}
      stages: {s: {above: 5}}
      grades: {engagement: {A: 5, B: 0}}
      next_step: {s: call}
      """
    #expect(try parse(text).groups.count == 1)
    let wrong = text.replacing("\(key):", with: "\(misspelt):", maxReplacements: 1)
    let error = #expect(throws: (any Error).self) { try parse(wrong) }
    let said = error.map { "\($0)" } ?? ""
    #expect(said.contains("'\(misspelt)'") && said.contains("did you mean '\(key)'"), "\(said)")
    #expect(said.contains("r.yaml, line "), "\(said)")
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
