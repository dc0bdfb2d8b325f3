import Testing

@testable import TrainingRun

@Suite struct AuditTests {
  @Test func columnsFilledAfterTheOutcomeAreWarnedOfWithTheReason() throws {
    let folder = try TemporaryFolder()
    let rows = InventedLeads.rows(300).enumerated().map { $0.element + ["\($0.offset % 60)"] }
    let path = try folder.write(InventedLeads.header + ["duration"], rows)
    let findings = try Trial(path).audit().findings
    let warning = try #require(findings.first { $0.column == "duration" })
    #expect(warning.severity == .warning)
    #expect(warning.evidence == "its name: known once the contact is over")
    #expect(warning.action.contains("--exclude \"duration\""))
    let warnings = try Trial(path).audited().warnings()
    #expect(warnings.contains { $0.contains("“duration” is usually") && $0.contains("flatter") })
    let excluded = try Trial(path, change: { $0.exclude = ["duration"] }).audit()
    #expect(!excluded.findings.contains { $0.column == "duration" })
    #expect(excluded.columns.first { $0.column == "duration" }?.why == "excluded")
  }

  @Test func identifiersAndPersonalDataAreLeftOutWithTheReason() throws {
    let folder = try TemporaryFolder()
    let rows = InventedLeads.rows(300).enumerated().map { row, cells in
      cells + ["ana\(row)@example.com"]
    }
    let path = try folder.write(InventedLeads.header + ["Email"], rows)
    let columns = try Trial(path).audit().columns
    let why = { (name: String) in columns.first { $0.column == name }.map { ($0.isUsed, $0.why) } }
    #expect(why("lead_id")?.0 == false && why("lead_id")?.1.contains("identifier") == true)
    #expect(why("Email")?.0 == false && why("Email")?.1.contains("personal data") == true)
    #expect(why("y")?.1 == "the outcome")
    #expect(why("visits")?.0 == true)
  }
}
