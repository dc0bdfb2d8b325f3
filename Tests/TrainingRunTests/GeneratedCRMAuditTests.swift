import Audit
import GeneratedCRM
import Testing

@testable import TrainingRun

/// The generated CRM has one planted leak, a field that is filled in only after a win, beside honest
/// fields, a field that went silent, and drift.
@Suite struct GeneratedCRMAuditTests {
  /// The leads alone, without the activities, which an audit of the leads does not read.
  private struct LeadsOnly: CRMDestination {
    var folder: CSVFolder

    mutating func add(_ row: [CRMCell], to table: CRMTable) throws {
      if table == .leads { try folder.add(row, to: table) }
    }

    mutating func commit() throws { try folder.commit() }
  }

  @Test func thePlantedLeakIsFoundAndNoOtherColumnIsCalledOne() throws {
    let folder = try TemporaryFolder()
    var leads = LeadsOnly(folder: try CSVFolder(path: folder.path("")))
    _ = try CRMGenerator(leadCount: 1_500, seed: 1).write(to: &leads)
    try leads.commit()
    func audit(created: String?) throws -> [Finding] {
      try Trial(folder.path("leads.csv"), target: "stage", won: ["won"], lost: ["lost"]) {
        $0.id = ["lead_id"]
        $0.account = "account_id"
        $0.created = created
        $0.exclude = ["closed_at"]
      }.audit().findings
    }
    for created in ["created_at", nil] {
      let leaks = try audit(created: created).filter { $0.severity == .leak }
      #expect(leaks.map(\.columns) == [["onboarding_owner"]])
      #expect(try !audit(created: created).contains { $0.severity == .suspect })
    }
    let stale = try audit(created: "created_at").filter { $0.kind == .staleField }
    #expect(stale.map(\.columns) == [["size_band"]])
  }
}
