import Foundation
import Testing

/// `kelvin-score compare` beyond the two rankings.
@Suite struct CompareTests {
  private let basics = ["compare", "--model", "m", "--data", "held.csv", "--rules", "rules.yaml"]

  private func compare(_ place: Workspace, _ more: String...) throws -> CommandResult {
    try place.start(.score, basics + more).wait()
  }

  @Test func thePageIsWrittenBesideTheText() throws {
    let place = try FittedModel.workspace()
    let result = try compare(place, "--report", "page.html")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Which") || result.output.contains("Rules and model"))
    let page = try place.text("page.html")
    #expect(page.hasPrefix("<!doctype html>") && page.contains("lang=\"en\""))
    let spanish = try compare(
      place, "--report", "page.html", "--language", "es", "--quiet", "--threads", "1")
    #expect(spanish.status == 0 && spanish.output.isEmpty, "\(spanish.errors)")
    #expect(try place.text("page.html").contains("Compradores hallados a lo largo de la lista"))
  }

  @Test func thePageIsTheSameForAnyNumberOfThreads() throws {
    let place = try FittedModel.workspace()
    #expect(try compare(place, "--report", "one.html", "--threads", "1").status == 0)
    #expect(try compare(place, "--report", "three.html", "--threads", "3").status == 0)
    #expect(try place.bytes("one.html") == place.bytes("three.html"))
  }

  @Test func capacityValueAndSegmentsAreInTheFigures() throws {
    let place = try FittedModel.workspace()
    let result = try compare(
      place, "--json", "--capacity", "10/50", "--value", "employees", "--cost", "2.5", "--segment",
      "source,created_at", "--contacted", "visits", "--seed", "9")
    #expect(result.status == 0, "\(result.errors)")
    let details = try #require(try result.json()["details"] as? [String: Any])
    let capacity = try #require(details["capacity"] as? [String: Any])
    #expect(capacity["valueColumn"] as? String == "employees")
    #expect((capacity["asked"] as? [String: Any])?["share"] as? Double == 0.2)
    let segments = try #require(details["segments"] as? [[String: Any]])
    #expect(segments.map { $0["column"] as? String } == ["source", "created_at"])
    let months = try #require(segments[1]["parts"] as? [[String: Any]])
    #expect(months.allSatisfy { ($0["name"] as? String)?.hasPrefix("2024-") == true })
    #expect((details["contact"] as? [String: Any])?["column"] as? String == "visits")
    #expect(details["seed"] as? Int == 9)
  }

  @Test(arguments: [
    ["--segment", "sorce"], ["--value", "employes"], ["--contacted", "visit"],
  ])
  func aMistypedColumnIsNamedWithTheNearest(flags: [String]) throws {
    let place = try FittedModel.workspace()
    let result = try place.start(.score, basics + flags).wait()
    #expect(result.status == 64)
    #expect(result.errors.contains("did you mean"))
  }

  @Test(arguments: [
    ["--capacity", "0"], ["--capacity", "5/2"], ["--capacity", "x"], ["--value", "-3"],
    ["--cost", "-1"], ["--segment", ""],
  ])
  func impossibleNumbersAreUsageErrors(flags: [String]) throws {
    let place = try FittedModel.workspace()
    let result = try place.start(.score, basics + flags).wait()
    #expect(result.status == 64)
  }

  @Test func columnsThatCannotServeAreSaidSo() throws {
    let place = try FittedModel.workspace()
    let value = try compare(place, "--value", "source")
    #expect(value.status == 65 && value.errors.contains("does not hold numbers"))
    let segment = try compare(place, "--segment", "visits")
    #expect(segment.status == 65 && segment.errors.contains("too many values"))
  }

  /// A page takes the place of no leads, no project and no model.
  @Test func aReportIsWrittenUnderThePagesEndingAlone() throws {
    let place = try Workspace()
    let leads = "id,y\n1,yes\n"
    try place.write("leads.csv", leads)
    let result = try place.start(
      .train, SampleLeads.fitArguments + ["--report", "leads.csv"]
    ).wait()
    #expect(result.status == 64)
    #expect(result.errors.contains("does not end in .html"))
    #expect(try place.text("leads.csv") == leads)
  }

  @Test func aPageThatCannotBeWrittenIsFoundOutBeforeTheWork() throws {
    let place = try FittedModel.workspace()
    let result = try compare(place, "--report", "nowhere/page.html")
    #expect(result.status == 74)
  }

  @Test func fitWritesThePageOfItsOwnComparison() throws {
    let place = try FittedModel.workspace()
    let fit = try place.start(
      .train, SampleLeads.fitArguments + ["--rules", "rules.yaml", "--report", "fit.html"]
    ).wait()
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(
      try place.text("fit.html").contains("each scored by a model that was fitted without it"))
    let without = try place.start(.train, SampleLeads.fitArguments + ["--report", "x.html"]).wait()
    #expect(without.status == 64 && without.errors.contains("--rules"))
  }

  /// `fit` puts rules and model together, `compare` reads it, also from an out-of-fold file.
  @Test func rulesAndModelTogetherAreTheThirdLine() throws {
    let place = try FittedModel.workspace()
    let fit = try place.start(
      .train,
      SampleLeads.fitArguments + [
        "--hold-out", "25%", "--hold-out-file", "held.csv", "--rules", "rules.yaml",
        "--out-of-fold", "oof.csv",
      ]
    ).wait()
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.output.contains("Rules and model together") && fit.output.contains("against the"))
    let result = try compare(place, "--report", "page.html")
    #expect(result.output.contains("\n  Together  "), "\(result.output)")
    #expect(try place.text("page.html").contains("Rules and model together"))
    let combined = try #require(
      try compare(place, "--json").json()["combined"] as? [String: Any])
    let combination = try #require(combined["combination"] as? [String: Any])
    #expect((combination["forms"] as? [Any])?.count == 2)
    let scores = try place.start(.score, ["compare", "--out-of-fold", "oof.csv", "--json"]).wait()
    let outOfFold = try #require(try scores.json()["combined"] as? [String: Any])
    let forms = try #require(combination["forms"] as? [[String: Any]])
    #expect(outOfFold["logLoss"] as? Double == forms[0]["logLoss"] as? Double)

    try place.write("rules.yaml", try place.text("rules.yaml") + "# another\n")
    let other = try compare(place, "--language", "es", "--report", "page.html")
    #expect(!other.output.contains("\n  Juntos  "))
    #expect(other.sentences.contains("Estas reglas no son las que"))
    #expect(try place.text("page.html").contains("Estas reglas no son las que"))
  }

  /// A model without rules is the same file as ever.
  @Test func aFitWithoutRulesKeepsNothingOfThem() throws {
    let place = try FittedModel.workspace()
    let bytes = try place.bytes("m/v0001.kelvin")
    #expect(!String(decoding: bytes, as: UTF8.self).contains("rule_combination"))
    let result = try compare(place, "--json")
    #expect(try result.json()["combined"] == nil)
  }

  @Test func leadsToCallAtRandomAreMarked() throws {
    let place = try FittedModel.workspace()
    let result = try place.score(
      "predict", "--model", "m", "--data", "held.csv", "--all", "--random-share", "30%",
      "--columns",
      "probability,call_at_random")
    #expect(result.status == 0, "\(result.errors)")
    let lines = try place.text("scored.csv").split(separator: "\n")
    #expect(lines[0] == "lead_id,probability,call_at_random")
    #expect(lines.contains { $0.hasSuffix(",yes") } && lines.contains { $0.hasSuffix(",no") })
  }
}
