import Foundation

/// A small CRM whose tables can be written as an export of any day would have shown them: leads that close
/// one after the other, a size that is put right later, visits before and after.
///
/// Days count from 1 January 2025; everything happens at noon, so that nothing happens at the moment of an
/// export.
struct DatedCRM {
  static let leadCount = 720
  /// Until when leads come in.
  static let lastDay = 240

  struct Lead {
    let id: String
    let created: Int
    let closed: Int
    let isWon: Bool
    let source: String
    let size: Int
    /// The size from `resized` on.
    let newSize: Int
    let resized: Int
    let visits: [Int]
  }

  let leads: [Lead]

  init() {
    var chance = SplitMix(state: 11)
    leads = (0..<Self.leadCount).map { index in
      let created = index * Self.lastDay / Self.leadCount
      let size = 1 + chance.below(40)
      let visits = (0..<chance.below(6)).map { _ in created + chance.below(60) }
      let early = visits.count { $0 < created + 15 }
      return Lead(
        id: "L\(index)", created: created, closed: created + 6 + chance.below(50),
        isWon: chance.below(60) < 8 + size / 2 + 8 * early,
        source: ["web", "fair", "partner"][chance.below(3)], size: size,
        newSize: size + 100, resized: created + 3 + chance.below(60), visits: visits)
    }
  }

  static func date(_ day: Int, noon: Bool = false) -> String {
    let formatter = ISO8601DateFormatter()
    let text = formatter.string(
      from: Date(timeIntervalSince1970: 1_735_689_600 + 86_400 * Double(day)))
    return text.prefix(10) + (noon ? " 12:00:00" : "")
  }

  /// What was there when `day` began.
  func leads(on day: Int) -> [Lead] { leads.filter { $0.created < day } }

  /// Writes `NAME-leads.csv`, `NAME-visits.csv`, `NAME-changes.csv` as they were when `day` began.
  /// - Parameter more: lines of the project file `NAME.yaml`.
  func write(
    _ name: String, on day: Int, in place: Workspace, withChanges: Bool = true, more: String = ""
  ) throws {
    func noon(_ day: Int) -> String { Self.date(day, noon: true) }
    var leadLines = "id,created,source,size,stage,closed\n"
    var visitLines = "lead,at,kind\n"
    var changeLines = "lead,at,field,old,new\n"
    for lead in leads(on: day) {
      let isClosed = lead.closed < day
      let isResized = lead.resized < day
      leadLines +=
        "\(lead.id),\(noon(lead.created)),\(lead.source),\(isResized ? lead.newSize : lead.size),"
        + (isClosed ? "\(lead.isWon ? "won" : "lost"),\(noon(lead.closed))\n" : "open,\n")
      for visit in lead.visits where visit < day {
        visitLines += "\(lead.id),\(noon(visit)),visit\n"
      }
      if isResized {
        changeLines += "\(lead.id),\(noon(lead.resized)),size,\(lead.size),\(lead.newSize)\n"
      }
    }
    try place.write("\(name)-leads.csv", leadLines)
    try place.write("\(name)-visits.csv", visitLines)
    if withChanges { try place.write("\(name)-changes.csv", changeLines) }
    try place.write(
      "\(name).yaml",
      """
      name: \(name)
      leads: \(name)-leads.csv
      id: id
      created: created
      outcome: {column: stage, won: [won], lost: [lost], at: closed, within: 30d}
      activities: {from: \(name)-visits.csv, lead: lead, at: at, type: kind}
      decision: {ages: [1d, 15d]}

      """
        + (withChanges
          ? "changes: {from: \(name)-changes.csv, lead: lead, at: at, column: field, old: old, new: new}\n"
          : "") + SharedCRM.training + more)
  }
}
