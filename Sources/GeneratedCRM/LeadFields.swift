/// A lead as it stood in the CRM at the moment of its creation: all of it can be seen.
struct LeadFields {
  let index: Int
  let createdAt: Double
  var name: String
  var email: String
  var emailIsFree: Bool
  var seniority: Seniority
  var department: Department
  var title: String
  /// `nil` for a person without a company.
  var account: Int?
  var company: String
  var country: Country
  var industry: Industry?
  var employees: Int?
  var annualRevenue: Int?
  var crmInUse: CRMInUse?
  let countrySpelling: String
  let source: LeadSource
  let campaign: Int
  let productInterest: ProductInterest
  /// Visits to the site before the form; 0 also where none were tracked.
  let sessionsBefore: Int
  /// Seconds on the site before the form was sent; `nil` for leads from lists and events.
  let secondsOnSite: Int?
  let consent: Bool
  /// Of the same account as of `createdAt`.
  let colleaguesBefore: Int
  let winsBefore: Int

  var id: String { "L" + padded(index + 1, to: 7) }

  /// Opens are no sign of anything where the mail program loads every picture.
  var opensAreHidden: Bool { emailIsFree }
}

/// Who a lead is: what a second record of the same person shares with the first.
struct Person {
  let name: String
  let email: String
  let emailIsFree: Bool
  let seniority: Seniority
  let department: Department
  let account: Int?
  let country: Country
}
