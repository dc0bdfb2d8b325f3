import Foundation
import Testing

/// `fit --explain-change` beside another version of the same model.
@Suite struct ExplainChangeTests {
  /// A model `m` of the first 250 leads, and all 500 in `leads.csv`.
  private static func workspace() throws -> Workspace {
    let leads = SampleLeads(500)
    let place = try Workspace(leads)
    var first = leads
    first.rows = Array(leads.rows.prefix(250))
    try place.write("leads.csv", first.text)
    try place.fit("--quiet")
    try place.write("leads.csv", leads.text)
    return place
  }

  @Test func whatChangedIsSaidInText() throws {
    let place = try Self.workspace()
    let fitted = try place.fit("--explain-change", "v0001", "--exclude", "points")
    #expect(fitted.output.contains("What changed since m@v0001"))
    #expect(fitted.output.contains("leads that neither version was fitted to, the log loss went"))
    #expect(fitted.output.contains("open leads, whose outcome neither version has seen"))
    #expect(fitted.output.contains("Which columns gained and lost"))
    #expect(fitted.output.contains("points (excluded)"))
    // The registry's own name of the new version, which it got after all that was computed.
    #expect(fitted.output.contains("m@v0002"))
  }

  @Test func whatChangedIsThereAsJSON() throws {
    let place = try Self.workspace()
    let report = try place.fit("--explain-change", "m@v0001", "--json", "--quiet").json()
    let change = try #require(report["change"] as? [String: Any])
    let judgement = try #require(change["judgement"] as? [String: Any])
    #expect(judgement["logLossDifference"] != nil)
    let moves = try #require(change["moves"] as? [String: Any])
    #expect(moves["population"] as? String == "open")
    let moved = try #require(moves["leadsMoved"] as? [[String: Any]])
    #expect(moved.count == 20)
    #expect((moved.first?["lead"] as? [String])?.first?.hasPrefix("L1") == true)
    // Without the flag nothing is said of other versions.
    #expect(try place.fit("--json", "--quiet").json()["change"] == nil)
  }

  @Test func reasonsSpeakSpanishWhereAsked() throws {
    let place = try Self.workspace()
    var leads = SampleLeads(500)
    for row in leads.rows.indices where row % 3 == 0 { leads.rows[row][3] = "" }
    try place.write("leads.csv", leads.text)
    let report = try place.fit(
      "--explain-change", "v0001", "--language", "es", "--json", "--quiet"
    ).output
    #expect(report.contains("employees sin rellenar"))
    #expect(!report.contains("employees not filled in"))
  }

  @Test func aVersionThatCannotServeStopsTheFitBeforeIt() throws {
    let place = try Self.workspace()
    func refused(_ arguments: String...) throws -> CommandResult {
      try place.start(.train, SampleLeads.fitArguments + arguments).wait()
    }
    let missing = try refused("--explain-change", "v0009")
    #expect(missing.status == 66, "\(missing.errors)")
    #expect(missing.errors.contains("m has no version v0009; it has v0001"))
    let other = try refused("--explain-change", "bank@v0001")
    #expect(other.status == 66, "\(other.errors)")
    #expect(other.errors.contains("bank@v0001 is no version of m; it has v0001"))
    try place.write("leads.csv", SampleLeads(500).text(without: "visits"))
    let gone = try refused("--explain-change", "v0001")
    #expect(gone.status == 65, "\(gone.errors)")
    #expect(gone.errors.contains("needs columns that the data no longer has: “visits”"))
    #expect(!gone.errors.contains("folds"))
    #expect(try place.names("m").filter { $0.hasSuffix(".kelvin") } == ["v0001.kelvin"])
  }

  @Test func inspectShowsWhatColumnsDo() throws {
    let place = try Self.workspace()
    let text = try place.score("inspect", "--model", "m")
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.contains("What raises and lowers the probabilities"))
    #expect(text.output.contains("more raises"))
    let json = try place.score("inspect", "--model", "m", "--json").json()
    let contributions = try #require(json["contributions"] as? [String: Any])
    let columns = try #require(contributions["columns"] as? [[String: Any]])
    let visits = try #require(columns.first { $0["column"] as? String == "visits" })
    #expect(visits["direction"] as? String == "raises")
  }
}
