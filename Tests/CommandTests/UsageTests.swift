import Testing

/// What was asked for is not something that can be asked for: exit 64, and nothing is done.
@Suite struct UsageTests {
  @Test(
    arguments: [
      (["--target", "="], "--target"), (["--target", ""], "--target"),
      (["--target", "stage="], "--target"), (["--folds", "1"], "--folds is 1"),
      (["--hold-out", "100%"], "--hold-out"), (["--hold-out", "51%"], "0% to 50%"),
      (["--folds", "51"], "2 to 50"), (["--hold-out", "x"], "--hold-out"),
      (["--hold-out", ""], "--hold-out"), (["--hold-out-file", "h.csv"], "--hold-out 25%"),
      (["--penalty", "-1"], "--penalty"), (["--penalty=-1"], "--penalty"),
      (["--penalty", "nan"], "--penalty"), (["--numbers", "cubic"], "full or linear"),
      (["--algorithms", "trees"], "expected some of logistic, boosting and additive"),
      (["--algorithms", "boosting,boosting"], "--algorithms"),
      (["--algorithms", ""], "--algorithms"),
      (["--threads", "0"], "--threads is 0"), (["--threads", "x"], "--threads"),
      (["--seed", "-1"], "--seed"), (["--separator", "x"], "--separator"),
      (["--encoding", "latin1"], "windows-1252"), (["--id", ""], "--id is empty"),
      (["--id", " , "], "--id is empty"), (["--data", ""], "--data is empty"),
      (["--rules", ""], "--rules is empty"), (["--model", ""], "names no model"),
      (["--model", "n@v0002"], "--model n"),
      (["--rules", "r", "--rule-score", "points"], "give one"),
      (["--out-of-fold", "leads.csv"], "would overwrite"),
      (["--hold-out", "25%", "--hold-out-file", "./leads.csv"], "would overwrite"),
      (["--hold-out", "25%", "--hold-out-file", "x", "--out-of-fold", "x"], "would overwrite"),
      (["--bogus"], "Unknown option"), (["leftover"], "Unexpected argument"),
    ])
  func fitRefuses(more: [String], words: String) throws {
    let leads = SampleLeads(100)
    let place = try Workspace(leads)
    // The last of two options counts.
    let result = try place.start(.train, SampleLeads.fitArguments + more).wait()
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(try place.names() == ["leads.csv"])
    #expect(try place.text("leads.csv") == leads.text)
  }

  @Test(
    arguments: [
      (["--out", "leads.csv"], "would overwrite the leads"),
      (["--out", "m/../leads.csv"], "would overwrite the leads"),
      (["--out", "m/v0001.kelvin"], "would overwrite the model"),
      (["--out", "m/registry.json"], "would overwrite a file of a model's"),
      (["--out", "rules.yaml", "--rules", "rules.yaml"], "would overwrite the rules"),
      (["--out", ""], "--out is empty"), (["--data", ""], "--data is empty"),
      (["--columns", "probabilty"], "did you mean “probability”?"),
      (["--columns", ""], "--columns is empty"), (["--columns", "=band"], "NAME=column"),
      (["--columns", "band="], "NAME=column"), (["--columns", "band,band"], "two columns"),
      (["--columns", "lead_id=band"], "two columns"),
      (["--columns", "rule_score"], "is not written"), (["--max-unparsed", "6"], "--max-unparsed"),
      (["--rules", "rules.yaml", "--rule-score", "points"], "give one"),
      (["--model", "m@"], "names no model"),
    ])
  func predictRefuses(more: [String], words: String) throws {
    let place = try FittedModel.workspace()
    let before = try place.names()
    let result = try place.start(
      .score, ["predict", "--model", "m", "--data", "leads.csv"] + more
    ).wait()
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(try place.names() == before)
    #expect(try place.text("leads.csv") == FittedModel.leads.text)
  }

  @Test(
    arguments: [
      [], ["--model", "m"], ["--out-of-fold", "held.csv", "--model", "m"],
      ["--model", "m", "--data", "held.csv"],
    ])
  func compareRefusesWithoutBothSides(arguments: [String]) throws {
    let place = try FittedModel.workspace()
    let result = try place.start(.score, ["compare"] + arguments).wait()
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func commandsWithoutAnythingToDoSayWhatTheyCan() throws {
    let place = try Workspace()
    #expect(try place.train().output.contains("SUBCOMMANDS"))
    #expect(try place.score("--help").output.contains("Exit codes: 0 done, 64 usage"))
    #expect(try place.score("--version").output.hasPrefix("Kelvin "))
    let fit = try place.train("fit")
    #expect(fit.status == 64 && fit.errors.contains("--data leads.csv"))
    let target = try place.train("fit", "--data", "leads.csv")
    #expect(target.status == 64 && target.errors.contains("--target"))
  }

  @Test(
    arguments: [
      (KelvinCommand.train, ["fit", "--data", "gone.csv", "--target", "y=1"], "gone.csv"),
      (.train, ["fit", "--data", "m", "--target", "y=1"], "m is a folder"),
      (.train, ["fit", "--project", "gone.yaml"], "gone.yaml"),
      (.train, ["init", "gone.csv"], "gone.csv"),
      (.train, ["evaluate", "--model", "m", "--data", "gone.csv"], "gone.csv"),
      (.score, ["predict", "--model", "gone", "--data", "leads.csv"], "there is m"),
      (.score, ["predict", "--model", "m@v0009", "--data", "leads.csv"], "it has v0001"),
      (.score, ["predict", "--model", "m", "--data", "gone.csv"], "gone.csv"),
      (.score, ["predict", "--model", "m", "--data", "m"], "m is a folder"),
      (.score, ["predict", "--model", "m", "--data", "/dev/stdin"], "is a pipe"),
      (.score, ["predict", "--model", "m", "--data", "leads.csv", "--rules", "x"], "x"),
      (.score, ["compare", "--out-of-fold", "gone.csv"], "gone.csv"),
    ])
  func whatIsNotThereIsExit66(
    command: KelvinCommand, arguments: [String], words: String
  ) throws {
    let place = try FittedModel.workspace()
    let result = try place.start(command, arguments).wait()
    #expect(result.status == 66, "\(result.errors)")
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test func initReplacesNothingUnasked() throws {
    let place = try Workspace(SampleLeads(100))
    try place.write("kelvin.yaml", "mine\n")
    let refused = try place.train("init", "leads.csv")
    #expect(refused.status == 64 && refused.errors.contains("--force"))
    #expect(try place.text("kelvin.yaml") == "mine\n")
    #expect(try place.train("init", "leads.csv", "--force").status == 0)
    #expect(try place.text("kelvin.yaml").contains("lead_id"))
    let own = try place.train("init", "leads.csv", "--out", "leads.csv", "--force")
    #expect(own.status == 64)
    #expect(try place.text("leads.csv") == SampleLeads(100).text)
  }
}
