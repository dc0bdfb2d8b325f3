import Sources
import Tables
import YAMLDocuments

/// Where a database most likely holds its leads: the table whose name says so, the likelier first.
/// - Returns: `nil` where none does.
public func proposedLeads(among tables: [DatabaseTable]) -> DatabaseTable? {
  tables.first(named: [
    "leads", "lead", "prospects", "opportunities", "opportunity", "oportunidades", "deals", "deal",
    "negocios", "contacts", "contactos", "customers", "clientes",
  ])
}

/// A table of what leads did, as far as the names of its columns tell which is which.
public struct ActivityProposal: Sendable, Equatable {
  public let table: String
  public let lead: String?
  public let at: String?
  public let type: String?
  public let value: String?
  public let recordedAt: String?
  public let attributes: [String]

  /// - Parameters:
  ///   - tables: of the database that holds the leads.
  ///   - id: what the leads' id column is called.
  /// - Returns: `nil` where no table's name says that it holds activities.
  public init?(among tables: [DatabaseTable], id: String?) {
    guard
      let found = tables.first(named: [
        "activities", "activity", "events", "event", "engagements", "interactions", "actividades",
        "eventos", "interacciones",
      ])
    else { return nil }
    var free = found.columns
    func take(_ names: [String]) -> String? {
      for name in names {
        if let place = free.firstIndex(where: { columnNameWords($0).joined() == name }) {
          return free.remove(at: place)
        }
      }
      return nil
    }
    table = found.name
    let own = id.map { columnNameWords($0).joined() }
    lead = take([own, "leadid", "lead", "contactid", "dealid"].compactMap(\.self))
    at = take([
      "occurredat", "happenedat", "at", "activitydate", "eventdate", "eventtime", "timestamp",
      "time", "date", "createdat", "fecha",
    ])
    type = take(["kind", "type", "activitytype", "eventtype", "event", "activity", "tipo"])
    value = take(["amount", "value", "importe", "valor"])
    recordedAt = take(["recordedat", "loadedat", "syncedat", "insertedat"])
    let told = ["product", "page", "campaign", "channel", "producto", "pagina", "campana", "canal"]
    attributes = free.filter { told.contains(columnNameWords($0).joined()) }
  }

  /// The project's key, a line each; what no name tells is left for a person.
  func lines(from place: String) -> [String] {
    var lines = [
      "activities:", "  from: \(place)", "  lead: \(lead.map { yamlScalar($0) } ?? "lead_id")",
      "  at: \(at.map { yamlScalar($0) } ?? "occurred_at")",
      "  type: \(type.map { yamlScalar($0) } ?? "kind")",
    ]
    for (key, column) in [("value", value), ("recorded_at", recordedAt)] {
      if let column { lines.append("  \(key): \(yamlScalar(column))") }
    }
    if !attributes.isEmpty {
      lines.append("  attributes: [\(attributes.map { yamlScalar($0) }.joined(separator: ", "))]")
    }
    return lines + ["  by_us: [call, email_sent]"]
  }
}

extension [DatabaseTable] {
  fileprivate func first(named names: [String]) -> DatabaseTable? {
    for name in names {
      if let found = first(where: { columnNameWords($0.name).joined() == name }) { return found }
    }
    return nil
  }
}
