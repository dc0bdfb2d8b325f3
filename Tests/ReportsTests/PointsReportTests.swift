import Metrics
import Testing

@testable import Reports

@Suite struct PointsReportTests {
  private func line(
    _ change: PointsReport.Line.Change, _ old: Double?, _ new: Double, why: String? = nil
  ) -> PointsReport.Line {
    PointsReport.Line(
      change: change, oldPoints: old, newPoints: new,
      interval: change == .fixed ? nil : ConfidenceInterval(low: new - 1.5, high: new + 1.5),
      evidence: RuleFigure(
        rule: "rule of \(new)", group: "fit", points: new, leads: 1_200, conversions: 300,
        conversionRate: 0.25, interval: nil, otherRate: 0.1, difference: 0.15,
        differenceInterval: nil, verdict: .agrees), why: why)
  }

  private func report(
    _ lines: [PointsReport.Line], rules: String? = "rules.yaml",
    verdict: PointsReport.Judgement.Verdict, gain: Double? = 0.004
  ) throws -> PointsReport {
    let labels: [UInt8] = [1, 0, 1, 0, 1, 0]
    let learned = [0.9, 0.2, 0.8, 0.3, 0.4, 0.5]
    let own = [5.0, 1, 5, 5, 1, 1]
    return PointsReport(
      data: DataSummary(source: "leads.csv", rows: 6_000, won: 900, lost: 5_100),
      rules: rules, written: "new.yaml", lines: lines, intercept: -3, slope: 0.05,
      table: (0...40).map {
        PointsReport.Step(
          points: Double($0), score: Double($0), probability: 0.1, leads: 10, conversions: 1)
      },
      judgement: PointsReport.Judgement(
        population: .outOfFold, leads: 6_000, conversions: 900, baseRateLogLoss: 0.42,
        learnedLogLoss: 0.396, ownLogLoss: rules == nil ? nil : 0.4,
        gain: gain.map {
          LogLossDifference(
            value: $0, interval: ConfidenceInterval(low: $0 - 0.003, high: $0 + 0.003))
        }, learnedAUC: auc(labels: labels, scores: learned),
        auc: rules == nil ? nil : pairedAUCTest(labels: labels, first: learned, second: own),
        verdict: verdict), warnings: ["Something to know."])
  }

  @Test func theHeadlineSaysWhatChangedAndWhetherItIsBetter() throws {
    let lines = [line(.changed, 5, 9), line(.kept, 5, 5), line(.added, nil, 4)]
    let better = try report(lines, verdict: .better)
    #expect(better.headline.hasPrefix("1 rule with other points and 1 new rule. On 6,000 leads"))
    #expect(better.headline.contains("better than yours: log loss 1.0% lower"))
    #expect(
      try report(lines, verdict: .notDistinguishable).headline.contains(
        "not distinguishable from yours"))
    #expect(try report(lines, verdict: .worse, gain: -0.004).headline.contains("keep your own"))
    #expect(
      try report([line(.kept, 5, 5)], verdict: .same).headline.hasPrefix("Your points stand"))
  }

  @Test func withoutRulesTheHeadlineSpeaksOfTheFirstFile() throws {
    let found = try report([line(.added, nil, 4)], rules: nil, verdict: .alone, gain: nil)
    #expect(found.headline.contains("1 rule of what your customers have in common"))
    #expect(
      try report([], rules: nil, verdict: .alone, gain: nil).headline.contains("nothing to write"))
  }

  @Test func theDiffShowsEachLineWithItsSign() throws {
    let text = try report(
      [
        line(.changed, 5, 9), line(.kept, -2.5, -2.5), line(.added, nil, 4),
        line(.fixed, 7, 7, why: "it disqualifies, whatever its points"),
      ], verdict: .better
    ).text(width: 100)
    let lines = text.split(separator: "\n")
    func row(_ rule: String) throws -> Substring {
      try #require(lines.first { $0.contains("rule of \(rule) ") })
    }
    #expect(try row("9.0").contains("~") && row("9.0").contains("5 → 9"))
    #expect(try row("9.0").contains("7.5 to 10.5") && row("9.0").contains("25.0%"))
    #expect(try row("-2.5").contains("-2.5") && !row("-2.5").contains("→"))
    #expect(try row("4.0").contains("+"))
    #expect(try row("7.0").contains("=") && row("7.0").contains("–"))
    #expect(text.contains("= rule of 7.0: it disqualifies, whatever its points."))
    #expect(text.contains("Something to know.") && text.contains("Written to new.yaml."))
    #expect(lines.allSatisfy { $0.count <= 100 })
    // Forty-one numbers of points in at most sixteen rows, none left out.
    #expect(text.contains("0 to 2") && text.contains("39 to 40"))
  }

  @Test func jsonHoldsAllSteps() throws {
    let report = try report([line(.kept, 5, 5)], verdict: .same)
    #expect(try report.json().split(separator: "\"probability\"").count == 42)
  }
}
