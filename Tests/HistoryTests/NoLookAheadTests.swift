import Activities
import Parallel
import Tables
import Testing

@testable import History

/// What an example holds was known when it was decided.
@Suite struct NoLookAheadTests {
  /// The row of a lead as of a moment, without the outcome, which is told by the future.
  private func row(_ scoring: ScoringExamples, id: String) throws -> [String] {
    let rows = rowsByDecision(try scoring.table(pool: pool))
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

  @Test(arguments: [
    (1, true, nil), (2, false, nil), (3, true, 5), (4, false, 1), (5, true, nil), (6, false, 7),
  ])
  func everyColumnEqualsThatOfTheDataCutAtTheDecision(
    seed: Int, byEvents: Bool, partSize: Int?
  ) throws {
    let world = RandomWorld(
      seed: seed, leadCount: 24, isByEvents: byEvents, partSize: partSize)
    let (table, rows) = try examples(world)
    #expect(table.report.columnsAsOfExport == ["plain"])
    #expect(table.report.changeContradictions == 0)
    #expect(table.table.rowCount > 30)
    for example in 0..<table.table.rowCount {
      let lead = Int(table.leadRows[example])
      let time = table.decisionTimes[example] / day
      let cut = try ScoringExamples(
        table.recipe, inputs: world.export(asOf: time, own: lead), asOf: time * day, pool: pool)
      #expect(try cut.table(pool: pool).columns.map(\.name) == table.table.columns.map(\.name))
      let whole = try #require(rows["\(world.leads[lead].id) \(time * day)"])
      #expect(try differences(row(cut, id: world.leads[lead].id), features(whole)) == [])
    }
  }

  @Test(arguments: [(11, true, nil), (12, false, 3), (13, true, 2), (14, false, nil)])
  func alteringAllThatComesLaterChangesNoFeature(
    seed: Int, byEvents: Bool, partSize: Int?
  ) throws {
    let world = RandomWorld(
      seed: seed, leadCount: 14, isByEvents: byEvents, partSize: partSize)
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

  @Test(arguments: [(31, 1), (32, 4), (33, 11)])
  func partsInAFileGiveTheSameTableInTheSameOrder(seed: Int, partSize: Int) throws {
    var world = RandomWorld(seed: seed, leadCount: 60)
    let definition = world.definition()
    let whole = try ExampleBuilder(definition, inputs: world.export(), pool: pool)
    world.partSize = partSize
    let inputs = try world.export()
    #expect(try #require(inputs.activities).spilledByteCount > 0)
    let parts = try ExampleBuilder(definition, inputs: inputs, pool: pool)
    let (first, second) = (try whole.examples(pool: pool), try parts.examples(pool: pool))
    #expect(first.table == second.table)
    #expect(first.leadRows == second.leadRows && first.outcomes == second.outcomes)
    #expect(first.recipe == second.recipe && first.report == second.report)
    #expect(first.table.columns.map(\.name) == first.recipe.columnNames)
    #expect(
      first.table.columns.map(\.type) == first.recipe.exampleSchema.columns.map(\.type))
    // Leads in the order of the table, but for those of an account, which stand with its first.
    let accounts = try #require(
      try HistoryInputs.accountCodes(inputs.leads, roles: RandomWorld.roles))
    var order: [Int32] = []
    for lead in accounts.indices where !order.contains(Int32(lead)) {
      order += accounts.indices.filter {
        $0 == lead || (accounts[lead] >= 0 && accounts[$0] == accounts[lead])
      }.map { Int32($0) }
    }
    let present = Set(first.leadRows)
    var seen: [Int32] = []
    for row in first.leadRows where seen.last != row { seen.append(row) }
    #expect(seen == order.filter(present.contains))

    world.partSize = nil
    let scored = try ScoringExamples(first.recipe, inputs: world.export(), pool: pool)
    let scoredInParts = try ScoringExamples(first.recipe, inputs: inputs, pool: pool)
    #expect(try scored.table(pool: pool) == scoredInParts.table(pool: pool))
    #expect(scored.leadRows == scoredInParts.leadRows && !scored.leadRows.isEmpty)
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
