import Glibc
import Parallel
import Sources
import Tables
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
  @Test func sameSeedGivesTheSameRowsAndAnotherOneOthers() throws {
    var first = MemoryDestination()
    var second = MemoryDestination()
    var other = MemoryDestination()
    let counts = try CRMGenerator(leadCount: 150, seed: 5).write(to: &first)
    #expect(try CRMGenerator(leadCount: 150, seed: 5).write(to: &second) == counts)
    _ = try CRMGenerator(leadCount: 150, seed: 6).write(to: &other)
    #expect(first.rows == second.rows)
    #expect(first.rows != other.rows)
    #expect(counts.leads == 150 && counts.activities > 3_000)
  }

  @Test func everyRowHasACellForEachColumn() throws {
    var destination = MemoryDestination()
    _ = try CRMGenerator(leadCount: 150, seed: 2).write(to: &destination)
    for table in CRMTable.allCases {
      let rows = try #require(destination.rows[table])
      #expect(rows.allSatisfy { $0.count == table.columns.count }, "\(table)")
    }
  }

  @Test func databaseAndFilesHoldTheSameTables() throws {
    var template = Array("/tmp/kelvin-crm-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
    let folder = String(cString: try #require(made))
    defer {
      for table in CRMTable.allCases { unlink("\(folder)/\(table).csv") }
      unlink("\(folder)/crm.db")
      rmdir(folder)
    }
    var destination = CRMDestinations([
      try SQLiteFile(path: "\(folder)/crm.db"), try CSVFolder(path: folder),
    ])
    _ = try CRMGenerator(leadCount: 80, seed: 3).write(to: &destination)
    try destination.commit()
    let pool = WorkerPool(threadCount: 1)
    for table in CRMTable.allCases {
      let fromFile = try readTable(.csv(path: "\(folder)/\(table).csv"), pool: pool)
      let fromDatabase = try readTable(
        .sqlite(path: "\(folder)/crm.db", .table(table.rawValue)), pool: pool)
      #expect(fromFile.table == fromDatabase.table, "\(table)")
      #expect(fromFile.table.rowCount > 0)
    }
  }

  @Test(arguments: [0.0, 951_782_399, 951_782_400, 1_704_067_200, 1_735_689_599, 1_767_225_600])
  func momentsReadBackAsTheyWere(_ seconds: Double) {
    #expect(DateCell(CRMClock.text(seconds)).seconds == seconds)
  }
}
