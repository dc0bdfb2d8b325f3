import Testing

/// Scores come back written as the leads were.
@Suite struct DialectTests {
  /// The same leads as `FittedModel`'s, fitted and scored in a dialect of their own.
  private func scored(
    _ bytes: [UInt8], fit: [String] = [], data: String = "leads.csv"
  ) throws -> [UInt8] {
    let place = try Workspace()
    try place.write(data, bytes)
    let fitted = try place.start(
      .train, SampleLeads.fitArguments.map { $0 == "leads.csv" ? data : $0 } + fit
    ).wait()
    #expect(fitted.status == 0, "\(fitted.errors)")
    let result = try place.score(
      "predict", "--model", "m", "--data", data, "--quiet", "--columns", "probability,band")
    #expect(result.status == 0, "\(result.errors)")
    return try place.bytes("scored.csv")
  }

  private static let leads: SampleLeads = {
    var leads = SampleLeads(200)
    for index in leads.rows.indices { leads.rows[index][1] += "ñ" }
    leads.rows[0][0] = "Muñoz"
    leads.rows[0][6] = "Open"
    return leads
  }()

  private func plain() throws -> String {
    String(decoding: try scored(Array(Self.leads.text.utf8)), as: UTF8.self)
  }

  @Test func semicolonsAndCarriageReturns() throws {
    let text = Self.leads.text(separator: ";", lineEnd: "\r\n")
    let expected = try plain().replacing(",", with: ";").replacing("\n", with: "\r\n")
    #expect(String(decoding: try scored(Array(text.utf8)), as: UTF8.self) == expected)
  }

  @Test(arguments: ["\t", "|"])
  func tabsAndBars(separator: String) throws {
    let text = Self.leads.text(separator: separator, lineEnd: "\n")
    let expected = try plain().replacing(",", with: separator)
    #expect(String(decoding: try scored(Array(text.utf8)), as: UTF8.self) == expected)
  }

  @Test func byteOrderMarkAndSeparatorLine() throws {
    let text = "\u{FEFF}sep=;\r\n" + Self.leads.text(separator: ";", lineEnd: "\r\n")
    let expected =
      "\u{FEFF}sep=;\r\n"
      + (try plain().replacing(",", with: ";").replacing("\n", with: "\r\n"))
    #expect(try scored(Array(text.utf8)) == Array(expected.utf8))
  }

  @Test(arguments: [false, true])
  func utf16AsSpreadsheetsSaveIt(bigEndian: Bool) throws {
    func encoded(_ text: String) -> [UInt8] {
      ("\u{FEFF}" + text).utf16.flatMap { unit in
        bigEndian
          ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      }
    }
    let text = Self.leads.text(separator: "\t", lineEnd: "\r\n")
    let expected = try plain().replacing(",", with: "\t").replacing("\n", with: "\r\n")
    #expect(try scored(encoded(text)) == encoded(expected))
  }

  @Test func windows1252WhereItIsSaid() throws {
    func encoded(_ text: String) -> [UInt8] {
      text.unicodeScalars.map { UInt8($0.value) }
    }
    let found = try scored(encoded(Self.leads.text), fit: ["--encoding", "windows-1252"])
    #expect(found == encoded(try plain()))
  }

  @Test func windows1252UnsaidIsRefusedWithTheRemedy() throws {
    let place = try Workspace()
    try place.write("leads.csv", Self.leads.text.unicodeScalars.map { UInt8($0.value) })
    let result = try place.start(.train, SampleLeads.fitArguments).wait()
    #expect(result.status == 65)
    #expect(result.errors.contains("leads.csv, line 2, column 3"))
    #expect(result.errors.contains("windows-1252"))
  }

  @Test func compressedLeadsGiveThePlainScores() throws {
    let place = try Workspace(Self.leads)
    let packed = try place.shell("gzip -k leads.csv")
    #expect(packed.status == 0, "\(packed.errors)")
    let found = try scored(try place.bytes("leads.csv.gz"), data: "leads.csv.gz")
    #expect(String(decoding: found, as: UTF8.self) == (try plain()))
  }

  @Test func leadsWithoutAHeader() throws {
    let text = Self.leads.text.drop { $0 != "\n" }.dropFirst()
    let place = try Workspace()
    try place.write("leads.csv", String(text))
    let fit = try place.train(
      "fit", "--data", "leads.csv", "--no-header", "--id", "column_1", "--target",
      "column_7=Won", "--lost", "Lost", "--model", "m", "--algorithms", "logistic", "--penalty",
      "3",
      "--folds", "2", "--numbers", "linear")
    #expect(fit.status == 0, "\(fit.errors)")
    let result = try place.score(
      "predict", "--model", "m", "--data", "leads.csv", "--quiet", "--columns", "probability,band")
    #expect(result.status == 0, "\(result.errors)")
    let lines = try place.text("scored.csv").split(separator: "\n").dropFirst()
    #expect(Array(lines) == Array(try plain().split(separator: "\n").dropFirst()))
  }
}
