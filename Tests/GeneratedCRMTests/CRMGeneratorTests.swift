import Testing

@testable import GeneratedCRM

/// Rows kept in memory.
struct MemoryDestination: CRMDestination {
  var rows: [CRMTable: [[CRMCell]]] = [:]

  mutating func add(_ row: [CRMCell], to table: CRMTable) {
    rows[table, default: []].append(row)
  }

  func commit() {}
}

@Suite struct CRMGeneratorTests {
  @Test func sameSeedGivesTheSameRows() throws {
    var first = MemoryDestination()
    var second = MemoryDestination()
    let counts = try CRMGenerator(leadCount: 300, seed: 5).write(to: &first)
    #expect(try CRMGenerator(leadCount: 300, seed: 5).write(to: &second) == counts)
    #expect(first.rows == second.rows)
    #expect(counts.leads == 300 && counts.activities > 6_000)
  }

  @Test func everyRowHasACellForEachColumn() throws {
    var destination = MemoryDestination()
    _ = try CRMGenerator(leadCount: 300, seed: 2).write(to: &destination)
    for table in CRMTable.allCases {
      let rows = try #require(destination.rows[table])
      #expect(rows.allSatisfy { $0.count == table.columns.count }, "\(table)")
    }
  }
}
