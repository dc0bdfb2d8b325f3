import Activities
import FoundationEssentials
import Tables
import Testing

@testable import History

@Suite struct ScoringExamplesTests {
  private func history() -> SmallHistory {
    var history = SmallHistory()
    history.add("won", created: 100, stage: "Won", closed: 105)
    history.add("lost", created: 100, stage: "Lost", closed: 130)
    history.add("open", created: 120)
    history.add("new", created: 200)
    return history
  }

  private func recipe() throws -> HistoryRecipe {
    try ExampleBuilder(
      SmallHistory.byColumn(ages: [0, 7], horizon: 10),
      inputs: HistoryInputs(leads: history().leads), pool: pool
    ).recipe
  }

  @Test func openLeadsAreScoredAsOfTheNewestMoment() throws {
    let scoring = try ScoringExamples(
      recipe(), inputs: HistoryInputs(leads: history().leads), pool: pool)
    #expect(scoring.asOf == 200 * day)
    #expect(try scoring.table(pool: pool).cells("id") == ["open", "new"])
    #expect(try scoring.table(pool: pool).cells("age_days") == ["80.0", "0.0"])
    #expect(try scoring.table(pool: pool).cells("outcome") == ["", ""])
    #expect(try scoring.table(pool: pool).columns.map(\.name) == recipe().columnNames)
    #expect(scoring.report.closed == 2 && scoring.report.outsideAges == 1)
  }

  @Test func asOfAnEarlierMomentLeadsAreWhatTheyWere() throws {
    let inputs = HistoryInputs(leads: history().leads)
    let scoring = try ScoringExamples(recipe(), inputs: inputs, asOf: 125 * day, pool: pool)
    #expect(try scoring.table(pool: pool).cells("id") == ["lost", "open"])
    #expect(scoring.report.closed == 1 && scoring.report.outside == 1)
    let all = try ScoringExamples(
      recipe(), inputs: inputs, asOf: 125 * day, includesClosed: true, pool: pool)
    #expect(try all.table(pool: pool).cells("id") == ["won", "lost", "open"])
  }

  @Test func whatClosesAtAStatedMomentIsNotKnownYet() throws {
    let inputs = HistoryInputs(leads: history().leads)
    let stated = try ScoringExamples(recipe(), inputs: inputs, asOf: 130 * day, pool: pool)
    #expect(try stated.table(pool: pool).cells("id") == ["lost", "open"])
    let later = try ScoringExamples(recipe(), inputs: inputs, asOf: 130 * day + 1, pool: pool)
    #expect(try later.table(pool: pool).cells("id") == ["open"])
  }

  @Test func leadsThatClosedNobodyKnowsWhenAreClosed() throws {
    var history = history()
    history.add("undated", created: 110, stage: "Won")
    history.add("before it came", created: 110, stage: "Won", closed: 90)
    history.add("in the future", created: 110, stage: "Lost", closed: 900)
    let inputs = HistoryInputs(leads: history.leads, latest: 300 * day)
    let scoring = try ScoringExamples(recipe(), inputs: inputs, pool: pool)
    #expect(try scoring.table(pool: pool).cells("id") == ["open", "new"])
    #expect(scoring.report.closed == 5 && scoring.report.outside == 0)
    let all = try ScoringExamples(recipe(), inputs: inputs, includesClosed: true, pool: pool)
    #expect(all.report.scored == 7)
  }

  @Test func columnsOfTheExportAreNamedWhereTheMomentIsPast() throws {
    let inputs = HistoryInputs(leads: history().leads)
    let past = try ScoringExamples(recipe(), inputs: inputs, asOf: 125 * day, pool: pool)
    #expect(
      past.report.warnings(unlearned: ["account"]).first
        == "1 column is as of the export, not of the moment: size. They may tell what came after it."
    )
    let now = try ScoringExamples(recipe(), inputs: inputs, pool: pool)
    #expect(
      now.report.warnings(unlearned: ["account"]).first
        == "1 column is as of the export; expect worse live: size.")
    let unlearned = now.report.warnings(unlearned: ["account", "size"])
    #expect(!unlearned.contains { $0.contains("as of the export") })
  }

  @Test func leadsWithoutAnOutcomeColumnAreAllOpen() throws {
    let leads = history().leads
    let without = Table(
      columns: leads.columns.filter { !["stage", "closed"].contains($0.name) },
      rowCount: leads.rowCount)
    let scoring = try ScoringExamples(
      recipe(), inputs: HistoryInputs(leads: without), pool: pool)
    #expect(try scoring.table(pool: pool).rowCount == 4)
  }

  @Test func aRecipeIsWrittenAndReadWhole() throws {
    var definition = SmallHistory.byColumn(ages: [0, 7], horizon: 10)
    definition.activities = SmallHistory.activityColumns
    definition.target.population = .after(EventSelection(types: ["won"], attribute: "product"))
    let recipe = HistoryRecipe(
      definition: definition, leadColumns: ["id"], activities: nil,
      schemas: HistorySchemas(leads: TableSchema(columns: [])))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let bytes = try encoder.encode(recipe)
    #expect(try JSONDecoder().decode(HistoryRecipe.self, from: bytes) == recipe)
    #expect(try encoder.encode(recipe) == bytes)
  }
}
