import Testing

/// Models of a history, judged by what came after.
@Suite struct EvaluateProjectTests {
  /// The project as of an earlier day beside the whole one, and a model of the former.
  private func place() throws -> Workspace {
    let place = try SharedCRM.workspace()
    let whole =
      SharedCRM.tables + "exclude: [stage, closed_at, onboarding_owner]\n"
      + "outcome: {event: won, lost: lost, within: 60d}\ndecision: {ages: [0d, 14d]}\n"
      + SharedCRM.training
    try place.write("kelvin.yaml", whole)
    try place.write("leads.sql", "SELECT * FROM leads WHERE created_at < '2025-07-01'")
    try place.write(
      "activities.sql",
      "SELECT * FROM activities WHERE occurred_at < '2025-07-01' AND recorded_at < '2025-07-01'")
    try place.write(
      "july.yaml",
      whole.replacing("table: leads", with: "query: leads.sql")
        .replacing("table: activities", with: "query: activities.sql"))
    let fit = try place.train("fit", "--project", "july.yaml", "--model", "m", "--quiet")
    #expect(fit.status == 0, "\(fit.errors)")
    return place
  }

  @Test func onlyWhatCameAfterTheFitIsJudged() throws {
    let place = try place()
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
    let place = try place()
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
}
