import Activities
import Tables
import Testing

@testable import History

@Suite struct HistoryDefaultsTests {
  /// Leads of which ten are won after 1 to 10 days and the rest are open.
  private func history(openAges: [Double], end: Double = 400) -> SmallHistory {
    var history = SmallHistory()
    for index in 1...10 {
      history.add("won \(index)", created: 10, stage: "Won", closed: 10 + Double(index))
    }
    for (index, age) in openAges.enumerated() {
      history.add("open \(index)", created: end - age)
    }
    history.add("newest", created: end)
    return history
  }

  private func report(_ definition: HistoryDefinition, _ history: SmallHistory) throws
    -> ExampleReport
  {
    try ExampleBuilder(definition, inputs: HistoryInputs(leads: history.leads), pool: pool).report
  }

  @Test func theHorizonIsWhenNineOfTenWinsHaveCome() throws {
    let found = try report(SmallHistory.byColumn(ages: [0]), history(openAges: []))
    // The ninth of ten wins is after nine days: ten is the next that people plan by.
    #expect(found.horizon == 10 * day && found.horizonIsFound)
    #expect(throws: HistoryError.noWins) {
      var history = SmallHistory()
      history.add("a", created: 1)
      _ = try report(SmallHistory.byColumn(ages: [0]), history)
    }
  }

  @Test func theHorizonLeavesMostOfTheHistory() throws {
    var history = SmallHistory()
    for index in 0..<10 {
      history.add("won \(index)", created: 10, stage: "Won", closed: 100)
    }
    history.add("end", created: 100)
    let found = try report(SmallHistory.byColumn(ages: [0]), history)
    // A third of ninety days.
    #expect(found.horizon == 30 * day)
  }

  @Test func agesAreThoseOfTheOpenLeads() throws {
    let ages = Array(stride(from: 1.0, through: 101, by: 1))
    let found = try report(
      SmallHistory.byColumn(horizon: 10), history(openAges: ages, end: 400))
    // Of the 102 ages 0 to 101 the quantiles are the 6th, 26th, 51st (of two), 77th and 97th: 5, 25, 51,
    // 76 and 96 days; 96 is rounded up to 120, which only the ten won leads have reached.
    #expect(found.agesAreFound)
    #expect(found.moments == .ages([5, 21, 45, 90].map { $0 * day }))
    // Ages 0 to 4, and 91 to 101.
    #expect(found.openLeads == 102 && found.openOutsideAges == 5 + 11)
  }

  @Test func openLeadsOlderThanTheHistoryDoNotDecide() throws {
    var history = SmallHistory()
    for index in 0..<20 {
      history.add("w \(index)", created: 100, stage: "Won", closed: 110)
      history.add("o \(index)", created: 100)
    }
    history.add("end", created: 145)
    let found = try report(SmallHistory.byColumn(horizon: 30), history)
    #expect(found.moments == .ages([0, 7].map { $0 * day }))
    #expect(found.openOutsideAges == 20)
    #expect(found.warnings.contains { $0.contains("extrapolated") })
  }

  @Test func withoutOpenLeadsAgesAreTheUsualOnes() throws {
    var history = SmallHistory()
    for index in 0..<20 {
      history.add("w \(index)", created: 10, stage: "Won", closed: 60 + Double(index))
      history.add("l \(index)", created: 10, stage: "Lost", closed: 300)
    }
    // Closed at the very end is closed.
    #expect(try report(SmallHistory.byColumn(horizon: 30), history).openLeads == 0)
    let found = try report(SmallHistory.byColumn(horizon: 30), history)
    #expect(found.moments == .ages([0, 7, 30].map { $0 * day }))
  }

  @Test func lossesWithoutDatesLeaveTheCreationAlone() throws {
    var history = history(openAges: [20, 40])
    for index in 0..<9 { history.add("lost \(index)", created: 30, stage: "Lost") }
    let found = try report(SmallHistory.byColumn(horizon: 10), history)
    #expect(found.moments == .ages([0]))
    #expect(
      throws: HistoryError.undatedOutcomes(outcome: "lost", undated: 9, of: 9, column: "closed")
    ) {
      try report(SmallHistory.byColumn(ages: [0, 7], horizon: 10), history)
    }
  }
}
