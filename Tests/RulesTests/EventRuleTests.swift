import Activities
import Rules
import Tables
import Testing
import YAMLDocuments

/// Rules about activities, by hand.
@Suite struct EventRuleTests {
  private typealias Event = LeadEvent

  /// The ledger of one lead, a hundred days old where nothing else is said.
  private func ledger(
    _ rules: String..., group: String = "", events: [LeadEvent], age: Double = 100,
    moment: Moment = Moment(lead: 0, asOf: LeadEvents.asOf), table: Table? = nil
  ) throws -> Ledger {
    let lines = rules.map { "  - \($0)" }.joined(separator: "\n")
    let file = try RuleFile.parse(
      "groups:\n- name: g\n  category: engagement\n\(group)  rules:\n\(lines)\n",
      fileName: "r.yaml")
    return try RuleScorer(file, schema: nil, projectMissingTokens: []).ledger(
      table ?? LeadEvents.leads(1),
      events: RuleEvents(
        log: LeadEvents.log(events, leads: 1), moments: [moment], ages: [age * LeadEvents.day]),
      row: 0)
  }

  private func points(
    _ rules: String..., group: String = "", events: [LeadEvent], age: Double = 100
  ) throws -> Double {
    let lines = rules.joined(separator: "\n  - ")
    return Double(try ledger(lines, group: group, events: events, age: age).total) / 1_000
  }

  private let opens = [1.0, 20, 40].map { LeadEvents.event("email_open", daysAgo: $0) }

