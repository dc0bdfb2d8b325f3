import Parallel
import Tables

@testable import Activities

/// One activity as a row of a table would have it.
struct PlainEvent: Equatable {
  var lead: String?
  var at: Double
  var type: String?
  var value: Double = .nan
  var recordedAt: Double = .nan
  var attributes: [String?] = []
}

/// A seeded generator (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}

enum RandomActivities {
  static let columns = ActivityColumns(
    lead: "lead", at: "at", type: "type", value: "value", recordedAt: "loaded",
    attributes: ["product", "source"], byUs: ["email_sent", "call"])
  static let day = 86_400.0

  static func leadIds(_ count: Int) -> [String] { (0..<count).map { "L\($0)" } }

  /// Activities with ties, repeats, missing cells, unknown leads, late and planned ones. Times stand on
  /// a grid, so that many meet the edges of windows.
  static func events(
    _ count: Int, leads: Int, late: Double = 0.2, seed: UInt64
  ) -> [PlainEvent] {
    var random = SeededGenerator(state: seed)
    let types: [String?] = ["email_sent", "email_open", "visit", "call", "rare", nil]
    let products: [String?] = ["basic", "pro", "x,y", nil]
    let sources: [String?] = ["ads", "web", nil, nil]
    var events: [PlainEvent] = []
    for _ in 0..<count {
      let at = Double(Int.random(in: 0..<4_000, using: &random)) * day / 10
      var event = PlainEvent(
        lead: "L\(Int.random(in: 0..<(leads + 2), using: &random))", at: at,
        type: types.randomElement(using: &random) ?? nil)
      event.value = Bool.random(using: &random) ? Double.random(in: -5...100, using: &random) : .nan
      if Double.random(in: 0..<1, using: &random) < late {
        event.recordedAt =
          at + Double(Int.random(in: -20..<200, using: &random)) * day / 10
      } else if Bool.random(using: &random) {
        event.recordedAt = at
      }
      event.attributes = [
        products.randomElement(using: &random) ?? nil, sources.randomElement(using: &random) ?? nil,
      ]
      events.append(event)
      if Int.random(in: 0..<20, using: &random) == 0 { events.append(event) }
      if Int.random(in: 0..<50, using: &random) == 0 {
        event.lead = nil
        events.append(event)
      }
      if Int.random(in: 0..<50, using: &random) == 0 {
        event.at = .nan
        events.append(event)
      }
    }
    return events
  }

  static func moments(_ count: Int, leads: Int, seed: UInt64) -> [Moment] {
    var random = SeededGenerator(state: seed)
    return (0..<count).map { _ in
      Moment(
        lead: Int32.random(in: 0..<Int32(leads), using: &random),
        asOf: Double(Int.random(in: 0..<4_500, using: &random)) * day / 10,
        includesAsOf: Int.random(in: 0..<4, using: &random) == 0)
    }
  }

  static func table(_ events: ArraySlice<PlainEvent>) -> Table {
    func category(_ cells: [String?]) -> ColumnValues {
      var levels: [String] = []
      var codes: [Int32] = []
      for cell in cells {
        guard let cell else {
          codes.append(-1)
          continue
        }
        let code = levels.firstIndex(of: cell) ?? levels.count
        if code == levels.count { levels.append(cell) }
        codes.append(Int32(code))
      }
      return .category(CategoryValues(codes: codes, levels: levels))
    }
    var bytes: [UInt8] = []
    var offsets = [0]
    for event in events {
      bytes.append(contentsOf: (event.lead ?? "").utf8)
      offsets.append(bytes.count)
    }
    let leads = TextValues(
      offsets: offsets, bytes: bytes, missing: events.map { $0.lead == nil })
    let all: [Column] = [
      Column(name: "lead", values: .text(leads)),
      Column(name: "at", values: .date(events.map(\.at))),
      Column(name: "type", values: category(events.map(\.type))),
      Column(name: "value", values: .number(events.map(\.value))),
      Column(name: "loaded", values: .date(events.map(\.recordedAt))),
      Column(name: "product", values: category(events.map { $0.attributes[0] })),
      Column(name: "source", values: category(events.map { $0.attributes[1] })),
    ]
    return Table(columns: all, rowCount: events.count)
  }

  static func builder(
    _ events: [PlainEvent], leads: Int, exportedAt: Double? = nil, accounts: [Int32]? = nil,
    blockSize: Int = 1_000, memoryLimit: Int = .max, partitionSize: Int? = nil,
    columns: ActivityColumns = columns
  ) throws -> ActivityLogBuilder {
    let builder = ActivityLogBuilder(
      columns: columns, leads: LeadIndex(ids: leadIds(leads)), accounts: accounts,
      exportedAt: exportedAt, memoryLimit: memoryLimit, temporaryFolder: nil,
      partitionSize: partitionSize)
    for rows in RowBlocks(rowCount: events.count, blockSize: blockSize) {
      try builder.add(table(events[rows]))
    }
    return builder
  }

  static func log(
    _ events: [PlainEvent], leads: Int, exportedAt: Double? = nil, blockSize: Int = 1_000,
    partitionSize: Int? = nil, threads: Int = 1
  ) throws -> ActivityLog {
    try builder(
      events, leads: leads, exportedAt: exportedAt, blockSize: blockSize,
      partitionSize: partitionSize
    ).finish(pool: WorkerPool(threadCount: threads))
  }

  static var options: ActivityFeatureOptions {
    var options = ActivityFeatureOptions()
    options.maximumTypes = 4
    options.maximumLevels = 2
    options.minimumEvents = 1
    options.timeZone = "Europe/Madrid"
    return options
  }
}
