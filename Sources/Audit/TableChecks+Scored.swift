import Metrics
import Tables

extension TableChecks {
  /// How the leads to be scored differ from history.
  mutating func checkScored() {
    guard let scored = ScoredLeads(subject: subject) else { return }
    let absent = used.map(\.name).filter { scored.table[$0] == nil }
    if !absent.isEmpty {
      findings.append(
        Finding(
          severity: .warning, kind: .differsFromHistory, columns: absent,
          finding: "not among the columns of the \(scored.words)",
          evidence: NumberText.counted(absent.count, "column"),
          figures: ["columns": Double(absent.count)],
          action: "kept; predict refuses leads without them, and --exclude does without"))
    }
    let compared = (used + created).compactMap { column in
      scored.table[column.name].map { (history: column, scored: $0) }
    }
    let rows = sample.rows
    let shifts = pool.map(compared.count) { index in
      ScoreShift(
        history: compared[index].history, rows: rows, scored: compared[index].scored,
        scoredRows: scored.rows, columns: compared.count)
    }
    // One reason a column: what is filled in at the end, or no more, differs for that reason.
    let explained = filledAtTheEnd.union(
      findings.filter { $0.kind == .staleField }.flatMap(\.columns))
    var unseen: [Finding] = []
    var different: [(finding: Finding, index: Double)] = []
    for ((column, _), shift) in zip(compared, shifts) {
      guard let shift else { continue }
      self.shifts.append((column.name, shift.index))
      if let values = shift.unseen { unseen.append(Self.finding(values, of: column, scored)) }
      guard !shift.isByChance, shift.index > AuditLimits.smallShift,
        !explained.contains(column.name), shift.unseen?.levels == nil
      else { continue }
      different.append((Self.finding(shift, of: column, scored), shift.index))
    }
    add(unseen, order: { $0.figures["share"] ?? 0 })
    add(different.map(\.finding), order: { $0.figures["stability_index"] ?? 0 })
  }

  /// Adds a finding a column; but one for all columns made of the history, whose windows and counts differ
  /// together where leads are of another age.
  private mutating func add(_ all: [Finding], order: (Finding) -> Double) {
    findings += all.filter { !$0.columns.allSatisfy(subject.isMade) }
    let made = all.filter { $0.columns.allSatisfy(subject.isMade) }
    guard let most = made.max(by: { order($0) < order($1) }), let column = most.columns.first,
      made.count > 1
    else {
      findings += made
      return
    }
    findings.append(
      Finding(
        severity: made.map(\.severity).min() ?? most.severity, kind: most.kind,
        columns: made.flatMap(\.columns), finding: most.finding,
        evidence: "\(made.count) columns made of the history; the most \(column), \(most.evidence)",
        figures: most.figures.merging(["columns": Double(made.count)]) { $1 }, action: most.action))
  }

  /// Suspects still in use that closed leads have and open ones hardly ever.
  var filledAtTheEnd: Set<String> {
    Set(
      zip(measured.fields, measured.verdicts).compactMap { field, verdict in
        verdict?.kind == .filledAfterOutcome ? field.column : nil
      })
  }

  /// The date of creation, which is compared by its blanks alone.
  private var created: [Column] {
    guard let name = subject.createdColumn, !used.contains(where: { $0.name == name }) else {
      return []
    }
    return subject.table[name].map { [$0] } ?? []
  }

  private static func finding(
    _ shift: ScoreShift, of column: Column, _ scored: ScoredLeads
  ) -> Finding {
    Finding(
      severity: shift.index > AuditLimits.largeShift ? .warning : .note,
      kind: .differsFromHistory, columns: [column.name],
      finding: "\(scored.words) differ from history",
      evidence: "\(shift.bin): \(NumberText.percent(shift.historyShare)) of history, "
        + "\(NumberText.percent(shift.scoredShare)) of \(scored.words); stability index "
        + NumberText.fixed(shift.index, 2),
      figures: [
        "stability_index": shift.index, "history_share": shift.historyShare,
        "scored_share": shift.scoredShare,
      ],
      action: "kept; history says less about such leads")
  }

  private static func finding(
    _ unseen: ScoreShift.Unseen, of column: Column, _ scored: ScoredLeads
  ) -> Finding {
    let leads = "\(NumberText.count(unseen.leads)) of \(NumberText.count(scored.rows.count)) "
    return Finding(
      severity: .warning, kind: .unseenSegment, columns: [column.name],
      finding: unseen.levels == nil
        ? "values beyond those of history" : "values that history has never seen",
      evidence: unseen.levels.map {
        "\(leads)\(scored.words) have \(NumberText.counted($0, "such value")), the commonest "
          + unseen.words
      } ?? "\(leads)\(scored.words) are outside of \(unseen.words)",
      figures: ["leads": Double(unseen.leads), "share": unseen.share],
      action: "kept; such leads are scored by their other columns")
  }
}
