import Features
import Parallel
import Tables
import Testing

@testable import Audit

@Suite struct TableChecksTests {
  let pool = WorkerPool(threadCount: 2)

  private func findings(_ subject: AuditSubject, _ kind: Finding.Kind) -> [Finding] {
    LeadAudit(subject, pool: pool).findings.filter { $0.kind == kind }
  }

  @Test func columnsThatPartTheRowsAlikeAreDuplicates() throws {
    let history = InventedHistory()
    let names = ["Spain", "France", "Italy"]
    let country = history.category("country") { names[Int(history.uniform($0, 1) * 3)] }
    let code = history.category("code") { ["ES", "FR", "IT"][Int(history.uniform($0, 1) * 3)] }
    let almost = history.category("almost") { row in
      row == 1_999 ? "Malta" : names[Int(history.uniform(row, 1) * 3)]
    }
    let euros = history.number("euros") { (history.uniform($0, 2) * 1e6).rounded() }
    let cents = history.number("cents") { (history.uniform($0, 2) * 1e6).rounded() * 100 }
    // As many values as rows, but another order.
    let other = history.noise("other", 3)
    let found = findings(
      history.subject([country, euros, almost, code, other, cents]), .duplicateColumn)
    #expect(found.map(\.columns) == [["country", "code"], ["euros", "cents"]])
    #expect(found.allSatisfy { $0.severity == .note })
  }

  @Test func identifiersAndConstantsAreOneFindingEach() {
    let history = InventedHistory()
    var subject = history.subject(history.ordinary)
    subject.leftOut = [
      .init(column: "a", reason: .constant), .init(column: "b", reason: .allMissing),
      .init(column: "c", reason: .constant),
      .init(column: "d", reason: .identifier(distinct: 9, filled: 9)),
      .init(column: "e", reason: .role("the outcome")),
    ]
    let audit = LeadAudit(subject, pool: pool)
    #expect(audit.findings.map(\.columns) == [["d"], ["a", "c"], ["b"]])
    #expect(audit.findings.map(\.kind) == [.identifier, .constant, .neverFilled])
  }

  @Test func openLeadsUnlikeTheHistoryAreNamedWithTheBinThatDiffers() throws {
    let history = InventedHistory(openShare: 0.2)
    let account = history.category("account") { row in
      history.outcomes[row] < 0 && history.uniform(row, 1) < 0.6
        ? nil : "account \(Int(history.uniform(row, 2) * 8))"
    }
    let audit = LeadAudit(history.subject([account] + history.ordinary), pool: pool)
    let found = audit.findings.filter { $0.kind == .differsFromHistory }
    #expect(found.map(\.columns) == [["account"]])
    #expect(found[0].severity == .warning)
    #expect(found[0].evidence.hasPrefix("blank: 0.0% of history, 6"))
    let index = try #require(audit.fields.first { $0.column == "account" }?.shift)
    #expect(index > AuditLimits.largeShift)
    #expect(audit.fields.dropFirst().allSatisfy { ($0.shift ?? 1) < AuditLimits.smallShift })
  }

  /// Forty open leads differ from history by far more than 0.1 by chance alone.
  @Test func thresholdsKnowTheSampleSize() {
    for seed in 1...20 {
      let history = InventedHistory(count: 2_000, openShare: 0.02, seed: UInt64(seed))
      let columns = (0..<10).map { stream in
        history.category("c\(stream)") { "l\(Int(history.uniform($0, stream) * 12))" }
      }
      let found = findings(history.subject(columns), .differsFromHistory)
      #expect(found.isEmpty, "seed \(seed): \(found)")
    }
  }

  @Test func aSecondTableIsComparedByNamesOfLevels() {
    let history = InventedHistory()
    let country = history.category("country") { row in
      ["Spain", "France"][Int(history.uniform(row, 1) * 2)]
    }
    let size = history.number("size") { (history.uniform($0, 2) * 100).rounded() }
    var subject = history.subject([country, size])
    let new = InventedHistory(count: 500, seed: 8)
    subject.scored = Table(
      columns: [
        // Other codes for the same names, and one that history has not.
        new.category("country") { ["France", "Spain", "Peru"][min(2, $0 % 10)] },
        new.number("size") { new.uniform($0, 3) * 100 + 60 },
      ], rowCount: 500)
    let audit = LeadAudit(subject, pool: pool)
    let unseen = audit.findings.filter { $0.kind == .unseenSegment }
    #expect(unseen.map(\.columns) == [["country"], ["size"]])
    #expect(
      unseen[0].evidence
        == "400 of 500 leads to score have 1 such value, the commonest “Peru” (400)")
    #expect(unseen[1].evidence.hasSuffix("leads to score are outside of 0 to 100"))
  }

  @Test func aNameOfItsOwnForEachLeadIsNoSegment() {
    let history = InventedHistory(openShare: 0.2)
    let company = history.category("company") { "company \($0 / 3)" }
    #expect(findings(history.subject([company]), .unseenSegment).isEmpty)
  }

  @Test func theBaseRateIsFollowedByMonth() throws {
    let history = InventedHistory(count: 6_000)
    var subject = history.subject([history.noise("x", 1)], dated: true)
    #expect(findings(subject, .baseRateDrift).isEmpty)
    subject.outcomes = (0..<6_000).map { row in
      history.uniform(row, 4) < (row < 3_000 ? 0.1 : 0.3) ? 1 : 0
    }
    let audit = LeadAudit(subject, pool: pool)
    #expect(audit.findings.map(\.kind) == [.baseRateDrift])
    #expect(audit.months.count == 24)
    #expect(audit.months[0].month == "2023-11")
    #expect(audit.months.reduce(0) { $0 + $1.won + $1.lost } == 6_000)
  }

  @Test func levelsThatComeUpLateAreNoted() {
    let history = InventedHistory()
    let source = history.category("source") { row in
      row > 1_700 && history.uniform(row, 1) < 0.4 ? "TikTok" : "web"
    }
    let found = findings(history.subject([source], dated: true), .lateLevels)
    #expect(found.count == 1)
    #expect(found.first?.evidence.contains("“TikTok”") == true)
    #expect(findings(history.subject([source]), .lateLevels).isEmpty)
  }

  @Test func whatTheHistorySaysIsReported() {
    let history = InventedHistory(count: 60, wonShare: 0.2, openShare: 0.1)
    var subject = history.subject([history.noise("x", 1)])
    subject.immature = .init(count: 40, won: 3, horizonDays: 90)
    subject.copies = .init(rows: 4, leads: 54, basis: "their id (lead)", action: "kept in one fold")
    subject.asOfExport = ["x"]
    let kinds = LeadAudit(subject, pool: pool).findings.map(\.kind)
    #expect(
      Set(kinds) == [.fewOutcomes, .asOfExport, .immatureLeads, .openLeads, .duplicateLeads])
  }
}
