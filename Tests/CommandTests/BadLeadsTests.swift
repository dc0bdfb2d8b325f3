import Testing

/// Leads that can't be used: the error names the place and the remedy, and nothing is written.
@Suite struct BadLeadsTests {
  /// Fits the bytes as `leads.csv`, expecting failure.
  private func refused(
    _ bytes: [UInt8], arguments: [String] = SampleLeads.fitArguments, status: Int32 = 65,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let place = try Workspace()
    try place.write("leads.csv", bytes)
    let result = try place.start(.train, arguments).wait()
    #expect(result.status == status, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    #expect(result.errors.hasPrefix("error: "), sourceLocation: sourceLocation)
    #expect(!place.exists("m/v0001.kelvin"), sourceLocation: sourceLocation)
    return result.errors
  }

  private func refused(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    try refused(Array(text.utf8), sourceLocation: sourceLocation)
  }

  private let header = "lead_id,source,visits,stage\n"

  @Test(arguments: ["", "\u{FEFF}", "\n\n\n"])
  func emptyFile(text: String) throws {
    #expect(try refused(text).contains("leads.csv is empty"))
  }

  @Test func headerAlone() throws {
    #expect(try refused(header).contains("leads.csv, line 1: a header and no rows"))
  }

  @Test func raggedRow() throws {
    let error = try refused(header + "1,Web,3,Won\n2,Web,3\n3,Ads,3,Lost\n")
    #expect(error.contains("leads.csv, line 3") && error.contains("--skip-bad-rows"))
  }

  @Test func unterminatedQuote() throws {
    let error = try refused(header + "1,Web,3,Won\n2,\"Web,3,Lost\n3,Ads,3,Lost\n")
    #expect(error.contains("leads.csv, line 3") && error.contains("quote"))
  }

  @Test func nulByte() throws {
    let error = try refused(header + "1,Web,3,Won\n2,W\u{0}b,3,Lost\n")
    #expect(error.contains("leads.csv, line 3, column 4") && error.contains("NUL"))
  }

  @Test func bytesThatAreNotUTF8() throws {
    let error = try refused(
      Array((header + "1,Web,3,Won\n2,W").utf8) + [0xFF] + Array("b,3,Lost\n".utf8))
    #expect(error.contains("leads.csv, line 3, column 4") && error.contains("--encoding"))
  }

  @Test func utf16CutInTheMiddleOfACharacter() throws {
    let units = ("\u{FEFF}" + SampleLeads(50).text).utf16.flatMap {
      [UInt8($0 & 0xFF), UInt8($0 >> 8)]
    }
    #expect(try refused(Array(units.dropLast())).contains("odd number of bytes"))
  }

  @Test func gzipCutShort() throws {
    let place = try Workspace(SampleLeads(300))
    _ = try place.shell("gzip -c leads.csv > leads.gz")
    let packed = try place.bytes("leads.gz")
    #expect(try refused(Array(packed.dropLast(20))).contains("ends too early"))
    var damaged = packed
    damaged[packed.count / 2] ^= 0x55
    #expect(try refused(damaged).contains("gzip"))
  }

  @Test func badRowsAreSkippedAndCountedWhereThatIsSaid() throws {
    let place = try Workspace(SampleLeads(300))
    try place.write("leads.csv", try place.text("leads.csv") + "too,short\n\"x\"y,a,b,c,d,e,f\n")
    let fit = try place.start(
      .train, SampleLeads.fitArguments + ["--skip-bad-rows", "--json"]
    ).wait()
    #expect(fit.status == 0, "\(fit.errors)")
    let data = try #require(try fit.json()["data"] as? [String: Any])
    #expect(data["skippedRows"] as? Int == 2)
    let refused = try place.score("predict", "--model", "m", "--data", "leads.csv")
    #expect(refused.status == 65 && refused.errors.contains("leads.csv, line 302"))
    let predict = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--skip-bad-rows", "--json")
    #expect(try predict.json()["skippedRows"] as? Int == 2)
  }

  @Test func outcomeColumnThatIsNotThere() throws {
    var arguments = SampleLeads.fitArguments
    arguments[arguments.firstIndex(of: "stage=Won") ?? 0] = "stagee=Won"
    let error = try refused(Array(SampleLeads(100).text.utf8), arguments: arguments)
    #expect(error.contains("outcome column “stagee”") && error.contains("did you mean “stage”?"))
  }

  @Test(
    arguments: [
      ["--id", "leadid"], ["--exclude", "leadid"], ["--account", "leadid"],
      ["--created", "leadid"], ["--weight", "leadid"], ["--rule-score", "leadid"],
    ])
  func rolesOfColumnsThatAreNotThere(more: [String]) throws {
    let error = try refused(
      Array(SampleLeads(100).text.utf8), arguments: SampleLeads.fitArguments + more)
    #expect(error.contains("“leadid”") && error.contains("did you mean “lead_id”?"), "\(error)")
  }

  @Test(
    arguments: [
      ["--id", "stage"], ["--account", "stage"], ["--created", "stage"], ["--weight", "stage"],
      ["--rule-score", "stage"],
    ])
  func outcomeInAnotherRole(more: [String]) throws {
    let error = try refused(
      Array(SampleLeads(100).text.utf8), arguments: SampleLeads.fitArguments + more)
    #expect(error.contains("“stage” is both the"), "\(error)")
  }

