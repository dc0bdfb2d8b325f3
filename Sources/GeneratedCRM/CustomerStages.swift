import Glibc

/// The rates of the three hidden stages of a customer: fading, steady, growing.
///
/// A day runs as a buyer's does: the customer may leave; if not, it uses, buys and adopts as its stage
/// has it; then it may move to another stage.
enum CustomerStages {
  static let count = 3
  static let arrival: [Double] = [0.15, 0.6, 0.25]
  static let moves: [[Double]] = [
    [0.975, 0.025, 0], [0.008, 0.982, 0.01], [0.002, 0.018, 0.98],
  ]
  private static let churn: [Double] = [0.009, 0.0007, 0.0002]
  private static let purchases: [Double] = [0.0001, 0.0008, 0.0045]
  static let adoption: [Double] = [0.002, 0.012, 0.045]
  /// Sessions a day of each product that the customer has.
  static let usage: [Double] = [0.1, 0.45, 0.8]
  /// A session that asks for help, by stage.
  static let supportPages: [Double] = [0.05, 0.02, 0.03]

  /// Small customers without an industry of ours leave sooner.
  static func churnRates(_ lead: LeadFields) -> [Double] {
    var sum = 0.0
    if let employees = lead.employees { sum += employees < 15 ? 0.5 : employees > 300 ? -0.4 : 0 }
    if lead.crmInUse == .hubspot || lead.crmInUse == .salesforce { sum += 0.3 }
    if lead.winsBefore > 0 { sum -= 0.5 }
    return churn.map { $0 * exp(sum) }
  }

  /// The chance a day of buying a product that the customer has not got.
  static func purchaseRates(_ lead: LeadFields, _ product: ProductInterest) -> [Double] {
    var sum: Double
    switch (product, lead.industry) {
    case (.analytics, .finance), (.analytics, .retail): sum = 0.7
    case (.automation, .manufacturing), (.automation, .logistics): sum = 0.8
    case (.core, _): sum = 0.2
    default: sum = -0.2
    }
    if let employees = lead.employees { sum += employees >= 100 ? 0.5 : -0.3 }
    return purchases.map { $0 * exp(sum) }
  }
}
