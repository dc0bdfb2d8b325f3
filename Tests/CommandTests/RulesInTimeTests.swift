import Testing

/// Rules about activities as of the decision time, held against the features, which are counted by
/// other code.
@Suite struct RulesInTimeTests {
  private static let rules = """
    scale: {from: 0, to: 1000, raw: 1000}
    groups:
      - name: interest
        category: engagement
        rules:
          - {name: opens, event: email_open, within: 30d, each: true, points: 1}
          - {name: visits, event: page_view, each: true, points: 0.01}
          - {name: silent, no_event_within: 7d, points: 100}
          - {name: reads, event: email_open, rate: {of: email_sent, at_least: 50%}, within: 90d, points: 200}
          - {name: typing mistake, event: page_viw, points: 500}
    stages: {mql: {at_least: 100}}
    next_step: {mql: sales, no_stage: nurture}
    """

  /// A project with rules, and a model of it with its out-of-fold file.
  private func place() throws -> (Workspace, CommandResult) {
    let place = try SharedCRM.workspace()
    try place.write(
      "kelvin.yaml",
      SharedCRM.tables + "exclude: [stage, closed_at, onboarding_owner]\nrules: rules.yaml\n"
        + "outcome: {event: won, lost: lost, within: 60d}\ndecision: {ages: [0d, 14d]}\n"
        + SharedCRM.training)
    try place.write("rules.yaml", Self.rules)
    return (place, try place.train("fit", "--model", "m", "--out-of-fold", "oof.csv"))
  }

  /// What the rules give an example by its features.
  private static func points(_ features: [String: String]) -> Double {
    func number(_ name: String) -> Double { features[name].flatMap(Double.init) ?? .nan }
    let silence = number("lead.days_since_last")
    return number("email_open.count.30d") + 0.01 * number("page_view.count.all")
      + (!(silence <= 7) && number("age_days") >= 7 ? 100 : 0)
      + (number("email_open.per.email_sent.90d") >= 0.5 ? 200 : 0)
  }

