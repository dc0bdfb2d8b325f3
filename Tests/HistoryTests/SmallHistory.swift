import Activities
import Parallel
import Tables

@testable import History

let day = 86_400.0

/// One thread, as tests run side by side.
let pool = WorkerPool(threadCount: 1)

/// A history written down by hand, in days since 1970-01-01.
struct SmallHistory {
  struct Event {
    var lead: String
    var at: Double
    var type: String
    var recordedAt: Double?
    var product: String?
  }

  var ids: [String] = []
  var created: [Double] = []
  var stages: [String?] = []
  var closed: [Double?] = []
  var sizes: [Double] = []
  var accounts: [String?] = []
  var events: [Event] = []

  mutating func add(
    _ id: String, created: Double, stage: String? = "open", closed: Double? = nil,
    size: Double = 1, account: String? = nil
  ) {
    ids.append(id)
    self.created.append(created)
    stages.append(stage)
    self.closed.append(closed)
    sizes.append(size)
    accounts.append(account)
  }

  mutating func event(
    _ lead: String, _ at: Double, _ type: String, recordedAt: Double? = nil,
    product: String? = nil
  ) {
    events.append(Event(lead: lead, at: at, type: type, recordedAt: recordedAt, product: product))
  }

  var leads: Table {
    Table(
      columns: [
        Column(name: "id", values: .text(texts(ids))),
        Column(name: "created", values: .date(created.map { $0 * day })),
        Column(name: "stage", values: .category(categories(stages))),
        Column(name: "closed", values: .date(closed.map { ($0 ?? .nan) * day })),
        Column(name: "size", values: .number(sizes)),
        Column(name: "account", values: .category(categories(accounts))),
      ], rowCount: ids.count)
  }

  static let activityColumns = ActivityColumns(
    lead: "lead", at: "at", type: "type", recordedAt: "recorded", attributes: ["product"],
    byUs: ["call"])

  func activities(exportedAt: Double? = nil) throws -> ActivityPartitions {
    let builder = try HistoryInputs.activityBuilder(
      Self.activityColumns, leads: leads, roles: Self.roles,
      exportedAt: exportedAt.map { $0 * day })
    try builder.add(
      Table(
        columns: [
          Column(name: "lead", values: .text(texts(events.map(\.lead)))),
          Column(name: "at", values: .date(events.map { $0.at * day })),
          Column(name: "type", values: .category(categories(events.map(\.type)))),
          Column(
            name: "recorded", values: .date(events.map { ($0.recordedAt ?? $0.at) * day })),
          Column(name: "product", values: .category(categories(events.map(\.product)))),
        ], rowCount: events.count))
    return try builder.partitions(pool: pool)
  }

  static let roles = HistoryRoles(ids: ["id"], created: "created", account: "account")

  /// Won and lost by the column `stage`, at the date in `closed`.
  static func byColumn(
    ages: [Double]? = nil, horizon: Double? = nil, asOf: Double? = nil
  ) -> HistoryDefinition {
    HistoryDefinition(
      roles: roles,
      target: HistoryTarget(
        outcome: .column(
          ColumnOutcome(column: "stage", won: ["Won"], lost: ["Lost"], date: "closed"))),
      moments: ages.map { .ages($0.map { $0 * day }) } ?? .defaultAges,
      horizon: horizon.map { $0 * day }, asOf: asOf.map { $0 * day })
  }
}

func texts(_ cells: [String?]) -> TextValues {
  var offsets = [0]
  var bytes: [UInt8] = []
  for cell in cells {
    bytes.append(contentsOf: (cell ?? "").utf8)
    offsets.append(bytes.count)
  }
  return TextValues(offsets: offsets, bytes: bytes, missing: cells.map { $0 == nil })
}

func categories(_ cells: [String?]) -> CategoryValues {
  var levels: [String] = []
  var codes: [String: Int32] = [:]
  return CategoryValues(
    codes: cells.map { cell in
      guard let cell else { return -1 }
      if let code = codes[cell] { return code }
      codes[cell] = Int32(levels.count)
      levels.append(cell)
      return Int32(levels.count - 1)
    }, levels: levels)
}

extension Table {
  /// The cells of a column as text; numbers as Swift writes them.
  func cells(_ name: String) -> [String] {
    guard let column = self[name] else { return ["no such column"] }
    return (0..<rowCount).map { row in
      if column.values.isMissing(row) { return "" }
      switch column.values {
      case .number(let values), .date(let values): return "\(values[row])"
      case .flag(let values): return "\(values[row])"
      case .category(let values): return values.levels[Int(values.codes[row])]
      case .text(let values): return values[row] ?? ""
      }
    }
  }
}
