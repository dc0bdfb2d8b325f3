import Foundation
import Testing

/// Features as of today, against those as of the decision: what the audit says of them, and what becomes
/// of them on leads that came later. `Benchmarks/crm_naive.py` prints the figures of a larger CRM.
@Suite struct NaiveFeaturesTests {
  /// A CRM with the queries that see it as of 1 July 2025.
  private func place() throws -> Workspace {
    let place = try SharedCRM.workspace()
    let datasets = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../datasets/crm").standardized
    let july = datasets.appendingPathComponent("july")
    try FileManager.default.copyItem(at: july, to: URL(fileURLWithPath: place.path("july")))
    try place.write(
      "kelvin.yaml",
      try String(contentsOf: datasets.appendingPathComponent("kelvin.yaml"), encoding: .utf8))
    return place
  }

  private static let quick = [
    "--algorithms", "logistic", "--penalty", "30", "--numbers", "linear", "--folds", "2", "--json",
  ]
  private static let flat = [
    "--sqlite", "crm.db", "--query", "july/naive.sql", "--id", "lead_id", "--target", "stage=won",
    "--lost", "lost",
  ]

  /// AUC, log loss, and log loss of the base rate alone.
  private func figures(
    _ place: Workspace, _ arguments: [String], _ keys: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> (area: Double, loss: Double, baseLoss: Double, leads: Double) {
    let result = try place.start(.train, arguments).wait()
    try #require(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    var report = try result.json()
    for key in keys { report = try #require(report[key] as? [String: Any]) }
    return (
      try #require((report["auc"] as? [String: Any])?["value"] as? Double),
      try #require(report["logLoss"] as? Double),
      try #require(report["baseRateLogLoss"] as? Double),
      try #require(report["leads"] as? Double)
    )
  }

  @Test func theAuditWarnsOfFeaturesAsOfToday() throws {
    let place = try place()
    let audit = try place.start(.train, ["audit"] + Self.flat + ["--json"]).wait()
    #expect(audit.status == 0, "\(audit.errors)")
    let findings = try #require(try audit.json()["findings"] as? [[String: Any]])
    func columns(_ severity: String) -> [String] {
      findings.filter { $0["severity"] as? String == severity }
        .flatMap { $0["columns"] as? [String] ?? [] }
    }
    #expect(columns("leak") == ["onboarding_owner"])
    #expect(columns("suspect").contains("product_uses"))
  }

  @Test func theyPromiseAllAndCollapseOnFreshLeads() throws {
    let place = try place()
    let promised = try figures(
      place, ["fit", "--model", "naive"] + Self.flat + Self.quick, "outOfFold", "figures")
    #expect(promised.area > 0.95)
    #expect(promised.loss < 0.5 * promised.baseLoss)
    let met = try figures(
      place,
      [
        "evaluate", "--model", "naive", "--sqlite", "crm.db", "--query", "july/fresh.sql", "--json",
      ], "figures")
    #expect(met.area < promised.area - 0.15)
    // Worse than knowing nothing of the leads but their base rate.
    #expect(met.loss > met.baseLoss)

    // The same leads at the same decisions, by a model of the history.
    _ = try figures(
      place, ["fit", "--project", "july/kelvin.yaml", "--model", "history"] + Self.quick,
      "outOfFold", "figures")
    let known = try figures(
      place, ["evaluate", "--model", "history", "--project", "kelvin.yaml", "--json"], "figures")
    #expect(abs(known.leads - met.leads) <= 2)
    #expect(known.loss < met.loss - 0.02)
    #expect(known.loss < 1.05 * known.baseLoss)
  }
}
