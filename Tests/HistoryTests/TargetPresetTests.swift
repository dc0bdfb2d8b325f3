import Activities
import Tables
import Testing

@testable import History

@Suite struct TargetPresetTests {
  private static let types = ["call", "churned", "adopted", "deal_lost", "deal_won", "purchase"]

  private func choice(
    _ preset: TargetPreset, product: String? = nil
  ) throws -> TargetPreset.Choice {
    var statement = TargetPreset.Statement()
    statement.product = product
    return try preset.choice(statement, types: Self.types, attributes: ["page", "product"])
  }

  @Test func eachPresetFillsInItsQuestion() throws {
    let acquisition = try choice(.acquisition)
    #expect(acquisition.target.population == .leads)
    #expect(
      acquisition.target.outcome
        == .events(EventSelection(types: ["deal_won"]), lost: EventSelection(types: ["deal_lost"])))
    let customers = HistoryTarget.Population.after(EventSelection(types: ["deal_won"]))
    let gone = EventSelection(types: ["churned"])
    let expansion = try choice(.expansion, product: "maps")
    #expect(expansion.target.population == customers && !expansion.target.repeats)
    #expect(
      expansion.target.outcome
        == .events(
          EventSelection(types: ["purchase"], attribute: "product", values: ["maps"]), lost: gone))
    #expect(try choice(.expansion).target.repeats)
    let retention = try choice(.retention)
    #expect(retention.target.isAbsence && retention.moments == .monthEnds)
    #expect(retention.target.outcome == .events(gone, lost: nil))
    #expect(try choice(.adoption).moments == .ages([0, 7, 14].map { $0 * day }))
    for preset in TargetPreset.allCases {
      #expect(try choice(preset).lines.count == 6)
      #expect(try choice(preset).lines[0].contains(preset.rawValue))
    }
  }

  @Test func whatIsNeitherSaidNorFoundIsAskedFor() throws {
    #expect(
      throws: HistoryError.presetNeeds(preset: "retention", event: "customer", present: ["call"])
    ) {
      try TargetPreset.retention.choice(.init(), types: ["call"], attributes: [])
    }
    #expect(throws: HistoryError.noProductAttribute(product: "maps", attributes: ["page"])) {
      var statement = TargetPreset.Statement()
      statement.product = "maps"
      _ = try TargetPreset.expansion.choice(statement, types: Self.types, attributes: ["page"])
    }
  }

  @Test(arguments: [TargetPreset.retention, .adoption])
  func whatMakesCustomersIsNotWhatTheyDo(preset: TargetPreset) throws {
    var statement = TargetPreset.Statement()
    statement.event = ["deal_won"]
    #expect(
      throws: HistoryError.eventMakesCustomers(preset: preset.rawValue, event: ["deal_won"])
    ) { try preset.choice(statement, types: Self.types, attributes: []) }
    // Another win of a customer is a question.
    #expect(
      try TargetPreset.expansion.choice(statement, types: Self.types, attributes: []).target.repeats
    )
  }

  /// Customers from day 10 on; one goes on day 75, one never.
  private func customers() throws -> (SmallHistory, HistoryInputs) {
    var history = SmallHistory()
    history.add("stays", created: 0)
    history.add("goes", created: 0)
    history.add("lead", created: 0)
    history.event("stays", 10, "deal_won")
    history.event("goes", 10, "deal_won")
    history.event("goes", 75, "churned")
    history.event("stays", 40, "purchase", product: "maps")
    history.event("stays", 100, "purchase", product: "mail")
    history.event("lead", 151, "call")
    return (history, HistoryInputs(leads: history.leads, activities: try history.activities()))
  }

  private func examples(_ preset: TargetPreset, product: String? = nil) throws -> [String] {
    let (_, inputs) = try customers()
    var definition = SmallHistory.byColumn()
    definition.activities = SmallHistory.activityColumns
    var statement = TargetPreset.Statement()
    statement.product = product
    statement.horizon = 30 * day
    try preset.choice(
      statement, types: inputs.activities?.summary.types.levels ?? [], attributes: ["product"]
    ).apply(to: &definition)
    let table = try ExampleBuilder(definition, inputs: inputs, pool: pool).examples(pool: pool)
    return zip(zip(table.table.cells("id"), table.decisionTimes), table.outcomes).map {
      "\($0.0) \(Int($0.1 / day)) \($1)"
    }
  }

  @Test func retentionLooksAtMonthEndsAndIsMetWhereNothingHappens() throws {
    // February, March, April and May 1970 begin on days 31, 59, 90 and 120; the data end on day 151
    // (June 1), so that May's decision has just its thirty days.
    #expect(
      try examples(.retention) == [
        "stays 31 1", "stays 59 1", "stays 90 1", "stays 120 1", "goes 31 1", "goes 59 0",
      ])
  }

  @Test func expansionAsksOfCustomersWithoutTheProduct() throws {
    #expect(try examples(.expansion, product: "maps") == ["stays 31 1", "goes 31 0", "goes 59 0"])
    #expect(
      try examples(.expansion) == [
        "stays 31 1", "stays 59 0", "stays 90 1", "stays 120 0", "goes 31 0", "goes 59 0",
      ])
  }
}
