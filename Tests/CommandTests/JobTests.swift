import Foundation
import Testing

/// The jobs as a user runs them, from an export to a comparison.
@Suite struct JobTests {
  @Test func proposedProjectLeadsFromAnExportToScoredLeads() throws {
    let place = try Workspace(SampleLeads(300))
    let proposal = try place.train("init", "leads.csv")
    #expect(proposal.status == 0, "\(proposal.errors)")
    #expect(proposal.output.contains("Wrote kelvin.yaml"))
    #expect(try place.text("kelvin.yaml").contains("id: lead_id"))

    let audit = try place.train("audit")
    #expect(audit.status == 0, "\(audit.errors)")
    #expect(audit.output.contains("300 leads"))

    let fit = try place.train(
      "fit", "--algorithms", "logistic", "--penalty", "3", "--numbers", "linear")
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.output.contains("Model leads@v0001"))
    #expect(place.exists("models/leads/v0001.kelvin"))

    let predict = try place.score("predict", "--model", "models/leads", "--data", "leads.csv")
    #expect(predict.status == 0, "\(predict.errors)")
    #expect(
      try place.text("scored.csv").hasPrefix(
        "lead_id,probability,probability_low,probability_high,score,times_average,band,"))
  }

  @Test func bankSetGoesThroughEveryCommand() throws {
    let place = try Workspace()
    for name in ["bank.csv", "kelvin.yaml", "rules.yaml"] {
      try place.write(name, Array(try Data(contentsOf: Self.bank.appendingPathComponent(name))))
    }
    let fit = try place.train(
      "fit", "--algorithms", "logistic", "--penalty", "30", "--folds", "2", "--numbers", "linear",
      "--hold-out-file",
      "held.csv", "--json")
    #expect(fit.status == 0, "\(fit.errors)")
    let report = try fit.json()
    #expect(report["model"] as? String == "bank@v0001")
    #expect(report["comparison"] != nil)
    let model = "models/bank"
    let predict = try place.score(
      "predict", "--model", model, "--data", "held.csv", "--rules", "rules.yaml", "--all",
      "--quiet")
    #expect(predict.status == 0, "\(predict.errors)")
    let lines = try place.text("scored.csv").split(separator: "\n")
    // A quarter of 4,521 leads, and the header.
    #expect((1_125...1_135).contains(lines.count))
    #expect(
      lines[0]
        == "lead_id,probability,probability_low,probability_high,score,times_average,band,"
        + "rule_points,rule_score,rule_grade,rule_stage,novelty,reasons_for,reasons_against,"
        + "rule_reasons,model")
    let compare = try place.score(
      "compare", "--model", model, "--data", "held.csv", "--rules", "rules.yaml")
    #expect(compare.status == 0, "\(compare.errors)")
    let evaluate = try place.train("evaluate", "--model", model, "--data", "held.csv")
    #expect(evaluate.status == 0, "\(evaluate.errors)")
    let inspect = try place.score("inspect", "--model", model)
    #expect(inspect.status == 0, "\(inspect.errors)")
    #expect(inspect.output.contains("bank@v0001"))
  }

  static let bank = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("datasets/bank")

  @Test func resultsGoToStandardOutputAndNothingElseDoes() throws {
    let place = try FittedModel.workspace()
    let fit = try place.fit()
    #expect(fit.output.contains("Model m@v0002"))
    #expect(!fit.errors.contains("Model m@"))
    let predict = try place.score("predict", "--model", "m", "--data", "leads.csv")
    #expect(predict.output.hasPrefix("Scored "))
    #expect(predict.errors.isEmpty)
  }

  @Test func quietSaysNothingAndQuietJSONSaysJSONAlone() throws {
    let place = try FittedModel.workspace()
    let fit = try place.fit("--quiet")
    #expect(fit.output.isEmpty && fit.errors.isEmpty)
    let predict = try place.score("predict", "--model", "m", "--data", "leads.csv", "--quiet")
    #expect(predict.status == 0 && predict.output.isEmpty && predict.errors.isEmpty)
    let inspect = try place.score("inspect", "--model", "m", "--quiet", "--json")
    #expect(try inspect.json()["model"] as? String == "m@v0002")
  }

  @Test(
    arguments: [
      (
        KelvinCommand.train, ["fit", "--model", "n"],
        ["model", "data", "columns", "algorithm", "outOfFold", "effects", "modelFile", "nextSteps"]
      ),
      (.train, ["audit"], ["data", "columns", "findings"]),
      (
        .train, ["evaluate", "--model", "m", "--data", "held.csv"],
        ["model", "figures", "reliability", "gain", "data"]
      ),
      (
        .score, ["predict", "--model", "m", "--data", "leads.csv"],
        ["model", "rows", "scored", "skippedClosed", "unseenLevels", "output", "meanProbability"]
      ),
      (
        .score,
        ["compare", "--model", "m", "--data", "held.csv", "--rules", "rules.yaml"],
        ["byModel", "byRules", "tops", "verdict", "leads", "aucTest"]
      ),
      (
        .score, ["inspect", "--model", "m"],
        ["model", "sha256", "columns", "effects", "outOfFold", "heldOut", "formatVersion"]
      ),
    ])
  func jsonHoldsWhatProgramsAskFor(
    command: KelvinCommand, arguments: [String], keys: [String]
  ) throws {
    let place = try FittedModel.workspace()
    var all = arguments
    if ["fit", "audit"].contains(arguments[0]) {
      all += ["--data", "leads.csv", "--id", "lead_id", "--target", "stage=Won", "--lost", "Lost"]
    }
    if arguments[0] == "fit" {
      all += ["--algorithms", "logistic", "--penalty", "3", "--folds", "2"]
    }
    let result = try place.start(command, all + ["--json"]).wait()
    #expect(result.status == 0, "\(result.errors)")
    let found = try result.json()
    for key in keys { #expect(found[key] != nil, "no \(key) in \(found.keys.sorted())") }
  }

  @Test func everyFitWritesTheNextVersionAndOldOnesStayUsable() throws {
    let place = try Workspace(SampleLeads(300))
    try place.fit()
    try place.fit("--penalty", "1000")
    #expect(place.exists("m/v0001.kelvin") && place.exists("m/v0002.kelvin"))
    var scored: [String: String] = [:]
    for model in ["m", "m@v0001", "m@v0002", "m/v0001.kelvin"] {
      let result = try place.score(
        "predict", "--model", model, "--data", "leads.csv", "--columns", "probability",
        "--quiet")
      #expect(result.status == 0, "\(result.errors)")
      scored[model] = try place.text("scored.csv")
    }
    #expect(scored["m"] == scored["m@v0002"])
    #expect(scored["m@v0001"] == scored["m/v0001.kelvin"])
    #expect(scored["m"] != scored["m@v0001"])
  }

  @Test func heldOutLeadsAreComparedOnAndTrainingLeadsRefused() throws {
    let place = try FittedModel.workspace()
    let compare = ["compare", "--model", "m", "--rules", "rules.yaml", "--data"]
    let held = try place.start(.score, compare + ["held.csv"]).wait()
    #expect(held.status == 0, "\(held.errors)")
    let closed = try place.text("held.csv").split(separator: "\n").count - 1

    let seen = try place.start(.score, compare + ["leads.csv"]).wait()
    #expect(seen.status == 65)
    #expect(seen.output.isEmpty)
    #expect(seen.errors.contains("were used to fit m@v0001"))
    #expect(seen.errors.contains("--unseen"))
    let evaluated = try place.train("evaluate", "--model", "m", "--data", "leads.csv")
    #expect(evaluated.status == 65)

    let unseen = try place.start(.score, compare + ["leads.csv", "--unseen", "--json"]).wait()
    #expect(unseen.status == 0, "\(unseen.errors)")
    #expect(try unseen.json()["leads"] as? Int == closed)
  }

  @Test func rulesThatLookAtTheOutcomeAreWarnedAbout() throws {
    let place = try FittedModel.workspace()
    try place.write(
      "rules.yaml",
      SampleLeads.rules.replacing("field: source, is: Referral", with: "field: stage, is: Won"))
    let compare = try place.score(
      "compare", "--model", "m", "--data", "held.csv", "--rules", "rules.yaml", "--json")
    let warnings = try #require(try compare.json()["warnings"] as? [String])
    #expect(warnings.contains { $0.contains("“stage”, the outcome itself") })
    let fit = try place.fit("--rules", "rules.yaml", "--json").json()
    let fitted = try #require((fit["comparison"] as? [String: Any])?["warnings"] as? [String])
    #expect(fitted.contains { $0.contains("“stage”, the outcome itself") })
  }

  @Test func outcomesAsPandasWritesThemNeedNoWonValue() throws {
    var leads = SampleLeads(200, open: false)
    for index in leads.rows.indices {
      leads.rows[index][6] = leads.rows[index][6] == "Won" ? "1.0" : "0.0"
    }
    let place = try Workspace(leads)
    let result = try place.train(
      "fit", "--data", "leads.csv", "--id", "lead_id", "--target", "stage", "--algorithms",
      "logistic", "--penalty", "3", "--folds", "2", "--model", "m")
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func outOfFoldPredictionsAreComparedWithTheRules() throws {
    let place = try FittedModel.workspace()
    try place.fit("--rules", "rules.yaml", "--out-of-fold", "oof.csv")
    let text = try place.text("oof.csv")
    #expect(
      text.hasPrefix(
        "lead_id,converted,fold,probability,rule_score,"
          + "probability_rules,probability_together\n"))
    let closed = FittedModel.leads.count("Won") + FittedModel.leads.count("Lost")
    #expect(text.split(separator: "\n").count == closed + 1)
    let compare = try place.score("compare", "--out-of-fold", "oof.csv", "--json")
    #expect(compare.status == 0, "\(compare.errors)")
    #expect(try compare.json()["leads"] as? Int == closed)
  }
}
