import Parallel
import Tables

@testable import Activities
@testable import History

/// Numbers that look random and are the same on every run.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// What really happens to some leads, from which an export of any moment can be taken.
///
/// Times are whole half days, so that much happens at one moment, at creations and decisions too.
struct RandomWorld {
  struct Lead {
    var id: String
    var created: Double
    var account: String?
    /// What each field holds from the lead's creation on.
    var initial: [String?]
    var changes: [Change]
    var events: [Event]
  }

  struct Change {
    var at: Double
    var field: Int
    var value: String?
  }

  struct Event {
    var at: Double
    var recordedAt: Double
    var type: String
    var product: String?
    var value: Double
  }

  static let fields: [ColumnSchema] = [
    ColumnSchema(name: "size", type: .number, numberFormat: NumberFormat()),
    ColumnSchema(name: "segment", type: .category),
    ColumnSchema(name: "renewal", type: .date, dateOrder: .iso),
    ColumnSchema(name: "vip", type: .flag),
    ColumnSchema(name: "note", type: .text),
    ColumnSchema(name: "plain", type: .category),
  ]
  /// The last field is overwritten without a trace.
  static let loggedFields = 5

  var leads: [Lead]
  let end: Double
  /// Whether wins and losses are told by activities alone; else the leads have columns that do.
  let isByEvents: Bool
  /// Leads a part of the activities, which are in a file then; `nil` keeps all in memory.
  var partSize: Int?

  init(
    seed: Int, leadCount: Int, end: Double = 200, isByEvents: Bool = true, partSize: Int? = nil
  ) {
    var random = SeededNumbers(seed)
    self.partSize = partSize
    self.end = end
    self.isByEvents = isByEvents
    leads = (0..<leadCount).map { index in
      let created = Self.moment(in: 0..<end * 0.9, &random)
      var lead = Lead(
        id: "lead-\(index)", created: created,
        account: Int.random(in: 0..<4, using: &random) == 0
          ? nil : "account-\(Int.random(in: 0..<leadCount / 3 + 1, using: &random))",
        initial: Self.fields.indices.map { Self.value($0, &random) }, changes: [], events: [])
      Self.addFuture(to: &lead, after: created, includesAfter: true, end: end, &random)
      return lead
    }
  }

  /// The same world, in which everything that is not known at `time` turns out otherwise.
  ///
  /// - Parameter lead: of which also what happens exactly then is known, if it was created then.
  func otherwise(after time: Double, lead own: Int, seed: Int) -> RandomWorld {
    var random = SeededNumbers(seed)
    var world = self
    for index in world.leads.indices {
      let includes = index == own && world.leads[index].created == time
      world.leads[index].changes.removeAll { !Self.isKnown($0.at, at: time, includes) }
      world.leads[index].events.removeAll {
        !Self.isKnown(max($0.at, $0.recordedAt), at: time, includes)
      }
      let created = world.leads[index].created
      if created >= time, index != own {
        world.leads[index].initial = Self.fields.indices.map { Self.value($0, &random) }
      }
      Self.addFuture(
        to: &world.leads[index], after: max(created, time),
        includesAfter: !includes, end: end, &random)
    }
    return world
  }

  static func isKnown(_ moment: Double, at time: Double, _ includes: Bool) -> Bool {
    moment < time || (includes && moment == time)
  }

  private static func moment(
    in range: Range<Double>, _ random: inout SeededNumbers
  ) -> Double {
    (Double.random(in: range, using: &random) * 2).rounded(.down) / 2
  }

  private static func value(_ field: Int, _ random: inout SeededNumbers) -> String? {
    let choice = Int.random(in: 0..<6, using: &random)
    guard choice > 0 else { return nil }
    switch fields[field].type {
    case .number: return "\(choice * 7).5"
    case .date: return "2024-0\(choice)-11"
    case .flag: return choice < 4 ? "yes" : "no"
    case .category, .text: return "\(fields[field].name) \(choice)"
    }
  }

