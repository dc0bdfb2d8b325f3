import Testing

@testable import GeneratedCRM

@Suite struct BuyerBeliefTests {
  private static let horizon = CRMGenerator.horizonDays

  private static func probability(
    _ record: LeadRecord, age: Int, activities: [Activity]? = nil, changes: [FieldChange]? = nil
  ) -> Double {
    BuyerBelief(record.lead, horizonDays: horizon).probability(
      age: age, activities: activities ?? record.activities, changes: changes ?? record.changes,
      phone: record.history.phoneOnArrival, budget: record.history.budgetOnArrival)
  }

  private static func closedAt(_ record: LeadRecord) -> Double {
    switch record.history.outcome {
    case .open: .infinity
    case .won(let time), .lost(let time): time
    }
  }

  /// Leads win as often as the truth says: over all, and where it says much and where it says little.
  @Test(arguments: [0, 7, 30])
  func leadsWinAsOftenAsTheTruthSays(_ age: Int) {
    struct Part {
      var expected = 0.0
      var variance = 0.0
      var won = 0.0
    }
    var parts = [Part(), Part()]
    for record in SmallCRM.records {
      let decision = record.lead.createdAt + Double(age) * CRMClock.day
      let end = decision + Double(Self.horizon) * CRMClock.day
      guard end <= CRMClock.export, Self.closedAt(record) >= decision else { continue }
      let truth = Self.probability(record, age: age)
      let part = truth < 0.1 ? 0 : 1
      parts[part].expected += truth
      parts[part].variance += truth * (1 - truth)
      if case .won(let time) = record.history.outcome, time < end { parts[part].won += 1 }
    }
    for part in parts {
      #expect(part.expected > 10)
      // Four standard deviations: a right truth fails once in 16,000 seeds, and this seed is fixed.
      #expect(abs(part.won - part.expected) < 4 * part.variance.squareRoot())
    }
  }

  @Test func whatHappensLaterChangesNoTruth() {
    for record in SmallCRM.records.prefix(200) {
      for age in CRMGenerator.ages {
        let decision = record.lead.createdAt + Double(age) * CRMClock.day
        guard Self.closedAt(record) >= decision else { continue }
        let cut = record.activities.filter {
          ($0.occurredAt < decision && $0.recordedAt < decision)
            || $0.occurredAt == record.lead.createdAt
        }
        let later = [
          Activity(.demoRequest, at: decision), Activity(.reply, at: decision + 5),
          Activity(.webinar, at: decision - 1, recordedAt: decision + CRMClock.day),
        ]
        let changes = record.changes.filter { $0.changedAt < decision }
        let truth = Self.probability(record, age: age)
        let ofCut = Self.probability(
          record, age: age, activities: cut + (age > 0 ? later : []), changes: changes)
        #expect(truth == ofCut)
      }
    }
  }

  /// The forward recursion against the sum over all paths of stages, one by one.
  @Test func recursionEqualsTheSumOverAllPaths() throws {
    let record = try #require(
      SmallCRM.records.first { Self.closedAt($0) > $0.lead.createdAt + 4 * CRMClock.day })
    let lead = record.lead
    let fit = LeadFit(lead)
    let wins = BuyingStages.winRates(fit)
    // Two quiet days: no mail, no view, no download, webinar, demo request, call, phone or budget.
    func quiet(_ stage: Int, daysAgo: Int) -> Double {
      let shown =
        1 - BuyerHistory.lateShare * (1 - Double(daysAgo) / Double(BuyerHistory.lateDaysMost))
      let downloads = lead.department == .marketing ? 0 : BuyingStages.downloads[stage]
      let events =
        BuyingStages.pageViews[stage] + downloads + BuyingStages.demoRequests[stage]
        + BuyingStages.webinars[stage] * shown
      return expNaive(-events) * (1 - BuyingStages.phoneGiven[stage])
        * (1 - BuyingStages.budgetGiven[stage])
    }
    let stages = 0..<BuyingStages.count
    var total = 0.0
    var won = 0.0
    for first in stages {
      let start =
        BuyingStages.arrivalShares(fit)[first] * BuyingStages.creatingEvents[first][0]
        * (1 - BuyingStages.phoneOnArrival[first]) * (1 - BuyingStages.budgetOnArrival[first])
      for second in stages {
        for third in stages {
          var path = start
          path *= (1 - wins[first] - BuyingStages.losses[first]) * quiet(first, daysAgo: 1)
          path *= BuyingStages.moves[first][second]
          path *= (1 - wins[second] - BuyingStages.losses[second]) * quiet(second, daysAgo: 0)
          path *= BuyingStages.moves[second][third]
          total += path
          for fourth in stages {
            let stays = 1 - wins[third] - BuyingStages.losses[third]
            won += path * BuyingStages.moves[third][fourth] * (wins[third] + stays * wins[fourth])
          }
        }
      }
    }
    let truth = BuyerBelief(lead, horizonDays: 2).probability(
      age: 2, activities: [Activity(.download, at: lead.createdAt)], changes: [], phone: "",
      budget: nil)
    // Some dozen products of four factors.
    #expect(abs(truth - won / total) < 1e-13)
  }

  /// The exponential as its series, so that the test shares no formula with what it tests.
  private func expNaive(_ x: Double) -> Double {
    var sum = 1.0
    var term = 1.0
    for n in 1..<40 {
      term *= x / Double(n)
      sum += term
    }
    return sum
  }
}
