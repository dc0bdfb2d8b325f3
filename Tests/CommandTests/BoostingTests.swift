import Foundation
import Testing

/// Boosted trees through every command.
@Suite struct BoostingTests {
  /// Few trees in few folds, so that a fit takes a second.
  static let project = """
    leads: leads.csv
    id: lead_id
    outcome: {column: stage, won: Won, lost: Lost}
    training:
      folds: 2
      penalty: 3
      numbers: linear
      boosting: {rounds: 40, patience: 10, learning_rate: 0.2, pairs: 2}

    """

  private func workspace(_ count: Int = 400, _ project: String = Self.project) throws -> Workspace {
    let place = try Workspace(SampleLeads(count))
    try place.write("kelvin.yaml", project)
    return place
  }

  @Test func aModelOfTreesGoesThroughEveryCommand() throws {
    let place = try workspace()
    try place.write("rules.yaml", SampleLeads.rules)
    let fit = try place.train(
      "fit", "--algorithms", "boosting", "--model", "m", "--hold-out", "25%", "--hold-out-file",
      "held.csv", "--rules", "rules.yaml")
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.output.contains("Gradient-boosted trees, "))
    #expect(fit.output.contains("What the model looks at"))
    #expect(!fit.output.contains("What moves the odds most"))
    let predict = try place.score(
      "predict", "--model", "m", "--data", "held.csv", "--rules", "rules.yaml", "--all", "--quiet")
    #expect(predict.status == 0, "\(predict.errors)")
    let lines = try place.text("scored.csv").split(separator: "\n")
    #expect(
      lines[0].hasPrefix(
        "lead_id,probability,probability_low,probability_high,score,times_average,band,rule_points,"
      ))
    let held = try place.text("held.csv").split(separator: "\n")
    #expect(held.count == lines.count)
    let evaluate = try place.train("evaluate", "--model", "m", "--data", "held.csv", "--json")
    #expect(evaluate.status == 0, "\(evaluate.errors)")
    let figures = try #require(try evaluate.json()["figures"] as? [String: Any])
    let fitted = try place.train(
      "fit", "--algorithms", "boosting", "--model", "n", "--hold-out", "25%", "--json")
    let heldOut = try #require(try fitted.json()["heldOut"] as? [String: Any])
    let ownFigures = try #require(heldOut["figures"] as? [String: Any])
    #expect(figures["logLoss"] as? Double == ownFigures["logLoss"] as? Double)
    let compare = try place.score(
      "compare", "--model", "m", "--data", "held.csv", "--rules", "rules.yaml")
    #expect(compare.status == 0, "\(compare.errors)")
    let seen = try place.score(
      "compare", "--model", "m", "--data", "leads.csv", "--rules", "rules.yaml")
    #expect(seen.status == 65)
    let inspect = try place.score("inspect", "--model", "m")
    #expect(inspect.status == 0, "\(inspect.errors)")
    #expect(inspect.output.contains("Gradient-boosted trees"))
  }

  @Test func bothAreFittedByDefaultAndTheirBlendBecomesTheModel() throws {
    let place = try workspace()
    let fit = try place.train("fit", "--model", "m", "--out-of-fold", "oof.csv", "--json")
    #expect(fit.status == 0, "\(fit.errors)")
    let report = try fit.json()
    #expect(report["algorithm"] as? String == "Trees and logistic regression, blended")
    let contest = try #require(report["contest"] as? [String: Any])
    let chosen = try #require(contest["chosen"] as? [String: Any])
    let blend = try #require(contest["blend"] as? [[String: Any]])
    #expect(blend.count == 2 && blend.allSatisfy { ($0["weight"] as? Double ?? 0) > 0 })
    let others = try #require(contest["others"] as? [[String: Any]])
    #expect(others.count == 2)
    for other in others {
      let losses = [chosen, other["contender"] as? [String: Any]].compactMap {
        ($0?["figures"] as? [String: Any])?["logLoss"] as? Double
      }
      let difference = try #require(other["logLossDifference"] as? Double)
      #expect(losses.count == 2 && abs(difference - (losses[1] - losses[0])) < 1e-12)
      #expect(other["interval"] != nil)
    }
    #expect(report["regression"] != nil && report["trees"] != nil)

    let names = try place.text("oof.csv").split(separator: "\n")[0].split(separator: ",")
    #expect(
      names == [
        "lead_id", "converted", "fold", "probability", "probability_logistic",
        "probability_boosting",
      ])
    let text = try place.train("fit", "--model", "m")
    #expect(text.output.contains("Chosen: gradient-boosted trees "))
    let inspect = try place.score("inspect", "--model", "m")
    #expect(inspect.output.contains(" × Logistic regression, intercept "))
    #expect(inspect.output.contains("Shallow trees"))
  }

  @Test func anAlgorithmAloneIsTheOneThatTheBlendIsMadeOf() throws {
    let place = try workspace()
    let both = try place.train("fit", "--model", "both", "--out-of-fold", "both.csv")
    #expect(both.status == 0, "\(both.errors)")
    func cells(_ file: String, _ column: String) throws -> [Substring] {
      let lines = try place.text(file).split(separator: "\n").map { $0.split(separator: ",") }
      let index = try #require(lines[0].firstIndex { $0 == column })
      return lines.dropFirst().map { $0[index] }
    }
    for algorithm in ["logistic", "boosting"] {
      let one = try place.train(
        "fit", "--model", algorithm, "--algorithms", algorithm, "--out-of-fold", "one.csv")
      #expect(one.status == 0, "\(one.errors)")
      #expect(
        try cells("one.csv", "probability") == cells("both.csv", "probability_\(algorithm)"))
    }
  }

  @Test func aMonotoneColumnIsHeldToItsDirection() throws {
    // Visits speak for a lead; held to speak against it, the score may not rise with them.
    let place = try workspace(
      400, Self.project + "columns: {visits: {monotone: decreasing}}\n")
    let fit = try place.train("fit", "--algorithms", "boosting", "--model", "m")
    #expect(fit.status == 0, "\(fit.errors)")
    let header = SampleLeads.names.joined(separator: ",")
    let rows = (0...30).map { "N\($0),Web,\($0),80,2024-05-05,20,Open" }
    try place.write("grid.csv", ([header] + rows).joined(separator: "\n") + "\n")
    let predict = try place.score(
      "predict", "--model", "m", "--data", "grid.csv", "--columns", "probability")
    #expect(predict.status == 0, "\(predict.errors)")
    let probabilities = try place.text("scored.csv").split(separator: "\n").dropFirst()
      .compactMap { Double($0.split(separator: ",").last ?? "") }
    #expect(probabilities.count == 31)
    #expect(zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 >= $1 })

    let logistic = try place.train("fit", "--algorithms", "logistic", "--model", "m", "--json")
    let warnings = try #require(try logistic.json()["warnings"] as? [String])
    #expect(warnings.contains { $0.contains("--algorithms boosting") })
  }

  @Test(
    arguments: [
      ("columns: {source: {monotone: increasing}}", "kelvin.yaml, line 10, column 30", "category"),
      ("columns: {visit: {monotone: increasing}}", "line 10", "did you mean “visits”?"),
      ("columns: {visits: {monotone: up}}", "line 10", "increasing, decreasing"),
    ])
  func badLimitsAreSaidAtTheirPlace(line: String, place words: String, hint: String) throws {
    let place = try workspace(100, Self.project + "\n" + line + "\n")
    let result = try place.train("fit", "--model", "m")
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains(words) && result.errors.contains(hint), "\(result.errors)")
    #expect(!place.exists("m/v0001.kelvin"))
  }

  @Test(
    arguments: [
      ("boosting: {rounds", "boosting: {round", "did you mean 'rounds'?"),
      ("learning_rate: 0.2", "learning_rate: 2", "above 0 and at most 1"),
      ("pairs: 2", "pairs: two", "a whole number"),
      ("folds: 2", "interactions: [[visits, sorce]]", "did you mean “source”?"),
      ("folds: 2", "algorithms: [bosting]", "did you mean 'boosting'?"),
    ])
  func badTrainingKeysAreSaidAtTheirPlace(old: String, new: String, hint: String) throws {
    let place = try workspace(100, Self.project.replacing(old, with: new))
    let result = try place.train("fit", "--model", "m")
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("kelvin.yaml, line "), "\(result.errors)")
    #expect(result.errors.contains(hint), "\(result.errors)")
  }

  @Test func accountsDatesWeightsAndOpenLeadsWorkForTreesToo() throws {
    let place = try workspace(500)
    for more in [
      ["--account", "source"], ["--created", "created_at"], ["--weight", "employees"],
      ["--created", "created_at", "--hold-out", "20%"],
    ] {
      let result = try place.start(
        .train, ["fit", "--algorithms", "boosting", "--model", "m", "--folds", "3"] + more
      ).wait()
      #expect(result.status == 0, "\(more): \(result.errors)")
    }
  }
}