  /// - Parameter includesAfter: whether things may happen exactly at `after`.
  private static func addFuture(
    to lead: inout Lead, after: Double, includesAfter: Bool, end: Double,
    _ random: inout SeededNumbers
  ) {
    let start = includesAfter ? after : after + 0.5
    guard start < end else { return }
    for _ in 0..<Int.random(in: 0..<8, using: &random) {
      let field = Int.random(in: 0..<loggedFields, using: &random)
      let at = moment(in: start..<end, &random)
      // One change of a field a moment: what comes of two is told by other tests.
      guard !lead.changes.contains(where: { $0.at == at && $0.field == field }) else { continue }
      lead.changes.append(Change(at: at, field: field, value: value(field, &random)))
    }
    lead.changes.sort { $0.at < $1.at }
    let types = ["open", "open", "open", "visit", "visit", "call", "form"]
    for _ in 0..<Int.random(in: 0..<14, using: &random) {
      let at = moment(in: start..<end, &random)
      let delay = Int.random(in: 0..<5, using: &random)
      let product = Int.random(in: 0..<4, using: &random)
      lead.events.append(
        Event(
          at: at,
          // Some are recorded late, and some are planned: recorded before they happen.
          recordedAt: delay == 0
            ? at + moment(in: 0..<30, &random)
            : delay == 1 && at > after + 3 ? max(after + 1, at - 10) : at,
          type: types[Int.random(in: 0..<types.count, using: &random)],
          product: product == 0 ? nil : "product \(product)",
          value: Double(Int.random(in: 0..<9, using: &random))))
    }
    if lead.events.allSatisfy({ $0.type != "won" && $0.type != "lost" }),
      Int.random(in: 0..<3, using: &random) > 0
    {
      let at = moment(in: start..<end, &random)
      lead.events.append(
        Event(
          at: at, recordedAt: Int.random(in: 0..<3, using: &random) == 0 ? at + 4 : at,
          type: Int.random(in: 0..<2, using: &random) == 0 ? "won" : "lost", product: nil,
          value: 100))
    }
  }

  // MARK: Exports

  /// The tables that the CRM gives at a moment: everything of `own` that is known then, everything of
  /// the others that was known strictly before, leads without a trace of the future.
  func export(asOf time: Double, own: Int?) throws -> HistoryInputs {
    try inputs { lead, moment in
      Self.isKnown(moment, at: time, lead == own && leads[lead].created == time)
    } hasLead: { lead in
      lead == own || leads[lead].created < time
    }
  }

  /// Everything.
  func export(shuffledBy seed: Int? = nil, pool: WorkerPool = pool) throws -> HistoryInputs {
    try inputs(isKnown: { _, moment in moment <= end }, hasLead: { _ in true }, shuffledBy: seed)
  }

  static let changeColumns = ChangeColumns(
    lead: "lead", at: "at", column: "field", old: "before", new: "after")
  static let activityColumns = ActivityColumns(
    lead: "lead", at: "at", type: "type", value: "value", recordedAt: "recorded",
    attributes: ["product"], byUs: ["call"])

