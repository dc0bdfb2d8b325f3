import Activities
import ArgumentParser
import Parallel
import Rules
import Tables

/// Leads and activities made up in memory, scored by fifty rules of which half are about activities.
struct RuleScoring: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Fifty rules on leads with activities, as of a moment each.",
    discussion: "Times the scores alone: leads and activities lie in memory already.")

  @Option var leads = 1_000_000
  @Option(help: "Activities a lead.") var activities = 10
  @Option var threads = 2
  @Option(help: "Times that all is done; the median counts.") var `repeat` = 5

  private static let day = 86_400.0
  private static let asOf = 20_000 * day
  private static let types = [
    "email_open", "email_click", "page_view", "form", "webinar", "download", "demo", "login",
    "email_sent", "call",
  ]
  private static let pages = ["home", "pricing", "docs", "blog", "contact", "help"]
  private static let industries = ["Software", "SaaS", "Retail", "Finance", "Health", "Education"]
  private static let countries = ["ES", "PT", "MX", "FR", "DE", "IT", "US", "CL"]

  func run() throws {
    let pool = WorkerPool(threadCount: threads)
    let file = try RuleFile.parse(Self.rules, fileName: "rules.yaml")
    let count = file.groups.reduce(0) { $0 + $1.rules.count }
    let table = leadTable()
    let log = try activityLog(pool)
    let events = RuleEvents(
      log: log, moments: (0..<leads).map { Moment(lead: Int32($0), asOf: Self.asOf) },
      ages: [Double](repeating: 200 * Self.day, count: leads))
    let scorer = try RuleScorer(file, schema: nil, projectMissingTokens: [])
    var seconds: [Double] = []
    var scores = scorer.noScores
    for _ in 0..<`repeat` {
      let start = now()
      scores = try scorer.score(table, events: events, pool: pool)
      seconds.append(now() - start)
    }
    let alone = try scorer.score(table, events: events)
    guard alone == scores else { throw ValidationError("the scores depend on the threads") }
    show([
      "seconds": median(seconds), "rules": Double(count), "leads": Double(leads),
      "activities": Double(log.eventCount), "threads": Double(threads),
      "mean_points": Double(scores.points.reduce(0, +)) / 1_000 / Double(max(1, leads)),
    ])
  }

  /// A number below `bound` for each counter: the same leads on every machine.
  private static func hashed(_ counter: Int, _ bound: Int) -> Int {
    var z = UInt64(truncatingIfNeeded: counter) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }

  private func leadTable() -> Table {
    func codes(_ levels: [String], _ seed: Int) -> ColumnValues {
      .category(
        CategoryValues(
          codes: (0..<leads).map { Int32(Self.hashed($0 * 8 + seed, levels.count + 1)) - 1 },
          levels: levels))
    }
    return Table(
      columns: [
        Column(name: "industry", values: codes(Self.industries, 1)),
        Column(name: "country", values: codes(Self.countries, 2)),
        Column(
          name: "employees",
          values: .number((0..<leads).map { Double(Self.hashed($0 * 8 + 3, 2_000)) })),
        Column(
          name: "visits",
          values: .number((0..<leads).map { Double(Self.hashed($0 * 8 + 4, 40)) })),
        Column(
          name: "consent",
          values: .flag((0..<leads).map { Int8(Self.hashed($0 * 8 + 5, 3)) - 1 })),
      ], rowCount: leads)
  }

  private func activityLog(_ pool: WorkerPool) throws -> ActivityLog {
    let columns = ActivityColumns(
      lead: "lead", at: "at", type: "kind", value: "amount", attributes: ["page"],
      byUs: ["email_sent", "call"])
    let ids = (0..<leads).map { String($0) }
    let builder = ActivityLogBuilder(columns: columns, leads: LeadIndex(ids: ids))
    // A block of leads at a time, so that the table of their activities stays small.
    let blocks = RowBlocks(rowCount: leads, blockSize: 20_000)
    _ = try pool.map(blocks.count) { index in
      let rows = blocks[index].flatMap { [Int](repeating: $0, count: activities) }
      let places = rows.indices.map { blocks[index].lowerBound * activities + $0 }
      let first = blocks[index].lowerBound
      try builder.add(
        Table(
          columns: [
            Column(
              name: "lead",
              values: .category(
                CategoryValues(
                  codes: rows.map { Int32($0 - first) }, levels: Array(ids[blocks[index]])))),
            Column(
              name: "at",
              values: .date(
                places.map {
                  Self.asOf - 1 - Double(Self.hashed($0 * 4 + 1, 180 * 86_400))
                })),
            Column(
              name: "kind",
              values: .category(
                CategoryValues(
                  codes: places.map { Int32(Self.hashed($0 * 4 + 2, Self.types.count)) },
                  levels: Self.types))),
            Column(
              name: "amount", values: .number(places.map { Double(Self.hashed($0 * 4 + 3, 500)) })),
            Column(
              name: "page",
              values: .category(
                CategoryValues(
                  codes: places.map { Int32(Self.hashed($0 * 4, Self.pages.count + 1)) - 1 },
                  levels: Self.pages))),
          ], rowCount: rows.count))
    }
    return try builder.finish(pool: pool)
  }

  /// Twenty-five rules about what a lead is, twenty-five about what it did.
  private static let rules: String = {
    var text = """
      scale: {from: 0, to: 100, raw: 200}
      profiles: {target: {any: [{field: industry, in: [Software, SaaS]}, {field: employees, at_least: 500}]}}
      categories: {engagement: {cap: 150, floor: 0}}
      stages: {mql: {at_least: 30}, sql: {above: 60}}
      grades: {fit: {A: 60, B: 30, C: 10, D: 0}, engagement: {1: 60, 2: 30, 3: 10, 4: 0}}
      groups:
        - name: who
          category: fit
          rules:
            - {name: target, when: {profile: target}, points: 20}

      """
    func add(_ name: String, _ rule: String) {
      text += "      - {name: \(name), \(rule)}\n"
    }
    for index in 0..<6 {
      add(
        "industry \(index)", "when: {field: industry, is: \(industries[index])}, points: \(index)")
    }
    for index in 0..<6 {
      add(
        "country \(index)",
        "when: {field: country, in: [\(countries[index]), \(countries[index + 1])]}, points: \(index)"
      )
    }
    for index in 0..<6 {
      add("size \(index)", "when: {field: employees, at_least: \(index * 300)}, points: 2")
    }
    for index in 0..<6 {
      add(
        "visits \(index)",
        "when: {all: [{field: visits, above: \(index * 5)}, {field: consent, is: \"yes\"}]}, points: 2"
      )
    }
    text += "  - name: what\n    category: engagement\n    decay: {half_life: 30d}\n    rules:\n"
    for type in types.dropLast(2) {
      add("each \(type)", "event: \(type), points: 2, each: true, cap: 20")
    }
    for page in pages {
      add("page \(page)", "event: page_view, where: {page: \(page)}, points: 3, within: 60d")
    }
    add("large", "event: form, where: {amount: {at_least: 250}}, points: 5, lifespan: 60d")
    add("demo", "event: demo, points: 30, lifespan: 90d")
    add("several downloads", "event: download, times: {at_least: 2}, points: 8")
    add("reader", "event: email_open, rate: {of: email_sent, at_least: 50%}, points: 10")
    add("active", "event: \"*\", within: 30d, times: {between: [2, 9]}, points: 5")
    add(
      "less than before",
      "event: \"*\", within: 30d, rate: {of: \"*\", within: [30d, 60d], at_most: 50%}, points: -5")
    add("silent", "no_event_within: 14d, points: -10")
    add("no log-in", "event: login, no_event_within: 60d, points: -5")
    add("asked or called", "when: {any: [{event: demo}, {event: call, within: 30d}]}, points: 4")
    add(
      "clicked at home",
      "event: email_click, when: {field: country, is: ES}, points: 4, each: true, cap: 12")
    add("help", "event: page_view, where: {page: [help, contact]}, within: 14d, points: 6")
    return text
  }()
}
