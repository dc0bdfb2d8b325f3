import Parallel
import Tables
import Testing

@testable import Audit

/// Examples, with what their history knows beside them.
@Suite struct ExampleAuditTests {
  private var pool: WorkerPool { WorkerPool(threadCount: 2) }

  /// Closed leads as examples, one each, and all leads as of the export: those that are won have an
  /// owner there, whatever is known of it at the decision.
  private func subject(_ history: InventedHistory, asOfExport: Bool) -> AuditSubject {
    let owner = history.category("owner") { row in
      history.outcomes[row] == 1 && history.uniform(row, 1) < 0.9 ? "Ana" : nil
    }
    let closed = history.outcomes.indices.filter { history.outcomes[$0] >= 0 }
    let columns = [owner] + history.ordinary
    func table(_ columns: [Column], _ rows: [Int]) -> Table {
      Table(
        columns: columns.map { Column(name: $0.name, values: $0.values.gathered(rows)) },
        rowCount: rows.count)
    }
    let made = history.noise("lead.count.all", 50)
    var subject = AuditSubject(
      table: table(columns + [made], closed), columns: (columns + [made]).map(\.name),
      outcomes: closed.map { history.outcomes[$0] })
    let all = Array(0..<history.count)
    subject.exported = .init(
      table: table(columns, all), outcomes: history.outcomes, created: history.created,
      outcomeTimes: history.created.map { $0 + 1_000 },
      fieldTimes: asOfExport
        ? []
        : [
          .init(
            column: "owner",
            firstFilled: all.map { owner.values.isMissing($0) ? .nan : history.created[$0] + 2_000 }
          )
        ])
    subject.asOfExport = asOfExport ? columns.map(\.name) : []
    return subject
  }

  @Test func openLeadsOfTheExportAreEvidenceInTime() {
    let audit = LeadAudit(
      subject(InventedHistory(openShare: 0.2), asOfExport: true), pool: pool)
    #expect(audit.leaks.map(\.column) == ["owner"])
    #expect(audit.findings.first?.kind == .filledAfterOutcome)
    #expect(audit.findings.first?.evidence.contains("of the same months") == true)
    let asOf = audit.findings.first { $0.kind == .asOfExport }
    // What is left out is not used as of the export either.
    #expect(asOf?.columns.contains("owner") == false && asOf?.severity == .warning)
    #expect(audit.findings.contains { $0.kind == .openLeads && $0.evidence.contains("of 2,000") })
  }

  /// A stage says won, lost or open as of the export; some slips, and one value a lead, prove nothing.
  @Test(arguments: [("stage", true), ("campaign", false), ("company", false)])
  func theOutcomeInOtherWordsIsALeak(column: String, isLeak: Bool) {
    let history = InventedHistory(openShare: 0.2)
    var subject = subject(history, asOfExport: true)
    let values = history.category(column) { row in
      switch column {
      case "stage":
        // One lead in a hundred was never set to closed.
        history.uniform(row, 60) < 0.01
          ? "open" : ["open", "lost", "won"][Int(history.outcomes[row]) + 1]
      case "campaign": history.outcomes[row] < 0 ? "spring" : "autumn \(row % 3)"
      default: "company \(row / 2)"
      }
    }
    let closed = history.outcomes.indices.filter { history.outcomes[$0] >= 0 }
    subject.table = Table(
      columns: subject.table.columns + [
        Column(name: column, values: values.values.gathered(closed))
      ],
      rowCount: closed.count)
    let exported = subject.exported?.table.columns ?? []
    subject.exported?.table = Table(columns: exported + [values], rowCount: history.count)
    subject.columns.append(column)
    subject.asOfExport.append(column)
    let audit = LeadAudit(subject, pool: pool)
    #expect(audit.leaks.contains { $0.column == column } == isLeak)
    let finding = audit.findings.first { $0.columns == [column] && $0.severity <= .suspect }
    #expect((finding != nil) == isLeak)
    if isLeak {
      #expect(finding?.finding == "the outcome in other words")
      #expect(finding?.evidence.contains("won ones") == true, "\(finding?.evidence ?? "")")
    }
  }

  @Test func whatIsAsOfTheDecisionIsNoSuspect() {
    let history = InventedHistory(openShare: 0.2)
    var subject = subject(history, asOfExport: true)
    let closed = history.outcomes.indices.filter { history.outcomes[$0] >= 0 }
    let strong = history.signal("purchase.days_since_last", 70, shift: 9)
    subject.table = Table(
      columns: subject.table.columns
        + [Column(name: strong.name, values: strong.values.gathered(closed))],
      rowCount: closed.count)
    subject.columns.append(strong.name)
    subject.laterFields = ["lead.count.all": "changed after the outcome"]
    let audit = LeadAudit(subject, pool: pool)
    #expect(audit.leaks.map(\.column) == ["owner"])
    let finding = audit.findings.first { $0.columns == [strong.name] }
    #expect(finding?.severity == .note)
    #expect(finding?.action.contains("as of each decision") == true)
    #expect(!audit.findings.contains { $0.kind == .nameOfLaterField })
  }

  @Test func aColumnOfItsOwnTimeIsNoLeakHoweverLateItIsFilledIn() {
    var subject = subject(InventedHistory(openShare: 0.2), asOfExport: false)
    // As of the decision nobody had it yet, but for a few.
    let rows = subject.table.rowCount
    subject.table = Table(
      columns: subject.table.columns.map { column in
        column.name == "owner"
          ? Column(
            name: "owner",
            values: .category(
              CategoryValues(codes: (0..<rows).map { $0 % 40 == 0 ? 0 : -1 }, levels: ["Ana"])))
          : column
      }, rowCount: rows)
    let audit = LeadAudit(subject, pool: pool)
    #expect(audit.leaks.isEmpty)
    let late = audit.findings.first { $0.kind == .filledAfterOutcome }
    #expect(late?.severity == .note && late?.columns == ["owner"])
    #expect(late?.action == "kept: examples have it as it was at each decision")
  }

  @Test func columnsMadeOfActivitiesDifferTogether() {
    let history = InventedHistory(openShare: 0.2)
    var subject = subject(history, asOfExport: true)
    let second = history.noise("lead.count.30d", 51)
    let closed = history.outcomes.indices.filter { history.outcomes[$0] >= 0 }
    subject.table = Table(
      columns: subject.table.columns
        + [Column(name: second.name, values: second.values.gathered(closed))],
      rowCount: closed.count)
    subject.columns.append(second.name)
    // Those to be scored are far beyond, and lack a column.
    subject.scored = Table(
      columns: ["lead.count.all", "lead.count.30d"].map {
        Column(name: $0, values: .number([Double](repeating: 1e6, count: 300)))
      }, rowCount: 300)
    let audit = LeadAudit(subject, pool: pool)
    let beyond = audit.findings.filter { $0.kind == .unseenSegment }
    #expect(beyond.map(\.columns) == [["lead.count.all", "lead.count.30d"]])
    #expect(beyond.first?.evidence.hasPrefix("2 columns made of the history") == true)
    let absent = audit.findings.first { $0.finding.hasPrefix("not among the columns") }
    #expect(absent?.columns == history.ordinary.map(\.name))
  }
}
