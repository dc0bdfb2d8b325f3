import Activities
import Parallel
import Rules
import Tables
import Testing

/// Random rules about activities on random leads, against a straightforward reading of both.
@Suite struct RandomEventRulesTests {
  private static let day = LeadEvents.day
  private static let types = ["open", "visit", "order", "call", "email_sent"]

  private static func pick<Value>(_ values: [Value], _ random: inout SeededNumbers) -> Value {
    values[Int.random(in: values.indices, using: &random)]
  }

  private static func selection(_ random: inout SeededNumbers, of key: String) -> String {
    let type = pick(types + ["\"*\"", "nothing", "[open, order]"], &random)
    var text = "\(key): \(type)"
    text += pick(
      [
        "", "", "", ", where: {page: a}", ", where: {page: {not_in: [a, z]}}",
        ", where: {amount: {at_least: 10}}", ", where: {amount: {missing: true}, page: b}",
      ], &random)
    let days = Int.random(in: 1...30, using: &random)
    return text
      + pick(["", ", within: \(days)d", ", within: [\(days)d, \(days + 20)d]"], &random)
  }

  private static func test(_ random: inout SeededNumbers) -> String {
    var text = selection(&random, of: "event")
    text += pick(["", "", "", ", once_per: page", ", once_per: mail"], &random)
    text += pick(
      [
        "", "", ", times: {at_least: 2}", ", times: {between: [1, 3]}", ", times: {at_most: 1}",
        ", rate: {\(selection(&random, of: "of")), at_least: 50%}",
        ", rate: {\(selection(&random, of: "of")), above: 33.333%, below: 2}",
        ", times: {at_least: 1}, rate: {\(selection(&random, of: "of")), at_most: 100%}",
      ], &random)
    return text
  }

  private static func condition(_ random: inout SeededNumbers, depth: Int = 0) -> String {
    switch Int.random(in: 0..<(depth > 2 ? 4 : 7), using: &random) {
    case 0: return "{field: n, at_least: \(Int.random(in: -2...2, using: &random))}"
    case 1: return "{\(test(&random))}"
    case 2: return "{profile: p}"
    case 3:
      let type = pick(["", ", event: visit", ", event: [call, order]"], &random)
      return "{no_event_within: \(Int.random(in: 1...30, using: &random))d\(type)}"
    case 4: return "{not: \(condition(&random, depth: depth + 1))}"
    default:
      let parts = (0...Int.random(in: 0...2, using: &random)).map { _ in
        condition(&random, depth: depth + 1)
      }
      return "{\(pick(["any", "all"], &random)): [\(parts.joined(separator: ", "))]}"
    }
  }

  private static func bounds(_ random: inout SeededNumbers) -> String {
    let cap = Int.random(in: 0...40, using: &random)
    return pick(
      ["", "", ", cap: \(cap)", ", floor: \(-cap)", ", cap: \(cap), floor: \(-cap / 2)"], &random)
  }