  private func inputs(
    isKnown: (Int, Double) -> Bool, hasLead: (Int) -> Bool, shuffledBy seed: Int? = nil
  ) throws -> HistoryInputs {
    var rows = leads.indices.filter(hasLead)
    var activities: [(lead: String, event: Event)] = []
    var log: [(lead: String, at: Double, field: String, old: String?, new: String?)] = []
    var now = [[String?]](repeating: [], count: leads.count)
    for row in rows {
      let lead = leads[row]
      now[row] = lead.initial
      for change in lead.changes where isKnown(row, change.at) {
        log.append(
          (lead.id, change.at, Self.fields[change.field].name, now[row][change.field], change.value)
        )
        now[row][change.field] = change.value
      }
      for event in lead.events where isKnown(row, event.recordedAt) {
        activities.append((lead.id, event))
      }
    }
    if let seed {
      var random = SeededNumbers(seed)
      rows.shuffle(using: &random)
      activities.shuffle(using: &random)
      log.shuffle(using: &random)
    }
    var columns = [
      Column(name: "id", values: .text(texts(rows.map { leads[$0].id }))),
      Column(name: "created", values: .date(rows.map { leads[$0].created * day })),
      Column(name: "account", values: .category(categories(rows.map { leads[$0].account }))),
    ]
    for (index, field) in Self.fields.enumerated() {
      columns.append(
        Column(name: field.name, values: Self.values(rows.map { now[$0][index] }, field)))
    }
    // The outcome as it stands in a column, for targets that are told by it.
    let closings = rows.map { row in
      leads[row].events.filter {
        ($0.type == "won" || $0.type == "lost") && isKnown(row, $0.at)
      }.min { $0.at < $1.at }
    }
    if !isByEvents {
      columns.append(
        Column(name: "stage", values: .category(categories(closings.map { $0?.type }))))
      columns.append(Column(name: "closed", values: .date(closings.map { ($0?.at ?? .nan) * day })))
    }
    let table = Table(columns: columns, rowCount: rows.count)
    let builder = ActivityLogBuilder(
      columns: Self.activityColumns, leads: LeadIndex(ids: rows.map { leads[$0].id }),
      accounts: try HistoryInputs.accountCodes(table, roles: Self.roles), exportedAt: nil,
      memoryLimit: partSize == nil ? .max : 0, temporaryFolder: nil, partitionSize: partSize,
      firstChunk: 64)
    try builder.add(
      Table(
        columns: [
          Column(name: "lead", values: .text(texts(activities.map(\.lead)))),
          Column(name: "at", values: .date(activities.map { $0.event.at * day })),
          Column(name: "type", values: .category(categories(activities.map(\.event.type)))),
          Column(name: "value", values: .number(activities.map(\.event.value))),
          Column(name: "recorded", values: .date(activities.map { $0.event.recordedAt * day })),
          Column(name: "product", values: .category(categories(activities.map(\.event.product)))),
        ], rowCount: activities.count))
    let changes = try ChangeLog(
      Table(
        columns: [
          Column(name: "lead", values: .text(texts(log.map(\.lead)))),
          Column(name: "at", values: .date(log.map { $0.at * day })),
          Column(name: "field", values: .category(categories(log.map(\.field)))),
          Column(name: "before", values: .category(categories(log.map(\.old)))),
          Column(name: "after", values: .category(categories(log.map(\.new)))),
        ], rowCount: log.count), columns: Self.changeColumns,
      leads: LeadIndex(ids: rows.map { leads[$0].id }))
    return HistoryInputs(
      leads: table,
      schemas: HistorySchemas(
        leads: TableSchema(
          columns: [
            ColumnSchema(name: "id", type: .text), ColumnSchema(name: "created", type: .date),
            ColumnSchema(name: "account", type: .category),
          ] + Self.fields + [
            ColumnSchema(name: "stage", type: .category), ColumnSchema(name: "closed", type: .date),
          ])), activities: try builder.partitions(pool: pool), changes: changes)
  }

  private static func values(_ cells: [String?], _ field: ColumnSchema) -> ColumnValues {
    switch field.type {
    case .number: .number(cells.map { $0.map { NumberCell($0).value } ?? .nan })
    case .date: .date(cells.map { $0.map { DateCell($0).seconds } ?? .nan })
    case .flag: .flag(cells.map { $0.map { FlagCell.value($0) } ?? -1 })
    case .category: .category(categories(cells))
    case .text: .text(texts(cells))
    }
  }

  static let roles = HistoryRoles(ids: ["id"], created: "created", account: "account")

  /// Won and lost as events, or in columns with a date.
  func definition(
    ages: [Double] = [0, 3, 10], horizon: Double = 25
  ) -> HistoryDefinition {
    var definition = HistoryDefinition(
      roles: Self.roles,
      target: HistoryTarget(
        outcome: isByEvents
          ? .events(EventSelection(types: ["won"]), lost: EventSelection(types: ["lost"]))
          : .column(ColumnOutcome(column: "stage", won: ["won"], lost: ["lost"], date: "closed"))),
      moments: .ages(ages.map { $0 * day }), horizon: horizon * day, changes: Self.changeColumns,
      activities: Self.activityColumns)
    definition.activityOptions.minimumEvents = 1
    return definition
  }
}

/// The cells of each row, by lead and decision.
func rowsByDecision(_ table: Table) -> [String: [String]] {
  let names = table.columns.map(\.name)
  let cells = names.map { table.cells($0) }
  var rows: [String: [String]] = [:]
  let (ids, times) = (table.cells("id"), table.cells("decision_time"))
  for row in 0..<table.rowCount {
    rows["\(ids[row]) \(times[row])"] = zip(names, cells).map { "\($0) = \($1[row])" }
  }
  return rows
}
