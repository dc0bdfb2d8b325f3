import Parallel
import Tables
import Testing

@testable import Activities

/// What comes later changes nothing.
@Suite struct LookAheadTests {
  private static let leads = 10
  private let pool = WorkerPool(threadCount: 1)
  private let exportedAt = 390 * RandomActivities.day

  private let accounts = AccountFacts(
    accounts: (0..<Int32(leads)).map { $0 == 9 ? -1 : $0 / 3 },
    created: (0..<leads).map { Double($0) * 9 * RandomActivities.day },
    won: (0..<leads).map { $0 % 2 == 0 ? Double($0) * 40 * RandomActivities.day : .nan })

  private func rows(
    _ events: [PlainEvent], _ recipe: ActivityRecipe, _ moments: [Moment],
    accounts: AccountFacts
  ) throws -> [Column] {
    let log = try RandomActivities.log(events, leads: Self.leads, exportedAt: exportedAt)
    return try recipe.columns(log, moments: moments, pool: pool)
      + recipe.accountColumns(log, moments: moments, accounts: accounts, pool: pool)
  }

  private func isKnown(_ event: PlainEvent, _ moment: Moment) -> Bool {
    moment.knows(event.at) && (event.recordedAt.isNaN || moment.knows(event.recordedAt))
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func aLogCutAtTheDecisionGivesTheSameFeatures(seed: UInt64) throws {
    let events = RandomActivities.events(500, leads: Self.leads, seed: seed)
    let whole = try RandomActivities.log(events, leads: Self.leads, exportedAt: exportedAt)
    let recipe = try ActivityRecipe(log: whole, options: RandomActivities.options)
    let moments = RandomActivities.moments(25, leads: Self.leads, seed: seed + 50)
    let all = try rows(events, recipe, moments, accounts: accounts)
    for (row, moment) in moments.enumerated() {
      let cut = events.filter { isKnown($0, moment) }
      let cutAccounts = AccountFacts(
        accounts: accounts.accounts,
        created: accounts.created.map { $0 < moment.asOf ? $0 : .nan },
        won: accounts.won.map { $0 < moment.asOf ? $0 : .nan })
      let alone = try rows(cut, recipe, [moment], accounts: cutAccounts)
      #expect(alone == all.map { cell($0, row) })
    }
  }

  @Test(arguments: 5...8 as ClosedRange<UInt64>)
  func alteringAddingAndDeletingLaterEventsChangesNothing(seed: UInt64) throws {
    let events = RandomActivities.events(500, leads: Self.leads, seed: seed)
    let whole = try RandomActivities.log(events, leads: Self.leads, exportedAt: exportedAt)
    let recipe = try ActivityRecipe(log: whole, options: RandomActivities.options)
    var random = SeededGenerator(state: seed)
    let moments = RandomActivities.moments(25, leads: Self.leads, seed: seed + 50)
    let all = try rows(events, recipe, moments, accounts: accounts)
    for (row, moment) in moments.enumerated() {
      var altered: [PlainEvent] = []
      for event in events {
        guard !isKnown(event, moment) else {
          altered.append(event)
          continue
        }
        let choice = Int.random(in: 0..<3, using: &random)
        if choice == 0 { continue }
        var other = event
        other.type = "never seen before"
        other.value = 1e15
        other.attributes = ["new", nil]
        if other.at.isNaN || moment.knows(other.at) {
          other.recordedAt = moment.asOf + Double.random(in: 1...1e7, using: &random)
        } else {
          other.at = moment.asOf + Double.random(in: 1...1e7, using: &random)
        }
        altered.append(other)
        if choice == 1 { altered.append(event) }
      }
      let alone = try rows(altered, recipe, [moment], accounts: accounts)
      #expect(alone == all.map { cell($0, row) })
    }
  }

  /// One row of a column.
  private func cell(_ column: Column, _ row: Int) -> Column {
    let values: ColumnValues =
      switch column.values {
      case .number(let values): .number([values[row]])
      case .category(let values):
        .category(CategoryValues(codes: [values.codes[row]], levels: values.levels))
      default: column.values
      }
    return Column(name: column.name, values: values)
  }
}
