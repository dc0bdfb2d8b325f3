import Glibc
import Models
import Tables
import Testing

@testable import Calibration

@Suite struct NoveltyFitterTests {
  private func table(_ count: Int, seed: UInt64) -> Table {
    var numbers = SeededNumbers(seed: seed)
    let visits = (0..<count).map { _ in (exp2(numbers.normal() * 2)).rounded() }
    let country = (0..<count).map { _ in Int32(numbers.uniform() * numbers.uniform() * 8) }
    let age = (0..<count).map { _ in
      numbers.uniform() < 0.2 ? Double.nan : 30 + 8 * numbers.normal()
    }
    let size = (0..<count).map { _ in numbers.uniform() < 0.3 ? Double.nan : 5 * numbers.normal() }
    return Table(
      columns: [
        Column(name: "visits", values: .number(visits)),
        Column(
          name: "country",
          values: .category(
            CategoryValues(
              codes: country, levels: ["es", "fr", "de", "it", "pt", "nl", "be", "at"]))),
        Column(name: "age", values: .number(age)), Column(name: "size", values: .number(size)),
      ], rowCount: count)
  }

  private let columns = ["visits", "country", "age", "size"]

  @Test(arguments: [300, 3_000, 30_000])
  func fewLeadsLikeHistoryAreFlagged(count: Int) throws {
    let detector = try #require(
      NoveltyFitter().fit(table(count, seed: 1), columns: columns, rows: Array(0..<count)))
    #expect(detector.historyShare <= 0.01)
    let novel = detector.findings(in: table(20_000, seed: 2)).isNovel.reduce(0) {
      $0 + ($1 ? 1 : 0)
    }
    #expect(Double(novel) / 20_000 < 0.02)
  }

  @Test func whatIsUnlikeHistoryIsNamed() throws {
    let detector = try #require(
      NoveltyFitter().fit(table(3_000, seed: 1), columns: columns, rows: Array(0..<3_000)))
    let leads = Table(
      columns: [
        Column(name: "visits", values: .number([1e9, 2, .nan])),
        Column(
          name: "country",
          values: .category(CategoryValues(codes: [0, 1, 0], levels: ["es", "xx"]))),
        Column(name: "age", values: .number([30, -900, 30])),
        Column(name: "size", values: .number([0, 0, 0])),
      ], rowCount: 3)
    let findings = detector.findings(in: leads)
    #expect(findings.isNovel == [true, true, true])
    #expect(findings.text(row: 0) == "visits far above history")
    #expect(findings.text(row: 1) == "country never seen; age far below history")
    #expect(findings.text(row: 2) == "visits never missing before")
  }

  @Test func aTextNamesThreeReasonsAndCountsTheRest() throws {
    let detector = try #require(
      NoveltyFitter().fit(table(3_000, seed: 1), columns: columns, rows: Array(0..<3_000)))
    let lead = Table(
      columns: [
        Column(name: "visits", values: .number([1e9])),
        Column(
          name: "country", values: .category(CategoryValues(codes: [0], levels: ["xx"]))),
        Column(name: "age", values: .number([-900])), Column(name: "size", values: .number([1e9])),
      ], rowCount: 1)
    let findings = detector.findings(in: lead)
    let all = findings.reasons(row: 0).map(\.text)
    #expect(all.count == 4)
    #expect(findings.text(row: 0) == all.prefix(3).joined(separator: "; ") + "; and 1 more")
  }
}
