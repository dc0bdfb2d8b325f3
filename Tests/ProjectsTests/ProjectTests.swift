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
          leads: TableSource(
            .csv(ProjectPath("bank.csv", folder: "sets/bank/")), separator: UInt8(ascii: ";"),
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
    #expect(project.leads?.files.map(\.resolved) == ["sets/bank/bank.csv"])
    #expect(project.rules?.resolved == "sets/bank/../rules.yaml")
    #expect(ProjectPath("/data/x.csv", folder: "sets/").resolved == "/data/x.csv")
  }

  @Test func shortFormsAreEnough() throws {
    let project = try parse("leads: x.csv\nid: a\nmissing: unknown\noutcome: {column: y}\n")
    #expect(project.leads == TableSource(.csv(ProjectPath("x.csv"))))
    #expect(project.id == ["a"])
    #expect(project.missing == ["unknown"])
    #expect(project.outcome == ProjectOutcome(column: "y"))
    #expect(project.training == ProjectTraining())
  }

  @Test func treesAreDescribed() throws {
    let project = try parse(
      """
      columns:
        visits: {monotone: increasing}
        days: {type: number, monotone: Decreasing}
      training:
        algorithms: boosting
        interactions: [[visits, source], [visits, days]]
        boosting: {rounds: 300, patience: 20, learning_rate: 0.05, leaves: 12, max_depth: 4,
                   minimum_rows: 10, l1: 0.5, l2: 2, row_share: 60%, column_share: 0.7,
                   members: 3, max_bins: 63, categories: rates, smoothing: 5, pairs: 0,
                   minimum_level_rows: 3}
      """)
    #expect(
      project.columns == [
        ProjectColumn(
          name: "visits", monotone: .increasing,
          monotonePlace: place(2, 22, "columns.visits.monotone")),
        ProjectColumn(
          name: "days", type: .number, monotone: .decreasing,
          monotonePlace: place(3, 34, "columns.days.monotone")),
      ])
    #expect(
      project.training
        == ProjectTraining(
          algorithms: [.boosting], interactions: [["visits", "source"], ["visits", "days"]],
          interactionsPlace: place(6, 17, "training.interactions"),
          boosting: ProjectBoosting(
            rounds: 300, patience: 20, learningRate: 0.05, leaves: 12, maxDepth: 4,
            minimumRows: 10, l1: 0.5, l2: 2, rowShare: 0.6, columnShare: 0.7, members: 3,
            maxBins: 63,
            categories: .rates, smoothing: 5, pairs: 0, minimumLevelRows: 3)))
  }

  @Test(
    arguments: [
      ("training: {boosting: {learning_rte: 0.1}}", "did you mean 'learning_rate'?"),
      ("training: {algorithms: [logistic, bosting]}", "did you mean 'boosting'?"),
      ("training: {boosting: {categories: rate}}", "did you mean 'rates'?"),
      (
        "training: {boosting: {learning_rate: 2}}",
        "p.yaml, line 1, column 38 (training.boosting.learning_rate): `learning_rate` must be above 0"
      ),
      (
        "columns:\n  v: {type: flag, monotone: increasing}",
        "p.yaml, line 2, column 29 (columns.v.monotone): expected no such key in a flag column"
      ),
    ])
  func mistakesAboutTreesAreSaidAtTheirPlace(text: String, words: String) {
    let error = #expect(throws: (any Error).self) { try parse(text) }
    #expect(error.map { "\($0)" }?.contains(words) == true, "\(String(describing: error))")
  }

  @Test func algorithmFlagsAreCheckedAsTheFileIs() throws {
    #expect(try ProjectTraining.algorithms(flag: "boosting, logistic") == [.boosting, .logistic])
    for text in ["", "boosting,", "trees", "boosting,boosting"] {
      #expect(throws: ProjectError.self) { try ProjectTraining.algorithms(flag: text) }
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

  @Test func contactedIsAColumnOrActivities() throws {
    let activities =
      "id: l\ncreated: c\nactivities: {from: {csv: a.csv}, lead: l, at: t, type: k}\n"
    #expect(try parse("contacted: called_at").contacted == .column("called_at"))
    for text in ["{event: [call, mail]}", "\"event:call, mail\""] {
      #expect(
        try parse(activities + "contacted: \(text)\n").contacted
          == .after(types: ["call", "mail"]))
    }
    #expect(
      try parse(activities + "contacted: {before: call}\n").contacted == .before(types: ["call"]))
    for text in ["{evnt: call}", "{event: call, before: call}", "[a, b]", "\"event:\"", "{}"] {
      #expect(throws: YAMLError.self) { try parse(activities + "contacted: \(text)\n") }
    }
    // Nobody could tell.
    #expect(throws: YAMLError.self) { try parse("contacted: {event: call}") }
    #expect(ProjectContacted(flag: "before: call,mail ") == .before(types: ["call", "mail"]))
    #expect(ProjectContacted(flag: "event:,") == nil)
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
      "training: {seed: -1}", "training: {algorithms: []}",
      "training: {algorithms: [boosting, boosting]}", "training: {algorithms: [trees]}",
      "training: {interactions: [a, b]}", "training: {interactions: [[a], []]}",
      "training: {interactions: [[a, a]]}", "training: {interactions: []}",
      "training: {boosting: fast}", "training: {boosting: {leaves: 1}}",
      "training: {boosting: {leaves: 1025}}", "training: {boosting: {rounds: 0}}",
      "training: {boosting: {learning_rate: 0}}", "training: {boosting: {learning_rate: 1.1}}",
      "training: {boosting: {row_share: 0%}}", "training: {boosting: {column_share: 101%}}",
      "training: {boosting: {l2: -1}}", "training: {boosting: {max_bins: 256}}",
      "training: {boosting: {categories: hashes}}", "training: {boosting: {pairs: -1}}",
      "columns: {v: {type: category, monotone: increasing}}",
      "columns: {v: {type: date, monotone: increasing}}", "columns: {v: {monotone: up}}",
      "id: [a, a]", "id: {}", "exclude:",
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
    overrides.leads = .csv(ProjectPath("b.csv"))
    overrides.exclude = ["tags", "duration"]
    overrides.missing = ["?"]
    overrides.outcome = ProjectOutcome(column: "y", won: ["b"])
    overrides.seed = 9
    overrides.ruleScore = "Points"
    let merged = project.applying(overrides)
    #expect(
      merged.leads == TableSource(.csv(ProjectPath("b.csv")), separator: UInt8(ascii: ";")))
    #expect(merged.id == ["x"])
    #expect(merged.exclude == ["duration", "tags"])
    #expect(merged.missing == ["unknown", "?"])
    #expect(merged.outcome == ProjectOutcome(column: "y", won: ["b"], lost: ["c"]))
    #expect(merged.training.seed == 9)
    #expect(merged.ruleScore == "Points" && merged.rules == nil)

    let fresh = Project().applying(ProjectOverrides(leads: .csv(ProjectPath("c.csv")), lost: ["z"]))
    #expect(fresh.leads == TableSource(.csv(ProjectPath("c.csv"))))
    #expect(fresh.outcome == nil)
  }
}
