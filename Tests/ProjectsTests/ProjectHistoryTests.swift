import Projects
import Testing
import YAMLDocuments

@Suite struct ProjectHistoryTests {
  private func parse(_ text: String) throws -> Project {
    try Project.parse(text, fileName: "sets/p.yaml")
  }

  private func path(_ name: String) -> ProjectPath { ProjectPath(name, folder: "sets/") }

  @Test(
    arguments: [
      ("leads: crm.xlsx", .excel(ProjectPath("crm.xlsx", folder: "sets/"), sheet: nil)),
      (
        "leads: {excel: crm.xlsx, sheet: Leads}",
        .excel(ProjectPath("crm.xlsx", folder: "sets/"), sheet: "Leads")
      ),
      (
        "leads: {sqlite: crm.db, table: leads}",
        .sqlite(ProjectPath("crm.db", folder: "sets/"), .table("leads"))
      ),
      (
        "leads: {postgresql: \"service=crm\", query: leads.sql}",
        .postgresql(
          connection: "service=crm", .query(ProjectPath("leads.sql", folder: "sets/")))
      ),
      // libpq's own defaults, as with the flag.
      (
        "leads: {postgresql: \"\", table: leads}",
        .postgresql(connection: "", .table("leads"))
      ),
    ] as [(String, TableSource.Place)])
  func leadsComeFromFilesAndDatabases(text: String, place: TableSource.Place) throws {
    #expect(try parse(text).leads == TableSource(place))
  }

