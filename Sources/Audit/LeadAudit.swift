import Features
import Metrics
import Parallel
import Tables

/// The audit of a history of leads: what was measured of each column, and what it found.
///
/// Everything is a function of the leads alone: neither the number of threads nor the order in which
/// columns are looked at changes a figure.
public struct LeadAudit: Codable, Sendable, Equatable {
  /// In the order of the table; only of columns that were judged or can be filled in.
  public let fields: [FieldAudit]
  /// The most serious first; leaks and suspects by how well they tell the outcome alone, all others in
  /// the order of the checks, then of the table.
  public let findings: [Finding]
  /// The months in which leads came in, the earliest first; empty without dates of creation.
  public let months: [MonthlyRate]
  /// Closed leads that areas and shifts were computed on, where not all of them were.
  public let sampledLeads: Int?
  /// Leaks that are left out, each with the reason; those that the user keeps are not among them.
  public let leaks: [Leak]
  /// Fields that were filled in once and are not any more, which are left out too: what a blank meant while
  /// others were filled in, it does not mean in leads to come. Those that the user keeps are not among them.
  public let silent: [String]

  public struct Leak: Codable, Sendable, Equatable {
    public let column: String
    /// Half a sentence for a report: “left out: …”.
    public let reason: String
  }

  public init(_ subject: AuditSubject, pool: WorkerPool) {
    let sample = AuditSample(subject: subject)
    let measured = MeasuredLeads(subject: subject, sample: sample, pool: pool)
    var fields = measured.fields
    var verdicts: [Finding] = []
    var leaks: [Leak] = []
    let order = fields.indices.sorted { first, second in
      let (one, other) = (fields[first].soloArea?.value ?? 0, fields[second].soloArea?.value ?? 0)
      return one != other ? one > other : first < second
    }
    for index in order {
      guard let verdict = measured.verdicts[index] else { continue }
      let column = fields[index].column
      let isKept = subject.kept.contains(column)
      let isInTime = subject.isInTime(column)
      // Once the user has answered the question, a suspect is no more than a note; what is as of each
      // decision raises none.
      let severity =
        isInTime || isKept && verdict.severity == .suspect ? .note : verdict.severity
      fields[index].severity = severity
      if severity == .leak, !isKept {
        leaks.append(Leak(column: column, reason: "a leak: \(verdict.finding)"))
      }
      verdicts.append(
        Finding(
          severity: severity, kind: verdict.kind, columns: [column], finding: verdict.finding,
          evidence: verdict.evidence, figures: verdict.figures,
          action: isInTime
            ? "kept: it is as of each decision; --exclude \"\(column)\" leaves it out"
            : isKept
              ? "kept, as asked for"
              : severity == .leak
                ? "left out; --keep-column \"\(column)\" keeps it"
                : "kept; --exclude \"\(column)\" leaves it out"))
    }
    let checks = TableChecks(
      subject: subject, sample: sample, measured: measured, leaks: Set(leaks.map(\.column)),
      pool: pool)
    let findings = verdicts + checks.findings
    for (column, shift) in checks.shifts {
      if let index = fields.firstIndex(where: { $0.column == column }) {
        fields[index].shift = shift
      }
    }
    self.fields = fields
    // Swift's sort is stable in practice, but does not promise it.
    self.findings = findings.enumerated().sorted {
      ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset)
    }.map(\.element)
    months = measured.months?.rates ?? []
    sampledLeads = sample.isPart ? sample.rows.count : nil
    self.leaks = leaks
    silent = checks.silent
  }

  /// The findings of one severity.
  public func findings(_ severity: Finding.Severity) -> [Finding] {
    findings.filter { $0.severity == severity }
  }
}

/// What is measured of each column before anything is concluded.
struct MeasuredLeads: Sendable {
  let fields: [FieldAudit]
  /// One a field; `nil` where nothing speaks against it, and for what is no feature anyway.
  let verdicts: [ColumnVerdict?]
  let months: LeadMonths?
  /// Columns that are known as of each decision, and mostly filled in at the outcome or after it.
  let lateFills: [(column: String, fills: TimeEvidence.Fills)]

  init(subject: AuditSubject, sample: AuditSample, pool: WorkerPool) {
    let judged = Set(subject.columns)
    let months = subject.created.flatMap {
      LeadMonths(created: $0, outcomes: subject.outcomes)
    }
    let seeker = TimeEvidenceSeeker(subject: subject, months: months?.ofRow)
    let columns = subject.table.columns
    let measured = pool.map(columns.count) { index in
      let column = columns[index]
      let cells = column.values.filledCells
      let fill = FillCounts(filled: cells, outcomes: subject.outcomes, weights: subject.weights)
      let isJudged = judged.contains(column.name)
      let field = FieldAudit(
        column, cells: cells, fill: fill, subject: subject, sample: sample, isJudged: isJudged)
      let time =
        isJudged && column.name != subject.createdColumn
        ? seeker.evidence(column, cells: cells, fill: fill) : nil
      return (field: field, time: time)
    }
    let fence = OutlierFence(
      areas: measured.compactMap { field, _ in
        field.column == subject.createdColumn ? nil : field.soloArea?.value
      })
    verdicts = measured.map { field, time in
      time.flatMap {
        ColumnVerdict(
          field: field, time: $0, fence: fence,
          nameSays: subject.isInTime(field.column) ? nil : subject.laterFields[field.column])
      }
    }
    fields = measured.map(\.field)
    self.months = months
    lateFills = seeker.lateFills(of: subject.columns)
  }
}