  @Test func examplesScoreWhatTheirFeaturesSay() throws {
    let (place, fit) = try place()
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.output.contains("did you mean 'page_view'?"))
    let features = try place.train("features", "--out", "features.csv", "--quiet")
    #expect(features.status == 0, "\(features.errors)")
    var pointsByExample: [String: Double] = [:]
    for example in try place.records("features.csv") {
      pointsByExample["\(example["lead_id"] ?? "") \(example["decision_time"] ?? "")"] =
        Self.points(example)
    }
    let examples = try place.records("oof.csv")
    #expect(examples.count > 500)
    var seen: Set<Double> = []
    for example in examples {
      let expected = try #require(
        pointsByExample["\(example["lead_id"] ?? "") \(example["decision_time"] ?? "")"])
      let score = try #require(example["rule_score"].flatMap(Double.init))
      #expect(abs(score - expected) < 1e-9)
      seen.insert(score)
    }
    #expect(seen.count > 50)
  }

  /// The fit's own examples, by their predictions out of fold: what scores alone say, and all the rest.
  @Test func outOfFoldPredictionsAreComparedWithAllThatTheLeadsSay() throws {
    let (place, fit) = try place()
    #expect(fit.status == 0, "\(fit.errors)")
    func compare(_ flags: String...) throws -> CommandResult {
      try place.start(.score, ["compare", "--out-of-fold", "oof.csv", "--quiet"] + flags).wait()
    }
    let alone = try compare("--json")
    let whole = try compare(
      "--model", "m", "--project", "kelvin.yaml", "--rules", "rules.yaml", "--contacted",
      "event:call", "--json")
    #expect(whole.status == 0, "\(whole.errors)")
    let (scores, all) = (try alone.json(), try whole.json())
    for key in ["leads", "conversions", "logLoss"] {
      #expect(scores[key] as? Double == all[key] as? Double && all[key] != nil, "\(key)")
    }
    #expect(all["population"] as? String == "outOfFold")
    let details = try #require(all["details"] as? [String: Any])
    #expect((details["rules"] as? [Any])?.isEmpty == false)
    #expect((details["stages"] as? [Any])?.isEmpty == false)
    #expect((details["segments"] as? [Any])?.isEmpty == false)
    #expect(details["movement"] != nil)
    let contact = try #require(details["contact"] as? [String: Any])
    #expect(contact["column"] as? String == "call")

    let refused = try compare("--contacted", "event:call")
    #expect(refused.status == 64 && refused.errors.contains("goes with --model and the leads"))
    let period = try compare(
      "--model", "m", "--project", "kelvin.yaml", "--rules", "rules.yaml", "--unseen")
    #expect(period.status == 64 && period.errors.contains("--unseen chooses among leads"))
  }

  @Test func predictAndExplainSeeTheActivities() throws {
    let (place, fit) = try place()
    #expect(fit.status == 0, "\(fit.errors)")
    let flags = ["--model", "m", "--rules", "rules.yaml"]
    let predict = try place.start(
      .score,
      ["predict", "--project", "kelvin.yaml", "--out", "scored.csv", "--accounts", "accounts.csv"]
        + flags
    ).wait()
    #expect(predict.status == 0, "\(predict.errors)")
    let before = try place.text("scored.csv")
    let same = try place.start(
      .score,
      ["predict", "--project", "kelvin.yaml", "--out", "scored.csv", "--accounts", "scored.csv"]
        + flags
    ).wait()
    #expect(same.status != 0 && same.errors.contains("--accounts scored.csv would overwrite"))
    #expect(try place.text("scored.csv") == before)
    try place.write("zone.yaml", try place.text("kelvin.yaml") + "timezone: Asia/Tokyo\n")
    let other = try place.start(
      .score, ["predict", "--project", "zone.yaml", "--out", "other.csv"] + flags
    ).wait()
    let words = other.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("says otherwise than the model was fitted: timezone."), "\(words)")
    let scored = try place.records("scored.csv")
    let time = try #require(scored.first?["decision_time"])
    let features = try place.train(
      "features", "--out", "now.csv", "--as-of", time.replacing(" ", with: "T"), "--quiet")
    #expect(features.status == 0, "\(features.errors)")
    var points: [String: Double] = [:]
    var accounts: [String: [String]] = [:]
    for lead in try place.records("now.csv") {
      points[lead["lead_id"] ?? ""] = Self.points(lead)
      accounts[lead["account_id"] ?? "", default: []].append(lead["lead_id"] ?? "")
    }
    #expect(scored.count > 100)
    for lead in scored {
      let own = try #require(lead["rule_points"].flatMap(Double.init))
      let expected = try #require(points[lead["lead_id"] ?? ""])
      #expect(abs(own - expected) < 1e-9)
      #expect(lead["next_step"] == (own >= 100 ? "sales" : "nurture"))
    }
    let probabilities = Dictionary(
      uniqueKeysWithValues: scored.map {
        ($0["lead_id"] ?? "", $0["probability"].flatMap(Double.init) ?? .nan)
      })
    let lines = try place.records("accounts.csv")
    #expect(lines.count == accounts.keys.count { !$0.isEmpty })
    #expect(predict.output.contains("Leads of one account go together with a correlation of"))
    var several = 0
    for line in lines {
      let leads = try #require(accounts[line["account_id"] ?? ""])
      let own = leads.compactMap { points[$0] }.sorted(by: >)
      let single = leads.compactMap { probabilities[$0] }
      let highest = single.max() ?? 0
      let alone = 1 - single.reduce(1) { $0 * (1 - $1) }
      func holds(_ column: String, _ value: Double) -> Bool {
        abs((line[column].flatMap(Double.init) ?? .nan) - value) < 1e-9
      }
      let best = own.prefix(3)
      #expect(holds("leads", Double(leads.count)) && holds("probability_max", highest))
      // How leads go together is learned: of one they say what it says.
      let any = line["probability"].flatMap(Double.init) ?? .nan
      #expect(any >= highest - 1e-9 && any <= alone + 1e-9)
      if leads.count > 1 { several += alone - any > 1e-6 && any - highest > 1e-6 ? 1 : 0 }
      #expect(holds("rule_points_max", own[0]) && holds("rule_points_sum", own.reduce(0, +)))
      #expect(holds("rule_points_mean", own.reduce(0, +) / Double(own.count)))
      #expect(holds("rule_points_top3_mean", best.reduce(0, +) / Double(best.count)))
    }
    #expect(several > 10)
    let silent = try #require(
      scored.first { $0["rule_reasons"]?.contains("silent +100") == true })
    let explain = try place.start(
      .score, ["explain", silent["lead_id"] ?? "", "--project", "kelvin.yaml"] + flags
    ).wait()
    #expect(explain.status == 0, "\(explain.errors)")
    #expect(explain.output.contains("silent +100"))

    // The leads as they stand tell nothing of what they did.
    let bare = try place.start(
      .score, ["predict", "--data", "oof.csv", "--out", "no.csv"] + flags
    ).wait()
    #expect(bare.status != 0 && !place.exists("no.csv"))
  }

  @Test func rulesAboutActivitiesNeedThem() throws {
    let place = try FittedModel.workspace()
    try place.write("rules.yaml", Self.rules)
    let predict = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--rules", "rules.yaml", "--out", "s.csv")
    #expect(predict.status == 65 && !place.exists("s.csv"))
    #expect(predict.errors.contains("line 6") && predict.errors.contains("Add `activities:`"))
  }
}
