import Activities
import Parallel
import Tables
import Testing

@testable import History

/// What an example holds was known when it was decided.
@Suite struct NoLookAheadTests {
  /// The row of a lead as of a moment, without the outcome, which is told by the future.
  private func row(_ scoring: ScoringExamples, id: String) throws -> [String] {
    let rows = rowsByDecision(scoring.table)
    let key = try #require(rows.keys.first { $0.hasPrefix("\(id) ") })
    return try features(#require(rows[key]))
  }

  private func features(_ row: [String]) -> [String] {
    row.filter { !$0.hasPrefix("outcome = ") }
  }

  private func differences(_ left: [String], _ right: [String]) -> [String] {
    left.count == right.count
      ? zip(left, right).compactMap { $0 == $1 ? nil : "\($0), but \($1)" } : ["other columns"]
  }

  /// Fields without a trace of their changes are as of the export, as the report says.
  private func inTime(_ row: [String]) -> [String] {
    row.filter { !$0.hasPrefix("plain = ") }
  }

  private func examples(
    _ world: RandomWorld
  ) throws -> (table: ExampleTable, rows: [String: [String]]) {
    let inputs = try world.export()
    let table = try ExampleBuilder(
      world.definition(), inputs: inputs, pool: pool
    ).examples(pool: pool)
    return (table, rowsByDecision(table.table))
  }

  @Test(arguments: [(1, true), (2, false), (3, true), (4, false), (5, true), (6, false)])
  func everyColumnEqualsThatOfTheDataCutAtTheDecision(seed: Int, byEvents: Bool) throws {
    let world = RandomWorld(seed: seed, leadCount: 24, isByEvents: byEvents)
    let (table, rows) = try examples(world)
    #expect(table.report.columnsAsOfExport == ["plain"])
    #expect(table.report.changeContradictions == 0)
    #expect(table.table.rowCount > 30)
    for example in 0..<table.table.rowCount {
      let lead = Int(table.leadRows[example])
      let time = table.decisionTimes[example] / day
      let cut = try ScoringExamples(
        table.recipe, inputs: world.export(asOf: time, own: lead), asOf: time * day, pool: pool)
      #expect(cut.table.columns.map(\.name) == table.table.columns.map(\.name))
      let whole = try #require(rows["\(world.leads[lead].id) \(time * day)"])
      #expect(try differences(row(cut, id: world.leads[lead].id), features(whole)) == [])
    }
  }

  @Test(arguments: [(11, true), (12, false), (13, true), (14, false)])
  func alteringAllThatComesLaterChangesNoFeature(seed: Int, byEvents: Bool) throws {
    let world = RandomWorld(seed: seed, leadCount: 14, isByEvents: byEvents)
    let (table, rows) = try examples(world)
    var alteredLabels = 0
    for example in 0..<table.table.rowCount {
      let lead = Int(table.leadRows[example])
      let time = table.decisionTimes[example] / day
      let other = world.otherwise(after: time, lead: lead, seed: seed &* 1_000 + example)
      let scoring = try ScoringExamples(
        table.recipe, inputs: other.export(), asOf: time * day, includesClosed: true, pool: pool)
      let whole = try #require(rows["\(world.leads[lead].id) \(time * day)"])
      #expect(
        try differences(
          inTime(row(scoring, id: world.leads[lead].id)), inTime(features(whole))) == [])
      // Building all again for each is slow; some are enough to see that the future was altered.
      guard example % 3 == 0 else { continue }
      let again = try ExampleBuilder(
        world.definition(), inputs: other.export(), pool: pool
      ).examples(pool: pool)
      if let changed = rowsByDecision(again.table)["\(world.leads[lead].id) \(time * day)"],
        changed.last != whole.last
      {
        alteredLabels += 1
      }
    }
    // The future is altered indeed: it shows in the labels.
    #expect(alteredLabels > 0)
  }

  @Test(arguments: [21, 22, 23])
  func theOrderOfInputRowsDoesNotMatter(seed: Int) throws {
    let world = RandomWorld(seed: seed, leadCount: 60)
    let definition = world.definition()
    let first = try ExampleBuilder(definition, inputs: world.export(), pool: pool)
      .examples(pool: pool)
    let second = try ExampleBuilder(
      definition, inputs: world.export(shuffledBy: seed), pool: WorkerPool(threadCount: 3)
    ).examples(pool: WorkerPool(threadCount: 3))
    #expect(rowsByDecision(first.table) == rowsByDecision(second.table))
    #expect(first.recipe == second.recipe)
    #expect(first.report == second.report)
  }
}
