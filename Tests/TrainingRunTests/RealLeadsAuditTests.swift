import Audit
import Foundation
import Reports
import Testing

@testable import TrainingRun

/// What the audit says of real histories, all at one setting. They are not the project's to carry: the
/// tests run where the environment variable KELVIN_DATA names the folder that holds them.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["KELVIN_DATA"] != nil))
struct RealLeadsAuditTests {
  private func report(
    _ file: String, target: String, won: [String], lost: [String] = [], id: [String] = [],
    missing: [String]? = nil, created: String? = nil, hasHeader: Bool = true
  ) throws -> AuditReport {
    let folder = try #require(ProcessInfo.processInfo.environment["KELVIN_DATA"])
    return try Trial("\(folder)/\(file)", target: target, won: won, lost: lost) { project in
      project.id = id
      project.missing = missing
      project.created = created
      project.leads?.hasHeader = hasHeader
    }.audit()
  }

  private func columns(_ report: AuditReport, _ severity: Finding.Severity) -> Set<String> {
    Set(report.findings.filter { $0.severity == severity }.flatMap(\.columns))
  }

  private func solo(_ report: AuditReport, _ column: String) throws -> Double {
    try #require(report.fields.first { $0.column == column }?.soloArea?.value)
  }

  @Test func coursesTagsAreALeakAndTimeOnTheWebsiteIsHonest() throws {
    let report = try report(
      "xeducation_leads.csv", target: "Converted", won: ["1"],
      id: ["Prospect ID", "Lead Number"], missing: ["", "Select"])
    #expect(columns(report, .leak) == ["Tags"])
    let suspects = columns(report, .suspect)
    #expect(
      suspects.isSuperset(of: [
        "Lead Quality", "Lead Profile", "Last Activity", "Last Notable Activity",
      ]))
    #expect(!suspects.contains("Total Time Spent on Website"))
    #expect(abs(try solo(report, "Total Time Spent on Website") - 0.77) < 0.01)
    #expect(try solo(report, "Tags") > 0.9)
  }

  @Test func theBanksDurationIsASuspectAndStaysIn() throws {
    let report = try report(
      "bank_full.csv", target: "y", won: ["yes"], missing: ["", "unknown"])
    #expect(columns(report, .leak).isEmpty)
    #expect(columns(report, .suspect) == ["duration"])
    #expect(report.columns.first { $0.column == "duration" }?.isUsed == true)
    #expect(abs(try solo(report, "duration") - 0.81) < 0.01)
    #expect(abs(try solo(report, "month") - 0.65) < 0.01)
  }

  @Test func theShopsPageValuesAreASuspectAndStayIn() throws {
    let report = try report("online_shoppers.csv", target: "Revenue", won: ["TRUE"])
    #expect(columns(report, .leak).isEmpty)
    #expect(columns(report, .suspect) == ["PageValues"])
    #expect(report.columns.first { $0.column == "PageValues" }?.isUsed == true)
    #expect(abs(try solo(report, "PageValues") - 0.86) < 0.01)
  }

  @Test func honestHistoriesHaveNeitherLeaksNorSuspects() throws {
    let telco = try report("telco_churn.csv", target: "Churn", won: ["Yes"], id: ["customerID"])
    let adult = try report(
      "adult.csv.gz", target: "column_15", won: [">50K"], missing: ["", "?"], hasHeader: false)
    for report in [telco, adult] {
      #expect(columns(report, .leak).isEmpty && columns(report, .suspect).isEmpty)
    }
    #expect(adult.findings.contains { $0.columns == ["column_4", "column_5"] })
  }

  @Test(arguments: [nil, "engage_date"]) func ofDealsOnlyWhatClosingFillsInIsALeak(
    _ created: String?
  ) throws {
    let report = try report(
      "maven_crm/sales_pipeline.csv", target: "deal_stage", won: ["Won"], lost: ["Lost"],
      id: ["opportunity_id"], created: created)
    // Without dates of creation, a date that all closed deals have is no more than a suspect.
    #expect(
      columns(report, .leak) == (created == nil ? ["close_value"] : ["close_value", "close_date"]))
    #expect(columns(report, .suspect) == (created == nil ? ["close_date"] : []))
    let differing = report.findings.filter { $0.kind == .differsFromHistory }.flatMap(\.columns)
    // 500 open deals have no date, and two thirds of the open ones no account.
    #expect(Set(differing).isSuperset(of: ["engage_date", "account"]))
  }
}
