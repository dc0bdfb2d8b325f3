import Parallel
import Synchronization
import Tables
import Testing

@testable import Sources

@Suite struct CSVStreamTests {
  private let folder: TemporaryFolder
  private let schema = TableSchema(columns: [
    ColumnSchema(name: "age", type: .number, numberFormat: NumberFormat()),
    ColumnSchema(name: "job", type: .category, missingTokens: ["", "?"]),
    ColumnSchema(name: "won", type: .flag),
    ColumnSchema(name: "seen", type: .date, dateOrder: .dayFirst),
    ColumnSchema(name: "note", type: .text),
  ])

  init() throws {
    folder = try TemporaryFolder()
  }

  private static func text(rows: Int) -> String {
    "new,job,id,age,note,won,seen\n"
      + (0..<rows).map { row in
        let job = ["sales", "?", "tech", "", "\"a,b\""][row % 5]
        let age = row % 11 == 0 ? "old" : "\(row % 90).5"
        return "z,\(job), \"i\"\"\(row)\" ,\(age),n \(row),\(row % 3 == 0 ? "Sí" : "no"),"
          + "\(row % 28 + 1)/03/2024\n"
      }.joined()
  }

  /// What a stream gives, put together again.
  private struct Collected: Equatable {
    var ages: [Double] = []
    var jobs: [String?] = []
    var flags: [Int8] = []
    var dates: [Double] = []
    var notes: [String?] = []
    var ids: [String] = []
    var idTexts: [String] = []
    var unparsed = [0, 0, 0, 0, 0]
    var skipped: [BadRow] = []

    mutating func add(_ block: CSVBlock) {
      for column in block.table.columns {
        switch column.values {
        case .number(let values): ages += values
        case .category(let values):
          jobs += values.codes.map { $0 < 0 ? nil : values.levels[Int($0)] }
        case .flag(let values): flags += values
        case .date(let values): dates += values
        case .text(let values): notes += (0..<values.count).map { values[$0] }
        }
      }
      let raw = block.rawFields[0]
      ids += (0..<raw.count).map { String(decoding: raw[$0], as: UTF8.self) }
      idTexts += (0..<raw.count).map { raw.text($0) }
      for index in unparsed.indices { unparsed[index] += block.unparsedCounts[index] }
      skipped += block.skippedRows
    }

    static func == (left: Collected, right: Collected) -> Bool {
      left.ages.map(\.bitPattern) == right.ages.map(\.bitPattern) && left.jobs == right.jobs
        && left.flags == right.flags && left.dates == right.dates && left.notes == right.notes
        && left.ids == right.ids && left.unparsed == right.unparsed
        && left.skipped == right.skipped
    }
  }

  private func collect(_ path: String, threads: Int, blockSize: Int) throws -> Collected {
    let stream = try CSVStream(
      path: path, schema: schema, columns: ["age", "job", "won", "seen", "note"],
      rawColumns: ["id"])
    var collected = Collected()
    var next = 0
    try stream.forEachBlock(pool: WorkerPool(threadCount: threads), blockSize: blockSize) {
      $0
    } consume: { block in
      #expect(block.index == next)
      next += 1
      collected.add(block)
    }
    return collected
  }

  @Test func blocksComeInFileOrderWithTheSameCells() throws {
    let path = try folder.write(Self.text(rows: 2_000))
    let expected = try collect(path, threads: 1, blockSize: 1 << 20)
    #expect(expected.ages.count == 2_000)
    #expect(expected.ages[0].isNaN && expected.ages[1] == 1.5)
    #expect(expected.jobs.prefix(5) == ["sales", nil, "tech", nil, "a,b"])
    #expect(expected.flags.prefix(3) == [1, 0, 0])
    #expect(expected.dates[0] == 1_709_251_200)
    #expect(expected.notes[7] == "n 7")
    #expect(expected.ids[3] == " \"i\"\"3\" ")
    #expect(expected.idTexts[3] == "i\"3")
    #expect(expected.unparsed == [182, 0, 0, 0, 0])
    for threads in [1, 2, 3, 7] {
      for blockSize in [16, 333, 5_000] {
        #expect(try collect(path, threads: threads, blockSize: blockSize) == expected)
      }
    }
  }

