import Testing

@testable import TrainingRun

@Suite struct AuditTests {
  @Test func namesOfLaterFieldsAreSuspectsWithTheReason() throws {
    let folder = try TemporaryFolder()
    let rows = InventedLeads.rows(300).enumerated().map { $0.element + ["\($0.offset % 60)"] }
    let path = try folder.write(InventedLeads.header + ["duration"], rows)
    let suspect = try #require(try Trial(path).audit().findings.first)
    #expect(suspect.severity == .suspect && suspect.columns == ["duration"])
    #expect(suspect.finding == "by its name, known once the contact is over")
    #expect(suspect.action.contains("--exclude \"duration\""))
    let excluded = try Trial(path, change: { $0.exclude = ["duration"] }).audit()
    #expect(!excluded.findings.contains { $0.columns == ["duration"] })
    #expect(excluded.columns.first { $0.column == "duration" }?.why == "excluded")
  }

  /// A field that the seller fills in for most won leads and few lost ones.
  private func leadsWithALeak(_ folder: TemporaryFolder) throws -> String {
    let rows = InventedLeads.rows(400).enumerated().map { row, cells in
      let tag =
        cells.last == "yes" ? (row % 20 == 0 ? "" : "will pay") : row % 3 == 0 ? "no answer" : ""
      return cells + [tag]
    }
    return try folder.write(InventedLeads.header + ["stamp"], rows)
  }

  @Test func aLeakIsLeftOutOfTheModelWithItsReason() throws {
    let folder = try TemporaryFolder()
    let path = try leadsWithALeak(folder)
    let trial = Trial(path) { $0.id = ["lead_id"] }
    let (report, model) = try trial.fit(folder.path("model"))
    let leftOut = try #require(model.training.leftOut.first { $0.column == "stamp" })
    #expect(leftOut.reason == "a leak: tells the outcome alone, and is blank by it")
    #expect(!model.predictor.requiredColumns.contains("stamp"))
    #expect(report.audit.findings.map(\.columns) == [["stamp"]])
    #expect(report.text(width: 80).contains("Leaks (1)"))
    #expect(try #require(report.outOfFold?.figures.auc).value < 0.9)
  }

  @Test func aLeakThatIsKeptIsLearnedFromAndStillNamed() throws {
    let folder = try TemporaryFolder()
    let path = try leadsWithALeak(folder)
    let trial = Trial(path) { project in
      project.id = ["lead_id"]
      project.keep = ["stamp"]
    }
    let (report, model) = try trial.fit(folder.path("model"))
    #expect(model.predictor.requiredColumns.contains("stamp"))
    #expect(report.audit.findings.first?.action == "kept, as asked for")
  }

  @Test func whatIsKeptMustBeSomethingToLearnFrom() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(InventedLeads.header, InventedLeads.rows(100))
    let reason = "the lead's id"
    #expect(throws: TrainingError.keptColumnIsNoFeature(column: "lead_id", reason: reason)) {
      try Trial(
        path,
        change: { project in
          project.id = ["lead_id"]
          project.keep = ["lead_id"]
        }
      ).audit()
    }
    #expect(throws: TrainingError.self) {
      try Trial(path, change: { $0.keep = ["vists"] }).audit()
    }
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
