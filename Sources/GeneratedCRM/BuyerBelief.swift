import Glibc

/// What can be known of a lead's stage of buying from what is seen of it, and with that the true
/// probability that it will be won.
///
/// The stage is hidden, but its rates are known (`BuyingStages`), so the chances of the four stages given
/// all that is on record follow day by day from Bayes' rule: the forward algorithm for hidden Markov models
/// (Rabiner, Proceedings of the IEEE 77, 1989, section III.A). The probability of a win within a horizon
/// given the stage follows from the same rates, backward in time. Both are exact: no simulation.
struct BuyerBelief {
  private let lead: LeadFields
  private let fit: LeadFit
  private let winRates: [Double]
  /// The probability of a win within the horizon, by stage.
  private let winWithin: [Double]

  init(_ lead: LeadFields, horizonDays: Int) {
    self.lead = lead
    let fit = LeadFit(lead)
    let winRates = BuyingStages.winRates(fit)
    self.fit = fit
    self.winRates = winRates
    var within = [Double](repeating: 0, count: BuyingStages.count)
    for _ in 0..<horizonDays {
      within = (0..<BuyingStages.count).map { stage in
        let stays = 1 - winRates[stage] - BuyingStages.losses[stage]
        var next = 0.0
        for (after, chance) in BuyingStages.moves[stage].enumerated() {
          next += chance * within[after]
        }
        return winRates[stage] + stays * next
      }
    }
    winWithin = within
  }

  /// The probability that the lead, open `age` days after its creation, is won within the horizon.
  /// - Parameters:
  ///   - activities: the lead's; those that happened or were recorded later are not looked at.
  ///   - changes: the lead's, likewise.
  ///   - phone: as of the creation.
  ///   - budget: as of the creation.
  func probability(
    age: Int, activities: [Activity], changes: [FieldChange], phone: String, budget: Budget?
  ) -> Double {
    let decision = lead.createdAt + Double(age) * CRMClock.day
    var days = [DayEvidence](repeating: DayEvidence(), count: age)
    var creating = CreatingEvent.contactForm
    for activity in activities {
      if activity.occurredAt == lead.createdAt {
        creating = Self.creatingEvent(activity)
        continue
      }
      guard activity.occurredAt < decision, activity.recordedAt < decision else { continue }
      days[Int((activity.occurredAt - lead.createdAt) / CRMClock.day)].add(activity)
    }
    for change in changes where change.changedAt < decision {
      days[Int((change.changedAt - lead.createdAt) / CRMClock.day)].add(change)
    }

    var belief = BuyingStages.arrivalShares(fit)
    for stage in belief.indices {
      let given = BuyingStages.budgetOnArrival[stage]
      let phoneGiven = BuyingStages.phoneOnArrival[stage]
      belief[stage] *= Self.creatingChance(creating, stage)
      belief[stage] *= phone.isEmpty ? 1 - phoneGiven : phoneGiven
      belief[stage] *= budget.map { given * Self.budgetChance($0, stage) } ?? (1 - given)
    }
    var lacksPhone = phone.isEmpty
    var lacksBudget = budget == nil
    for (day, evidence) in days.enumerated() {
      let shownByNow = Self.shareShown(after: age - 1 - day)
      var next = [Double](repeating: 0, count: BuyingStages.count)
      for stage in belief.indices {
        var chance = belief[stage] * (1 - winRates[stage] - BuyingStages.losses[stage])
        chance *= evidence.likelihood(stage, lead: lead, webinarsShown: shownByNow)
        if lacksPhone {
          let given = BuyingStages.phoneGiven[stage]
          chance *= evidence.givesPhone ? given : 1 - given
        }
        if lacksBudget {
          let given = BuyingStages.budgetGiven[stage]
          chance *= evidence.budget.map { given * Self.budgetChance($0, stage) } ?? (1 - given)
        }
        for (after, move) in BuyingStages.moves[stage].enumerated() { next[after] += chance * move }
      }
      lacksPhone = lacksPhone && !evidence.givesPhone
      lacksBudget = lacksBudget && evidence.budget == nil
      // Scaled, so that many days do not vanish below the smallest number.
      let sum = next.reduce(0, +)
      belief = next.map { $0 / sum }
    }
    let sum = belief.reduce(0, +)
    return zip(belief, winWithin).reduce(0) { $0 + $1.0 * $1.1 } / sum
  }

