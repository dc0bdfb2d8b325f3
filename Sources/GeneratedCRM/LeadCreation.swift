import Glibc

/// Draws new leads in the order of their creation; some are second records of a person already there.
struct LeadCreation {
  let seed: UInt64
  let leadCount: Int
  private(set) var accounts: [Account] = []
  /// The accounts of earlier leads, so that an account with many leads gets more.
  private var accountOfLead: [Int32] = []
  /// The persons of the latest leads, of whom duplicates are made.
  private var latest: [Person] = []

  /// How many of the latest persons a duplicate is drawn from.
  private static let remembered = 600
  static let duplicateShare = 0.025
  static let campaignCount = 10

  init(seed: UInt64, leadCount: Int) {
    self.seed = seed
    self.leadCount = leadCount
  }

  mutating func won(account: Int?, at time: Double) {
    if let account { accounts[account].winTimes.append(time) }
  }

  mutating func lead(_ index: Int) -> LeadFields {
    var random = RandomStream(seed: seed, purpose: .lead, index: index)
    let share = (Double(index) + random.uniform()) / Double(leadCount)
    let createdAt = CRMClock.creationTime(share: share)
    let isDuplicate = !latest.isEmpty && random.chance(Self.duplicateShare)
    let person = isDuplicate ? random.pick(latest) : newPerson(&random)
    if !isDuplicate {
      if latest.count < Self.remembered {
        latest.append(person)
      } else {
        latest[index % Self.remembered] = person
      }
    }
    let account = person.account.map { accounts[$0] }
    let source = LeadSource.allCases[random.weighted(LeadSource.shares(at: createdAt))]
    let comesFromSite = ![.list, .event, .partner].contains(source)
    let title = Titles.title(
      person.seniority, person.department, spanish: person.country.language == "es", &random)
    let declared = account.map { account in
      random.chance(0.82)
        ? max(1, Int(Double(account.employees) * exp(0.15 * random.normal()))) : nil
    }
    let fields = LeadFields(
      index: index, createdAt: createdAt, name: person.name, email: person.email,
      emailIsFree: person.emailIsFree, seniority: person.seniority, department: person.department,
      title: title, account: person.account, company: account?.name ?? "", country: person.country,
      industry: account.flatMap { random.chance(0.9) ? $0.industry : nil },
      employees: declared ?? nil, annualRevenue: account?.annualRevenue,
      crmInUse: account?.crmInUse, countrySpelling: spelling(person.country, &random),
      source: source, campaign: random.index(Self.campaignCount),
      productInterest: ProductInterest.allCases[random.weighted(ProductInterest.shares)],
      sessionsBefore: comesFromSite ? random.poisson(exp(0.7 * random.normal())) : 0,
      secondsOnSite: comesFromSite ? Int(exp(5.2 + 1.1 * random.normal())) : nil,
      consent: random.chance(0.6),
      colleaguesBefore: account?.leadTimes.count ?? 0,
      winsBefore: account?.winTimes.count { $0 < createdAt } ?? 0)
    if let account = person.account { accounts[account].leadTimes.append(createdAt) }
    accountOfLead.append(Int32(person.account ?? -1))
    return fields
  }

  private func spelling(_ country: Country, _ random: inout RandomStream) -> String {
    let spellings = country.spellings
    if random.chance(0.03) { return "" }
    return random.chance(0.65) ? spellings[0] : random.pick(spellings)
  }

  private mutating func newPerson(_ random: inout RandomStream) -> Person {
    let first = random.pick(Names.first)
    let last = random.pick(Names.last)
    let seniority = Seniority.allCases[random.weighted(Seniority.shares)]
    let department: Department
    switch seniority {
    case .unknown: department = .unknown
    case .cLevel where random.chance(0.55): department = .generalManagement
    default: department = Department.allCases[random.weighted(Department.shares)]
    }
    let account = random.chance(0.88) ? drawAccount(&random) : nil
    let isFree = account == nil || random.chance(0.1)
    let local = Names.slug(first) + "." + Names.slug(last)
    // A number keeps namesakes of one domain apart.
    let address =
      if isFree {
        "\(local)\(random.integer(1...9_999))@\(random.pick(Names.freeDomains))"
      } else {
        "\(local)\(random.integer(1...99))@\(account.map { accounts[$0].domain } ?? "example.com")"
      }
    let country =
      if let account, random.chance(0.9) {
        accounts[account].country
      } else {
        Country.allCases[random.weighted(Country.shares)]
      }
    return Person(
      name: "\(first) \(last)", email: address, emailIsFree: isFree, seniority: seniority,
      department: department, account: account, country: country)
  }

  /// An account that earlier leads belong to, in proportion to their number, or a new one.
  private mutating func drawAccount(_ random: inout RandomStream) -> Int {
    if !accountOfLead.isEmpty, random.chance(0.45) {
      let account = Int(accountOfLead[random.index(accountOfLead.count)])
      if account >= 0 { return account }
    }
    accounts.append(Account(index: accounts.count, seed: seed))
    return accounts.count - 1
  }
}
