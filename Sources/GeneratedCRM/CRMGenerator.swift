/// Makes a CRM: leads, accounts, two years of activities, field history, and the truth about each example.
///
/// The same options give the same rows in the same order, on every run.
public struct CRMGenerator {
  public let leadCount: Int
  public let seed: UInt64

  /// Days after its creation at which the truth about a lead is told.
  public static let ages = [0, 7, 30]
  /// A win within so many days after the decision is what the truth is about.
  public static let horizonDays = 90

  public init(leadCount: Int, seed: UInt64) {
    precondition(leadCount > 0, "a CRM has at least one lead")
    self.leadCount = leadCount
    self.seed = seed
  }

  /// What was made.
  public struct Counts: Sendable, Equatable {
    public var leads = 0
    public var accounts = 0
    public var activities = 0
    public var changes = 0
    public var won = 0
    public var lost = 0
  }

  /// Hands all rows to a destination, leads in the order of their creation. Does not commit.
  public func write(to destination: inout some CRMDestination) throws -> Counts {
    var counts = Counts()
    var creation = LeadCreation(seed: seed, leadCount: leadCount)
    for index in 0..<leadCount {
      let lead = creation.lead(index)
      let record = LeadRecord(lead, seed: seed, account: lead.account.map { creation.accounts[$0] })
      if case .won(let time) = record.history.outcome {
        creation.won(account: lead.account, at: time)
        counts.won += 1
      } else if case .lost = record.history.outcome {
        counts.lost += 1
      }
      try destination.add(record.row, to: .leads)
      for activity in record.activities {
        counts.activities += 1
        try destination.add(row(activity, id: counts.activities, of: lead), to: .activities)
      }
      for change in record.changes {
        counts.changes += 1
        try destination.add(
          [
            .text(lead.id), .text(CRMClock.text(change.changedAt)), .text(change.field),
            CRMCell(change.old), CRMCell(change.new),
          ], to: .changes)
      }
      for row in record.truth(horizonDays: Self.horizonDays, ages: Self.ages) {
        try destination.add(row, to: .truth)
      }
      counts.leads += 1
    }
    for account in creation.accounts {
      try destination.add(row(account), to: .accounts)
      counts.accounts += 1
    }
    return counts
  }

  private func row(_ activity: Activity, id: Int, of lead: LeadFields) -> [CRMCell] {
    [
      .integer(id), .text(lead.id), .text(activity.kind.rawValue),
      .text(CRMClock.text(activity.occurredAt)), .text(CRMClock.text(activity.recordedAt)),
      CRMCell(activity.product ?? ""), CRMCell(activity.page ?? ""), CRMCell(activity.amount),
    ]
  }

  private func row(_ account: Account) -> [CRMCell] {
    [
      .text(account.id), .text(account.name), .text(account.domain),
      .text(account.country.spellings[0]), .text(account.industry.rawValue),
      .integer(account.employees), CRMCell(account.annualRevenue),
      .text(account.crmInUse.rawValue), .integer(account.foundedYear),
    ]
  }
}
