import Glibc

/// A lead as the export shows it: its fields after all that was filled in and overwritten, its
/// activities, and as much of its field history as the CRM keeps.
struct LeadRecord {
  let lead: LeadFields
  let history: BuyerHistory
  let activities: [Activity]
  let changes: [FieldChange]
  private let employees: Int?
  private let industry: Industry?
  private let sizeBand: String
  private let owner: String
  private let onboardingOwner: String

  private static let owners = ["Ainhoa", "Bruno", "Clara", "Diego", "Emma", "Félix"]
  /// Until this day the form asked for the size of the company; then the field fell silent.
  private static let sizeBandEnd = 1_740_787_200.0  // 2025-03-01

  init(_ lead: LeadFields, seed: UInt64, account: Account?) {
    self.lead = lead
    history = BuyerHistory(lead, seed: seed)
    var activities = history.activities
    var onboardingOwner = ""
    if case .won(let time) = history.outcome {
      let customer = CustomerHistory(lead, wonAt: time, seed: seed)
      activities += customer.activities
      onboardingOwner = customer.onboardingOwner
    }
    self.onboardingOwner = onboardingOwner
    self.activities = activities.enumerated()
      .sorted { ($0.element.occurredAt, $0.offset) < ($1.element.occurredAt, $1.offset) }
      .map(\.element)

    var random = RandomStream(seed: seed, purpose: .planned, index: lead.index)
    var changes = history.changes
    // A data provider sets the number of employees right some day, in most companies.
    let enriched = lead.createdAt + random.uniform() * 250 * CRMClock.day
    var employees = lead.employees
    if let account, random.chance(0.7), enriched < CRMClock.export {
      let known = max(1, Int(Double(account.employees) * exp(0.05 * random.normal())))
      changes.append(
        FieldChange(
          field: "employees", changedAt: enriched.rounded(.down),
          old: employees.map(String.init) ?? "", new: String(known)))
      employees = known
    }
    self.employees = employees
    self.changes = changes.sorted { $0.changedAt < $1.changedAt }
    // These two are overwritten without a trace, whatever becomes of the lead.
    let isReclassified = random.chance(0.05)
    let other = random.pick(Industry.allCases)
    industry = isReclassified ? other : lead.industry
    owner = random.pick(Self.owners)
    sizeBand =
      lead.createdAt < Self.sizeBandEnd ? lead.employees.map(Self.band) ?? "" : ""
  }

  private static func band(_ employees: Int) -> String {
    switch employees {
    case ..<10: "1-9"
    case ..<50: "10-49"
    case ..<250: "50-249"
    default: "250+"
    }
  }

  var row: [CRMCell] {
    let (stage, closedAt): (String, Double?) =
      switch history.outcome {
      case .open: ("open", nil)
      case .won(let time): ("won", time)
      case .lost(let time): ("lost", time)
      }
    return [
      .text(lead.id), .text(CRMClock.text(lead.createdAt)), .text(lead.name), .text(lead.email),
      CRMCell(history.phone), CRMCell(lead.title),
      CRMCell(lead.account.map { Account.id($0) } ?? ""), CRMCell(lead.company),
      CRMCell(lead.countrySpelling), .text(lead.country.language),
      CRMCell(industry?.rawValue ?? ""), CRMCell(employees), CRMCell(sizeBand),
      .text(lead.productInterest.rawValue), .text(lead.source.rawValue),
      .text("c" + padded(lead.campaign + 1, to: 2)), .integer(lead.sessionsBefore),
      CRMCell(lead.secondsOnSite), .text(lead.consent ? "yes" : "no"),
      CRMCell(history.budget?.rawValue ?? ""), .empty, .text(owner), CRMCell(onboardingOwner),
      .text(stage), CRMCell(closedAt.map(CRMClock.text) ?? ""),
    ]
  }

  /// The truth at each age at which the lead was still open and the export not yet made.
  func truth(horizonDays: Int, ages: [Int]) -> [[CRMCell]] {
    let closedAt: Double =
      switch history.outcome {
      case .open: .infinity
      case .won(let time), .lost(let time): time
      }
    let times = ages.map { lead.createdAt + Double($0) * CRMClock.day }
    guard times.contains(where: { $0 <= CRMClock.export }) else { return [] }
    let belief = BuyerBelief(lead, horizonDays: horizonDays)
    return zip(ages, times).filter { $1 < closedAt && $1 <= CRMClock.export }.map { age, time in
      let probability = belief.probability(
        age: age, activities: activities, changes: changes,
        phone: history.phoneOnArrival, budget: history.budgetOnArrival)
      return [
        .text(lead.id), .text(CRMClock.text(time)), .integer(age),
        .real((probability * 1e9).rounded() / 1e9),
      ]
    }
  }
}
