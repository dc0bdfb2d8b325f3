import Foundation
import Reports
import Testing

@Suite struct ReportJSONTests {
  private func expectRoundTrip<R: Report>(
    _ report: R, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let json = try report.json()
    let again = try JSONDecoder().decode(R.self, from: Data(json.utf8))
    #expect(again == report, sourceLocation: sourceLocation)
    #expect(try again.json() == json, sourceLocation: sourceLocation)
  }

  @Test func everyReportComesBackFromJSON() throws {
    try expectRoundTrip(SampleReports.comparison())
    try expectRoundTrip(SampleReports.fit())
    try expectRoundTrip(SampleReports.fitOfTrees())
    try expectRoundTrip(SampleReports.evaluation())
    try expectRoundTrip(SampleReports.audit)
    try expectRoundTrip(SampleReports.prediction)
    try expectRoundTrip(SampleReports.inspection())
  }

  @Test func keysAreSortedAndPathsReadable() throws {
    let json = try SampleReports.fit().json()
    let algorithm = try #require(json.range(of: "\"algorithm\""))
    let warnings = try #require(json.range(of: "\"warnings\""))
    #expect(algorithm.lowerBound < warnings.lowerBound)
    #expect(json.contains("models/bank/v0001.kelvin"))
    #expect(json.hasSuffix("}\n"))
  }

  @Test func anUndefinedFigureIsAbsent() throws {
    #expect(!(try SampleReports.fit().json()).contains("\"heldOut\""))
  }
}
