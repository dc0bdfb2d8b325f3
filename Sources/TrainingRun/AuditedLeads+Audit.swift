import Audit
import Features
import Models
import Parallel
import Projects
import Tables

extension AuditedLeads {
  /// The audit of a history before anything is fitted to it.
  /// - Throws: `TrainingError` for a kept column that can be no feature.
  static func audit(
    history: LeadHistory, roles: LeadRoles, selection: ColumnSelection,
    repeated: RepeatedLeads, read: TrainingLeads, pool: WorkerPool
  ) throws -> LeadAudit {
    try checkKept(roles: roles, selection: selection)
    let table = history.table
    var subject = AuditSubject(
      table: table, columns: selection.used, outcomes: history.outcomes)
    subject.weights = history.weights
    subject.kept = Set(roles.kept)
    subject.leftOut = selection.leftOut
    subject.unit = roles.unit
    subject.leadCounts = history.leadCounts
    subject.fewestOutcomes = TrainingOptions.fewestOutcomes
    subject.fewOutcomes = TrainingOptions.fewOutcomes
    if let name = roles.created, case .date(let times)? = table[name]?.values {
      subject.created = times
      subject.createdColumn = name
    }
    subject.groups = groups(history: history, roles: roles, repeated: repeated)
    subject.copies = repeated.copies(ids: roles.ids)
    subject.scored = read.scored
    if !read.scoredIsStated { subject.scoredWords = "open leads" }
    read.evidence?.add(to: &subject)
    for column in selection.used {
      subject.laterFields[column] = postOutcomeColumn(named: column)?.words
    }
    return LeadAudit(subject, pool: pool)
  }

  /// What is asked to be kept must be there to be learned from.
  private static func checkKept(roles: LeadRoles, selection: ColumnSelection) throws {
    for column in roles.kept {
      guard let left = selection.leftOut.first(where: { $0.column == column }) else { continue }
      throw TrainingError.keptColumnIsNoFeature(column: column, reason: left.reason.text)
    }
  }
}

extension AuditedLeads {
  /// What keeps leads together: accounts, and copies of a lead; one a row of the table.
  private static func groups(
    history: LeadHistory, roles: LeadRoles, repeated: RepeatedLeads
  ) -> [Int32]? {
    var accounts: [Int32]?
    if let name = roles.account, case .category(let cells)? = history.table[name]?.values {
      accounts = history.closedRows.map { cells.codes[$0] }
    }
    return repeated.clusters(accounts: accounts).map { clusters in
      var groups = [Int32](repeating: -1, count: history.table.rowCount)
      for (row, cluster) in zip(history.closedRows, clusters) { groups[row] = cluster }
      return groups
    }
  }
}

extension RepeatedLeads {
  /// As the audit reports them.
  fileprivate func copies(ids: [String]) -> AuditSubject.CopiedLeads {
    AuditSubject.CopiedLeads(
      rows: rowCount, leads: leadCount,
      basis: basis == .ids ? "their id (\(ids.joined(separator: ", ")))" : "all their cells",
      action: tellsLeadsApart
        ? "taken for copies of one lead, never in two folds"
        : "nothing: leads can't be told apart without an id; give --id COLUMN")
  }
}
