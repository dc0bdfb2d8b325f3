import Features
import Metrics
import Parallel
import Tables

/// All checks but those that decide whether a column is used.
struct TableChecks {
  private(set) var findings: [Finding] = []
  /// The shift of each column that was compared, in the order of the table.
  private(set) var shifts: [(column: String, index: Double)] = []

  private let subject: AuditSubject
  private let sample: AuditSample
  private let measured: MeasuredLeads
  /// Columns that are still features.
  private let used: [Column]
  private let pool: WorkerPool

  init(
    subject: AuditSubject, sample: AuditSample, measured: MeasuredLeads, leaks: Set<String>,
    pool: WorkerPool
  ) {
    self.subject = subject
    self.sample = sample
    self.measured = measured
    self.pool = pool
    used = subject.columns.filter { !leaks.contains($0) }.compactMap { subject.table[$0] }
    checkOutcomes()
    checkTime()
    checkScored()
    checkColumns()
  }
}

// MARK: Outcomes

extension TableChecks {
  private mutating func checkOutcomes() {
    let won = subject.outcomes.count { $0 == 1 }
    let lost = subject.outcomes.count { $0 == 0 }
    let open = subject.outcomes.count - won - lost
    let figures = ["won": Double(won), "lost": Double(lost), "open": Double(open)]
    let counts = "\(NumberText.count(won)) won, \(NumberText.count(lost)) lost"
    if min(won, lost) < subject.fewestOutcomes {
      findings.append(
        Finding(
          severity: .warning, kind: .fewOutcomes, finding: "too few outcomes to learn from",
          evidence: counts, figures: figures,
          action: "no model is fitted: at least \(subject.fewestOutcomes) of each are needed"))
    } else if min(won, lost) < subject.fewOutcomes {
      findings.append(
        Finding(
          severity: .warning, kind: .fewOutcomes, finding: "few outcomes",
          evidence: counts, figures: figures,
          action: "take the probabilities as a hint beside your rules, not as a replacement"))
    }
    if !subject.asOfExport.isEmpty {
      findings.append(
        Finding(
          severity: .warning, kind: .asOfExport, columns: subject.asOfExport,
          finding: "as of the export, not of the decision",
          evidence: NumberText.counted(subject.asOfExport.count, "column")
            + " without a field history",
          figures: ["columns": Double(subject.asOfExport.count)],
          action: "used as they are: expect worse live"))
    }
    if let immature = subject.immature, immature.count > 0 {
      findings.append(
        Finding(
          severity: .note, kind: .immatureLeads, finding: "too young to have an outcome",
          evidence: "\(NumberText.count(immature.count)) examples younger than "
            + "\(NumberText.plain(immature.horizonDays)) days, "
            + "\(NumberText.count(immature.won)) of them already won",
          figures: ["immature": Double(immature.count), "immature_won": Double(immature.won)],
          action: "left out, the won ones too, or wins would arrive early"))
    }
    if open > 0 {
      findings.append(
        Finding(
          severity: .note, kind: .openLeads, finding: "open leads",
          evidence: "\(NumberText.count(open)) of \(NumberText.count(subject.outcomes.count))",
          figures: figures, action: "not trained on, and never counted as lost"))
    }
    if let copies = subject.copies, copies.rows > 0 {
      findings.append(
        Finding(
          severity: .warning, kind: .duplicateLeads, finding: "leads that stand more than once",
          evidence: "\(NumberText.count(copies.rows)) of \(NumberText.count(copies.leads)) closed "
            + "leads share \(copies.basis) with another",
          figures: ["rows": Double(copies.rows), "leads": Double(copies.leads)],
          action: copies.action))
    }
  }
}

// MARK: Time

