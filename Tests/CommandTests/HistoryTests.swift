import Foundation
import Testing

/// A CRM of several tables through every command.
@Suite struct HistoryTests {
  private static let project = """
    name: crm
    leads: {sqlite: crm.db, table: leads}
    id: lead_id
    account: account_id
    created: created_at
    exclude: [stage, closed_at, onboarding_owner]
    outcome: {event: won, lost: lost, within: 90d}
    activities: {from: {sqlite: crm.db, table: activities}, lead: lead_id, at: occurred_at, type: kind,
                 value: amount, attributes: [product], by_us: [email_sent, call],
                 recorded_at: recorded_at}
    joins:
      - {from: {sqlite: crm.db, table: accounts}, on: account_id, columns: [sector, headcount]}
    decision: {ages: [0d, 7d, 30d]}
    vocabulary: standard
    training: {algorithms: [logistic], folds: 2, penalty: 30, numbers: linear}
    scores: {sqlite: scores.db, table: lead_scores}

    """

  private func workspace(_ leads: Int = 500) throws -> Workspace {
    let place = try Workspace()
    let made = try place.start(
      .crm, ["--out", ".", "--leads", "\(leads)", "--seed", "5", "--format", "sqlite"]
    ).wait()
    #expect(made.status == 0, "\(made.errors)")
    try place.write("kelvin.yaml", Self.project)
    return place
  }

  @Test func aHistoryGoesFromTablesToScores() throws {
    let place = try workspace()
    let fit = try place.train("fit", "--model", "m")
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.output.contains("joined crm.db (table accounts)"))
    #expect(fit.output.contains("titles: "))
    #expect(fit.output.contains("as of the export; expect worse live"))
    #expect(fit.output.contains("Immature, left out"))

