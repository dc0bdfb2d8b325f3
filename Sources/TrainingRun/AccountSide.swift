import Calibration
import Models
import Tables

/// What the history says of leads of one account: the accounts of the leads that some fold validated.
enum AccountSide {
  /// How they go together; `nil` without accounts. Nothing is learned where no account has several leads, where
  /// all of those have one outcome, and where leads have weights, which count leads and not accounts.
  ///
  /// A lead counts once, with the first of its rows that was judged: of examples its earliest decision, for which
  /// of them is its last depends on when it converts.
  static func dependence(
    _ side: CalibratedSide, history: LeadHistory, roles: LeadRoles, repeated: RepeatedLeads,
    plan: FoldPlan
  ) throws -> AccountDependence? {
    guard let column = roles.account else { return nil }
    let unlearned = AccountDependence(
      correlation: AccountDependence.unlearnedCorrelation, column: column)
    guard history.weights == nil else { return unlearned }
    let accounts = try FoldPlan.accounts(history.table, column: column)
    let rows = plan.validatedRows
    let leads = firstRows(rows, history: history, roles: roles, repeated: repeated, plan: plan)
    return try AccountDependenceFitter().fit(
      accounts: leads.map { accounts[rows[$0]] },
      logOdds: leads.map { side.calibration.logOdds[$0] },
      labels: leads.map { history.outcomes[rows[$0]] == 1 ? 1 : 0 }, column: column) ?? unlearned
  }

  /// Positions in `rows`, ascending, of one row a lead.
  private static func firstRows(
    _ rows: [Int], history: LeadHistory, roles: LeadRoles, repeated: RepeatedLeads,
    plan: FoldPlan
  ) -> [Int] {
    // Without ids, leads that are alike are not the same; `predict` counts each row as a lead then, too.
    guard repeated.basis != .cells, !repeated.codes.isEmpty else { return Array(rows.indices) }
    let codes = Dictionary(uniqueKeysWithValues: zip(history.closedRows, repeated.codes))
    let times = roles.areExamples ? plan.times : nil
    var first: [Int32: Int] = [:]
    var chosen: [Int] = []
    for (position, row) in rows.enumerated() {
      guard let code = codes[row], code >= 0 else {
        chosen.append(position)
        continue
      }
      guard let known = first[code] else {
        first[code] = position
        continue
      }
      if let times, times[row] < times[rows[known]] { first[code] = position }
    }
    return (chosen + first.values).sorted()
  }
}
