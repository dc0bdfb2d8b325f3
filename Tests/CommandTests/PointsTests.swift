import Foundation
import Testing

/// `kelvin-train points`.
@Suite struct PointsTests {
  private static let basics = [
    "points", "--data", "leads.csv", "--id", "lead_id", "--target", "stage=Won", "--lost", "Lost",
    "--exclude", "points",
  ]

  private func points(_ place: Workspace, _ more: String...) throws -> CommandResult {
    try place.start(.train, Self.basics + more).wait()
  }

  private func place(_ count: Int) throws -> (Workspace, SampleLeads) {
    let leads = SampleLeads(count)
    let place = try Workspace(leads)
    try place.write("rules.yaml", SampleLeads.rules)
    return (place, leads)
  }

  private func lines(_ result: CommandResult) throws -> [[String: Any]] {
    try #require(try result.json()["lines"] as? [[String: Any]])
  }

  @Test func onlyPointsChangeAndTheFileStaysAsItIsWritten() throws {
    let (place, _) = try place(3_000)
    let result = try points(
      place, "--rules", "rules.yaml", "--suggest", "0", "--write", "new.yaml")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("~ other points"))
    let (old, new) = (SampleLeads.rules, try place.text("new.yaml"))
    #expect(old != new)
    func withoutPoints(_ text: String) -> String {
      text.replacing(#/points: -?[0-9]+/#, with: "points")
    }
    #expect(withoutPoints(old) == withoutPoints(new))
    // Visits say more than the file thinks, and word of mouth less.
    let points = new.matches(of: #/points: (-?[0-9]+)/#).compactMap { Int($0.1) }
    #expect(points.count == 3)
    #expect(points[0] < 20 && points[2] > 15)
    #expect(try place.text("rules.yaml") == old)
  }

  @Test func theEvidenceIsWhatTheLeadsSay() throws {
    let (place, leads) = try place(1_200)
    let result = try points(place, "--rules", "rules.yaml", "--suggest", "0", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let closed = leads.rows.filter { $0[6] != "Open" }
    let tests: [([String]) -> Bool] = [
      { $0[1] == "Referral" }, { (Int($0[3]) ?? 0) >= 80 }, { (Int($0[2]) ?? 0) >= 15 },
    ]
    let lines = try lines(result)
    #expect(lines.count == tests.count)
    for (line, holds) in zip(lines, tests) {
      let evidence = try #require(line["evidence"] as? [String: Any])
      let held = closed.filter(holds)
      #expect(evidence["leads"] as? Double == Double(held.count))
      #expect(evidence["conversions"] as? Double == Double(held.count { $0[6] == "Won" }))
      let interval = try #require(line["interval"] as? [String: Any])
      #expect(try #require(interval["low"] as? Double) < #require(interval["high"] as? Double))
    }
  }

  /// What the new file gives each lead, by the scorer, against the table.
  @Test func theTableCountsWhatTheNewFileGives() throws {
    let (place, _) = try place(900)
    try place.fit()
    let result = try points(
      place, "--rules", "rules.yaml", "--suggest", "2", "--write", "new.yaml", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let scored = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--rules", "new.yaml", "--all", "--out",
      "scored.csv", "--quiet")
    #expect(scored.status == 0, "\(scored.errors)")
    let stages = Dictionary(
      uniqueKeysWithValues: try place.records("leads.csv").map { ($0["lead_id"], $0["stage"]) })
    var counts: [Double: Double] = [:]
    for lead in try place.records("scored.csv") where stages[lead["lead_id"]] != "Open" {
      counts[try #require(lead["rule_points"].flatMap(Double.init)), default: 0] += 1
    }
    let report = try result.json()
    let table = try #require(report["table"] as? [[String: Double]])
    let (intercept, slope) = (
      try #require(report["intercept"] as? Double), try #require(report["slope"] as? Double)
    )
    for step in table {
      let points = try #require(step["points"])
      #expect(step["leads"] == counts[points] ?? 0)
      let probability = 1 / (1 + exp(-(intercept + slope * points)))
      #expect(abs(try #require(step["probability"]) - probability) < 1e-12)
    }
  }

  @Test func theSameLeadsGiveTheSameBytes() throws {
    let (place, _) = try place(800)
    let one = try points(
      place, "--rules", "rules.yaml", "--write", "new.yaml", "--json", "--threads", "1")
    #expect(one.status == 0, "\(one.errors)")
    let first = try place.bytes("new.yaml")
    let other = try points(
      place, "--rules", "rules.yaml", "--write", "new.yaml", "--force", "--json", "--threads",
      "3")
    #expect(other.output == one.output)
    #expect(try place.bytes("new.yaml") == first)
  }

  @Test func aFirstFileFromNothingLoadsWhereRulesDo() throws {
    let place = try FittedModel.workspace()
    try place.write("leads.csv", SampleLeads(2_000, seed: 4).text)
    let result = try points(place, "--write", "first.yaml")
    #expect(result.status == 0, "\(result.errors)")
    let text = try place.text("first.yaml")
    #expect(text.contains("field: \"visits\"") && text.contains("is: \"Referral\""))
    #expect(
      !text.contains("lead_id") && !text.contains("\"stage\"") && !text.contains("\"points\""))
    let compared = try place.score(
      "compare", "--model", "m", "--data", "held.csv", "--rules", "first.yaml", "--brief")
    #expect(compared.status == 0, "\(compared.errors)")
  }

  @Test func chanceAloneWritesNothing() throws {
    var leads = SampleLeads(600)
    for row in leads.rows.indices { leads.rows[row][6] = row % 3 == 0 ? "Won" : "Lost" }
    let place = try Workspace(leads)
    let result = try points(place, "--write", "first.yaml")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("beyond chance"))
    #expect(!place.exists("first.yaml"))
    try place.write("rules.yaml", SampleLeads.rules)
    let kept = try points(place, "--rules", "rules.yaml", "--write", "same.yaml")
    #expect(kept.status == 0, "\(kept.errors)")
    #expect(!kept.output.contains("they are better"))
  }

  @Test func fewConversionsAreRefused() throws {
    let place = try Workspace(SampleLeads(300, won: 19))
    try place.write("rules.yaml", SampleLeads.rules)
    let result = try points(place, "--rules", "rules.yaml", "--write", "new.yaml")
    #expect(result.status == 65)
    #expect(result.errors.contains("1 more won"))
    #expect(!place.exists("new.yaml"))
  }

  @Test func noFileOfTheUsersIsReplacedUnasked() throws {
    let (place, leads) = try place(400)
    let rules = try points(place, "--rules", "rules.yaml", "--write", "rules.yaml")
    #expect(rules.status == 64 && rules.errors.contains("--force"))
    #expect(try place.text("rules.yaml") == SampleLeads.rules)
    let data = try points(place, "--rules", "rules.yaml", "--write", "leads.csv", "--force")
    #expect(data.status == 64)
    #expect(try place.text("leads.csv") == leads.text)
    let asked = try points(
      place, "--rules", "rules.yaml", "--write", "rules.yaml", "--force", "--suggest", "0")
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(asked.output.contains("Written to rules.yaml"))
  }

  @Test func rulesAboutColumnsThatAreLeftOutKeepTheirPoints() throws {
    let (place, _) = try place(2_000)
    let result = try points(
      place, "--rules", "rules.yaml", "--exclude", "employees", "--json", "--suggest", "1")
    #expect(result.status == 0, "\(result.errors)")
    let large = try lines(result)[1]
    #expect(large["change"] as? String == "fixed" && large["newPoints"] as? Double == 5)
    #expect((large["why"] as? String)?.contains("employees") == true)
    for line in try lines(result) {
      let evidence = try #require(line["evidence"] as? [String: Any])
      let rule = try #require(evidence["rule"] as? String)
      #expect(!rule.hasPrefix("employees") && !rule.hasPrefix("points"))
    }
  }

  @Test func heldOutLeadsJudgeWhereTheyAreAskedFor() throws {
    let (place, _) = try place(1_000)
    let result = try points(
      place, "--rules", "rules.yaml", "--hold-out", "25%", "--suggest", "0", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let judgement = try #require(try result.json()["judgement"] as? [String: Any])
    #expect(judgement["population"] as? String == "heldOut")
    let leads = try #require(judgement["leads"] as? Double)
    #expect((180...240).contains(leads))
  }

  /// Of a history, as of the decisions: what activities give is learned too.
  @Test func rulesAboutActivitiesAreLearnedFromWhatWasKnown() throws {
    let place = try SharedCRM.workspace()
    try place.write(
      "kelvin.yaml",
      SharedCRM.tables + "exclude: [stage, closed_at, onboarding_owner]\nrules: rules.yaml\n"
        + "outcome: {event: won, lost: lost, within: 60d}\ndecision: {ages: [0d, 14d]}\n"
        + SharedCRM.training)
    try place.write(
      "rules.yaml",
      """
      groups:
        - name: interest
          category: engagement
          cap: 90
          decay: {half_life: 30d}
          rules:
            - {name: opens, event: email_open, within: 60d, each: true, points: 2, cap: 30}
            - {name: visits, event: page_view, each: true, points: 1}
            - {name: silent, no_event_within: 7d, points: 20}

      """)
    let result = try place.train("points", "--write", "new.yaml", "--suggest", "2", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let lines = try lines(result)
    #expect(lines.count >= 3)
    #expect(lines.prefix(3).allSatisfy { $0["change"] as? String != "fixed" })
    for line in lines.prefix(3) {
      let evidence = try #require(line["evidence"] as? [String: Any])
      #expect(try #require(evidence["leads"] as? Double) > 20)
    }
    let fit = try place.train("fit", "--model", "m", "--rules", "new.yaml", "--quiet")
    #expect(fit.status == 0, "\(fit.errors)")
  }

  @Test func wrongFlagsAreRefused() throws {
    let (place, _) = try place(100)
    #expect(try points(place, "--force").status == 64)
    #expect(try points(place, "--suggest", "0").status == 64)
    #expect(try points(place, "--suggest", "-1").status == 64)
    #expect(try points(place, "--rule-score", "points").status == 64)
    #expect(try points(place, "--rules", "absent.yaml").status == 66)
  }
}