  @Test func missingColumnsAreNamedTogether() throws {
    let path = try folder.write("age,extra\n1,2\n")
    #expect(
      throws: SourceError.missingColumns(
        path: path, names: ["job", "id"], present: ["age", "extra"],
        separator: UInt8(ascii: ","))
    ) {
      try CSVStream(path: path, schema: schema, columns: ["age", "job"], rawColumns: ["id"])
    }
  }

  @Test func aHeaderAloneIsAnError() throws {
    let path = try folder.write("age\n\n")
    let stream = try CSVStream(path: path, schema: schema, columns: ["age"])
    #expect(throws: SourceError.headerAlone(path: path, line: 1)) {
      try stream.forEachBlock(pool: WorkerPool(threadCount: 2)) {
        $0.index
      } consume: { _ in
      }
    }
  }

  @Test func newColumnsAreListed() throws {
    let path = try folder.write("extra,age\n1,2\n")
    let stream = try CSVStream(path: path, schema: schema, columns: ["age"])
    #expect(stream.unknownColumns == ["extra"])
  }

  @Test func anErrorComesAfterTheBlocksBeforeIt() throws {
    let rows = (0..<400).map { "\($0)\n" }.joined()
    let path = try folder.write("age\n" + rows + "1,2\n" + rows)
    let stream = try CSVStream(path: path, schema: schema, columns: ["age"])
    for threads in [1, 3] {
      var count = 0
      #expect(throws: SourceError.raggedRow(path: path, line: 402, expected: 1, found: 2)) {
        try stream.forEachBlock(pool: WorkerPool(threadCount: threads), blockSize: 64) {
          $0.table.rowCount
        } consume: {
          count += $0
        }
      }
      #expect(count >= 400 - 64 && count <= 400)
    }
  }

  @Test func errorsOfProcessAndConsumeAreHandedOn() throws {
    struct Stop: Error, Equatable {}
    let path = try folder.write("age\n" + (0..<900).map { "\($0)\n" }.joined())
    let stream = try CSVStream(path: path, schema: schema, columns: ["age"])
    for threads in [1, 2, 5] {
      let pool = WorkerPool(threadCount: threads)
      #expect(throws: Stop()) {
        try stream.forEachBlock(pool: pool, blockSize: 64) { block in
          if block.index == 7 { throw Stop() }
        } consume: {
        }
      }
      #expect(throws: Stop()) {
        try stream.forEachBlock(pool: pool, blockSize: 64) {
          $0.index
        } consume: {
          if $0 == 5 { throw Stop() }
        }
      }
    }
  }

  /// However slow the consumer, only so many blocks wait.
  @Test func fewBlocksAreHeldAtOnce() throws {
    let path = try folder.write("age\n" + (0..<3_000).map { "\($0)\n" }.joined())
    let stream = try CSVStream(path: path, schema: schema, columns: ["age"])
    let made = Atomic<Int>(0)
    var consumed = 0
    try stream.forEachBlock(pool: WorkerPool(threadCount: 3), blockSize: 64) { _ in
      made.wrappingAdd(1, ordering: .relaxed)
    } consume: { _ in
      #expect(made.load(ordering: .relaxed) - consumed <= 6)
      consumed += 1
    }
    #expect(consumed > 100)
  }

  @Test func aStreamReadsWhatTheWholeReaderFound() throws {
    let path = try folder.write(Self.text(rows: 500).replacing("old", with: ""))
    let pool = WorkerPool(threadCount: 2)
    let whole = try readCSV(path: path, pool: pool)
    let stream = try CSVStream(
      path: path, schema: whole.schema, columns: whole.schema.columns.map(\.name))
    var tables: [Table] = []
    try stream.forEachBlock(pool: pool) {
      $0
    } consume: {
      #expect($0.unparsedCounts.allSatisfy { $0 == 0 })
      tables.append($0.table)
    }
    #expect(tables == [whole.table])
  }
}
