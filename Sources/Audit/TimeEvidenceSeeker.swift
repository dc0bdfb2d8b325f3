import Tables

/// Seeks evidence in time: in the table itself, or for examples in the leads that they were made of.
struct TimeEvidenceSeeker: Sendable {
  private let own: TimedLeads
  private let exported: (leads: TimedLeads, table: Table)?
  private let asOfExport: Set<String>

  /// - Parameter months: of each row of the subject's table; `nil` without dates of creation.
  init(subject: AuditSubject, months: [Int32]?) {
    own = TimedLeads(subject, months: months)
    exported = subject.exported.map { (TimedLeads($0), $0.table) }
    asOfExport = Set(subject.asOfExport)
  }

  /// - Parameters:
  ///   - cells: of the subject's own table, as `fill`.
  func evidence(_ column: Column, cells: [Bool], fill: FillCounts) -> TimeEvidence {
    guard let exported else {
      return TimeEvidence(column, cells: cells, fill: fill, leads: own)
    }
    // What is as of each decision can't have been filled in after its outcome.
    guard asOfExport.contains(column.name), let column = exported.table[column.name] else {
      return .none
    }
    let cells = column.values.filledCells
    return TimeEvidence(
      column, cells: cells,
      fill: FillCounts(filled: cells, outcomes: exported.leads.outcomes, weights: nil),
      leads: exported.leads)
  }

  /// Columns that examples have as of each decision, and that are mostly filled in too late for it.
  func lateFills(of columns: [String]) -> [(column: String, fills: TimeEvidence.Fills)] {
    guard let exported else { return [] }
    return columns.compactMap { column in
      guard !asOfExport.contains(column), let fills = exported.leads.fills(of: column),
        fills.areMostlyLate
      else { return nil }
      return (column, fills)
    }
  }
}
