import Testing

/// The four usual questions, each asked of the generated CRM.
@Suite struct PresetTests {
  private func place(_ target: String, more: String = "") throws -> Workspace {
    let place = try SharedCRM.workspace()
    try place.write(
      "kelvin.yaml",
      SharedCRM.tables + "exclude: [stage, closed_at, onboarding_owner]\ntarget: \(target)\n"
        + SharedCRM.training + more)
    return place
  }

  /// The examples with what was printed.
  private func examples(
    _ target: String, more: String = "", saying lines: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [[String: String]] {
    let place = try place(target, more: more)
    let result = try place.train("features", "--out", "examples.csv")
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    for line in lines {
      #expect(result.output.contains(line), "\(line)", sourceLocation: sourceLocation)
    }
    return try place.records("examples.csv")
  }

  @Test func acquisitionFindsItsHorizonAndAges() throws {
    let rows = try examples(
      "acquisition",
      saying: [
        "Target acquisition: which lead becomes a customer",
        "population: leads, from their creation until they are won or lost",
        "event: won; lost ends the risk", "horizon: found from the history",
        "decisions: at ages found from the open leads", "windows: 7d, 30d, 90d and all",
        "by which nine of ten wins have come", "(the ages of the leads to be scored)",
      ])
    #expect(Set(rows.compactMap { $0["age_days"] }).count > 2)
    #expect(Set(rows.compactMap { $0["outcome"] }) == ["won", "not won"])
  }

  @Test func expansionOfAProductAsksWhoHasNotBoughtIt() throws {
    let rows = try examples(
      "{preset: expansion, product: automation}",
      saying: [
        "Target expansion: which customer takes one more product",
        "population: customers, from their first won",
        "event: purchase of product automation; churned ends the risk", "horizon: 90d",
        "decisions: at the end of each month", "windows: 30d, 90d, 180d and all",
      ])
    #expect(rows.allSatisfy { $0["decision_time"]?.hasSuffix("-01 00:00:00") == true })
    // Who has bought it is asked about no more: 90 days touch four months.
    var bought: [String: Int] = [:]
    for row in rows {
      guard let lead = row["lead_id"], let time = row["decision_time"]?.split(separator: "-"),
        let year = Int(time[0]), let month = Int(time[1])
      else { continue }
      let months = 12 * year + month
      if let first = bought[lead] { #expect(months <= first + 3) }
      if row["outcome"] == "won", bought[lead] == nil { bought[lead] = months }
    }
    #expect(!bought.isEmpty)
  }

  @Test func retentionFitsWhoStays() throws {
    let place = try place("retention")
    try place.write("own.yaml", try place.text("kelvin.yaml"))
    let fit = try place.train("fit", "--project", "own.yaml", "--model", "m")
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.sentences.contains("kelvin-score predict --model m --project own.yaml --out"))
    for line in [
      "Target retention: which customer stays", "population: customers, from their first won",
      "event: no churned", "horizon: 90d", "decisions: at the end of each month",
      "windows: 30d, 90d, 180d and all",
    ] {
      #expect(fit.output.contains(line), "\(line)")
    }
    let audit = try place.train("audit", "--project", "own.yaml")
    #expect(
      audit.sentences.contains(
        "Target retention: which customer stays • population: customers, from their first won "
          + "• event: no churned • horizon: 90d • decisions: at the end of each month"),
      "\(audit.output)\(audit.errors)")
    let predict = try place.score("predict", "--model", "m", "--out", "scored.csv")
    #expect(predict.status == 0, "\(predict.errors)")
    let scored = try place.records("scored.csv").compactMap { $0["probability"] }
      .compactMap(Double.init)
    // Most customers stay: the probability is that of staying.
    #expect(scored.count > 20)
    #expect(scored.reduce(0, +) / Double(scored.count) > 0.5)
  }

  @Test func adoptionLooksAtTheFirstTwoWeeks() throws {
    let rows = try examples(
      "adoption", more: "decision: {within: 45d}\n",
      saying: [
        "Target adoption: which customer begins to use what was bought",
        "population: customers, from their first won", "event: adopted; churned ends the risk",
        "horizon: 45d", "decisions: at the age of 0d, 7d, 14d", "windows: 7d, 30d and all",
      ])
    #expect(Set(rows.compactMap { $0["age_days"] }.compactMap(Double.init)) == [0, 7, 14])
  }

  @Test func aPresetAsksForAnEventThatNobodyNames() throws {
    let place = try place("adoption")
    try place.write("renamed.sql", "SELECT * FROM activities WHERE kind <> 'adopted'")
    try place.write(
      "kelvin.yaml",
      try place.text("kelvin.yaml").replacing("table: activities", with: "query: renamed.sql"))
    let result = try place.train("features", "--out", "examples.csv")
    #expect(result.status == 65)
    #expect(result.errors.contains("The target adoption needs to know which activities mean begin"))
    #expect(result.errors.contains("outcome: {event: …}"))
  }
}
