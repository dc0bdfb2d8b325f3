import Parallel
import Tables
import Testing

@testable import Audit

@Suite struct LeadAuditTests {
  let pool = WorkerPool(threadCount: 2)

  private func severity(_ audit: LeadAudit, _ column: String) -> Finding.Severity? {
    audit.findings.filter { $0.columns == [column] }.map(\.severity).min()
  }

  @Test func aColumnThatTellsTheOutcomeAndIsBlankByItIsALeak() throws {
    let history = InventedHistory()
    let tags = history.category("Tags") { row in
      // Written down by the seller: for most won leads, and few lost ones.
      let isWon = history.outcomes[row] == 1
      guard history.uniform(row, 1) < (isWon ? 0.95 : 0.6) else { return nil }
      return isWon ? "Will revert" : history.uniform(row, 2) < 0.5 ? "Ringing" : "Not eligible"
    }
    let audit = LeadAudit(history.subject([tags] + history.ordinary), pool: pool)
    let finding = try #require(audit.findings.first)
    #expect(finding.severity == .leak && finding.columns == ["Tags"])
    #expect(finding.action == "left out; --keep-column \"Tags\" keeps it")
    #expect(try #require(finding.figures["solo_auc_low"]) > 0.9)
    #expect(audit.leaks.map(\.column) == ["Tags"])
    #expect(audit.findings(.leak).count == 1)
  }

  @Test func aKeptLeakIsStillNamedButNotLeftOut() {
    let history = InventedHistory()
    let tags = history.category("Tags") { history.outcomes[$0] == 1 ? "won" : nil }
    var subject = history.subject([tags] + history.ordinary)
    subject.kept = ["Tags"]
    let audit = LeadAudit(subject, pool: pool)
    #expect(severity(audit, "Tags") == .leak)
    #expect(audit.findings.first?.action == "kept, as asked for")
    #expect(audit.leaks.isEmpty)
  }

  @Test func aPredictorThatIsNeverBlankIsNoMoreThanASuspect() {
    let history = InventedHistory()
    let copy = history.category("copy") { history.outcomes[$0] == 1 ? "yes" : "no" }
    let audit = LeadAudit(history.subject([copy] + history.ordinary), pool: pool)
    #expect(severity(audit, "copy") == .suspect)
    #expect(audit.findings.first?.kind == .nearCopyOfOutcome)
    #expect(audit.leaks.isEmpty)
  }

  @Test func anOutlierAmongTheColumnsIsASuspectAndAGoodOneAmongGoodOnesIsNot() {
    let history = InventedHistory()
    let strong = history.signal("duration", 3, shift: 1.6)
    let alone = LeadAudit(history.subject([strong] + history.ordinary), pool: pool)
    #expect(severity(alone, "duration") == .suspect)
    #expect(alone.findings.first?.kind == .predictsTooWell)
    let others = (0..<6).map { history.signal("strong \($0)", 4 + $0, shift: 1.4) }
    let among = LeadAudit(history.subject([strong] + others + history.ordinary), pool: pool)
    #expect(severity(among, "duration") == nil)
  }

  @Test func fieldsFilledOnlyOnceALeadClosesAreLeaks() {
    let history = InventedHistory(openShare: 0.2)
    let contract = history.category("Contract") { row in
      history.outcomes[row] == 1 && history.uniform(row, 1) < 0.5 ? "signed" : nil
    }
    let audit = LeadAudit(history.subject([contract] + history.ordinary, dated: true), pool: pool)
    #expect(audit.leaks.map(\.column) == ["Contract"])
    #expect(audit.findings.first?.kind == .filledAfterOutcome)
    #expect(audit.findings.first?.evidence.contains("of the same months") == true)
  }