  @Test func aWholeHistoryIsRead() throws {
    let project = try parse(
      """
      leads: {exports: "leads-*.csv", separator: ";"}
      id: lead_id
      created: created_at
      outcome: {event: [closed_won], lost: closed_lost, within: 90d}
      activities:
        from: {sqlite: crm.db, table: activities}
        lead: lead
        at: occurred_at
        type: kind
        value: amount
        attributes: [product, page]
        by_us: [call, email_sent]
        recorded_at: loaded_at
        windows: [7d, 4w]
        rates: {email_open: email_sent}
      changes: {from: changes.csv, lead: lead, at: at, column: field, old: before, new: after}
      joins:
        - {from: accounts.csv, on: account_id}
        - {file: deals.xlsx, on: {deal: id}, columns: [amount], several: {latest: closed_at}}
      timezone: Europe/Madrid
      decision: {ages: [0d, 7d, 30d]}
      target: {preset: expansion, product: GTX Pro}
      vocabulary: {titles: titles.csv, email_domains: ours.csv}
      scores: {postgresql: "service=crm", table: lead_scores}
      """)
    #expect(
      project.leads == TableSource(.exports(path("leads-*.csv")), separator: UInt8(ascii: ";")))
    #expect(project.modelName == "leads")
    #expect(project.outcome == nil)
    #expect(project.events?.won == ["closed_won"] && project.events?.lost == ["closed_lost"])
    #expect(project.horizon == 90 * 86_400)
    let activities = try #require(project.activities)
    #expect(activities.source == TableSource(.sqlite(path("crm.db"), .table("activities"))))
    #expect(activities.lead == "lead" && activities.at == "occurred_at")
    #expect(activities.type == "kind" && activities.value == "amount")
    #expect(activities.attributes == ["product", "page"])
    #expect(activities.byUs == ["call", "email_sent"] && activities.recordedAt == "loaded_at")
    #expect(activities.windows == [7 * 86_400, 28 * 86_400])
    #expect(activities.rates == [.init(type: "email_open", of: "email_sent")])
    #expect(
      project.changes
        == ProjectChanges(
          source: TableSource(.csv(path("changes.csv"))), lead: "lead", at: "at", column: "field",
          old: "before", new: "after"))
    #expect(project.joins.map(\.leadsColumn) == ["account_id", "deal"])
    #expect(project.joins.map(\.tableColumn) == ["account_id", "id"])
    #expect(project.joins.map(\.columns) == [nil, ["amount"]])
    #expect(project.joins.map(\.several) == [.refuse, .latest(by: "closed_at")])
    #expect(project.timezone == "Europe/Madrid")
    #expect(project.decision?.ages == [0, 7 * 86_400, 30 * 86_400])
    #expect(project.target?.preset == .expansion && project.target?.product == "GTX Pro")
    #expect(project.vocabulary?.map(\.kind) == [.titles, .domains])
    #expect(
      project.scores?.source.place
        == .postgresql(connection: "service=crm", .table("lead_scores")))
    #expect(project.hasHistory)
  }

  @Test func whatWasKnownAtOnceMayHaveOneTime() throws {
    let project = try parse(
      "id: i\ncreated: c\nactivities: {from: a.csv, lead: l, at: t, recorded_at: t}")
    #expect(project.activities?.recordedAt == "t")
  }

  @Test func aTableOfLeadsIsNoHistory() throws {
    #expect(try !parse("leads: x.csv\noutcome: {column: y, at: closed_at}").hasHistory)
    #expect(
      try parse(
        "leads: x.csv\nid: i\ncreated: c\noutcome: {column: y, at: closed_at, within: 90d}"
      ).hasHistory)
    #expect(try parse("target: retention\nid: i\ncreated: c").target?.preset == .retention)
  }

  @Test(
    arguments: [
      ("leads: {excle: x.xlsx}", "did you mean 'excel'?"),
      ("leads: {sqlite: crm.db}", "a database needs `table: leads`"),
      ("leads: {sqlite: crm.db, table: a, query: b}", "`query` cannot stand beside `table`"),
      ("leads: {csv: a, excel: b}", "`excel` cannot stand beside `csv`"),
      ("leads: {csv: a, table: b}", "`table` has no meaning for `csv`"),
      ("leads: {exports: leads.csv}", "one * where the date stands"),
      ("activities: {from: {exports: a-*.csv}, lead: l, at: t}", "unknown key 'exports'"),
      ("activities: {from: a.csv, at: t}", "key 'lead' is missing"),
      ("activities: {from: a.csv, lead: l, at: t, typ: k}", "did you mean 'type'?"),
      ("activities: {from: a.csv, lead: l, at: t, by_us: call}", "without `type`"),
      ("activities: {from: a.csv, lead: l, at: t, windows: [30d, 7d]}", "that ascend"),
      ("activities: {from: a.csv, lead: l, at: t, windows: 0d}", "above 0"),
      ("activities: {from: a.csv, lead: l, at: l}", "'l' is both `lead` and `at`"),
      ("activities: {from: a.csv, lead: l, at: k, type: k}", "'k' is both `at` and `type`"),
      (
        "activities: {from: a.csv, lead: l, at: t, type: k, attributes: [p, k]}",
        "'k' is both `type` and `attributes`"
      ),
      (
        "activities: {from: a.csv, lead: l, at: t, value: p, attributes: [p]}",
        "'p' is both `value` and `attributes`"
      ),
      (
        "changes: {from: c.csv, lead: l, at: t, column: f, old: v, new: v}",
        "'v' is both `old` and `new`"
      ),
      ("activities: {from: a.csv, lead: l, at: t}", "so `created` must name"),
      ("created: c\nactivities: {from: a.csv, lead: l, at: t}", "none is given"),
      ("created: c\nid: [a, b]\ndecision: {ages: 0d}", "2 are given"),
      ("outcome: {event: won}", "Add `activities`"),
      ("outcome: {event: won, column: y}", "`column` cannot stand beside `event`"),
      ("outcome: {event: won, lost: won}", "stands under both"),
      ("outcome: {column: y, within: 90}", "a length of time such as 90d"),
      ("joins: [{on: a}]", "key 'from' is missing"),
      ("joins: [{from: a.csv, on: {a: b, c: d}}]", "one pair of columns"),
      ("joins: [{from: a.csv, on: a, several: first}]", "{latest: column}"),
      ("target: {preset: aquisition}", "did you mean 'acquisition'?"),
      ("target: {preset: retention, product: x}", "no `product` for retention"),
      (
        "target: retention\nid: i\ncreated: c\noutcome: {column: stage, won: won}",
        "the target retention asks what customers do"
      ),
      ("scores: scores.csv", "a table to write to"),
      ("vocabulary: {title: x.csv}", "did you mean 'titles'?"),
    ])
  func mistakesAreSaidAtTheirPlace(text: String, words: String) {
    let error = #expect(throws: (any Error).self) { try parse(text) }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains(words), "\(message)")
    #expect(message.hasPrefix("sets/p.yaml, line "), "\(message)")
  }

  @Test func aColumnOfChangesHasOnePart() {
    let error = #expect(throws: ProjectError.self) {
      try Project.parse(
        """
        id: id
        created: created
        changes: {from: changes.csv, lead: lead, at: at, column: field, old: value, new: value}
        """, fileName: "kelvin.yaml")
    }
    #expect(error.map { "\($0)" }?.contains("column 'value' is both `old` and `new`") == true)
  }
}
