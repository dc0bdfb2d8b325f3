import Parallel
import Tables
import Testing

@testable import Features

/// A pool of its own for each use: tests run side by side, and a pool runs one job at a time.
private var pool: WorkerPool { WorkerPool(threadCount: 2) }

/// A generator whose numbers are the same on every machine (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// Every kind of column, with missing cells.
func mixedTable(rowCount: Int, seed: UInt64 = 7) -> (table: Table, labels: [UInt8]) {
  var random = SeededGenerator(seed: seed)
  let jobs = ["clerk", "nurse", "smith", "baker", "pilot", "judge"]
  var visits: [Double] = []
  var amount: [Double] = []
  var job: [Int32] = []
  var answer: [Int32] = []
  var known: [Int8] = []
  var created: [Double] = []
  var called: [Double] = []
  var labels: [UInt8] = []
  for _ in 0..<rowCount {
    let count = Double(Int.random(in: 0...12, using: &random))
    let code = Int32.random(in: -1..<6, using: &random)
    let reply = Int32.random(in: 0..<3, using: &random)
    let flag = Int8.random(in: -1...1, using: &random)
    visits.append(count)
    amount.append(
      Int.random(in: 0..<10, using: &random) == 0
        ? .nan : Double.random(in: -3...3, using: &random) * 1_000)
    job.append(code)
    answer.append(reply)
    known.append(flag)
    let day = Double(Int.random(in: 19_000..<19_400, using: &random))
    created.append(day * 86_400 + Double(Int.random(in: 0..<86_400, using: &random)))
    called.append(
      Bool.random(using: &random)
        ? .nan : (day + Double.random(in: 0...30, using: &random)) * 86_400)
    let chance = 0.1 + 0.03 * count + (code == reply ? 0.3 : 0) + (flag == 1 ? 0.1 : 0)
    labels.append(Double.random(in: 0..<1, using: &random) < chance ? 1 : 0)
  }
  let table = Table(
    columns: [
      Column(name: "visits", values: .number(visits)),
      Column(name: "amount", values: .number(amount)),
      Column(name: "job", values: .category(CategoryValues(codes: job, levels: jobs))),
      Column(
        name: "answer", values: .category(CategoryValues(codes: answer, levels: ["a", "b", "c"]))),
      Column(name: "known", values: .flag(known)),
      Column(name: "created", values: .date(created)),
      Column(name: "called", values: .date(called)),
    ], rowCount: rowCount)
  return (table, labels)
}

let mixedColumns = ["visits", "amount", "job", "answer", "known", "created", "called"]

/// All bins of all features, feature after feature.
func allBins(_ columns: BinnedColumns) -> [[UInt8]] {
  columns.features.indices.map { feature in
    Array(UnsafeBufferPointer(start: columns.column(feature), count: columns.rowCount))
  }
}

@Suite struct TreeFeatureFitterTests {
  @Test func everyKindOfColumnBecomesFeatures() throws {
    let (table, labels) = mixedTable(rowCount: 3_000)
    let (pipeline, columns) = try TreeFeatureFitter().fit(
      table, columns: mixedColumns, labels: labels, pool: pool)
    let names = pipeline.features.map(\.name)
    #expect(
      names.prefix(16) == [
        "visits", "amount", "job", "conversion rate of job", "answer",
        "conversion rate of answer", "known", "weekday of created", "month of created",
        "day of month of created", "hour of created", "weekday of called", "month of called",
        "day of month of called", "hour of called", "days from created to called",
      ])
    #expect(names.count == 16 + 12)
    #expect(names.contains("conversion rate of job × answer"))
    #expect(columns.features == pipeline.features)
    for (feature, bins) in zip(columns.features, allBins(columns)) {
      #expect(bins.allSatisfy { $0 < feature.binCount })
    }
  }

  @Test func trainingBinsEqualTransformedOnesWhereNoRateIsInvolved() throws {
    let (table, labels) = mixedTable(rowCount: 2_500)
    let rows = (0..<2_500).filter { $0 % 3 != 0 }.reversed() as [Int]
    let (pipeline, columns) = try TreeFeatureFitter().fit(
      table, columns: mixedColumns, rows: rows, labels: labels, pool: pool)
    let again = try TreeTransformer(pipeline).transform(table, rows: rows, pool: pool)
    #expect(again.unseenLevels.isEmpty)
    for (index, encoder) in pipeline.encoders.enumerated() {
      if case .rates = encoder { continue }
      #expect(allBins(columns)[index] == allBins(again.columns)[index])
    }
  }
}