  @Test func accountMayBeOneOfTheIds() throws {
    var leads = SampleLeads(300)
    for index in leads.rows.indices { leads.rows[index][0] = "A\(index / 2)" }
    let place = try Workspace(leads)
    let report = try place.fit("--account", "lead_id", "--id", "lead_id", "--json").json()
    let scheme = (report["outOfFold"] as? [String: Any])?["scheme"] as? String
    #expect(scheme == "2 folds, no account in two of them")
    // Two leads an id: said, since ids are what tells leads apart later.
    let warnings = try #require(report["warnings"] as? [String])
    #expect(warnings.contains { $0.contains("copies of one lead") })
  }

  @Test func nothingToLearnFrom() throws {
    var text = "lead_id,empty,same,stage\n"
    for index in 0..<100 { text += "\(index),,x,\(index % 2 == 0 ? "Won" : "Lost")\n" }
    #expect(try refused(text).contains("no column can be used as a feature"))
  }

  @Test func outcomeValuesThatAreNotKnownAreListed() throws {
    let leads = SampleLeads(300)
    let arguments = [
      "fit", "--data", "leads.csv", "--id", "lead_id", "--model", "m", "--target",
    ]
    let unclear = try refused(Array(leads.text.utf8), arguments: arguments + ["stage=Won"])
    for stage in ["Won", "Lost", "Open"] {
      #expect(unclear.contains("“\(stage)” (\(leads.count(stage)))"))
    }
    #expect(unclear.contains("--lost"))
    let never = try refused(
      Array(leads.text.utf8), arguments: arguments + ["stage=Ganado", "--lost", "Lost"])
    #expect(never.contains("“Ganado”") && never.contains("“Won” (\(leads.count("Won")))"))
    let twice = try refused(
      Array(leads.text.utf8), arguments: arguments + ["stage=Won", "--lost", "Lost,Won"])
    #expect(twice.contains("both won and lost"))
  }

  @Test func fewerThanTwentyConversionsAreRefusedSayingWhatIsNeeded() throws {
    let error = try refused(Array(SampleLeads(200, won: 19).text.utf8))
    #expect(error.contains("19 won and 181 lost") && error.contains("at least 20 of each"))
    // Fewer than twenty lost are no better.
    let lost = try refused(Array(SampleLeads(200, won: 181).text.utf8))
    #expect(lost.contains("181 won and 19 lost"))
  }

  @Test(arguments: [20, 39])
  func twentyToThirtyNineConversionsAreFittedWithAWarning(won: Int) throws {
    let place = try Workspace(SampleLeads(200, won: won))
    let result = try place.fit()
    #expect(result.output.contains("Only \(won) won and \(200 - won) lost leads"))
  }

  @Test func fortyConversionsAreFittedWithoutAWarning() throws {
    let place = try Workspace(SampleLeads(200, won: 40))
    #expect(try !place.fit().output.contains("Only 40 won"))
  }

  @Test func predictNamesAllColumnsThatAreGone() throws {
    let place = try FittedModel.workspace()
    try place.write("new.csv", FittedModel.leads.text(without: "visits", "source", "stage"))
    let result = try place.score("predict", "--model", "m", "--data", "new.csv")
    #expect(result.status == 65)
    #expect(result.errors.contains("\"visits\"") && result.errors.contains("\"source\""))
    #expect(!place.exists("scored.csv"))
    try place.write("new.csv", FittedModel.leads.text(without: "lead_id"))
    let ids = try place.score("predict", "--model", "m", "--data", "new.csv")
    #expect(ids.status == 65 && ids.errors.contains("\"lead_id\""))
  }

  @Test(
    arguments: [
      ("day", "03/04/2024", "day-first"), ("amount", "1.500", "decimal"),
    ])
  func whatNoCellSettlesIsAsked(column: String, cell: String, remedy: String) throws {
    var text = "lead_id,\(column),stage\n"
    for index in 0..<120 { text += "\(index),\(cell),\(index % 3 == 0 ? "Won" : "Lost")\n" }
    let error = try refused(text)
    #expect(error.contains("\"\(column)\"") && error.contains(remedy), "\(error)")
  }

  @Test(arguments: ["-1", "", "nan", "many"])
  func weightsThatAreNone(weight: String) throws {
    var rows = SampleLeads(100).text.split(separator: "\n").map { "\($0),1\n" }
    rows[0] = rows[0].replacing(",1\n", with: ",w\n")
    rows[7] = rows[7].replacing(",1\n", with: ",\(weight)\n")
    let error = try refused(
      Array(rows.joined().utf8), arguments: SampleLeads.fitArguments + ["--weight", "w"])
    #expect(error.contains("“w”"))
  }

  @Test func leadsOfWeightZeroDoNotCount() throws {
    let leads = SampleLeads(200)
    var weighted = (leads.rows + leads.rows).enumerated().map { index, row in
      row.joined(separator: ",") + (index < 200 ? ",1\n" : ",0\n")
    }
    weighted.insert(SampleLeads.names.joined(separator: ",") + ",w\n", at: 0)
    let place = try Workspace()
    try place.write("leads.csv", weighted.joined())
    let fit = try place.start(
      .train, SampleLeads.fitArguments + ["--weight", "w", "--json"]
    ).wait()
    #expect(fit.status == 0, "\(fit.errors)")
    let data = try #require(try fit.json()["data"] as? [String: Any])
    #expect(data["won"] as? Int == leads.count("Won"))
  }
}