  private static func rule(_ index: Int, _ random: inout SeededNumbers) -> String {
    let points = pointsText(Int.random(in: -20_000...30_000, using: &random))
    var text = "{name: r\(index), points: \(points)\(bounds(&random))"
    if Int.random(in: 0..<12, using: &random) == 0 { text += ", disqualifies: true" }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: text += ", when: \(condition(&random))"
    case 1: text += ", \(test(&random)), when: \(condition(&random))"
    case 2: text += ", no_event_within: \(Int.random(in: 1...40, using: &random))d"
    default:
      text += ", \(selection(&random, of: "event"))"
      text += pick(["", ", each: true", ", each: true, once_per: mail"], &random)
      text += pick(["", ", lifespan: \(Int.random(in: 1...60, using: &random))d"], &random)
      text += pick(["", "", ", times: {at_least: 2}"], &random)
    }
    return text + "}"
  }

  private static func sheet(_ random: inout SeededNumbers) -> String {
    var text = "profiles: {p: {\(test(&random))}}\n"
    text +=
      "categories: {engagement: {cap: \(Int.random(in: 20...90, using: &random)), floor: 3}}\n"
    text += "groups:\n"
    for group in 0...3 {
      let decay = pick(
        [
          "", ", decay: {half_life: \(Int.random(in: 1...40, using: &random))d}",
          ", decay: {every: 5d, percent: 12.5}",
          ", decay: {every: 36h, percent: 7, shape: compound}",
        ], &random)
      text += "- {name: g\(group), category: \(group % 2 == 0 ? "fit" : "engagement")"
      text += "\(bounds(&random))\(decay), rules: ["
      text += (0...Int.random(in: 0...5, using: &random)).map { rule($0, &random) }
        .joined(separator: ", ")
      text += "]}\n"
    }
    return text + "stages: {a: {at_least: 20}, b: {above: 50}}\n"
      + "grades: {fit: {A: 10, B: 0}, engagement: {1: 30, 2: 5, 3: 3}}\n"
  }

  private static func events(_ random: inout SeededNumbers, leads: Int) -> [LeadEvent] {
    (0..<(leads * 12)).map { _ in
      var event = LeadEvents.event(
        pick(types + [nil], &random),
        daysAgo: Double(Int.random(in: -20...400, using: &random)) / 8,
        lead: Int.random(in: 0..<leads, using: &random),
        value: pick([.nan, 5, 10, 50], &random), page: pick(["a", "b", "c", nil], &random),
        mail: pick(["m1", "m2", "m3", nil], &random))
      if Int.random(in: 0..<4, using: &random) == 0 {
        event.recordedAt = event.at + Double(Int.random(in: -10...80, using: &random)) * day / 8
      }
      return event
    }
  }

  private static func ruleEvents(
    _ random: inout SeededNumbers, log: ActivityLog, leads: Int
  ) -> RuleEvents {
    RuleEvents(
      log: log,
      moments: (0..<leads).map { lead in
        Moment(
          lead: Int32(lead),
          asOf: LeadEvents.asOf - Double(Int.random(in: 0...80, using: &random)) * day / 8,
          includesAsOf: Int.random(in: 0..<4, using: &random) == 0)
      },
      ages: (0..<leads).map { _ in
        pick([.nan, Double(Int.random(in: 0...50, using: &random)) * day], &random)
      })
  }

  @Test(arguments: 0..<200)
  func ledgersAddUpAndAgreeWithTheNaiveReading(_ seed: Int) throws {
    var random = SeededNumbers(state: UInt64(seed))
    let file = try RuleFile.parse(Self.sheet(&random), fileName: "random.yaml")
    let leads = 30
    let events = Self.events(&random, leads: leads)
    let ruleEvents = Self.ruleEvents(
      &random, log: try LeadEvents.log(events, leads: leads), leads: leads)
    let numbers = (0..<leads).map { _ in Self.pick([Double.nan, -2, 0, 1, 5], &random) }
    let table = Cells.table([Column(name: "n", values: .number(numbers))])
    let scorer = try RuleScorer(file, schema: table.schema, projectMissingTokens: [])
    let bound = try scorer.bind(table, events: ruleEvents)
    // As they are kept for later, twice over and in another order.
    var kept = scorer.noVerdicts
    for _ in 0..<2 { kept.append(bound.verdicts()) }
    let turned = kept.gathered(Array((0..<leads).reversed()))
    let scores = bound.scores()
    let reasons = bound.reasons()
    for row in 0..<leads {
      let ledger = bound.ledger(row)
      let naive = NaiveEventRules(
        file: file, events: events.filter { $0.lead == row }, moment: ruleEvents.moments[row],
        age: ruleEvents.ages[row],
        number: numbers[row])
      #expect(ledger.lines.reduce(0) { $0 + $1.thousandths } == ledger.total)
      #expect(ledger.total == naive.total)
      #expect(ledger.total == scores.points[row])
      #expect(ledger.isDisqualified == naive.isDisqualified)
      #expect(ledger.isDisqualified == scores.disqualified[row])
      #expect(ledger.reasons == reasons[row])
      #expect(kept.ledger(row) == ledger && kept.ledger(leads + row) == ledger)
      #expect(turned.ledger(leads - 1 - row) == ledger)
      #expect(ledger.grade == scores.grade(row))
      #expect(ledger.stage == scores.stage(row))
      // No warning is false: what is called out of reach is reached by no lead.
      if let stage = scores.stage(row) {
        #expect(!file.warnings.contains { $0.hasPrefix("No lead can be in stage \(stage):") })
      }
      for (category, name) in zip(["fit", "engagement"], scores.grade(row) ?? "") {
        #expect(
          !file.warnings.contains { $0.hasPrefix("No lead can get grade \(name) of \(category)") })
      }
    }
  }

  @Test func threadsAndBlocksChangeNothing() throws {
    var random = SeededNumbers(state: 77)
    let file = try RuleFile.parse(Self.sheet(&random), fileName: "random.yaml")
    let leads = 2_500
    let log = try LeadEvents.log(Self.events(&random, leads: leads), leads: leads)
    let events = Self.ruleEvents(&random, log: log, leads: leads)
    let table = Cells.table([Cells.number("n", (0..<leads).map { Double($0 % 5) - 2 })])
    let scorer = try RuleScorer(file, schema: table.schema, projectMissingTokens: [])
    let whole = try scorer.score(table, events: events)
    let bound = try scorer.bind(table, events: events)
    #expect(Set(whole.points).count > 10)
    for threads in [2, 3, 5] {
      let pool = WorkerPool(threadCount: threads)
      #expect(bound.scores(pool: pool) == whole)
      #expect(bound.reasons(pool: pool) == bound.reasons())
    }
    for rows in [0..<1, 1..<1_024, 1_000..<2_500] {
      let block = try scorer.score(
        table.block(rows),
        events: RuleEvents(
          log: log, moments: Array(events.moments[rows]), ages: Array(events.ages[rows])))
      #expect(block.points == Array(whole.points[rows]))
    }
  }
}