  @Test func anEventGivesItsPointsOnceOrEachTime() throws {
    #expect(try points("{name: a, event: email_open, points: 2}", events: opens) == 2)
    #expect(try points("{name: a, event: email_open, points: 2, each: true}", events: opens) == 6)
    #expect(
      try points("{name: a, event: email_open, points: 2, each: true, cap: 5}", events: opens) == 5)
    #expect(try points("{name: a, event: [x, email_open], points: 2}", events: opens) == 2)
    #expect(try points("{name: a, event: click, points: 2}", events: opens) == 0)
    #expect(
      try ledger("{name: a, event: email_open, points: 2, each: true, cap: 5}", events: opens)
        .reasons == "a ×3 +6; a cap -1")
  }

  @Test func windowsHoldTheirOldestMomentAndNotTheMomentItself() throws {
    let rule = "{name: a, event: x, points: 1, within: 10d, each: true}"
    for (daysAgo, expected) in [(10.0, 1.0), (10.001, 0), (0, 0), (0.001, 1), (-1, 0)] {
      #expect(
        try points(rule, events: [LeadEvents.event("x", daysAgo: daysAgo)]) == expected,
        "\(daysAgo) days ago")
    }
    let earlier = "{name: a, event: x, points: 1, within: [10d, 20d], each: true}"
    for (daysAgo, expected) in [(10.0, 0.0), (10.001, 1), (20, 1), (20.001, 0)] {
      #expect(
        try points(earlier, events: [LeadEvents.event("x", daysAgo: daysAgo)]) == expected,
        "\(daysAgo) days ago")
    }
  }

  @Test func theEventThatCreatedALeadCountsAtAgeZero() throws {
    let events = [LeadEvents.event("form", daysAgo: 0)]
    let moment = Moment(lead: 0, asOf: LeadEvents.asOf, includesAsOf: true)
    let rules = "{name: a, event: form, points: 5, within: 7d, lifespan: 5d}"
    #expect(try ledger(rules, events: events, age: 0, moment: moment).total == 5_000)
    #expect(try ledger(rules, events: events, age: 0).total == 0)
  }

  @Test func whatWasRecordedLaterIsNotYetKnown() throws {
    var event = LeadEvents.event("x", daysAgo: 5)
    event.recordedAt = LeadEvents.asOf + 1
    #expect(try points("{name: a, event: x, points: 1}", events: [event]) == 0)
    event.recordedAt = LeadEvents.asOf - 1
    #expect(try points("{name: a, event: x, points: 1}", events: [event]) == 1)
  }

  @Test func filtersAskAttributesAndTheValue() throws {
    let events = [
      LeadEvents.event("order", daysAgo: 3, value: 500, page: "shoes"),
      LeadEvents.event("order", daysAgo: 2, value: 1_500, page: "hats"),
      LeadEvents.event("order", daysAgo: 1),
    ]
    for (filter, expected) in [
      ("{amount: {at_least: 1000}}", 1.0), ("{value: {below: 1000}}", 1), ("{page: shoes}", 1),
      ("{page: [shoes, hats]}", 2), ("{page: {matches: \"^h\"}, amount: {above: 1500}}", 0),
      ("{page: {missing: true}}", 1), ("{amount: {missing: false}}", 2),
      ("{page: {not_in: [hats]}}", 1),
    ] {
      let rule = "{name: a, event: order, where: \(filter), points: 1, each: true}"
      #expect(try points(rule, events: events) == expected, "\(filter)")
    }
  }

  @Test func frequenciesAreRanges() throws {
    for (times, expected) in [
      ("{at_least: 3}", 4.0), ("{at_least: 4}", 0), ("{between: [1, 3]}", 4), ("{above: 3}", 0),
      ("{is: 3}", 4), ("{at_most: 3}", 4), ("{below: 3}", 0), ("{at_least: 1, at_most: 2}", 0),
    ] {
      let rule = "{name: a, event: email_open, times: \(times), points: 4}"
      #expect(try points(rule, events: opens) == expected, "\(times)")
    }
    #expect(
      try points("{name: a, event: email_open, times: {at_most: 2}, points: 4}", events: []) == 4)
  }

  @Test func ratesAreSharesOfOtherEvents() throws {
    let sent = [2.0, 21, 41].map { LeadEvents.event("email_sent", daysAgo: $0) }
    let three =
      "{name: a, event: email_open, times: {at_least: 3}, "
      + "rate: {of: email_sent, at_least: 100%}, points: 7}"
    #expect(try points(three, events: opens + sent) == 7)
    #expect(try points(three, events: Array(opens.dropLast()) + sent) == 0)
    let none = "{name: a, event: email_open, rate: {of: email_sent, is: 0}, points: 7}"
    #expect(try points(none, events: sent) == 7)
    // Nothing sent is no rate.
    #expect(try points(none, events: []) == 0)
    let twoThirds = "{name: a, event: x, rate: {of: email_open, above: 66.666%}, points: 7}"
    let two = [3.0, 4].map { LeadEvents.event("x", daysAgo: $0) }
    #expect(try points(twoThirds, events: opens + two) == 7)
    #expect(
      try points(twoThirds.replacing("66.666%", with: "66.667%"), events: opens + two) == 0)
  }

  @Test func aRateOfAnEarlierPeriodTellsAFall() throws {
    let rule =
      "{name: a, event: \"*\", within: 30d, rate: {of: \"*\", within: [30d, 60d], below: 50%}, "
      + "points: -10}"
    let before = [35.0, 40, 50].map { LeadEvents.event("visit", daysAgo: $0) }
    let one = [LeadEvents.event("visit", daysAgo: 5)]
    #expect(try points(rule, events: before) == -10)
    #expect(try points(rule, events: before + one) == -10)
    #expect(try points(rule, events: before + one + one) == 0)
    // What we do is none of the lead's doing.
    #expect(try points(rule, events: before + [LeadEvents.event("call", daysAgo: 4)] + one) == -10)
  }

  @Test func anAttributeMayCountOnceAValue() throws {
    let downloads = [("a", 1.0), ("a", 5), ("b", 7), ("c", 9), (nil, 2)].map {
      LeadEvents.event("download", daysAgo: $1, page: $0)
    }
    #expect(
      try points(
        "{name: a, event: download, once_per: page, points: 1, each: true}", events: downloads)
        == 3)
    #expect(
      try points(
        "{name: a, event: download, once_per: page, times: {at_least: 4}, points: 1}",
        events: downloads) == 0)
    // Two opens of one of two mails are half of them.
    let mails =
      [("m1", 9.0), ("m2", 8)].map { LeadEvents.event("email_sent", daysAgo: $1, mail: $0) }
      + [("m1", 7.0), ("m1", 6), ("m0", 5)].map {
        LeadEvents.event("email_open", daysAgo: $1, mail: $0)
      }
    let half =
      "{name: a, event: email_open, once_per: mail, rate: {of: email_sent, is: 50%}, points: 1}"
    #expect(try points(half, events: mails) == 1)
  }

  @Test func silenceIsTheLeadsAndOfALeadOldEnough() throws {
    let rule = "{name: a, no_event_within: 7d, points: -10}"
    #expect(try points(rule, events: [LeadEvents.event("x", daysAgo: 8)]) == -10)
    #expect(try points(rule, events: [LeadEvents.event("x", daysAgo: 7)]) == 0)
    #expect(try points(rule, events: [LeadEvents.event("call", daysAgo: 1)]) == -10)
    #expect(try points(rule, events: [], age: 7) == -10)
    #expect(try points(rule, events: [], age: 6.9) == 0)
    // Of a lead that nobody knows the age of, the first activity tells it.
    #expect(try points(rule, events: [], age: .nan) == 0)
    #expect(try points(rule, events: [LeadEvents.event("x", daysAgo: 7.5)], age: .nan) == -10)
    let calls = "{name: a, event: call, no_event_within: 7d, points: -10}"
    #expect(try points(calls, events: [LeadEvents.event("call", daysAgo: 1)]) == 0)
    #expect(try points(calls, events: [LeadEvents.event("x", daysAgo: 1)]) == -10)
  }

  @Test func pointsFadeEvenlyOverALifespan() throws {
    let rule = "{name: a, event: x, points: 30, lifespan: 60d}"
    for (daysAgo, expected) in [(0.0001, 30.0), (15, 22.5), (59, 0.5), (60, 0), (61, 0)] {
      #expect(
        try points(rule, events: [LeadEvents.event("x", daysAgo: daysAgo)]) == expected,
        "\(daysAgo) days ago")
    }
    // The newest of several gives the points.
    let two = [LeadEvents.event("x", daysAgo: 30), LeadEvents.event("x", daysAgo: 15)]
    #expect(try points(rule, events: two) == 22.5)
    #expect(
      try ledger(
        "{name: a, event: x, points: 30, lifespan: 60d, each: true}", events: two
      ).lines.map(\.text) == ["a ×2 +60", "a fade -22.5"])
  }

  @Test func groupsDecayByHalfLifeOrBySteps() throws {
    let rule = "{name: a, event: x, points: 100}"
    let cases: [(String, Double, Double)] = [
      ("{half_life: 30d}", 30, 50), ("{half_life: 30d}", 15, 70.711),
      ("{half_life: 30d}", 90, 12.5), ("{half_life: 1s}", 40, 0),
      ("{every: 7d, percent: 10}", 6.9, 100), ("{every: 7d, percent: 10}", 7, 90),
      ("{every: 7d, percent: 10, shape: linear}", 21, 70),
      ("{every: 7d, percent: 10, shape: linear}", 80, 0),
      ("{every: 7d, percent: 10, shape: compound}", 21, 72.9),
      ("{every: 7d, percent: 10, shape: compound}", 80, 31.381),
    ]
    for (decay, daysAgo, expected) in cases {
      #expect(
        try points(
          rule, group: "  decay: \(decay)\n", events: [LeadEvents.event("x", daysAgo: daysAgo)])
          == expected, "\(decay) after \(daysAgo) days")
    }
    // A state and an absence do not decay; fade and decay multiply, and have a line each.
    let all = try ledger(
      "{name: a, event: x, points: 100, lifespan: 40d}\n  - {name: b, when: {event: x}, points: 10}"
        + "\n  - {name: c, no_event_within: 7d, points: -10}",
      group: "  decay: {half_life: 10d}\n  floor: 15\n",
      events: [LeadEvents.event("x", daysAgo: 20)])
    #expect(
      all.lines.map(\.text) == [
        "a +100", "a fade -50", "a decay -37.5", "b +10", "c -10", "g floor +2.5",
      ])
    #expect(all.total == 15_000)
  }

  @Test func eventsAndConditionsGoTogether() throws {
    let table = Cells.table([Cells.category("city", ["Madrid"]), Cells.flag("mail", [true])])
    func total(_ rule: String, _ events: [LeadEvent]) throws -> Int {
      try ledger(rule, events: events, table: table).total
    }
    let both = "{name: a, event: x, when: {field: city, is: Madrid}, points: 3, each: true}"
    let two = [LeadEvents.event("x", daysAgo: 1), LeadEvents.event("x", daysAgo: 2)]
    #expect(try total(both, two) == 6_000)
    #expect(try total(both.replacing("Madrid", with: "Lugo"), two) == 0)
    let either = "{name: a, when: {any: [{field: mail, is: \"no\"}, {event: x}]}, points: 3}"
    #expect(try total(either, two) == 3_000)
    #expect(try total(either, []) == 0)
    let absent =
      "{name: a, when: {all: [{field: mail, is: \"yes\"}, {not: {event: x}}]}, points: 3}"
    #expect(try total(absent, []) == 3_000)
    #expect(try total(absent, two) == 0)
  }

  @Test func anEventMayDisqualify() throws {
    let rules = "{name: gone, event: unsubscribe, disqualifies: true}"
    let ledger = try ledger(rules, events: [LeadEvents.event("unsubscribe", daysAgo: 1)])
    #expect(ledger.isDisqualified && ledger.lines.map(\.text) == ["disqualified: gone"])
    #expect(try !self.ledger(rules, events: []).isDisqualified)
  }

  @Test func titlesAreReadAsSeniorityAndDepartment() throws {
    let table = Cells.table([
      Cells.text(
        "title", ["Directora de Marketing", "CEO", "Becario", nil, "directora de marketing"]),
      Cells.category("area", ["Marketing", "Ventas", "IT", nil, "Finance"]),
    ])
    let file = try RuleFile.parse(
      """
      groups:
      - name: g
        category: fit
        rules:
        - {name: a, when: {field: title, seniority: [c_level, vp, director]}, points: 1}
        - {name: b, when: {field: title, department: marketing}, points: 10}
        - {name: c, when: {field: area, department: [marketing, sales]}, points: 100}
      """, fileName: "r.yaml")
    let scorer = try RuleScorer(file, schema: nil, projectMissingTokens: [])
    #expect(try scorer.score(table).points.map { $0 / 1_000 } == [111, 101, 0, 0, 11])
  }

  @Test func rulesAboutEventsNeedEvents() throws {
    let file = try RuleFile.parse(
      "groups:\n- name: g\n  category: fit\n  rules:\n  - {name: a, event: x, points: 1}\n",
      fileName: "r.yaml")
    let scorer = try RuleScorer(file, schema: nil, projectMissingTokens: [])
    #expect(
      throws: RuleError.noEvents(
        YAMLPlace(file: "r.yaml", line: 5, column: 22, path: "groups[0].rules[0].event"))
    ) { try scorer.score(LeadEvents.leads(1)) }
    #expect(
      file.unknownTypeWarnings(["z", "y"]) == [
        "r.yaml, line 5, column 22 (groups[0].rules[0].event): no activity is of the type 'x'; "
          + "did you mean 'z'?"
      ])
    let silence = try RuleFile.parse(
      "groups: [{name: g, category: fit, rules: [{name: a, no_event_within: 5d, event: x, points: 1}]}]",
      fileName: "r.yaml")
    #expect(silence.unknownTypeWarnings(["y"])[0].hasPrefix("r.yaml, line 1, column 81 "))
  }

  @Test func unknownColumnsOfActivitiesNameTheNearest() throws {
    let error = #expect(throws: RuleError.self) {
      try points("{name: a, event: x, where: {pages: b}, points: 1}", events: [])
    }
    #expect(
      error.map { "\($0)" }
        == "r.yaml, line 5, column 33 (groups[0].rules[0].where): activities have no column 'pages'; "
        + "did you mean 'page'?")
  }
}
