import Reports
import Testing

/// The reports' texts, read by people before they were kept: change one on purpose, then read it.
@Suite struct GoldenTextTests {
  @Test func comparison() throws {
    #expect(try SampleReports.comparison().text() == golden("comparison"))
  }

  @Test func fit() throws {
    #expect(try SampleReports.fit().text() == golden("fit"))
  }

  @Test func fitOfTrees() throws {
    #expect(try SampleReports.fitOfTrees().text() == golden("fit-trees"))
  }

  @Test func evaluation() throws {
    #expect(try SampleReports.evaluation().text() == golden("evaluation"))
  }

  @Test func audit() throws {
    #expect(try SampleReports.audit.text() == golden("audit"))
  }

  @Test func auditOnANarrowTerminal() throws {
    #expect(try SampleReports.audit.text(width: 72) == golden("audit-narrow"))
  }

  @Test func prediction() throws {
    #expect(try SampleReports.prediction.text() == golden("prediction"))
  }

  @Test func inspection() throws {
    #expect(try SampleReports.inspection().text() == golden("inspection"))
  }

  @Test func everyReportKeepsToEightyColumns() throws {
    let reports: [any Report] = [
      try SampleReports.comparison(), try SampleReports.fit(), try SampleReports.fitOfTrees(),
      try SampleReports.evaluation(),
      SampleReports.audit, SampleReports.prediction, try SampleReports.inspection(),
    ]
    for report in reports {
      for line in report.text(width: 80).split(separator: "\n") {
        #expect(line.count <= 80, "\(line)")
      }
    }
  }

  @Test func aFitThatDidNotConvergeSaysSo() throws {
    let fit = try SampleReports.fit()
    let report = FitReport(
      model: fit.model, data: fit.data, columns: [], warnings: [], algorithm: fit.algorithm,
      regression: FitReport.Regression(
        coefficientCount: 1, penalty: nil, iterations: 100, converged: false), trees: nil,
      contest: nil, outOfFold: nil, heldOut: nil, effects: [], effectIntervals: .confidence,
      importance: [], comparison: nil,
      modelFile: fit.modelFile, outOfFoldFile: "oof.csv", nextSteps: [])
    #expect(report.text().contains("NOT converged after 100 steps"))
    #expect(report.text().contains("no penalty"))
    #expect(report.text().contains("oof.csv (out-of-fold predictions)"))
  }

  @Test func anAuditShowsWhatAHistoryWarnsOf() {
    let history = HistorySummary(lines: ["100 leads."], warnings: ["Half of the log is of nobody."])
    let text = AuditReport(
      data: SampleReports.data, columns: [], findings: [], history: history
    ).text()
    #expect(text.contains("Warnings\n  • Half of the log is of nobody.\n"))
  }

  @Test func noFindingsAreSaidToBeNone() {
    let report = AuditReport(data: SampleReports.data, columns: [], findings: [])
    #expect(report.text().hasSuffix("Findings\n  None.\n"))
  }
}