  @Test func aFieldThatWentSilentIsStaleRatherThanALeak() {
    // Open leads are all of the last tenth, in which nobody has filled the field in.
    let history = InventedHistory()
    let silent = history.category("Fax") { row in
      row < 1_700 && history.uniform(row, 1) < 0.6 ? "known" : nil
    }
    var subject = history.subject([silent] + history.ordinary, dated: true)
    for row in 1_700..<2_000 where row % 2 == 0 { subject.outcomes[row] = -1 }
    let audit = LeadAudit(subject, pool: pool)
    #expect(audit.leaks.isEmpty)
    #expect(audit.findings.contains { $0.kind == .staleField && $0.columns == ["Fax"] })
    #expect(audit.silent == ["Fax"])
    subject.kept = ["Fax"]
    let kept = LeadAudit(subject, pool: pool)
    #expect(kept.silent.isEmpty)
    #expect(kept.findings.first { $0.kind == .staleField }?.action == "kept, as asked for")
    subject.kept = []
    // Open leads of months without closed ones can't be matched; the field knows nothing all the same.
    for row in 1_700..<2_000 { subject.outcomes[row] = -1 }
    #expect(LeadAudit(subject, pool: pool).leaks.isEmpty)
  }

  @Test func aFieldHistoryThatShowsLateFillingMakesALeak() {
    let history = InventedHistory()
    let field = history.category("Budget") { history.uniform($0, 1) < 0.4 ? "yes" : nil }
    var subject = history.subject([field] + history.ordinary)
    subject.outcomeTimes = history.created.map { $0 + 1_000 }
    func times(after share: Double) -> [Double] {
      (0..<history.count).map { row in
        field.values.isMissing(row)
          ? .nan : history.created[row] + (history.uniform(row, 2) < share ? 2_000 : 500)
      }
    }
    subject.fieldTimes = [.init(column: "Budget", firstFilled: times(after: 0.9))]
    let late = LeadAudit(subject, pool: pool)
    #expect(late.leaks.map(\.column) == ["Budget"])
    #expect(late.findings.first?.evidence.contains("filled at the outcome or later") == true)
    subject.fieldTimes = [.init(column: "Budget", firstFilled: times(after: 0.2))]
    #expect(LeadAudit(subject, pool: pool).leaks.isEmpty)
  }

  @Test func namesOfLaterFieldsAreSuspectsUntilTheUserKeepsThem() {
    let history = InventedHistory()
    var subject = history.subject(history.ordinary)
    subject.laterFields = ["field 3": "holds the latest activity"]
    let audit = LeadAudit(subject, pool: pool)
    #expect(severity(audit, "field 3") == .suspect)
    #expect(audit.findings.first?.action == "kept; --exclude \"field 3\" leaves it out")
    subject.kept = ["field 3"]
    #expect(severity(LeadAudit(subject, pool: pool), "field 3") == .note)
  }

  @Test func anOrdinaryHistoryHasNoFindings() {
    let history = InventedHistory()
    #expect(LeadAudit(history.subject(history.ordinary, dated: true), pool: pool).findings.isEmpty)
  }

  @Test func findingsDoNotDependOnThreads() {
    let history = InventedHistory(openShare: 0.1)
    let columns =
      history.ordinary + [
        history.category("source") { "s\(Int(history.uniform($0, 5) * 300))" },
        history.signal("strong", 6, shift: 2),
      ]
    let subject = history.subject(columns, dated: true)
    let one = LeadAudit(subject, pool: WorkerPool(threadCount: 1))
    #expect(one == LeadAudit(subject, pool: WorkerPool(threadCount: 4)))
    #expect(!one.findings.isEmpty)
  }

  @Test func findingsAreInOrderOfSeverity() {
    let history = InventedHistory(openShare: 0.1)
    let leak = history.category("a leak") { history.outcomes[$0] == 1 ? "won" : nil }
    var subject = history.subject(history.ordinary + [leak], dated: true)
    subject.laterFields = ["field 1": "moves with the outcome"]
    let severities = LeadAudit(subject, pool: pool).findings.map(\.severity)
    #expect(severities == severities.sorted())
    #expect(severities.first == .leak)
  }

  @Test func manyLeadsAreSampledAndSaidToBe() throws {
    let history = InventedHistory(count: 260_000)
    let audit = LeadAudit(
      history.subject([history.signal("visits", 1, shift: 0.5)]), pool: pool)
    let sampled = try #require(audit.sampledLeads)
    #expect(abs(sampled - AuditLimits.mostRows) < 2_000)
    let small = LeadAudit(
      InventedHistory().subject(InventedHistory().ordinary), pool: pool)
    #expect(small.sampledLeads == nil)
  }
}