extension TableChecks {
  private mutating func checkTime() {
    if let (low, high) = measured.months?.drift, let lowRate = low.rate, let highRate = high.rate {
      let hasOpen = [low, high].contains { $0.open > 0 }
      findings.append(
        Finding(
          severity: .warning, kind: .baseRateDrift, finding: "the share won changes by month",
          evidence: "\(NumberText.percent(lowRate)) of the leads of \(low.month), "
            + "\(NumberText.percent(highRate)) of those of \(high.month)",
          figures: ["low": lowRate, "high": highRate],
          action: hasOpen
            ? "nothing; where leads are open still, those that closed early are not like the rest"
            : "nothing; check that these months count outcomes alike"))
    }
    guard let created = subject.created else { return }
    let order = created.indices.filter { !created[$0].isNaN }
      .sorted { created[$0] != created[$1] ? created[$0] < created[$1] : $0 < $1 }
    guard order.count >= AuditLimits.fewestRows else { return }
    let columns = used
    let filledAtTheEnd = filledAtTheEnd
    let checks = pool.map(columns.count) { index in
      let column = columns[index]
      // What is filled in when a lead closes is blank in the latest leads for that reason.
      let stale =
        filledAtTheEnd.contains(column.name)
        ? nil : StaleField(filled: column.values.filledCells, order: order, created: created)
      return (stale, LateLevels(column.values, order: order))
    }
    for (column, (stale, late)) in zip(columns, checks) {
      if let stale {
        findings.append(
          Finding(
            severity: .warning, kind: .staleField, columns: [column.name],
            finding: "hardly filled in any more",
            evidence: "\(NumberText.percent(stale.before)) of earlier leads, "
              + "\(NumberText.percent(stale.lately)) of the latest tenth"
              + (CalendarMonth(seconds: stale.last).map { ", last in \($0)" } ?? ""),
            figures: [
              "filled_before": stale.before, "filled_lately": stale.lately,
              "last_filled": stale.last,
            ],
            action: "kept; leads to come will have it blank"))
      }
      if let late {
        findings.append(
          Finding(
            severity: .note, kind: .lateLevels, columns: [column.name],
            finding: "values that come up only late",
            evidence: "\(NumberText.counted(late.levels, "value")) in "
              + "\(NumberText.counted(late.leads, "lead")), the commonest "
              + "“\(late.commonest)” (\(NumberText.count(late.commonestLeads)))",
            figures: ["values": Double(late.levels), "leads": Double(late.leads)],
            action: "kept; what they are worth rests on late leads alone"))
      }
    }
  }
}

// MARK: Leads to be scored

extension TableChecks {
  private mutating func checkScored() {
    guard let scored = ScoredLeads(subject: subject) else { return }
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
    for ((column, _), shift) in zip(compared, shifts) {
      guard let shift else { continue }
      self.shifts.append((column.name, shift.index))
      if let unseen = shift.unseen { add(unseen, of: column, scored: scored) }
      guard !shift.isByChance, shift.index > AuditLimits.smallShift,
        !explained.contains(column.name), shift.unseen?.levels == nil
      else { continue }
      findings.append(
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
          action: "kept; history says less about such leads"))
    }
  }

  /// Suspects still in use that closed leads have and open ones hardly ever.
  private var filledAtTheEnd: Set<String> {
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

  private mutating func add(_ unseen: ScoreShift.Unseen, of column: Column, scored: ScoredLeads) {
    let leads = "\(NumberText.count(unseen.leads)) of \(NumberText.count(scored.rows.count)) "
    findings.append(
      Finding(
        severity: .warning, kind: .unseenSegment, columns: [column.name],
        finding: unseen.levels == nil
          ? "values beyond those of history" : "values that history has never seen",
        evidence: unseen.levels.map {
          "\(leads)\(scored.words) have \(NumberText.counted($0, "such value")), the commonest "
            + unseen.words
        } ?? "\(leads)\(scored.words) are outside of \(unseen.words)",
        figures: ["leads": Double(unseen.leads), "share": unseen.share],
        action: "kept; such leads are scored by their other columns"))
  }
}

// MARK: Columns

extension TableChecks {
  private mutating func checkColumns() {
    let known = zip(measured.fields, measured.verdicts).compactMap { field, verdict in
      field.fillKnowsOutcome && verdict == nil && subject.columns.contains(field.column)
        ? field.column : nil
    }
    if !known.isEmpty {
      add(
        .missingnessKnowsOutcome, known, "blank or not tells a little of the outcome",
        evidence: "see the fields", action: "kept")
    }
    let rows = subject.outcomes.indices.filter { subject.outcomes[$0] >= 0 }
    for group in DuplicateColumns(table: subject.table, rows: rows)
      .groups(of: used.map(\.name), pool: pool)
    {
      add(
        .duplicateColumn, group, "say the same in every row",
        evidence: "one value of each for one of the other",
        action: "kept; one of them is enough")
    }
    add(
      .identifier, left { if case .identifier = $0 { true } else { false } },
      "another value in nearly every row", evidence: "identifiers", action: "left out")
    add(
      .constant, left { $0 == .constant }, "the same value in every row",
      evidence: "one value, never blank", action: "left out")
    add(
      .neverFilled, left { $0 == .allMissing }, "never filled in",
      evidence: "no cell is filled", action: "left out")
  }

  private func left(_ matches: (ColumnSelection.Reason) -> Bool) -> [String] {
    subject.leftOut.filter { matches($0.reason) }.map(\.column)
  }

  private mutating func add(
    _ kind: Finding.Kind, _ columns: [String], _ finding: String, evidence: String, action: String
  ) {
    guard !columns.isEmpty else { return }
    findings.append(
      Finding(
        severity: .note, kind: kind, columns: columns, finding: finding, evidence: evidence,
        figures: ["columns": Double(columns.count)], action: action))
  }
}
