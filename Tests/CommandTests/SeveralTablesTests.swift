import Testing

/// Leads that stand in several files: deals and products joined, and exports of several months.
@Suite struct SeveralTablesTests {
  // MARK: Joins

  /// 120 leads with two deals each, one after the other, of a product that some spell differently.
  private func deals() throws -> Workspace {
    let place = try Workspace()
    var leads = "lead_id,source,visits\n"
    var deals = "deal_id,lead,closed_on,stage,product,amount\n"
    for lead in 0..<120 {
      leads += "L\(lead),\(["web", "ads", "event"][lead % 3]),\(lead * 7 % 31)\n"
      // The first deal of every third lead is won, and the second always lost.
      let first = lead % 3 == 0 ? "Won" : "Lost"
      deals += "A\(lead),L\(lead),2025-01-1\(lead % 10),\(first),GTXPro,\(100 + lead)\n"
      deals += "B\(lead),L\(lead),2025-06-1\(lead % 10),Lost,GTX Basic,\(50 + lead)\n"
    }
    try place.write("leads.csv", leads)
    try place.write("deals.csv", deals)
    try place.write("products.csv", "product,series,price\nGTX Pro,GTX,5000\nGTX Basic,GTX,900\n")
    return place
  }

  private func project(_ joins: String, more: String = "") -> String {
    """
    leads: leads.csv
    id: lead_id
    outcome: {column: stage, won: [Won], lost: [Lost]}
    joins:
    \(joins)
    \(SharedCRM.training)\(more)
    """
  }

  @Test func severalDealsOfALeadAreRefusedUntilARuleDecides() throws {
    let place = try deals()
    try place.write("kelvin.yaml", project("  - {file: deals.csv, on: {lead_id: lead}}"))
    let refused = try place.train("fit", "--model", "m")
    #expect(refused.status == 65)
    #expect(refused.errors.contains("120 values of \"lead\" stand in up to 2 rows each"))
    #expect(refused.errors.contains("several: {latest: COLUMN}"))
    #expect(!place.exists("m/v0001.kelvin"))
  }

  @Test(arguments: [
    ("several: {latest: closed_on}", 0), ("several: {earliest: closed_on}", 40),
    ("several: {largest: amount}", 40),
    ("several: {latest: closed_on}, won_first: {column: stage, values: [Won]}", 40),
  ])
  func theStatedRuleDecidesWhichDealCounts(rule: String, won: Int) throws {
    let place = try deals()
    try place.write(
      "kelvin.yaml", project("  - {file: deals.csv, on: {lead_id: lead}, \(rule)}"))
    let audit = try place.train("audit", "--json")
    if won == 0 {
      // A column that holds one value tells no won from lost.
      #expect(audit.status == 65, "\(audit.output)")
      return
    }
    #expect(audit.status == 0, "\(audit.errors)")
    let data = try #require(try audit.json()["data"] as? [String: Any])
    #expect(data["won"] as? Int == won)
    let notes = try #require(data["notes"] as? [String])
    #expect(notes.contains { $0.contains("120 keys had several rows, of which one was taken") })
  }

  @Test func keysThatFindNothingAreNamedWithTheNearest() throws {
    let place = try deals()
    try place.write(
      "kelvin.yaml",
      project(
        "  - {file: deals.csv, on: {lead_id: lead}, several: {earliest: closed_on}}\n"
          + "  - {file: products.csv, on: product, prefix: product_}"))
    let fit = try place.train("fit", "--model", "m")
    #expect(fit.status == 0, "\(fit.errors)")
    #expect(fit.sentences.contains("joined products.csv: 0 of 120 leads found their row (0%)"))
    #expect(fit.sentences.contains("“GTXPro” (120 leads; did you mean “GTX Pro”?)"))
    #expect(
      fit.sentences.contains(
        "None of 120 leads found its row in products.csv: it has keys such as “GTX Basic”, the leads have "
          + "keys such as “GTXPro”."))
  }

  // MARK: Dated exports

  /// Exports of January to June 2025: 40 leads come in each month, and close in the next; `budget` is
  /// known from the start, `contract` from the closing on.
  private func exports() throws -> Workspace {
    let place = try Workspace()
    let header = "lead_id,created_at,source,visits,budget,contract,stage,closed_at\n"
    for month in 1...6 {
      var text = header
      for lead in 0..<(40 * month) {
        let came = 1 + lead / 40
        let isClosed = came < month
        let won = lead * 7 % 10 < 4
        text +=
          [
            "L\(lead)", "2025-0\(came)-\(10 + lead % 18)", ["web", "ads"][lead % 2],
            "\(lead % 13 + month)", ["low", "high"][lead / 2 % 2],
            isClosed && won ? "signed" : "",
            isClosed ? won ? "Won" : "Lost" : "Open",
            isClosed ? "2025-0\(came + 1)-\(10 + lead % 18)" : "",
          ].joined(separator: ",") + "\n"
      }
      try place.write("leads-2025-0\(month).csv", text)
    }
    try place.write(
      "kelvin.yaml",
      """
      leads: {exports: "leads-*.csv"}
      id: lead_id
      created: created_at
      outcome: {column: stage, won: [Won], lost: [Lost], at: closed_at, within: 60d}
      decision: {ages: [25d]}
      \(SharedCRM.training)
      """)
    return place
  }

  @Test func fieldsAreThoseOfTheExportBeforeTheDecision() throws {
    let place = try exports()
    let made = try place.train("features", "--out", "examples.csv")
    #expect(made.status == 0, "\(made.errors)")
    #expect(made.output.contains("fields in time: by 6 dated exports"))
    let rows = try place.records("examples.csv")
    // Lead 0 came on 10 January and was looked at on 4 February, after the export of January.
    let first = try #require(rows.first)
    #expect(first["lead_id"] == "L0" && first["decision_time"] == "2025-02-04 00:00:00")
    #expect(first["visits"] == "1" && first["contract"] == "")
    #expect(rows.allSatisfy { $0["contract"] == "" })
    #expect(rows.contains { $0["outcome"] == "won" })
  }

  @Test func whatIsFilledInAfterTheOutcomeIsSaidAndDoesNoHarm() throws {
    let place = try exports()
    let audit = try place.train("audit", "--json")
    #expect(audit.status == 0, "\(audit.errors)")
    let findings = try #require(try audit.json()["findings"] as? [[String: Any]])
    #expect(!findings.contains { $0["severity"] as? String == "leak" })
    #expect(!findings.contains { $0["kind"] as? String == "as_of_export" })
    #expect(
      findings.contains {
        $0["kind"] as? String == "never_filled" && $0["columns"] as? [String] == ["contract"]
      })
  }

  @Test func withoutTheEarlierExportsItIsALeak() throws {
    let place = try exports()
    for month in 1...5 { try place.remove("leads-2025-0\(month).csv") }
    try place.write(
      "kelvin.yaml",
      try place.text("kelvin.yaml").replacing(
        "{exports: \"leads-*.csv\"}", with: "leads-2025-06.csv"))
    let audit = try place.train("audit", "--json")
    #expect(audit.status == 0, "\(audit.errors)")
    let findings = try #require(try audit.json()["findings"] as? [[String: Any]])
    let leak = try #require(findings.first)
    #expect(leak["severity"] as? String == "leak" && leak["columns"] as? [String] == ["contract"])
    #expect(
      findings.contains {
        $0["kind"] as? String == "as_of_export"
          && ($0["columns"] as? [String])?.contains("budget") == true
      })
  }
}
