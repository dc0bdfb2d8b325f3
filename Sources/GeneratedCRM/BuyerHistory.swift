import Glibc

/// What one lead did and what was done to it, until it was won, lost, or the export was made.
struct BuyerHistory {
  enum Outcome: Equatable {
    case open
    case won(at: Double)
    case lost(at: Double)
  }

  private(set) var outcome = Outcome.open
  private(set) var activities: [Activity] = []
  private(set) var changes: [FieldChange] = []
  /// Empty where nobody gave one.
  private(set) var phone = ""
  private(set) var phoneOnArrival = ""
  private(set) var budget: Budget?
  private(set) var budgetOnArrival: Budget?

  private let lead: LeadFields
  private var random: RandomStream
  private var stage: Int
  private var isUnsubscribed = false
  private var latestDemoDay = -100

  /// How often a webinar's attendance is loaded by hand, and how many days late at most.
  static let lateShare = 0.4
  static let lateDaysMost = 14

  init(_ lead: LeadFields, seed: UInt64) {
    self.lead = lead
    random = RandomStream(seed: seed, purpose: .history, index: lead.index)
    let fit = LeadFit(lead)
    stage = random.weighted(BuyingStages.arrivalShares(fit))
    arrive()
    let winRates = BuyingStages.winRates(fit)
    var day = 0
    while lead.createdAt + Double(day) * CRMClock.day < CRMClock.export {
      let chance = random.uniform()
      if chance < winRates[stage] + BuyingStages.losses[stage] {
        close(won: chance < winRates[stage], day)
        break
      }
      live(day)
      stage = random.weighted(BuyingStages.moves[stage])
      day += 1
    }
    if case .lost(let time) = outcome { mailAfterLoss(time) }
    if outcome == .open { plan() }
    activities.removeAll { activity in
      activity.recordedAt >= CRMClock.export
    }
    changes.removeAll { $0.changedAt >= CRMClock.export }
  }

  /// A moment of a day of the lead's, mostly in working hours.
  private mutating func moment(_ day: Int, before last: Int = 86_400) -> Double {
    let start = lead.createdAt + Double(day) * CRMClock.day
    for _ in 0..<4 {
      let time = start + Double(random.integer(1...(last - 1)))
      let hour = Int(time) / 3_600 % 24
      if hour >= 7 && hour < 19 { return time }
    }
    return start + Double(random.integer(1...(last - 1)))
  }

  private mutating func product() -> String {
    random.chance(0.6)
      ? lead.productInterest.rawValue : random.pick(ProductInterest.allCases).rawValue
  }

  private mutating func arrive() {
    let time = lead.createdAt
    let event = CreatingEvent.allCases[random.weighted(BuyingStages.creatingEvents[stage])]
    switch event {
    case .download: activities.append(Activity(.download, at: time, product: product()))
    case .webinar: activities.append(Activity(.webinar, at: time, product: product(), amount: 45))
    case .contactForm: activities.append(Activity(.pageView, at: time, page: "contact"))
    case .demoRequest: activities.append(Activity(.demoRequest, at: time, product: product()))
    }
    if event == .demoRequest { latestDemoDay = 0 }
    if random.chance(BuyingStages.phoneOnArrival[stage]) { phone = newPhone() }
    if random.chance(BuyingStages.budgetOnArrival[stage]) { budget = newBudget() }
    (phoneOnArrival, budgetOnArrival) = (phone, budget)
  }

  private mutating func newPhone() -> String {
    "\(lead.country.callingCode) 555 \(random.integer(100...999)) \(random.integer(100...999))"
  }

  private mutating func newBudget() -> Budget {
    Budget.allCases[random.weighted(BuyingStages.budgets[stage])]
  }

  private mutating func close(won: Bool, _ day: Int) {
    let time = moment(day)
    guard time < CRMClock.export else { return }
    outcome = won ? .won(at: time) : .lost(at: time)
    var amount: Double?
    if won {
      let size = log(Double(max(5, lead.employees ?? 40)))
      amount = (exp(6.2 + 0.45 * size + 0.5 * random.normal()) / 10).rounded() * 10
    }
    activities.append(
      Activity(
        won ? .won : .lost, at: time, product: won ? lead.productInterest.rawValue : nil,
        amount: amount))
  }

