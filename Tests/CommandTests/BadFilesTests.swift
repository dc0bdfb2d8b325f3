import Testing

/// Files other than leads that are wrong or damaged: models, registries, rules, projects.
@Suite struct BadFilesTests {
  @Test func cutOrChangedModelFilesNeverScore() throws {
    let place = try FittedModel.workspace()
    let whole = try place.bytes("m/v0001.kelvin")
    var flipped = whole
    flipped[whole.count / 2] ^= 1
    let variants: [[UInt8]] = [
      [], Array(whole.prefix(4)), Array(whole.prefix(whole.count / 2)),
      Array(whole.dropLast()), whole + [0], flipped, Array("no model at all".utf8),
    ]
    for bytes in variants {
      try place.write("m/v0001.kelvin", bytes)
      for model in ["m", "m/v0001.kelvin"] {
        let result = try place.score("predict", "--model", model, "--data", "leads.csv")
        #expect(result.status == 65, "\(result.errors)")
        #expect(result.errors.contains("m/v0001.kelvin"))
        #expect(!place.exists("scored.csv"))
      }
    }
  }

  @Test func modelFileThatIsGoneIsSaidSo() throws {
    let place = try FittedModel.workspace()
    _ = try place.shell("rm m/v0001.kelvin")
    let result = try place.score("inspect", "--model", "m")
    #expect(result.status == 66 && result.errors.contains("listed in its registry but gone"))
  }

  @Test(arguments: ["", "{", "[]", "{\"format\": 999}", "null"])
  func damagedRegistriesStopEverythingAndStayAsTheyAre(text: String) throws {
    let place = try FittedModel.workspace()
    try place.write("m/registry.json", text)
    let predict = try place.score("predict", "--model", "m", "--data", "leads.csv")
    #expect(predict.status == 65 && predict.errors.contains("m/registry.json"))
    let fit = try place.start(.train, SampleLeads.fitArguments).wait()
    #expect(fit.status == 65 && fit.errors.contains("m/registry.json"))
    #expect(try place.text("m/registry.json") == text)
    #expect(!place.exists("m/v0002.kelvin"))
    // The file itself is whole, and can be named.
    let file = try place.score("predict", "--model", "m/v0001.kelvin", "--data", "leads.csv")
    #expect(file.status == 0, "\(file.errors)")
  }

  @Test(
    arguments: [
      ("groups: [", "rules.yaml, line"),
      ("group: []\n", "did you mean"),
      (SampleLeads.rules.replacing("points: 20", with: "pionts: 20"), "rules.yaml, line 6"),
      (SampleLeads.rules.replacing("field: source", with: "field: sorce"), "did you mean 'source'"),
      ("", "rules.yaml"),
    ])
  func wrongRulesAreRefusedWithTheirLine(rules: String, words: String) throws {
    let place = try FittedModel.workspace()
    try place.write("rules.yaml", rules)
    let predict = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--rules", "rules.yaml")
    #expect(predict.status == 65, "\(predict.errors)")
    #expect(predict.errors.contains(words), "\(predict.errors)")
    #expect(!place.exists("scored.csv"))
    let fit = try place.start(.train, SampleLeads.fitArguments + ["--rules", "rules.yaml"]).wait()
    #expect(fit.status == 65 && fit.errors.contains(words), "\(fit.errors)")
    #expect(!place.exists("m/v0002.kelvin"))
  }

  @Test(
    arguments: [
      ("leads: {csv: leads.csv}\nexlude: [points]\n", "line 2, column 1"),
      ("leads: {csv: leads.csv}\nexlude: [points]\n", "did you mean 'exclude'?"),
      ("leads: {csv: leads.csv}\nid: [\n", "kelvin.yaml, line"),
      ("leads: {csv: leads.csv}\nid: lead_id\nid: points\n", "line 3, column 1"),
      ("leads: {csv: leads.csv}\ntraining: {folds: 1}\n", "line 2"),
      ("leads: {csv: leads.csv}\noutcome: {column: stage, won: [Won], lost: [Won]}\n", "Won"),
      ("just words\n", "line 1, column 1"),
    ])
  func wrongProjectsAreRefusedWithTheirLine(text: String, words: String) throws {
    let place = try Workspace(SampleLeads(100))
    try place.write("kelvin.yaml", text)
    let result = try place.train("fit")
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(!place.exists("models"))
  }

  @Test func outOfFoldFilesMustBeOutOfFoldFiles() throws {
    let place = try FittedModel.workspace()
    let result = try place.score("compare", "--out-of-fold", "leads.csv")
    #expect(result.status == 65 && result.errors.contains("converted"))
  }
}
