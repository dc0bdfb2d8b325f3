import Testing

/// What `kelvin-score predict` writes.
@Suite struct PredictTests {
  @Test func openLeadsAreScoredAndClosedOnesSkipped() throws {
    let place = try FittedModel.workspace()
    let open = FittedModel.leads.count("Open")
    let result = try place.score("predict", "--model", "m", "--data", "leads.csv", "--json")
    #expect(try result.json()["scored"] as? Int == open)
    #expect(try result.json()["skippedClosed"] as? Int == 300 - open)
    #expect(try place.text("scored.csv").split(separator: "\n").count == open + 1)
  }

  @Test func allScoresClosedLeadsTooAndSoDoesAFileWithoutOutcomes() throws {
    let place = try FittedModel.workspace()
    _ = try place.score("predict", "--model", "m", "--data", "leads.csv", "--all", "--quiet")
    let all = try place.text("scored.csv")
    #expect(all.split(separator: "\n").count == 301)
    try place.write("new.csv", FittedModel.leads.text(without: "stage"))
    let result = try place.score("predict", "--model", "m", "--data", "new.csv")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try place.text("scored.csv") == all)
  }

  @Test func fileWithoutOpenLeadsGivesAHeaderAlone() throws {
    let place = try FittedModel.workspace()
    try place.write("closed.csv", SampleLeads(50, seed: 2, open: false).text)
    let result = try place.score("predict", "--model", "m", "--data", "closed.csv")
    #expect(result.status == 0)
    #expect(result.output.contains("Scored 0 of 50 leads") && result.output.contains("--all"))
    #expect(
      try place.text("scored.csv")
        == "lead_id,probability,probability_low,probability_high,score,times_average,band,novelty,"
        + "reasons_for,reasons_against,model\n")
  }

  /// A night without new leads.
  @Test func aHeaderWithoutLeadsGivesAHeaderAndANote() throws {
    let place = try FittedModel.workspace()
    try place.write("new.csv", SampleLeads(0).text)
    let result = try place.score("predict", "--model", "m", "--data", "new.csv")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("new.csv holds no leads to score"))
    #expect(
      try place.text("scored.csv")
        == "lead_id,probability,probability_low,probability_high,score,times_average,band,novelty,"
        + "reasons_for,reasons_against,model\n")
    try place.write("bad.csv", SampleLeads(0).text + "1,2\n")
    let bad = try place.score("predict", "--model", "m", "--data", "bad.csv", "--skip-bad-rows")
    #expect(bad.status == 65)
  }

  @Test func chosenColumnsAreWrittenInTheirOrderUnderTheirNames() throws {
    let place = try FittedModel.workspace()
    let result = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--columns", "Band=band, Prob=probability",
      "--columns", "model")
    #expect(result.status == 0, "\(result.errors)")
    let lines = try place.text("scored.csv").split(separator: "\n")
    #expect(lines[0] == "lead_id,Band,Prob,model")
    #expect(lines[1].hasSuffix(",m@v0001"))
  }

  @Test func probabilitiesAreTheModelsWhateverTheRules() throws {
    let place = try FittedModel.workspace()
    let columns = ["--columns", "probability", "--quiet"]
    let predict = ["predict", "--model", "m", "--data", "leads.csv"] + columns
    var outputs: [String] = []
    for rules in [[], ["--rules", "rules.yaml"], ["--rule-score", "points"]] {
      let result = try place.start(.score, predict + rules).wait()
      #expect(result.status == 0, "\(result.errors)")
      outputs.append(try place.text("scored.csv"))
    }
    #expect(Set(outputs).count == 1)
  }

  @Test func pointsOfTheCRMStandBesideTheScoresAsTheyWere() throws {
    let place = try FittedModel.workspace()
    let result = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--rule-score", "points", "--all",
      "--columns", "rule_score")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("points that were given after the"))
    let expected = FittedModel.leads.rows.map { "\($0[0]),\($0[5])\n" }.joined()
    #expect(try place.text("scored.csv") == "lead_id,rule_score\n" + expected)
  }

  @Test func idsAreCarriedByteForByte() throws {
    let place = try Workspace()
    var leads = SampleLeads(300)
    // Ids as spreadsheets and CRMs have them, quotes and spaces included.
    let ids = [
      "007", "1.50", "1e5", " padded ", "\"a,b\"", "\"say \"\"hi\"\"\"", "\"quoted\"", "año-Ñ-日本",
      "\"two\nlines\"", "=1+1", "-5", "2024-01-02", "TRUE", "🙂",
    ]
    for (index, id) in ids.enumerated() {
      leads.rows[index][0] = id
      leads.rows[index][6] = "Open"
    }
    try place.write("leads.csv", leads.text)
    try place.fit()
    let result = try place.score("predict", "--model", "m", "--data", "leads.csv", "--quiet")
    #expect(result.status == 0, "\(result.errors)")
    let scored = try place.text("scored.csv")
    for id in ids { #expect(scored.contains("\n\(id),0."), "\(id)") }
  }

  @Test func extraColumnsOrderAndUnseenLevelsDoNotStopARun() throws {
    let place = try FittedModel.workspace()
    let rows = SampleLeads(40, seed: 9, open: false).rows.map { row in
      "\(row[4]),x,\(row[5]),\(row[3]),\(row[2]),Cold call,\(row[0])\n"
    }
    try place.write(
      "new.csv", "created_at,extra,points,employees,visits,source,lead_id\n" + rows.joined())
    let result = try place.score("predict", "--model", "m", "--data", "new.csv", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let report = try result.json()
    #expect(report["extraColumns"] as? [String] == ["extra"])
    let unseen = try #require((report["unseenLevels"] as? [[String: Any]])?.first)
    #expect(unseen["column"] as? String == "source" && unseen["count"] as? Int == 40)
  }

  @Test func cellsThatDoNotReadFailTheRunAboveAShareAndNothingIsWritten() throws {
    let place = try FittedModel.workspace()
    var leads = FittedModel.leads
    for index in 0..<30 { leads.rows[index][2] = "a dozen" }
    try place.write("new.csv", leads.text)
    try place.write("scored.csv", "before\n")
    let predict = ["predict", "--model", "m", "--data", "new.csv", "--max-unparsed"]
    let refused = try place.start(.score, predict + ["9%"]).wait()
    #expect(refused.status == 65)
    #expect(refused.errors.contains("30 of 300 cells of column “visits”"))
    #expect(try place.text("scored.csv") == "before\n")
    #expect(
      try place.names() == ["held.csv", "leads.csv", "m", "new.csv", "rules.yaml", "scored.csv"])
    let allowed = try place.start(.score, predict + ["10%", "--json"]).wait()
    #expect(allowed.status == 0, "\(allowed.errors)")
    let cells = try #require((try allowed.json()["unparsedCells"] as? [[String: Any]])?.first)
    #expect(cells["column"] as? String == "visits" && cells["count"] as? Int == 30)
  }

  @Test func cellsThatDoNotReadStopAJudgementAndAnExplanationToo() throws {
    let place = try FittedModel.workspace()
    var held = try place.text("held.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    for row in 1...(held.count / 10) { held[row][2] = "a dozen" }
    try place.write(
      "new.csv", held.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n")
    let runs: [(KelvinCommand, [String])] = [
      (.train, ["evaluate"]), (.score, ["compare", "--rules", "rules.yaml"]),
      (.score, ["explain", held[1][0]]),
    ]
    for (executable, words) in runs {
      let command = words + ["--model", "m", "--data", "new.csv"]
      let refused = try place.start(executable, command).wait()
      #expect(refused.status == 65, "\(words): \(refused.errors)")
      #expect(refused.errors.contains("cells of column “visits” do not read"), "\(refused.errors)")
      let allowed = try place.start(executable, command + ["--max-unparsed", "20%", "--json"])
        .wait()
      #expect(allowed.status == 0, "\(words): \(allowed.errors)")
      let says = allowed.output.contains("cells of “visits” can't be read")
      #expect(says == (words.first != "explain"), "\(words)")
    }
  }

  @Test func standardOutputHoldsScoresAlone() throws {
    let place = try FittedModel.workspace()
    let result = try place.shell(
      "$SCORE predict --model m --data leads.csv --out /dev/stdout | cat")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("lead_id,probability"))
    #expect(!result.output.contains("Scored"))
    #expect(result.errors.contains("Scored "))
  }
}
