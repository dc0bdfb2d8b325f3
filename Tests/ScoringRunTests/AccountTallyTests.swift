import Foundation
import Models
import Parallel
import Tables
import Testing

@testable import ScoringRun

@Suite struct AccountTallyTests {
  private static func row(
    _ account: String, _ id: String?, _ probability: Double, points: Double? = nil,
    decision: Double = .nan
  ) -> AccountTally.Row {
    AccountTally.Row(
      account: account, id: id,
      lead: .init(probability: probability, points: points, decision: decision))
  }

  private static func written(
    _ rows: [AccountTally.Row], correlation: Double = 0.4, hasPoints: Bool = false,
    threads: Int = 1
  ) throws -> (tally: AccountTally, lines: [[String]]) {
    let folder = try TemporaryFolder()
    var tally = AccountTally()
    for row in rows { tally.add(row) }
    let path = folder.path("accounts.csv")
    try tally.written(
      to: path, column: "company", dialect: TextDialect(hasHeader: true),
      dependence: AccountDependence(correlation: correlation), hasPoints: hasPoints,
      pool: WorkerPool(threadCount: threads)
    ).finish()
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return (tally, text.split(separator: "\n").map { $0.components(separatedBy: ",") })
  }

  @Test func aLeadCountsOnceHoweverManyRowsItHas() throws {
    let once = [
      Self.row("a", "1", 0.2), Self.row("b", "1", 0.3), Self.row("a", "2", 0.1),
    ]
    let (_, expected) = try Self.written(once)
    let (tally, lines) = try Self.written(once + [once[2], once[0], once[0]])
    #expect(lines == expected)
    #expect(tally.leftOut == 3 && tally.leadCount == 3 && tally.accountCount == 2)
    #expect(lines[0] == ["company", "leads", "probability", "probability_max"])
    // The single lead of b is more probable than either of a, and less than one of them.
    #expect(lines[1][0] == "b" && lines[1][2] == "0.3")
    #expect(lines[2][...1] == ["a", "2"] && lines[2][3] == "0.2")
    let any = try #require(Double(lines[2][2]))
    #expect(any == AccountDependence.probabilityOfAny([0.2, 0.1], correlation: 0.4))
    #expect(any > 0.2 && any < 0.28)
  }

  @Test func ofSeveralRowsTheLatestDecisionCountsAndElseTheHighest() throws {
    func only(_ rows: [AccountTally.Row]) throws -> String {
      let (_, lines) = try Self.written(rows)
      #expect(lines.count == 2 && lines[1][1] == "1")
      return lines[1][2]
    }
    let dated = [
      Self.row("a", "1", 0.9, decision: 1_000), Self.row("a", "1", 0.25, decision: 2_000),
      Self.row("a", "1", 0.5), Self.row("a", "1", 0.125, decision: 2_000),
    ]
    #expect(try only(dated) == "0.25")
    #expect(try only(dated.reversed()) == "0.25")
    let plain = [0.25, 0.75, 0.5].map { Self.row("a", "1", $0) }
    #expect(try only(plain) == "0.75")
    #expect(try only(plain.reversed()) == "0.75")
  }

  @Test func withoutIdsEachRowIsALead() throws {
    let (tally, lines) = try Self.written([Self.row("a", nil, 0.5), Self.row("a", nil, 0.5)])
    #expect(tally.leftOut == 0 && lines[1][1] == "2" && lines[1][2] != "0.5")
  }

  @Test func pointsAreThoseOfTheRowsThatCount() throws {
    let (_, lines) = try Self.written(
      [
        Self.row("a", "1", 0.5, points: 10), Self.row("a", "1", 0.4, points: 90),
        Self.row("a", "2", 0.1, points: 20), Self.row("a", "3", 0.1, points: nil),
        Self.row("a", "4", 0.1, points: -5), Self.row("a", "5", 0.1, points: 3),
        Self.row("b", "1", 0.1, points: nil),
      ], hasPoints: true)
    #expect(lines[1][4...] == ["20", "28", "7", "11"])
    #expect(lines[2][4...] == ["", "", "", ""])
  }

  @Test func theFileIsTheSameForAnyNumberOfThreads() throws {
    let rows = (0..<5_000).map { row in
      Self.row(
        "a\(row * 7 % 2_300)", "\(row * 13 % 4_000)", Double(row * 31 % 997 + 1) / 1_000)
    }
    let (_, one) = try Self.written(rows, threads: 1)
    let (_, three) = try Self.written(rows, threads: 3)
    #expect(one == three && one.count == 2_301)
  }
}
