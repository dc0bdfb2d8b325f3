import Testing

@testable import Reports

@Suite struct PredictReportTests {
  private func report(mean: Double, leads: Int = 500) -> PredictReport {
    PredictReport(
      model: "crm@v0001", source: "crm.db", rows: leads, scored: leads, meanProbability: mean,
      trainingBaseRate: 0.08, warnings: ["Another."], output: "scored.csv")
  }

  @Test func scoresFarFromAllOfHistoryAreDoubtedBeforeTheyAreShown() throws {
    let report = report(mean: 0.004)
    #expect(report.warnings.count == 2)
    let text = report.text(width: 400)
    let warning = try #require(text.range(of: "20 times below what history converted (8.0%)"))
    let headline = try #require(text.range(of: "Scored 500 of 500 leads"))
    #expect(warning.lowerBound < headline.lowerBound)
    #expect(text.contains("of the 500 leads scored, 0.40%,"))
    #expect(report.text(width: 400).components("Warnings") == 2)
  }

  @Test(arguments: [(0.03, 500), (0.2, 500), (0.004, 20)])
  func whatChanceOrAnotherCampaignBringsIsNotDoubted(mean: Double, leads: Int) {
    #expect(report(mean: mean, leads: leads).warnings == ["Another."])
  }
}

extension String {
  fileprivate func components(_ word: String) -> Int {
    split(separator: word, omittingEmptySubsequences: false).count
  }
}
