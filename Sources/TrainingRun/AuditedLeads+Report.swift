import Features
import Models
import Projects
import Reports
import Sources
import Tables

extension AuditedLeads {
  /// What was read, as reports show it.
  var summary: DataSummary {
    let source = history.source
    let outcome = history.outcome
    return DataSummary(
      source: path, rows: history.table.rowCount, won: history.wonCount, lost: history.lostCount,
      open: history.openCount, skippedRows: source.skippedRows.count,
      outcome: "\(outcome.column): \(outcome.won.joined(separator: ", ")) won, "
        + "\(outcome.lost.joined(separator: ", ")) lost"
        + (history.openCount > 0 ? ", anything else open" : ""),
      notes: source.notes.map(\.description))
  }

  /// What becomes of each column.
  var columnUses: [ColumnUse] {
    let reasons = Dictionary(
      selection.leftOut.map { ($0.column, $0.reason.text) }, uniquingKeysWith: { first, _ in first }
    )
    return history.table.columns.map { column in
      let reason = reasons[column.name]
      return ColumnUse(
        column: column.name, kind: column.type.rawValue, isUsed: reason == nil,
        why: reason ?? describe(column))
    }
  }

  private func describe(_ column: Column) -> String {
    let rows = history.closedRows
    let missing = rows.count { column.values.isMissing($0) }
    var parts: [String] = []
    if case .category(let values) = column.values { parts.append("\(values.levels.count) values") }
    if missing > 0, !rows.isEmpty {
      let share = Double(missing) / Double(rows.count) * 100
      parts.append(share < 0.1 ? "under 0.1% missing" : "\((share * 10).rounded() / 10)% missing")
    }
    return parts.joined(separator: ", ")
  }

  /// Columns in use whose names say that a CRM fills them in after the outcome.
  var postOutcomeColumns: [String] {
    selection.used.filter { postOutcomeColumn(named: $0) != nil }
  }

  /// What a reader must know before trusting a model of these leads.
  func warnings() -> [String] {
    var warnings: [String] = []
    let fewer = min(history.wonCount, history.lostCount)
    if fewer >= TrainingOptions.fewestOutcomes, fewer < TrainingOptions.fewOutcomes {
      warnings.append(
        "Only \(NumberText.count(history.wonCount)) won and \(NumberText.count(history.lostCount)) lost "
          + "leads: take the probabilities as a hint beside your rules, not as a replacement.")
    }
    if hasUnlikelyHeader { warnings.append(Self.unlikelyHeader) }
    let suspects = postOutcomeColumns
    if !suspects.isEmpty {
      let names = suspects.map { "“\($0)”" }.joined(separator: ", ")
      let flags = suspects.map { "--exclude \"\($0)\"" }.joined(separator: " ")
      warnings.append(
        suspects.count == 1
          ? "\(names) is usually filled in once the outcome is known. Was it known when the lead had "
            + "to be scored? If not, the figures flatter the model: add \(flags)."
          : "\(names) are usually filled in once the outcome is known. Were they known when the lead "
            + "had to be scored? If not, the figures flatter the model: add \(flags).")
    }
    return warnings
  }

  private var hasUnlikelyHeader: Bool {
    history.source.schema.dialect.hasHeader && headerLooksLikeCells(history.table)
  }

  private static let unlikelyHeader =
    "The names of the columns look like cells: if the file has no header line, its first lead was "
    + "taken for one; add --no-header."

  func report(options: TrainingOptions) -> AuditReport {
    var findings: [AuditReport.Finding] = []
    let fewer = min(history.wonCount, history.lostCount)
    let counts = "\(history.wonCount) won, \(history.lostCount) lost"
    if fewer < TrainingOptions.fewestOutcomes {
      findings.append(
        .init(
          severity: .error, column: history.outcome.column, finding: "too few outcomes",
          evidence: counts,
          action: "add older leads: at least \(TrainingOptions.fewestOutcomes) of each are needed"))
    } else if fewer < TrainingOptions.fewOutcomes {
      findings.append(
        .init(
          severity: .warning, column: history.outcome.column, finding: "few outcomes",
          evidence: counts, action: "a model will be a hint, no more"))
    }
    if hasUnlikelyHeader {
      findings.append(
        .init(
          severity: .warning, column: nil, finding: "the first row may be a lead",
          evidence: "half the names of columns look like cells",
          action: "add --no-header unless they are names"))
    }
    for column in postOutcomeColumns {
      findings.append(
        .init(
          severity: .warning, column: column, finding: "usually filled in after the outcome",
          evidence: postOutcomeColumn(named: column).map { "its name: \($0.reason.rawValue)" }
            ?? "its name",
          action: "add --exclude \"\(column)\" unless it was known before"))
    }
    if history.openCount > 0 {
      findings.append(
        .init(
          severity: .note, column: history.outcome.column, finding: "open leads",
          evidence: "\(NumberText.count(history.openCount)) of "
            + NumberText.count(history.table.rowCount),
          action: "nothing: they are not trained on, and never counted as lost"))
    }
    findings += EmailGroups(table: history.table, rows: history.closedRows).findings
    if !history.source.skippedRows.isEmpty {
      findings.append(
        .init(
          severity: .warning, column: nil, finding: "rows that can't be read",
          evidence: "\(history.source.skippedRows.count), the first: "
            + "\(history.source.skippedRows[0])",
          action: "nothing: they are left out (--skip-bad-rows)"))
    }
    return AuditReport(data: summary, columns: columnUses, findings: findings)
  }
}
