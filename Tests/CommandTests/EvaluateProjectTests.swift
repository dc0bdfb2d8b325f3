import Testing

/// Models of a history, judged by what came after.
@Suite struct EvaluateProjectTests {
  @Test func onlyWhatCameAfterTheFitIsJudged() throws {
    let place = try SharedCRM.learnedInJuly()
    let report = try place.train("evaluate", "--model", "m", "--json")
    #expect(report.status == 0, "\(report.errors)")
    let data = try #require(try report.json()["data"] as? [String: Any])
    #expect(data["unit"] as? String == "example" && data["open"] as? Int == 0)
    let notes = try #require(data["notes"] as? [String])
    #expect(notes.contains { $0.contains("decisions from 2025-06-") && $0.contains("within 60d") })
    #expect(notes.contains { $0.contains("were decided before that day, and are not judged") })
    #expect(notes.contains { $0.contains("are immature") })
    // Its own data hold nothing that is newer.
    let own = try place.train("evaluate", "--model", "m", "--project", "july.yaml")
    #expect(own.status == 65 && own.errors.contains("has an outcome yet"), "\(own.errors)")

    let earlier = try place.train("evaluate", "--model", "m", "--from", "2025-03-01")
    #expect(earlier.status == 64 && earlier.errors.contains("learned from outcomes until 2025-06-"))
    let beyond = try place.train("evaluate", "--model", "m", "--as-of", "2030-01-01")
    #expect(
      beyond.status == 65
        && beyond.errors.contains("--as-of 2030-01-01 lies beyond the end of the data, 20"),
      "\(beyond.errors)")
    let scored = try place.score("predict", "--model", "m", "--as-of", "2030-01-01")
    let words = scored.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("--as-of 2030-01-01 lies beyond the end of the data"), "\(words)")
    let bad = try place.train("evaluate", "--model", "m", "--from", "March")
    #expect(bad.status == 64 && bad.errors.contains("--from is “March”"))

    let part = try place.train(
      "evaluate", "--model", "m", "--from", "2025-08-01", "--as-of", "2025-11-30", "--json")
    #expect(part.status == 0, "\(part.errors)")
    let fewer = try #require(try part.json()["data"] as? [String: Any])
    let (rows, all) = (fewer["rows"] as? Int ?? 0, data["rows"] as? Int ?? 0)
    #expect(rows > 0 && rows < all)
    #expect(
      (fewer["notes"] as? [String])?.contains {
        $0.contains("decisions from 2025-08-01 on") && $0.contains("data until 2025-11-30")
      } == true)

    // Fields of no known past, wherever the model is met.
    for report in [
      try place.score("inspect", "--model", "m"), try place.score("predict", "--model", "m"),
      try place.train("evaluate", "--model", "m"),
    ] {
      let words = report.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains("as of the export; expect worse live"), "\(words)")
    }

    try place.write(
      "rules.yaml",
      """
      groups:
        - name: interest
          category: engagement
          rules:
            - {name: many sessions, when: {field: sessions_before, at_least: 2}, points: 10}
            - {name: agreed, when: {field: consent, is: yes}, points: 5}
            - {name: opened, event: email_open, each: true, points: 1, cap: 20}
            - {name: silent, no_event_within: 7d, points: -5}
      """)
    let compare = try place.score("compare", "--model", "m", "--rules", "rules.yaml", "--json")
    #expect(compare.status == 0, "\(compare.errors)")
    #expect(try compare.json()["population"] as? String != nil)

    #expect(compare.output.contains("opened") && compare.output.contains("silent"))
  }

  @Test func leadsThatTheModelKnowsAreLeftOutAndCounted() throws {
    let place = try SharedCRM.learnedInJuly()
    // Leads of the training months are looked at again when they are eight months old.
    try place.write(
      "july.yaml",
      try place.text("july.yaml").replacing(
        "decision: {ages: [0d, 14d]}", with: "decision: {ages: [0d, 240d]}"))
    let fit = try place.train("fit", "--project", "july.yaml", "--model", "old", "--quiet")
    #expect(fit.status == 0, "\(fit.errors)")
    let report = try place.train("evaluate", "--model", "old", "--json")
    #expect(report.status == 0, "\(report.errors)")
    let notes = try #require(
      (try report.json()["data"] as? [String: Any])?["notes"] as? [String])
    #expect(notes.contains { $0.contains("examples of leads that the model was fitted to") })
  }

  @Test func aPeriodNeedsAHistory() throws {
    let place = try FittedModel.workspace()
    let flag = try place.train(
      "evaluate", "--model", "m", "--data", "leads.csv", "--from", "2025-01-01")
    #expect(flag.status == 64 && flag.errors.contains("--from goes with --project"))
    try place.write("kelvin.yaml", "leads: leads.csv\nid: lead_id\n")
    let project = try place.train(
      "evaluate", "--model", "m", "--project", "kelvin.yaml", "--from", "2025-01-01")
    #expect(project.status == 64 && project.errors.contains("outcomes have dates"))
    let seen = try place.train("evaluate", "--model", "m", "--project", "kelvin.yaml")
    #expect(seen.status == 65 && seen.errors.contains("were used to fit"), "\(seen.errors)")
  }

  private static let rules = """
    scale: {from: 0, to: 100, raw: 40}
    groups:
      - name: interest
        category: engagement
        rules:
          - {name: opens, event: email_open, each: true, points: 2}
          - {name: visits, event: page_view, each: true, points: 1}

    """

  /// Counts contacted examples from the database itself: a call from the decision on, before the outcome
  /// and within the horizon; or one before the decision.
  private static let counted = """
    import csv, datetime, sqlite3, sys
    moment = lambda text: datetime.datetime.fromisoformat(text[:19].replace("T", " "))
    calls, ends = {}, {}
    for lead, kind, at in sqlite3.connect("crm.db").execute(
            "SELECT lead_id, kind, occurred_at FROM activities WHERE kind IN ('call', 'won', 'lost')"):
        (calls if kind == "call" else ends).setdefault(str(lead), []).append(moment(at))
    after = before = 0
    for row in csv.DictReader(open("features.csv")):
        at = moment(row["decision_time"])
        if at < datetime.datetime(2025, 9, 1):
            continue
        own = calls.get(row["lead_id"], [])
        end = min([at + datetime.timedelta(days=60)] + [e for e in ends.get(row["lead_id"], []) if e >= at])
        after += any(at <= call < end for call in own)
        before += any(call < at for call in own)
    print(after, before)

    """

  @Test func contactIsToldByActivitiesAndScoresAreFollowedInTime() throws {
    let place = try SharedCRM.learnedInJuly()
    try place.write("rules.yaml", Self.rules)
    try place.write("count.py", Self.counted)
    let features = try place.train("features", "--out", "features.csv", "--quiet")
    #expect(features.status == 0, "\(features.errors)")
    let counted = try place.shell("python3 count.py").output
      .split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    try #require(counted.count == 2 && counted[0] > 10 && counted[1] > 10)
    let flags = ["compare", "--model", "m", "--rules", "rules.yaml", "--from", "2025-09-01"]
    func details(_ contacted: String) throws -> [String: Any] {
      let result = try place.start(.score, flags + ["--contacted", contacted, "--json"]).wait()
      #expect(result.status == 0, "\(result.errors)")
      return try #require(try result.json()["details"] as? [String: Any])
    }
    for (kind, moment, expected) in [
      ("event", "after", counted[0]), ("before", "before", counted[1]),
    ] {
      let contact = try #require(try details("\(kind):call")["contact"] as? [String: Any])
      #expect(contact["column"] as? String == "call" && contact["moment"] as? String == moment)
      #expect((contact["contacted"] as? [String: Any])?["leads"] as? Int == expected)
    }
    // A project file says it for good: to `compare` without the flag, and to the page of `fit`.
    let project = try place.text("kelvin.yaml")
    try place.write("kelvin.yaml", project + "contacted: {before: call}\n")
    let told = try #require(
      try place.start(.score, flags + ["--json"]).wait().json()["details"] as? [String: Any])
    let own = try #require(told["contact"] as? [String: Any])
    #expect(own["moment"] as? String == "before")
    #expect((own["contacted"] as? [String: Any])?["leads"] as? Int == counted[1])
    let fit = try place.train(
      "fit", "--model", "other", "--rules", "rules.yaml", "--report", "fit.html", "--json")
    #expect(fit.status == 0, "\(fit.errors)")
    let fitted = try #require(try fit.json()["comparison"] as? [String: Any])
    let contact = try #require(
      (fitted["details"] as? [String: Any])?["contact"] as? [String: Any])
    #expect(contact["column"] as? String == "call" && contact["moment"] as? String == "before")
    #expect(contact["contacted"] is [String: Any])
    try place.write("kelvin.yaml", project)
    // Events are never taken away again, so counts of them only go up.
    let movement = try #require(try details("event:call")["movement"] as? [String: Any])
    #expect(movement["verdict"] as? String == "onlyUp")
    let step = try #require((movement["steps"] as? [[String: Any]])?.first)
    #expect(step["fromAge"] as? Int == 0 && step["toAge"] as? Int == 14)
    let text = try place.start(.score, flags + ["--contacted", "event:call,email_sent"]).wait()
    #expect(text.sentences.contains("the score only goes up"))
    #expect(text.sentences.contains("“call, email_sent” from the decision on"), "\(text.output)")
    let unknown = try place.start(.score, flags + ["--contacted", "event:cal"]).wait()
    #expect(
      unknown.status == 64 && unknown.errors.contains("did you mean “call”"), "\(unknown.errors)")
    let empty = try place.start(.score, flags + ["--contacted", "event:"]).wait()
    #expect(empty.status == 64)
  }
}
