import Glibc

/// A company that leads belong to.
struct Account {
  let index: Int
  let name: String
  let domain: String
  let country: Country
  let industry: Industry
  let employees: Int
  /// Euros a year; `nil` where nobody filled it in.
  let annualRevenue: Int?
  let crmInUse: CRMInUse
  let foundedYear: Int
  /// When leads of this account became leads, and customers, so far.
  var leadTimes: [Double] = []
  var winTimes: [Double] = []

  var id: String { Self.id(index) }

  static func id(_ index: Int) -> String { "A" + padded(index + 1, to: 6) }

  init(index: Int, seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: .account, index: index)
    self.index = index
    country = Country.allCases[random.weighted(Country.shares)]
    industry = Industry.allCases[random.weighted(Industry.shares)]
    name = Names.company(industry, &random)
    // Median 60, from a handful to some thousands.
    let size = exp(4.1 + 1.5 * random.normal())
    employees = max(1, min(40_000, Int(size)))
    // Median 110,000 euros a head.
    let revenueAHead = exp(11.6 + 0.8 * random.normal())
    let revenue = (Double(employees) * revenueAHead / 1_000).rounded() * 1_000
    annualRevenue = random.chance(0.2) ? nil : Int(revenue)
    crmInUse = CRMInUse.allCases[random.weighted(CRMInUse.shares)]
    foundedYear = 2023 - Int(-14 * log(1 - random.uniform()))
    let ending =
      switch country {
      case .us, .co: "com"
      case .mx: "com.mx"
      default: country.rawValue
      }
    domain = "\(Names.slug(name)).\(ending)"
  }
}

/// Digits with zeros in front.
func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