    let predict = try place.score("predict", "--model", "m", "--out", "scored.csv")
    #expect(predict.status == 0, "\(predict.errors)")
    #expect(predict.output.contains("scored as of "))
    let lines = try place.text("scored.csv").split(separator: "\n")
    #expect(
      lines[0]
        == "lead_id,decision_time,probability,probability_low,probability_high,score,times_average,band,novelty,"
        + "reasons_for,"
        + "reasons_against,model")
    #expect(lines.count > 10)
    let workbook = try place.score("predict", "--model", "m", "--out", "scored.xlsx", "--quiet")
    #expect(workbook.status == 0 && place.exists("scored.xlsx"), "\(workbook.errors)")

    let earlier = try place.score(
      "predict", "--model", "m", "--as-of", "2025-06-30", "--out", "june.csv", "--quiet")
    #expect(earlier.status == 0, "\(earlier.errors)")
    let june = try place.text("june.csv").split(separator: "\n")
    #expect(june.dropFirst().allSatisfy { $0.contains(",2025-06-30 00:00:00,") })
    let bad = try place.score("predict", "--model", "m", "--as-of", "2025-02-30")
    #expect(bad.status == 64 && bad.errors.contains("--as-of is “2025-02-30”"))
  }

  @Test func scoresGoToATableAndOnlyChangesAreWritten() throws {
    let place = try workspace(300)
    let fit = try place.train("fit", "--model", "m", "--quiet")
    #expect(fit.status == 0, "\(fit.errors)")
    let first = try place.score("predict", "--model", "m")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("scores.db (table lead_scores)"))
    #expect(first.output.contains(" added, 0 changed, 0 as"))
    let again = try place.score("predict", "--model", "m")
    #expect(again.output.contains("(0 added, 0 changed, "), "\(again.output)\(again.errors)")
    let other = try place.score("predict", "--model", "m", "--to-table", "others")
    #expect(other.output.contains("(table others)"), "\(other.errors)")
  }

  @Test func examplesOfALaterTimeCanBeJudged() throws {
    let place = try workspace(300)
    let fit = try place.train(
      "fit", "--model", "m", "--hold-out", "25%", "--hold-out-file", "h.csv")
    #expect(fit.status == 0, "\(fit.errors)")
    let evaluate = try place.train("evaluate", "--model", "m", "--data", "h.csv", "--json")
    #expect(evaluate.status == 0, "\(evaluate.errors)")
    let features = try place.train("features", "--out", "examples.csv")
    #expect(features.status == 0, "\(features.errors)")
    #expect(features.output.contains("Written to examples.csv."))
    let seen = try place.train("evaluate", "--model", "m", "--data", "examples.csv")
    #expect(seen.status == 65 && seen.errors.contains("were used to fit"))
  }

  @Test func aProjectByAnotherNameIsNamedInWhatToDoNext() throws {
    let place = try workspace(300)
    try place.write("june one.yaml", try place.text("kelvin.yaml"))
    try place.remove("kelvin.yaml")
    let fit = try place.train("fit", "--project", "june one.yaml", "--model", "m")
    #expect(fit.status == 0, "\(fit.errors)")
    let words = fit.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("predict --model m --project 'june one.yaml' --out"), "\(words)")

    // Without its project the model says what it needs.
    let alone = try place.score("predict", "--model", "m")
    #expect(alone.status == 64 && alone.errors.contains("--project FILE"), "\(alone.errors)")
    try place.write("new.csv", "lead_id,created_at\nL1,2025-01-01\n")
    for command in [
      ["predict", "--model", "m", "--data", "new.csv"],
      ["explain", "L1", "--model", "m", "--data", "new.csv"],
    ] {
      let data = try place.start(.score, command).wait()
      #expect(data.status == 64, "\(data.errors)")
      #expect(data.errors.contains("it was learned from a history of several tables"))
    }
    let judged = try place.train("evaluate", "--model", "m", "--data", "new.csv")
    #expect(judged.errors.contains("--project kelvin.yaml"), "\(judged.errors)")
  }

  @Test func aStageIsFoundAndColumnsThatAreMadeCanBeLeftOut() throws {
    let place = try workspace(800)
    try place.write(
      "kelvin.yaml",
      Self.project.replacing(
        "exclude: [stage, closed_at, onboarding_owner]",
        with: "exclude: [closed_at, onboarding_owner, account.other_wins]"))
    let features = try place.train("features", "--out", "examples.csv")
    #expect(features.status == 0, "\(features.errors)")
    let words = features.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("stage: a leak, the outcome in other words"), "\(words)")
    #expect(words.contains("--exclude \"stage\""))
    #expect(words.contains("Left out as asked: onboarding_owner, closed_at, account.other_wins."))
    let header = try #require(try place.text("examples.csv").split(separator: "\n").first)
    #expect(!header.contains("account.other_wins") && header.contains("account.other_leads"))
    let audit = try place.train("audit", "--keep-column", "lead.count.all", "--json")
    #expect(audit.status == 0, "\(audit.errors)")
    let columns = try #require(try audit.json()["columns"] as? [[String: Any]])
    func use(_ name: String) -> [String: Any]? { columns.first { $0["column"] as? String == name } }
    #expect(use("stage")?["isUsed"] as? Bool == false)
    #expect(use("account.other_wins")?["why"] as? String == "excluded")
    let typo = try place.train("audit", "--exclude", "account.other_win")
    #expect(typo.errors.contains("did you mean “account.other_wins”?"), "\(typo.errors)")
    let format = try place.train("features", "--out", "examples.xls")
    #expect(format.status == 64 && format.errors.contains("not as .xls"), "\(format.errors)")
  }

  @Test func aDatabaseIsProposedFrom() throws {
    let place = try workspace(120)
    try place.remove("kelvin.yaml")
    let result = try place.train("init", "crm.db")
    #expect(result.status == 0, "\(result.errors)")
    let text = try place.text("kelvin.yaml")
    #expect(text.contains("leads: {sqlite: crm.db, table: leads}"))
    #expect(text.contains("# The table activities looks like a log"))
    #expect(text.contains("#   from: {sqlite: crm.db, table: activities}"))
    #expect(text.contains("#   at: occurred_at\n#   type: kind\n#   value: amount"))
    let other = try place.train("init", "crm.db", "--table", "accounts", "--out", "a.yaml")
    #expect(other.status == 0, "\(other.errors)")
    #expect(try place.text("a.yaml").contains("table: accounts}"))
  }

  @Test func whatAHistoryLacksIsSaid() throws {
    let place = try workspace(120)
    func refused(_ find: String, _ replacement: String) throws -> CommandResult {
      try place.write("kelvin.yaml", Self.project.replacing(find, with: replacement))
      return try place.train("fit", "--model", "m")
    }
    let event = try refused("event: won,", "event: wonn,")
    #expect(event.status == 65 && event.errors.contains("did you mean “won”?"))
    let late = try refused("within: 90d", "within: 3000d")
    #expect(late.status == 65 && late.errors.contains("3000d"), "\(late.errors)")
    let gone = try refused(
      "activities: {from: {sqlite: crm.db, table: activities}", "activities: {from: gone.csv")
    #expect(gone.status == 66 && gone.errors.contains("gone.csv"), "\(gone.errors)")
    #expect(!place.exists("m/v0001.kelvin"))
  }

  @Test func aWorkbookIsProposedFrom() throws {
    let place = try FittedModel.workspace()
    let made = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--all", "--out", "book.xlsx", "--quiet")
    #expect(made.status == 0, "\(made.errors)")
    let result = try place.train("init", "book.xlsx")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try place.text("kelvin.yaml").contains("leads: {excel: book.xlsx}"))
  }
}