  /// The share of webinars that is on record when so many whole days have passed since theirs.
  private static func shareShown(after days: Int) -> Double {
    let late = Double(min(days, BuyerHistory.lateDaysMost)) / Double(BuyerHistory.lateDaysMost)
    return 1 - BuyerHistory.lateShare * (1 - late)
  }

  private static func creatingEvent(_ activity: Activity) -> CreatingEvent {
    switch activity.kind {
    case .download: .download
    case .webinar: .webinar
    case .demoRequest: .demoRequest
    default: .contactForm
    }
  }

  private static func creatingChance(_ event: CreatingEvent, _ stage: Int) -> Double {
    BuyingStages.creatingEvents[stage][event.rawValue]
  }

  private static func budgetChance(_ budget: Budget, _ stage: Int) -> Double {
    BuyingStages.budgets[stage][Budget.allCases.firstIndex(of: budget) ?? 0]
  }
}

/// What a lead showed on one of its days.
private struct DayEvidence {
  private var sent = 0
  private var opened = 0
  private var clicked = 0
  private var replied = 0
  private var unsubscribed = 0
  private var pages = [Int](repeating: 0, count: Page.allCases.count)
  private var downloads = 0
  private var webinars = 0
  private var demoRequests = 0
  private var calls = [0, 0, 0]
  private(set) var givesPhone = false
  private(set) var budget: Budget?

  mutating func add(_ activity: Activity) {
    switch activity.kind {
    case .emailSent: sent += 1
    case .emailOpen: opened += 1
    case .emailClick: clicked += 1
    case .reply: replied += 1
    case .unsubscribe: unsubscribed += 1
    case .pageView:
      if let page = activity.page.flatMap(Page.init), let index = Page.allCases.firstIndex(of: page)
      {
        pages[index] += 1
      }
    case .download: downloads += 1
    case .webinar: webinars += 1
    case .demoRequest: demoRequests += 1
    case .call:
      let minutes = activity.amount ?? 0
      calls[minutes == 0 ? 0 : minutes < 8 ? 1 : 2] += 1
    default: break
    }
  }

  mutating func add(_ change: FieldChange) {
    switch change.field {
    case "phone": givesPhone = true
    case "budget": budget = Budget(rawValue: change.new)
    default: break
    }
  }

  /// The chance of all this in a stage, but for factors that are the same in every stage.
  func likelihood(_ stage: Int, lead: LeadFields, webinarsShown: Double) -> Double {
    var chance = 1.0
    if sent > 0 {
      if !lead.opensAreHidden {
        chance *= Self.outcome(opened, of: sent, BuyingStages.opens[stage])
      }
      chance *= Self.outcome(clicked, of: opened, BuyingStages.clicks[stage])
      chance *= Self.outcome(replied, of: sent, BuyingStages.replies[stage])
      chance *= Self.outcome(unsubscribed, of: sent, BuyingStages.unsubscribes[stage])
    }
    var rates = BuyingStages.pageViews[stage]
    for (index, count) in pages.enumerated() where count > 0 {
      chance *= pow(
        BuyingStages.pageViews[stage] * BuyingStages.pages[stage][index], Double(count))
    }
    if lead.department != .marketing {
      rates += BuyingStages.downloads[stage]
      if downloads > 0 { chance *= pow(BuyingStages.downloads[stage], Double(downloads)) }
    }
    let webinarRate = BuyingStages.webinars[stage] * webinarsShown
    rates += webinarRate + BuyingStages.demoRequests[stage]
    if webinars > 0 { chance *= pow(webinarRate, Double(webinars)) }
    if demoRequests > 0 { chance *= pow(BuyingStages.demoRequests[stage], Double(demoRequests)) }
    for (index, count) in calls.enumerated() where count > 0 {
      chance *= pow(BuyingStages.calls[stage][index], Double(count))
    }
    return chance * exp(-rates)
  }

  private static func outcome(_ count: Int, of trials: Int, _ probability: Double) -> Double {
    var chance = 1.0
    for trial in 0..<trials { chance *= trial < count ? probability : 1 - probability }
    return chance
  }
}
