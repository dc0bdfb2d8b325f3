import Features
import Metrics
import Parallel
import Tables

/// All checks but those that decide whether a column is used.
struct TableChecks {
  var findings: [Finding] = []
  /// The shift of each column that was compared, in the order of the table.
  var shifts: [(column: String, index: Double)] = []
  /// Fields that nobody fills in any more, without those that the user keeps.
  var silent: [String] = []

  let subject: AuditSubject
  let sample: AuditSample
  let measured: MeasuredLeads
  /// Columns that are still features.
  let used: [Column]
  let pool: WorkerPool

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
    let (won, lost) =
      subject.leadCounts
      ?? (subject.outcomes.count { $0 == 1 }, subject.outcomes.count { $0 == 0 })
    let leads = subject.exported?.outcomes ?? subject.outcomes
    let open = leads.count { $0 < 0 }
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
    let names = Set(subject.asOfExport)
    let asOfExport = used.map(\.name).filter(names.contains)
    if !asOfExport.isEmpty {
      findings.append(
        Finding(
          severity: .warning, kind: .asOfExport, columns: asOfExport,
          finding: "as of the export, not of the decision",
          evidence: NumberText.counted(asOfExport.count, "column") + " without a field history",
          figures: ["columns": Double(asOfExport.count)],
          action: "used as they are: expect worse live"))
    }
    for (column, fills) in measured.lateFills {
      findings.append(
        Finding(
          severity: .note, kind: .filledAfterOutcome, columns: [column],
          finding: "filled in mostly after the outcome",
          evidence: "at the outcome or later in \(NumberText.count(fills.afterOutcome)) of "
            + "\(NumberText.count(fills.known)) leads, by its history",
          figures: [
            "filled_after_outcome": Double(fills.afterOutcome),
            "filled_at_known_time": Double(fills.known),
          ],
          action: "kept: examples have it as it was at each decision"))
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
          evidence: "\(NumberText.count(open)) of \(NumberText.count(leads.count))",
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
          evidence: "\(NumberText.percent(lowRate)) of the \(subject.unit)s of \(low.month), "
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
        let isKept = subject.kept.contains(column.name)
        if stale.isSilent, !isKept { silent.append(column.name) }
        findings.append(
          Finding(
            severity: .warning, kind: .staleField, columns: [column.name],
            finding: "hardly filled in any more",
            evidence: "\(NumberText.percent(stale.before)) of earlier \(subject.unit)s, "
              + "\(NumberText.percent(stale.lately)) of the latest tenth"
              + (CalendarMonth(seconds: stale.last).map { ", last in \($0)" } ?? ""),
            figures: [
              "filled_before": stale.before, "filled_lately": stale.lately,
              "last_filled": stale.last,
            ],
            action: !stale.isSilent
              ? "kept; leads to come will have it blank"
              : isKept
                ? "kept, as asked for" : "left out; --keep-column \"\(column.name)\" keeps it"))
      }
      if let late {
        findings.append(
          Finding(
            severity: .note, kind: .lateLevels, columns: [column.name],
            finding: "values that come up only late",
            evidence: "\(NumberText.counted(late.levels, "value")) in "
              + "\(NumberText.counted(late.leads, subject.unit)), the commonest "
              + "“\(late.commonest)” (\(NumberText.count(late.commonestLeads)))",
            figures: ["values": Double(late.levels), "leads": Double(late.leads)],
            action: "kept; what they are worth rests on late \(subject.unit)s alone"))
      }
    }
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
    let groups = DuplicateColumns(table: subject.table, rows: rows)
      .groups(of: used.map(\.name), pool: pool)
    let made = groups.filter { $0.allSatisfy(subject.isMade) }
    if let first = made.first {
      // Of young leads, the shorter and the longer windows hold the same.
      add(
        .duplicateColumn, made.flatMap(\.self), "say the same in every row",
        evidence:
          "\(NumberText.counted(made.count, "group")) of columns made of the history, such as "
          + first.prefix(2).joined(separator: " and "), action: "kept; one of each is enough")
    }
    for group in groups where !group.allSatisfy(subject.isMade) {
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
