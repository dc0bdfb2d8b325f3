/// The leads that evidence in time is sought among: those of the table, or those that its examples were
/// made of.
struct TimedLeads: Sendable {
  /// 1 won, 0 lost, -1 open.
  let outcomes: [Int8]
  /// Of each row, from 0; below 0 for none; `nil` without dates of creation.
  let months: [Int32]?
  private let outcomeTimes: [Double]?
  private let fieldTimes: [AuditSubject.FieldTimes]

  init(_ subject: AuditSubject, months: [Int32]?) {
    outcomes = subject.outcomes
    self.months = months
    outcomeTimes = subject.outcomeTimes
    fieldTimes = subject.fieldTimes
  }

  init(_ leads: AuditSubject.ExportedLeads) {
    outcomes = leads.outcomes
    months = leads.created.flatMap { LeadMonths(created: $0, outcomes: leads.outcomes)?.ofRow }
    outcomeTimes = leads.outcomeTimes
    fieldTimes = leads.fieldTimes
  }

  /// How many of the closed leads had a field filled in at the outcome or after it.
  /// - Returns: `nil` where that is known of too few.
  func fills(of column: String) -> TimeEvidence.Fills? {
    guard let outcomeTimes, let times = fieldTimes.first(where: { $0.column == column }) else {
      return nil
    }
    var (after, known) = (0, 0)
    for row in outcomes.indices where outcomes[row] >= 0 {
      let (filled, closed) = (times.firstFilled[row], outcomeTimes[row])
      guard !filled.isNaN, !closed.isNaN else { continue }
      known += 1
      if filled >= closed { after += 1 }
    }
    return known >= AuditLimits.fewestRows
      ? TimeEvidence.Fills(afterOutcome: after, known: known) : nil
  }
}
