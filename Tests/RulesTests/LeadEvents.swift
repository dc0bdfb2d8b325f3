import Activities
import Parallel
import Rules
import Tables

/// An activity by hand, of a lead by its row.
struct LeadEvent {
  var lead: Int
  /// Seconds since 1970.
  var at: Double
  var type: String?
  var value: Double = .nan
  var page: String?
  var mail: String?
  var recordedAt: Double = .nan
}

enum LeadEvents {
  static let day = 86_400.0
  /// The moment as of which the tests look at leads.
  static let asOf = 20_000 * day

  static let columns = ActivityColumns(
    lead: "lead", at: "at", type: "type", value: "amount", recordedAt: "loaded",
    attributes: ["page", "mail"], byUs: ["call", "email_sent"])

  /// An activity some days before `asOf`.
  static func event(
    _ type: String?, daysAgo: Double, lead: Int = 0, value: Double = .nan, page: String? = nil,
    mail: String? = nil
  ) -> LeadEvent {
    LeadEvent(
      lead: lead, at: asOf - daysAgo * day, type: type, value: value, page: page, mail: mail)
  }

  static func log(_ events: [LeadEvent], leads: Int) throws -> ActivityLog {
    let builder = ActivityLogBuilder(
      columns: columns, leads: LeadIndex(ids: (0..<leads).map { "L\($0)" }), exportedAt: 1e12)
    try builder.add(
      Cells.table([
        Cells.text("lead", events.map { "L\($0.lead)" }), Cells.date("at", events.map(\.at)),
        Cells.category("type", events.map(\.type)), Cells.number("amount", events.map(\.value)),
        Cells.date("loaded", events.map(\.recordedAt)),
        Cells.category("page", events.map(\.page)), Cells.category("mail", events.map(\.mail)),
      ]))
    return try builder.finish(pool: WorkerPool(threadCount: 1))
  }

  /// All leads at `asOf`.
  /// - Parameter ages: in days.
  static func ruleEvents(_ events: [LeadEvent], ages: [Double]) throws -> RuleEvents {
    RuleEvents(
      log: try log(events, leads: ages.count),
      moments: ages.indices.map { Moment(lead: Int32($0), asOf: asOf) },
      ages: ages.map { $0 * day })
  }

  /// A table of leads without a column that rules ask about.
  static func leads(_ count: Int) -> Table {
    Cells.table([Cells.number("row", (0..<count).map(Double.init))])
  }
}
