import Foundation
import Parallel
import Tables
import Testing

@testable import Activities

@Suite struct ActivityLogBuilderTests {
  private static let leads = 40
  private let pool = WorkerPool(threadCount: 1)

  private func features(
    _ log: ActivityLog, moments: [Moment], recipe: ActivityRecipe, threads: Int = 1
  ) throws -> [Column] {
    try recipe.columns(log, moments: moments, pool: WorkerPool(threadCount: threads))
  }

  @Test(arguments: [(1, nil, 1), (7, 3, 1), (100, 8, 3), (5_000, 1, 2)] as [(Int, Int?, Int)])
  func neitherOrderNorBlocksNorThreadsMatter(
    blockSize: Int, partitionSize: Int?, threads: Int
  ) throws {
    let events = RandomActivities.events(2_000, leads: Self.leads, seed: 11)
    let moments = RandomActivities.moments(2_500, leads: Self.leads, seed: 12)
    let plain = try RandomActivities.log(events, leads: Self.leads)
    let recipe = try ActivityRecipe(log: plain, options: RandomActivities.options)
    let expected = try features(plain, moments: moments, recipe: recipe)
    var random = SeededGenerator(state: 13)
    let log = try RandomActivities.log(
      events.shuffled(using: &random), leads: Self.leads, blockSize: blockSize,
      partitionSize: partitionSize, threads: threads)
    #expect(log.summary == plain.summary)
    for event in 0..<plain.eventCount {
      #expect(log.time(event) == plain.time(event))
      #expect(log.type(event) == plain.type(event))
      #expect(log.value(event).bitPattern == plain.value(event).bitPattern)
      #expect(log.recordedAt(event).bitPattern == plain.recordedAt(event).bitPattern)
      #expect(log.attribute(0, event) == plain.attribute(0, event))
    }
    let columns = try features(log, moments: moments, recipe: recipe, threads: threads)
    #expect(columns == expected)
  }

  @Test func blocksMayBeAddedFromSeveralThreads() throws {
    let events = RandomActivities.events(4_000, leads: Self.leads, seed: 21)
    let plain = try RandomActivities.log(events, leads: Self.leads)
    let builder = try RandomActivities.builder([], leads: Self.leads)
    let blocks = RowBlocks(rowCount: events.count, blockSize: 100)
    let crew = WorkerPool(threadCount: 4)
    _ = try crew.map(blocks.count) { try builder.add(RandomActivities.table(events[blocks[$0]])) }
    let log = try builder.finish(pool: crew)
    #expect(log.summary == plain.summary)
    #expect((0..<log.eventCount).allSatisfy { log.time($0) == plain.time($0) })
  }

  @Test func aRecordingInTheFutureTellsNothingOfTheExport() throws {
    let day = 86_400.0
    func event(_ at: Double, loaded: Double) -> PlainEvent {
      PlainEvent(
        lead: "L0", at: at * day, type: "a", recordedAt: loaded * day, attributes: [nil, nil])
    }
    let builder = ActivityLogBuilder(
      columns: RandomActivities.columns, leads: LeadIndex(ids: ["L0"]), latest: 20 * day)
    let events = [
      event(1, loaded: 10), event(2, loaded: 900), event(11, loaded: 9), event(12, loaded: 901),
    ]
    try builder.add(RandomActivities.table(events[...]))
    let summary = try builder.finish(pool: pool).summary
    #expect(summary.exportedAt == 10 * day && summary.newest == 2 * day)
    #expect(summary.counts.recordedLater == 2 && summary.counts.planned == 2)
  }

  @Test func whatIsLeftOutIsCounted() throws {
    let day = 86_400.0
    func event(_ lead: String?, _ at: Double, loaded: Double = .nan, type: String? = "a")
      -> PlainEvent
    {
      PlainEvent(lead: lead, at: at, type: type, recordedAt: loaded, attributes: [nil, nil])
    }
    let events = [
      event("L0", 1 * day, loaded: 1 * day), event("L0", 5 * day, loaded: 2 * day),
      event("L0", 12 * day, loaded: 2 * day), event("L0", 11 * day),
      event("L1", 4 * day, loaded: 10 * day), event("L1", 4 * day, type: nil),
      event("L7", 1 * day), event(nil, 1 * day), event("L1", .nan),
    ]
    let log = try RandomActivities.log(events, leads: 2)
    var counts = ActivityCounts()
    counts.read = 9
    counts.kept = 4
    counts.unknownLead = 1
    counts.missingLead = 1
    counts.missingTime = 1
    counts.planned = 2
    counts.missingType = 1
    counts.late = 1
    #expect(log.summary.counts == counts)
    #expect(log.summary.exportedAt == 10 * day)
    #expect(log.newest == 5 * day)
    #expect(log.events(of: 0).count == 2)
    let stated = try RandomActivities.log(events, leads: 2, exportedAt: 4 * day)
    #expect(stated.summary.counts.planned == 3)
    #expect(stated.newest == 4 * day)
  }

