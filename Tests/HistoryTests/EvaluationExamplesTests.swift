import Testing

@testable import History

@Suite struct EvaluationExamplesTests {
  private func history() -> SmallHistory {
    var history = SmallHistory()
    history.add("won", created: 100, stage: "Won", closed: 105)
    history.add("lost", created: 100, stage: "Lost", closed: 130)
    history.add("open", created: 120)
    history.add("new", created: 200)
    return history
  }

  private func builder(ages: [Double]) throws -> ExampleBuilder {
    try ExampleBuilder(
      SmallHistory.byColumn(ages: ages, horizon: 10),
      inputs: HistoryInputs(leads: history().leads), pool: pool)
  }

  private func evaluation(
    from: Double, asOf: Double?, earliest: Double? = nil
  ) throws -> EvaluationExamples {
    try EvaluationExamples(
      builder(ages: [0, 7]).recipe, inputs: HistoryInputs(leads: history().leads),
      from: from * day, asOf: asOf.map { $0 * day }, earliest: earliest.map { $0 * day },
      pool: pool)
  }

  /// Leads that came in on the last day have not been lost because the user knows of a later one.
  @Test func whatCameAfterTheDataIsNotTakenForALoss() throws {
    #expect(throws: HistoryError.beyondData(asOf: "1971-02-05", end: "1970-07-20")) {
      try evaluation(from: 100, asOf: 400)
    }
    // An export may be some hours older than the last thing in it.
    let sameDay = try evaluation(from: 100, asOf: 200.5)
    #expect(sameDay.report.end == 200.5 * day)
    #expect(Set(sameDay.table.cells("id")) == ["won", "lost", "open"])

    let scoring = try ScoringExamples(
      builder(ages: [0, 7]).recipe, inputs: HistoryInputs(leads: history().leads),
      asOf: 400 * day, pool: pool)
    #expect(scoring.asOf == 400 * day)
    #expect(scoring.report.warnings.first?.contains("beyond the end of the data") == true)
  }

  @Test func anEarlierStartIsAdvisedWhereItHelps() throws {
    func message(earliest: Double) -> String {
      let error = #expect(throws: HistoryError.self) {
        try evaluation(from: 195, asOf: nil, earliest: earliest)
      }
      return error.map { "\($0)" } ?? ""
    }
    let helps = message(earliest: 110)
    #expect(
      helps.contains("2 decisions from 1970-04-21 on have one: give an earlier --from"), "\(helps)")
    let learned = message(earliest: 195)
    #expect(learned.contains("Give a newer export.") && !learned.contains("--from"), "\(learned)")
  }

  @Test func agesWithoutExamplesAreNoneThatTheModelKnows() throws {
    let builder = try builder(ages: [0, 7, 150])
    #expect(builder.report.ages == [0, 7 * day])
    #expect(builder.recipe.definition.moments == .ages([0, 7 * day]))
    // One of 80 days, older than any example.
    #expect(builder.report.openOutsideAges == 1)
    #expect(builder.report.lines.contains { $0.hasPrefix("no example at the age of 150d") })
  }
}