  private mutating func live(_ day: Int) {
    mail(day)
    call(day)
    for (index, share) in BuyingStages.pages[stage].enumerated() {
      for _ in 0..<random.poisson(BuyingStages.pageViews[stage] * share) {
        let page = Page.allCases[index]
        let isProductPage = page == .docs || page == .pricing
        activities.append(
          Activity(
            .pageView, at: moment(day), product: isProductPage ? product() : nil,
            page: page.rawValue))
      }
    }
    let downloads =
      lead.department == .marketing ? BuyingStages.habitualDownloads : BuyingStages.downloads[stage]
    for _ in 0..<random.poisson(downloads) {
      activities.append(Activity(.download, at: moment(day), product: product()))
    }
    for _ in 0..<random.poisson(BuyingStages.webinars[stage]) {
      let time = moment(day)
      let isLate = random.chance(Self.lateShare)
      let delay = isLate ? Double(random.integer(1...Self.lateDaysMost)) * CRMClock.day : 0
      activities.append(
        Activity(
          .webinar, at: time, recordedAt: time + delay, product: product(),
          amount: Double(random.integer(10...60))))
    }
    for _ in 0..<random.poisson(BuyingStages.demoRequests[stage]) {
      activities.append(Activity(.demoRequest, at: moment(day), product: product()))
      latestDemoDay = day
    }
    if phone.isEmpty, random.chance(BuyingStages.phoneGiven[stage]) {
      phone = newPhone()
      changes.append(FieldChange(field: "phone", changedAt: moment(day), old: "", new: phone))
    }
    if budget == nil, random.chance(BuyingStages.budgetGiven[stage]) {
      let given = newBudget()
      budget = given
      changes.append(
        FieldChange(field: "budget", changedAt: moment(day), old: "", new: given.rawValue))
    }
  }

  /// Our mails do not look at the stage; what the lead makes of them does.
  private mutating func mail(_ day: Int) {
    guard !isUnsubscribed, random.chance(0.11) else { return }
    // Early enough in the lead's day for everything that follows from it.
    let sent = moment(day, before: 50_000)
    activities.append(Activity(.emailSent, at: sent))
    let opens = lead.opensAreHidden ? BuyingStages.hiddenOpens : BuyingStages.opens[stage]
    if random.chance(opens) {
      let opened = sent + Double(random.integer(60...30_000))
      activities.append(Activity(.emailOpen, at: opened))
      if random.chance(BuyingStages.clicks[stage]) {
        activities.append(
          Activity(.emailClick, at: opened + Double(random.integer(5...600)), product: product()))
      }
    }
    if random.chance(BuyingStages.replies[stage]) {
      activities.append(Activity(.reply, at: sent + Double(random.integer(600...30_000))))
    }
    if random.chance(BuyingStages.unsubscribes[stage]) {
      activities.append(Activity(.unsubscribe, at: sent + Double(random.integer(60...30_000))))
      isUnsubscribed = true
    }
  }

  /// We call those who asked for a demo in the last three days, and others now and then.
  private mutating func call(_ day: Int) {
    guard random.chance(day - latestDemoDay <= 3 && latestDemoDay < day ? 0.35 : 0.015) else {
      return
    }
    let time = moment(day)
    let minutes: Double =
      switch random.weighted(BuyingStages.calls[stage]) {
      case 0: 0
      case 1: Double(random.integer(1...4))
      default: Double(random.integer(8...35))
      }
    // A third stood in the calendar before.
    let ahead = random.chance(0.3) ? Double(random.integer(1...3)) * CRMClock.day : 0
    let recordedAt = max(lead.createdAt, time - ahead)
    activities.append(Activity(.call, at: time, recordedAt: recordedAt, amount: minutes))
  }

  /// Lost leads still get the newsletter, and open it like anybody.
  private mutating func mailAfterLoss(_ time: Double) {
    guard !isUnsubscribed else { return }
    for week in 1...random.integer(1...16) {
      let sent = time + Double(week) * 7 * CRMClock.day + Double(random.index(20_000))
      guard sent + 40_000 < CRMClock.export else { return }
      activities.append(Activity(.emailSent, at: sent))
      if random.chance(0.2) {
        activities.append(Activity(.emailOpen, at: sent + Double(random.integer(60...30_000))))
      }
    }
  }

  /// Some open leads have something in the calendar after the export, which tells nothing of them.
  private mutating func plan() {
    let recordedAt = max(lead.createdAt, CRMClock.export - Double(random.integer(3_600...400_000)))
    if random.chance(0.12) {
      let time = CRMClock.export + Double(random.integer(30_000...1_700_000))
      activities.append(Activity(.call, at: time, recordedAt: recordedAt))
    }
    if random.chance(0.04) {
      let time = CRMClock.export + Double(random.integer(30_000...1_700_000))
      activities.append(Activity(.webinar, at: time, recordedAt: recordedAt, product: product()))
    }
  }
}
