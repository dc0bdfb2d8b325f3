import Foundation
import Parallel
import Tables
import Testing

@testable import Activities

@Suite struct ActivityPartitionsTests {
  private static let leads = 60

  /// Accounts that are spread over the rows, one of them larger than a part.
  private static let accounts: [Int32] = (0..<leads).map { (lead: Int) -> Int32 in
    if lead % 3 == 0 { return 2 }
    return lead % 7 == 0 ? -1 : Int32(lead * 5 % 11)
  }

  @Test(arguments: [(0, false), (0, true), (1 << 30, true)])
  func partsGiveTheRowsOfTheWhole(memoryLimit: Int, withAccounts: Bool) throws {
    let pool = WorkerPool(threadCount: 2)
    let events = RandomActivities.events(20_000, leads: Self.leads, seed: 31)
    let whole = try RandomActivities.log(events, leads: Self.leads)
    let recipe = try ActivityRecipe(log: whole, options: RandomActivities.options)
    let facts = AccountFacts(
      accounts: Self.accounts, created: Self.accounts.indices.map { Double($0) * 5e5 },
      won: Self.accounts.indices.map { $0 % 4 == 0 ? Double($0) * 7e5 : .nan })
    let moments = (0..<Int32(Self.leads)).flatMap { lead in
      [100.0, 200, 300].map { Moment(lead: lead, asOf: $0 * 86_400) }
    }
    let expected =
      try recipe.columns(whole, moments: moments, pool: pool)
      + recipe.accountColumns(whole, moments: moments, accounts: facts, pool: pool)

    let parts = try RandomActivities.builder(
      events, leads: Self.leads, accounts: withAccounts ? Self.accounts : nil,
      memoryLimit: memoryLimit, partitionSize: 7
    ).partitions(pool: pool)
    #expect(parts.summary == whole.summary)
    #expect(memoryLimit > 0 || parts.spilledByteCount > 0)
    var seen: [Int32] = []
    try parts.forEachPartition(pool: pool) { part in
      let single = WorkerPool(threadCount: 1)
      let own = part.leads.indices.flatMap { lead in
        [100.0, 200, 300].map { Moment(lead: Int32(lead), asOf: $0 * 86_400) }
      }
      var columns = try recipe.columns(part.log, moments: own, pool: single)
      if withAccounts {
        columns += recipe.accountColumns(
          part.log, moments: own, accounts: facts.subset(part.leads), pool: single)
      }
      return (part, columns)
    } consume: { part, columns in
      seen += part.leads
      for (index, column) in columns.enumerated() {
        let rows = part.leads.flatMap { lead in (0..<3).map { Int(lead) * 3 + $0 } }
        #expect(column == pick(expected[index], rows))
      }
      if withAccounts {
        let inside = Set(part.leads.map { Self.accounts[Int($0)] }.filter { $0 >= 0 })
        for lead in 0..<Self.leads where !part.leads.contains(Int32(lead)) {
          #expect(!inside.contains(Self.accounts[lead]))
        }
      }
    }
    #expect(seen.sorted() == (0..<Int32(Self.leads)).map { $0 })
  }

  private func pick(_ column: Column, _ rows: [Int]) -> Column {
    switch column.values {
    case .number(let values):
      Column(name: column.name, values: .number(rows.map { values[$0] }))
    case .category(let values):
      Column(
        name: column.name,
        values: .category(
          CategoryValues(codes: rows.map { values.codes[$0] }, levels: values.levels)))
    default: column
    }
  }

  @Test func nothingStaysInTheTemporaryFolder() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "kelvin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let builder = ActivityLogBuilder(
      columns: RandomActivities.columns,
      leads: LeadIndex(ids: RandomActivities.leadIds(Self.leads)),
      memoryLimit: 0, temporaryFolder: folder.path)
    let events = RandomActivities.events(20_000, leads: Self.leads, seed: 41)
    try builder.add(RandomActivities.table(events[...]))
    #expect(builder.store.spilledByteCount > 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func aFolderThatIsNotThereIsAnError() throws {
    let builder = ActivityLogBuilder(
      columns: RandomActivities.columns,
      leads: LeadIndex(ids: RandomActivities.leadIds(Self.leads)),
      memoryLimit: 0, temporaryFolder: "/nonexistent")
    let events = RandomActivities.events(20_000, leads: Self.leads, seed: 41)
    #expect(
      throws: ActivityError.spillFailed(
        folder: "/nonexistent", reason: "No such file or directory")
    ) { try builder.add(RandomActivities.table(events[...])) }
  }

  @Test func largeAccountsMakeLargePartsAndNoOtherDoes() {
    let accounts: [Int32] = (0..<100).map { $0 < 50 ? 0 : Int32($0) }
    let parts = LeadPartitions(leadCount: 100, accounts: accounts, size: 10)
    #expect(parts.bounds == [0, 50, 60, 70, 80, 90, 100])
    for slot in 0..<100 {
      let part = parts.part(ofSlot: slot)
      #expect(parts.bounds[part] <= slot && slot < parts.bounds[part + 1])
    }
  }
}
