import Activities
import Foundation
import Parallel
import Rules
import Tables
import Testing

/// The files of `datasets/rules`, held to the points that their stories give.
@Suite struct PublishedRulesTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("datasets/rules")
  private static let day = 86_400.0
  private static let asOf = 20_000 * day

  private static func file(_ name: String) throws -> RuleFile {
    let text = try String(
      contentsOf: folder.appendingPathComponent("\(name).yaml"), encoding: .utf8)
    return try RuleFile.parse(text, fileName: "\(name).yaml")
  }

  /// An activity, a day ago where nothing else is said.
  private struct Act {
    var type: String
    var daysAgo = 1.0
    var attributes: [String: String] = [:]
    var value = Double.nan

    init(
      _ type: String, _ daysAgo: Double = 1, value: Double = .nan,
      _ attributes: [String: String] = [:]
    ) {
      self.type = type
      self.daysAgo = daysAgo
      self.value = value
      self.attributes = attributes
    }
  }

  /// A lead by its filled cells; numbers are told by their column.
  private static func table(_ cells: [String: String], columns: [String]) -> Table {
    let numbers: Set = ["employees", "department_size"]
    return Cells.table(
      [Cells.number("row", [0])]
        + columns.map { name in
          if numbers.contains(name) {
            return Cells.number(name, [cells[name].flatMap(Double.init)])
          }
          if name == "newsletter" { return Cells.flag(name, [cells[name].map { $0 == "yes" }]) }
          return Cells.category(name, [cells[name]])
        })
  }

  /// The ledger of a lead that has existed for a hundred days.
  private static func ledger(
    _ name: String, _ acts: [Act], cells: [String: String] = [:], age: Double = 100,
    attributes: [String] = []
  ) throws -> Ledger {
    let file = try file(name)
    let builder = ActivityLogBuilder(
      columns: ActivityColumns(
        lead: "lead", at: "at", type: "kind", value: "amount", attributes: attributes,
        byUs: ["email_sent"]),
      leads: LeadIndex(ids: ["L"]))
    let table = Self.table(cells, columns: file.requiredColumns.map(\.name))
    try builder.add(
      Cells.table(
        [
          Cells.text("lead", acts.map { _ in "L" }),
          Cells.date("at", acts.map { asOf - $0.daysAgo * day }),
          Cells.category("kind", acts.map(\.type)), Cells.number("amount", acts.map(\.value)),
        ] + attributes.map { name in Cells.category(name, acts.map { $0.attributes[name] }) }))
    let events = RuleEvents(
      log: try builder.finish(pool: WorkerPool(threadCount: 1)),
      moments: [Moment(lead: 0, asOf: asOf)], ages: [age * day])
    return try RuleScorer(file, schema: nil, projectMissingTokens: []).ledger(
      table, events: events, row: 0)
  }

  private static func acts(_ type: String, _ count: Int) -> [Act] {
    (0..<count).map { Act(type, Double($0 + 1)) }
  }

  @Test(
    arguments: [
      "nurture", "webinar", "profiles", "grid", "retention", "adoption", "engaged",
    ])
  func everyGradeAndStageCanBeReached(_ name: String) throws {
    let file = try Self.file(name)
    #expect(file.warnings.isEmpty)
    #expect(!file.stages.isEmpty && file.nextSteps != nil)
  }

  @Test func nurtureIsReadyAtEighty() throws {
    func ledger(_ acts: [Act]) throws -> Ledger {
      try Self.ledger("nurture", acts, attributes: ["page"])
    }
    let contact = Act("page_view", 2, ["page": "contact"])
    #expect(try ledger([Act("offer_download")]).total == 5_000)
    #expect(try ledger([Act("email_open")]).total == 10_000)
    #expect(try ledger([contact]).total == 15_000)
    #expect(try ledger([Act("page_view", 2, ["page": "home"])]).total == 0)
    let all = [Act("offer_download"), contact] + Self.acts("email_open", 6)
    #expect(try ledger(all).total == 80_000 && ledger(all).stage == "ready")
    #expect(try ledger(all.dropLast() + [Act("offer_download")]).total == 75_000)
    #expect(try ledger(all.dropLast()).stage == nil)
    // The same a week later, without anything since.
    let later = all.map { act in
      var act = act
      act.daysAgo += 7
      return act
    }
    #expect(try ledger(later).total == 70_000 && ledger(later).stage == nil)
    #expect(try ledger([]).lines.map(\.text) == ["silent for a week -10", "engagement floor +10"])
  }

  @Test func webinarIsReadyAboveTwenty() throws {
    func ledger(_ acts: Act...) throws -> Ledger {
      try Self.ledger("webinar", acts, attributes: ["activity"])
    }
    let (open, document, signUp) = (Act("email_open"), Act("document"), Act("webinar_signup"))
    let event = Act("online_event", 1, ["activity": "question"])
    #expect(try ledger(open, document, signUp).total == 15_000)
    #expect(try ledger(open, document, signUp).stage == nil)
    #expect(try ledger(open, document, signUp, event).total == 25_000)
    #expect(try ledger(open, document, signUp, event).stage == "ready")
    #expect(try ledger(open, signUp, event).total == 20_000)
    #expect(try ledger(open, signUp, event).stage == nil)
    #expect(try ledger(document, signUp, event).stage == "ready")
    // Once each, and only who takes part is active.
    #expect(try ledger(open, open, open).total == 2_000)
    #expect(try ledger(Act("online_event", 1, ["activity": "joined"])).total == 0)
  }

  @Test func profilesAreContactedAboveThirty() throws {
    let maker = ["industry": "Manufacturing", "employees": "120"]
    let persona = ["title": "Directora de Marketing"]
    let rest = ["department_size": "12", "newsletter": "yes"]
    func ledger(_ cells: [[String: String]], _ acts: Act...) throws -> Ledger {
      try Self.ledger(
        "profiles", acts, cells: cells.reduce(into: [:]) { $0.merge($1) { first, _ in first } })
    }
    #expect(try ledger([maker]).total == 10_000)
    #expect(try ledger([["industry": "Manufacturing", "employees": "20"]]).total == 0)
    #expect(try ledger([["industry": "SaaS", "employees": "120"]]).total == 10_000)
    #expect(try ledger([["industry": "Government", "country": "ES"]]).total == 10_000)
    #expect(try ledger([["title": "Directora de Finanzas"]]).total == 0)
    #expect(try ledger([["title": "VP Sales"]]).total == 10_000)
    // Downloaded, opened by mail, or both: ten points.
    #expect(try ledger([], Act("resource_download")).total == 10_000)
    #expect(try ledger([], Act("email_open")).total == 10_000)
    #expect(try ledger([], Act("email_open"), Act("resource_download")).total == 10_000)
    let thirty = try ledger([maker, persona], Act("email_open"))
    #expect(thirty.total == 30_000 && thirty.stage == nil)
    let forty = try ledger([maker, persona, ["newsletter": "yes"]], Act("email_open"))
    #expect(forty.total == 40_000 && forty.stage == "contact")
    #expect(try ledger([maker, persona, rest], Act("email_open")).total == 50_000)
  }

  @Test func theGridGoesFromA1ToE5() throws {
    let company = ["industry": "SaaS", "employees": "300", "country": "ES"]
    func ledger(_ cells: [String: String], _ acts: [Act]) throws -> Ledger {
      try Self.ledger("grid", acts, cells: cells, attributes: ["page"])
    }
    let pricing = Act("page_view", 0.001, ["page": "pricing"])
    let demo = Act("demo_request", 0.001)
    let ceo = company.merging(["title": "CEO"]) { first, _ in first }
    #expect(try ledger(ceo, [demo, pricing]).grade == "A1")
    #expect(try ledger([:], []).grade == "E5")
    #expect(try ledger([:], []).total == 0)
    #expect(try ledger(company, []).grade == "B5")
    #expect(try ledger(["title": "CEO"], [demo, pricing]).grade == "C1")
    #expect(try ledger(["country": "PT"], Self.acts("webinar_signup", 3)).grade == "D5")
    // Sixty points for a demo are thirty a month later.
    let month = try ledger(ceo, [Act("demo_request", 30)])
    #expect(month.total == 130_000 && month.grade == "A4" && month.stage == "mql")
  }

  @Test func retentionSeesCustomersGo() throws {
    func ledger(_ acts: [Act]) throws -> Ledger {
      try Self.ledger("retention", acts, attributes: ["page"])
    }
    let before = [32.0, 40, 45, 50].map { Act("login", $0) }
    #expect(try ledger(before + [3.0, 8, 12].map { Act("login", $0) }).total == 0)
    // Two of four is half as often.
    #expect(try ledger(before + [3.0, 8].map { Act("login", $0) }).total == 30_000)
    #expect(try ledger(before + [Act("login", 20)]).total == 50_000)
    #expect(try ledger(before).total == 70_000 && ledger(before).stage == "at risk")
    #expect(try ledger(before).lines.map(\.text).count == 3)
    let cancel = Act("help_view", 1, ["page": "/help/how-to-cancel"])
    let still = before + [3.0, 8].map { Act("login", $0) }
    #expect(try ledger(still + [cancel]).total == 40_000)
    #expect(try ledger(before + [cancel]).stage == "at risk")
    #expect(try ledger(before + [cancel]).total == 70_000)
    // The visit to the page is worth less week by week.
    let weekAgo = Act("help_view", 8, ["page": "/help/how-to-cancel"])
    #expect(try ledger(before + [3.0, 8].map { Act("login", $0) } + [weekAgo]).total == 30_000)
    // We are not the customer.
    #expect(try ledger(before + [Act("email_sent", 1)]).total == 70_000)
  }

  @Test func adoptionCountsBreadthAndHabit() throws {
    func ledger(_ acts: [Act]) throws -> Ledger {
      try Self.ledger("adoption", acts, attributes: ["function"])
    }
    let setUp = [Act("project_created", 20), Act("import", 19, value: 100)]
    #expect(try ledger(setUp).total == 25_000 && ledger(setUp).stage == "trying")
    #expect(try ledger([Act("import", value: 99)]).total == 0)
    #expect(try ledger(Self.acts("invite", 2)).total == 10_000)
    #expect(try ledger(Self.acts("invite", 9)).total == 15_000)
    let functions = ["a", "b", "a", "c"].map { Act("function_used", 5, ["function": $0]) }
    #expect(try ledger(functions).total == 15_000)
    #expect(try ledger(Self.acts("login", 1)).total == 0)
    #expect(try ledger(Self.acts("login", 4)).total == 15_000)
    #expect(try ledger(Self.acts("login", 5)).total == 30_000)
    let using = setUp + functions
    #expect(try ledger(using).total == 40_000 && ledger(using).stage == "using")
    let adopted = using + Self.acts("login", 7)
    #expect(try ledger(adopted).total == 70_000 && ledger(adopted).stage == "adopted")
  }

  @Test func theEngagedLeadAndTheBareAddress() throws {
    func ledger(_ acts: [Act], _ cells: [String: String]) throws -> Ledger {
      try Self.ledger("engaged", acts, cells: cells, attributes: ["resource", "campaign"])
    }
    let campaigns = ["m1", "m2", "m3"]
    let sent = campaigns.map { Act("email_sent", 9, ["campaign": $0]) }
    let opens = campaigns.map { Act("email_open", 8, ["campaign": $0]) }
    let downloads = ["guide", "study", "guide"].map { Act("download", 3, ["resource": $0]) }
    let person = ["industry": "SaaS", "title": "Director of Operations", "company": "Acme"]
    let best = try ledger(sent + opens + downloads, person)
    #expect(best.total == 100_000 && best.stage == "sql" && !best.isDisqualified)
    // Three opens, but of two of the three mails; one resource, twice.
    let twoMails = opens.dropLast() + opens.prefix(1)
    #expect(try ledger(sent + twoMails, person).total == 50_000)
    #expect(try ledger([downloads[0], downloads[2]], person).total == 50_000)
    let worst = try ledger(sent + [Act("unsubscribe")], [:])
    #expect(worst.total == -50_000 && worst.score == 0)
    #expect(worst.isDisqualified && worst.stage == nil)
    #expect(
      worst.lines.map(\.text) == [
        "only an address -20", "unsubscribed -30", "disqualified: unsubscribed",
      ])
  }
}
