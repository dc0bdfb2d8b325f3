import Parallel
import Tables
import Testing

@testable import Activities

@Suite struct AccountHistoryTests {
  private static let leads = 24

  @Test(arguments: [(0.0, 1), (0.3, 2), (1.0, 3)])
  func equalsTheDefinitions(late: Double, seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let day = RandomActivities.day
    let won = (0..<Self.leads).map { $0 % 3 == 0 ? Double($0 % 4) * 100 * day : .nan }
    let facts = AccountFacts(
      accounts: (0..<Self.leads).map { _ in Int32.random(in: -1..<6, using: &random) },
      created: (0..<Self.leads).map { $0 % 5 == 0 ? .nan : Double($0 % 9) * 40 * day },
      won: won, wonKnown: zip(won, 0...).map { $0 + (late > 0 ? Double($1 % 7) * 30 * day : 0) })
    let events = RandomActivities.events(1_500, leads: Self.leads, late: late, seed: seed)
    let log = try RandomActivities.log(events, leads: Self.leads)
    let recipe = try ActivityRecipe(log: log, options: RandomActivities.options)
    let moments = RandomActivities.moments(300, leads: Self.leads, seed: seed + 9)
    let columns = recipe.accountColumns(
      log, moments: moments, accounts: facts, pool: WorkerPool(threadCount: 2))
    #expect(columns.map(\.name) == recipe.accountFeatureNames)
    let naive = try NaiveFeatures(events, recipe, exportedAt: log.summary.exportedAt)
    for (row, moment) in moments.enumerated() {
      let expected = definition(moment, facts, naive, recipe.options.windows)
      for (column, value) in zip(columns, expected) {
        guard case .number(let values) = column.values else { continue }
        #expect(
          values[row] == value || (values[row].isNaN && value.isNaN), "\(column.name), row \(row)")
      }
    }
  }

  /// The columns of a moment, by looking at every lead and every event.
  private func definition(
    _ moment: Moment, _ facts: AccountFacts, _ naive: NaiveFeatures, _ windows: [Double]
  ) -> [Double] {
    let account = facts.accounts[Int(moment.lead)]
    guard account >= 0 else { return [Double](repeating: .nan, count: windows.count + 5) }
    let others = facts.accounts.indices.filter {
      facts.accounts[$0] == account && $0 != Int(moment.lead)
    }
    let strict = Moment(lead: moment.lead, asOf: moment.asOf)
    let wins = others.filter { facts.wonKnown[$0] < moment.asOf }.map { facts.won[$0] }
    let names = Set(others.map { "L\($0)" })
    let times = naive.events.filter { event in
      event.lead.map(names.contains) == true && !naive.isOurs(event)
        && naive.isKnown(event, strict)
    }.map(\.at)
    func days(_ time: Double?) -> Double { time.map { (moment.asOf - $0) / 86_400 } ?? .nan }
    return [
      Double(others.filter { facts.created[$0] < moment.asOf }.count), Double(wins.count),
      days(wins.max()),
    ]
      + (windows + [.infinity]).map { window in
        Double(times.filter { $0 >= moment.asOf - window }.count)
      } + [days(times.max())]
  }
}
