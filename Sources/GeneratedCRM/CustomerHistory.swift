import Glibc

/// What a won lead did as a customer, until it left or the export was made.
struct CustomerHistory {
  private(set) var activities: [Activity] = []
  /// Who welcomed the customer: filled in some days after the win and never before it, which makes the
  /// field a leak for whoever trains on the export as it stands.
  private(set) var onboardingOwner = ""

  private let lead: LeadFields
  private let wonAt: Double
  private var random: RandomStream
  private var stage: Int
  private var owned: [ProductInterest]
  private var adopted: Set<ProductInterest> = []

  static let onboardingOwners = ["Aitor", "Blanca", "Noa", "Vera"]
  private static let onboardedShare = 0.97

  init(_ lead: LeadFields, wonAt: Double, seed: UInt64) {
    self.lead = lead
    self.wonAt = wonAt
    owned = [lead.productInterest]
    random = RandomStream(seed: seed, purpose: .customer, index: lead.index)
    stage = random.weighted(CustomerStages.arrival)
    welcome()
    let churn = CustomerStages.churnRates(lead)
    var day = 0
    while wonAt + Double(day) * CRMClock.day < CRMClock.export {
      if random.chance(churn[stage]) {
        activities.append(Activity(.churned, at: moment(day)))
        break
      }
      live(day)
      stage = random.weighted(CustomerStages.moves[stage])
      day += 1
    }
    activities.removeAll { $0.occurredAt >= CRMClock.export }
  }

  private mutating func welcome() {
    let isOnboarded = random.chance(Self.onboardedShare)
    let owner = random.pick(Self.onboardingOwners)
    let time = wonAt + Double(random.integer(1...10)) * CRMClock.day
    if isOnboarded && time < CRMClock.export { onboardingOwner = owner }
  }

  private mutating func moment(_ day: Int) -> Double {
    wonAt + Double(day) * CRMClock.day + Double(random.integer(1...86_399))
  }

  private mutating func live(_ day: Int) {
    for product in owned {
      for _ in 0..<random.poisson(CustomerStages.usage[stage]) {
        let minutes = exp(2.5 + 0.8 * random.normal()).rounded()
        activities.append(
          Activity(
            .productUse, at: moment(day), product: product.rawValue, amount: max(1, minutes)))
      }
      if !adopted.contains(product), random.chance(CustomerStages.adoption[stage]) {
        adopted.insert(product)
        activities.append(Activity(.adopted, at: moment(day), product: product.rawValue))
      }
    }
    for _ in 0..<random.poisson(CustomerStages.supportPages[stage]) {
      activities.append(Activity(.pageView, at: moment(day), page: "support"))
    }
    for product in ProductInterest.allCases where !owned.contains(product) {
      guard random.chance(CustomerStages.purchaseRates(lead, product)[stage]) else { continue }
      owned.append(product)
      let amount = (exp(7 + 0.5 * random.normal()) / 10).rounded() * 10
      activities.append(
        Activity(.purchase, at: moment(day), product: product.rawValue, amount: amount))
    }
    if day > 0, day % 365 == 0 {
      let amount = (exp(7.6 + 0.4 * random.normal()) / 10).rounded() * 10
      activities.append(Activity(.renewal, at: moment(day), amount: amount))
    }
  }
}
