/// The tables of the generated CRM, the columns of each in order.
public enum CRMTable: String, CaseIterable, Sendable {
  case leads, accounts, activities, changes, truth

  public enum Kind: Sendable { case text, integer, real }

  public var columns: [(name: String, kind: Kind)] {
    switch self {
    case .leads:
      [
        ("lead_id", .text), ("created_at", .text), ("name", .text), ("email", .text),
        ("phone", .text), ("title", .text), ("account_id", .text), ("company", .text),
        ("country", .text), ("language", .text), ("industry", .text), ("employees", .integer),
        ("size_band", .text), ("product_interest", .text), ("source", .text), ("campaign", .text),
        ("sessions_before", .integer), ("seconds_on_site", .integer), ("consent", .text),
        ("budget", .text), ("fax", .text), ("owner", .text), ("onboarding_owner", .text),
        ("stage", .text), ("closed_at", .text),
      ]
    case .accounts:
      [
        ("account_id", .text), ("account_name", .text), ("domain", .text), ("hq_country", .text),
        ("sector", .text), ("headcount", .integer), ("annual_revenue", .integer),
        ("crm_in_use", .text), ("founded_year", .integer),
      ]
    case .activities:
      [
        ("activity_id", .integer), ("lead_id", .text), ("kind", .text), ("occurred_at", .text),
        ("recorded_at", .text), ("product", .text), ("page", .text), ("amount", .real),
      ]
    case .changes:
      [
        ("lead_id", .text), ("changed_at", .text), ("field", .text), ("old_value", .text),
        ("new_value", .text),
      ]
    case .truth:
      [
        ("lead_id", .text), ("decision_time", .text), ("age_days", .integer),
        ("probability", .real),
      ]
    }
  }
}

/// One cell of a generated table.
public enum CRMCell: Sendable, Equatable {
  case empty
  case text(String)
  case integer(Int)
  case real(Double)

  init(_ text: String) {
    self = text.isEmpty ? .empty : .text(text)
  }

  init(_ number: Int?) {
    self = number.map { .integer($0) } ?? .empty
  }

  init(_ number: Double?) {
    self = number.map { .real($0) } ?? .empty
  }
}

/// Takes the rows of the generated tables, in any interleaving of the tables.
public protocol CRMDestination {
  mutating func add(_ row: [CRMCell], to table: CRMTable) throws
  /// Nothing is in its place before this.
  mutating func commit() throws
}
