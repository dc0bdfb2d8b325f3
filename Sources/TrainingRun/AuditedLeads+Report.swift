import Audit
import Features
import Metrics
import Models
import ProjectReading
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
      outcome: outcome.words(recipe: read.recipe, hasOpen: history.openCount > 0),
      unit: roles.areExamples ? "example" : nil,
      notes: source.notes.map(\.description)
        + (read.examples == nil ? source.lines : []))
  }

  /// How examples were made; `nil` where leads are learned from as they stand.
  var historySummary: HistorySummary? {
    read.examples.map {
      HistorySummary($0, chosen: read.chosen, leadLines: read.leads.lines)
    }
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

  /// What a reader must know before trusting a model of these leads, beside the audit's leaks and
  /// suspects.
  func warnings() -> [String] {
    var warnings: [String] = []
    let (won, lost) = history.leadCounts
    let fewer = min(won, lost)
    if fewer >= TrainingOptions.fewestOutcomes, fewer < TrainingOptions.fewOutcomes {
      warnings.append(
        "Only \(NumberText.count(won)) won and \(NumberText.count(lost)) lost "
          + "leads: take the probabilities as a hint beside your rules, not as a replacement.")
    }
    if hasUnlikelyHeader { warnings.append(Self.unlikelyHeader) }
    return warnings + history.source.joins.compactMap(\.mismatch).map { "\($0.sentence)." }
  }

  private var hasUnlikelyHeader: Bool {
    history.source.schema.dialect.hasHeader && headerLooksLikeCells(history.table)
  }

  private static let unlikelyHeader =
    "The names of the columns look like cells: if the file has no header line, its first lead was "
    + "taken for one; add --no-header."

  /// One closed row a lead: of examples, its first.
  static func rowsOfLeads(_ history: LeadHistory, roles: LeadRoles) -> [Int] {
    guard roles.areExamples, let id = roles.ids.first, let cells = history.table[id]?.values else {
      return history.closedRows
    }
    var seen: Set<String> = []
    return history.closedRows.filter { seen.insert(cells.fieldText($0)).inserted }
  }

  /// The audit with what reading the file told.
  func report() -> AuditReport {
    var findings: [Finding] = []
    if hasUnlikelyHeader {
      findings.append(
        Finding(
          severity: .warning, kind: .unlikelyHeader, finding: "the first row may be a lead",
          evidence: "half the names of columns look like cells",
          action: "add --no-header unless they are names"))
    }
    findings +=
      EmailGroups(table: history.table, rows: Self.rowsOfLeads(history, roles: roles)).findings
    if !history.source.skippedRows.isEmpty {
      findings.append(
        Finding(
          severity: .warning, kind: .unreadableRows, finding: "rows that can't be read",
          evidence: "\(history.source.skippedRows.count), the first: "
            + "\(history.source.skippedRows[0])",
          figures: ["rows": Double(history.source.skippedRows.count)],
          action: "left out (--skip-bad-rows)"))
    }
    findings += history.source.joins.compactMap { join in
      join.mismatch.map {
        Finding(
          severity: .warning, kind: .joinWithoutMatch, finding: "a join that finds nothing",
          evidence: $0, figures: ["leads": Double(join.rows)],
          action:
            "its columns are blank; write the keys of both sides alike, or name others under on")
      }
    }
    return AuditReport(
      data: summary, columns: columnUses, findings: audit.findings + findings, fields: audit.fields,
      months: audit.months, sampledLeads: audit.sampledLeads, history: historySummary)
  }
}

extension String {
  /// As a sentence begins.
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() }
}