  @Test func withoutTimesOfRecordingNothingIsPlanned() throws {
    var columns = RandomActivities.columns
    columns.recordedAt = nil
    let events = [PlainEvent(lead: "L0", at: 1e10, type: "a", attributes: [nil, nil])]
    let log = try RandomActivities.builder(events, leads: 1, columns: columns).finish(pool: pool)
    #expect(log.eventCount == 1)
    #expect(log.summary.exportedAt == nil)
    let stated = try RandomActivities.builder(
      events, leads: 1, exportedAt: 1e9, columns: columns
    ).finish(pool: pool)
    #expect(stated.eventCount == 0)
    #expect(stated.newest == nil)
  }

  @Test func valuesThatCannotBeSummedExactlyAreMissing() throws {
    let events = [1e19, -1e19, .infinity, 1e18].map {
      PlainEvent(lead: "L0", at: 1, type: "a", value: $0, attributes: [nil, nil])
    }
    let log = try RandomActivities.log(events, leads: 1)
    #expect((0..<4).filter { !log.value($0).isNaN }.count == 1)
  }

  @Test func leadsMayComeAsCategories() throws {
    let block = Table(
      columns: [
        Column(
          name: "who",
          values: .category(CategoryValues(codes: [1, 0, -1, 1], levels: ["x", "L1"]))),
        Column(name: "when", values: .date([1, 2, 3, 4])),
      ], rowCount: 4)
    let builder = ActivityLogBuilder(
      columns: ActivityColumns(lead: "who", at: "when"), leads: LeadIndex(ids: ["L0", "L1"]))
    try builder.add(block)
    let log = try builder.finish(pool: pool)
    #expect(log.events(of: 1).count == 2)
    #expect(log.summary.counts.unknownLead == 1)
    #expect(log.summary.counts.missingLead == 1)
  }

  @Test func aBlockOfOtherColumnsIsRefused() throws {
    let builder = ActivityLogBuilder(
      columns: ActivityColumns(lead: "who", at: "when"), leads: LeadIndex(ids: ["L0"]))
    let number = Column(name: "who", values: .number([1]))
    let when = Column(name: "when", values: .date([1]))
    #expect(
      throws: ActivityError.columnType(name: "who", expected: "text", found: "number")
    ) { try builder.add(Table(columns: [number, when], rowCount: 1)) }
    #expect(throws: ActivityError.missingColumn(name: "who", present: ["when"])) {
      try builder.add(Table(columns: [when], rowCount: 1))
    }
    let late = Column(name: "when", values: .number([1]))
    let who = Column(name: "who", values: .category(CategoryValues(codes: [0], levels: ["L0"])))
    #expect(
      throws: ActivityError.columnType(name: "when", expected: "a date", found: "number")
    ) { try builder.add(Table(columns: [who, late], rowCount: 1)) }
  }

  @Test func tooManyTypesAreRefused() throws {
    let levels = (0..<65_535).map { "t\($0)" }
    let types = CategoryValues(codes: levels.indices.map { Int32($0) }, levels: levels)
    let leads = CategoryValues(codes: levels.map { _ in 0 }, levels: ["L0"])
    let block = Table(
      columns: [
        Column(name: "who", values: .category(leads)),
        Column(name: "when", values: .date(levels.map { _ in 1 })),
        Column(name: "what", values: .category(types)),
      ], rowCount: levels.count)
    let builder = ActivityLogBuilder(
      columns: ActivityColumns(lead: "who", at: "when", type: "what"),
      leads: LeadIndex(ids: ["L0"]))
    #expect(throws: ActivityError.tooManyTypes(column: "what", limit: 65_534)) {
      try builder.add(block)
    }
  }
}
