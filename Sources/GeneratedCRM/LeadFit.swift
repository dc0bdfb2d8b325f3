import Glibc

/// What the fields say about a lead: two sums of effects and interactions, in log-odds.
///
/// `interest` moves the stage of buying in which a lead arrives, `fit` the chance that an interested lead
/// buys. Both are functions of what stands in the CRM at the lead's creation. Each sum has its mean
/// taken off, so that the rates in `BuyingStages` hold for a middling lead.
struct LeadFit {
  let interest: Double
  let fit: Double

  init(_ lead: LeadFields) {
    interest = 1.3 * (Self.interest(lead) - 0.35)
    fit = 1.4 * (Self.size(lead) + Self.role(lead) + Self.market(lead) + Self.history(lead) - 0.95)
  }

  private static func interest(_ lead: LeadFields) -> Double {
    var sum: Double =
      switch lead.source {
      case .referral: 0.8
      case .partner: 0.5
      case .organic: 0.2
      case .paidSearch: 0.1
      case .event: 0
      case .paidSocial: -0.4
      case .videoAds: -0.6
      case .list: -1
      }
    // Visits count only where they were not bought.
    if lead.source == .organic || lead.source == .referral {
      sum += 0.45 * log1p(Double(lead.sessionsBefore))
    }
    if let seconds = lead.secondsOnSite {
      // A few minutes are interest; a tab left open is not.
      let minutes = Double(seconds) / 60
      sum += minutes < 1 ? -0.4 : minutes < 12 ? 0.5 : -0.3
    }
    // Even campaigns sell analytics, odd ones the rest.
    if (lead.campaign % 2 == 0) == (lead.productInterest == .analytics) { sum += 0.4 }
    if lead.campaign == 7 { sum -= 0.6 }
    if lead.consent { sum += 0.3 }
    return sum
  }

  /// The middle sizes buy, and who decides depends on the size.
  private static func size(_ lead: LeadFields) -> Double {
    guard let employees = lead.employees else { return 0.4 }
    let distance = (log(Double(employees)) - log(120)) / 1
    var sum = 2.2 * exp(-0.5 * distance * distance) - 0.4
    switch lead.seniority {
    case .cLevel, .vp: sum += employees < 80 ? 1.3 : employees >= 300 ? -1.1 : -0.2
    case .director: sum += employees >= 80 ? 0.9 : -0.5
    case .manager: sum += employees >= 250 ? 0.7 : -0.4
    case .staff: sum -= 0.5
    case .unknown: sum -= 0.3
    }
    if lead.emailIsFree { sum += employees < 10 ? 0.4 : -0.8 }
    if let revenue = lead.annualRevenue {
      let ahead = Double(revenue) / Double(employees)
      sum += ahead > 60_000 && ahead < 200_000 ? 0.5 : -0.2
    }
    if let crm = lead.crmInUse {
      switch crm {
      case .none, .spreadsheet: sum += employees >= 20 && employees < 250 ? 0.6 : -0.3
      case .salesforce: sum += employees >= 250 ? -0.6 : 0.3
      case .hubspot, .other: break
      }
    }
    return sum
  }

  /// Departments want different things in different industries.
  private static func role(_ lead: LeadFields) -> Double {
    guard let industry = lead.industry else { return 0 }
    var sum = 0.0
    switch (lead.department, industry) {
    case (.it, .software), (.it, .finance), (.product, .software), (.product, .finance): sum += 0.7
    case (.sales, .retail), (.sales, .software), (.marketing, .retail), (.marketing, .hospitality):
      sum += 0.6
    case (.operations, .manufacturing), (.operations, .logistics): sum += 0.9
    case (.hr, _), (.legal, _): sum -= 0.5
    case (.finance, .construction), (.finance, .publicSector): sum -= 0.5
    default: break
    }
    switch (lead.productInterest, industry) {
    case (.analytics, .finance), (.analytics, .retail): sum += 0.5
    case (.automation, .manufacturing), (.automation, .logistics): sum += 0.6
    case (.automation, .software): sum -= 0.4
    case (.core, .publicSector): sum -= 0.5
    default: break
    }
    return sum
  }

  /// Channels work in some countries; events lose their pull, and so does the market.
  private static func market(_ lead: LeadFields) -> Double {
    let years = CRMClock.yearsIn(lead.createdAt)
    var sum = -0.2 * years
    switch (lead.source, lead.country) {
    case (.event, .es), (.event, .pt): sum += 0.8 - 0.4 * years
    case (.event, _): sum -= 0.3
    case (.paidSocial, .mx), (.paidSocial, .co), (.paidSocial, .pe): sum += 0.5
    case (.paidSocial, .es), (.paidSocial, .fr), (.paidSocial, .gb): sum -= 0.5
    case (.partner, .mx), (.partner, .us): sum += 0.6
    default: break
    }
    switch lead.country {
    case .es: sum += 0.2
    case .us, .gb: sum -= 0.3
    case .ar: sum -= 0.4
    default: break
    }
    return sum
  }

  /// What the account has done before this lead.
  private static func history(_ lead: LeadFields) -> Double {
    if lead.winsBefore > 0 { return 0.9 }
    return lead.colleaguesBefore >= 3 ? -0.5 : 0
  }
}
