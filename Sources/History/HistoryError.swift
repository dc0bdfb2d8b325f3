/// Why no examples could be made of a history.
public enum HistoryError: Error, Equatable, CustomStringConvertible {
  /// An option that makes no sense.
  case invalidOption(name: String, reason: String)
  /// The outcome or population is told by events, but there are no activities.
  case eventsWithoutLog
  /// None of the activities is of the wanted kind.
  case eventNeverSeen(types: [String], present: [String])
  /// A preset asks about an event that was neither stated nor found.
  case presetNeeds(preset: String, event: String, present: [String])
  /// A preset was told an event that is the one which makes a customer.
  case eventMakesCustomers(preset: String, event: [String])
  /// A product was named, but no attribute holds products.
  case noProductAttribute(product: String, attributes: [String])
  /// Decisions need to know when leads were created.
  case noCreationColumn
  /// A column that has a part is not among the leads'.
  case missingColumn(role: String, name: String, present: [String])
  /// A column of times was read as something else.
  case notADate(role: String, column: String, found: String)
  /// The outcome column was read as something else than a category.
  case notACategory(role: String, column: String, found: String)
  /// Activities, changes and exports name leads by an id.
  case noLeadID
  /// The ids by which activities, changes and exports name leads are not unique.
  case repeatedLeadIDs(column: String, count: Int)
  /// A column of the leads has the name of a column of the examples.
  case reservedColumn(name: String)
  /// Ages after creation, or activities, with an outcome of unknown time.
  case outcomeWithoutDate(column: String, asked: String)
  /// Too many of the closed leads do not say when they were closed.
  case undatedOutcomes(outcome: String, undated: Int, of: Int, column: String)
  /// Too many of the won leads have no date, or one that can't be right.
  case misdatedWins(misdated: Int, of: Int, column: String)
  /// Too many of the activities that mean won have no time.
  case untimedEvents(types: [String], untimed: Int, of: Int, column: String)
  /// Outcomes are told by activities, and there is not one.
  case emptyLog
  /// Two dated exports whose names say the same moment.
  case exportsOfOneMoment(first: String, second: String)
  /// Nothing to take the end of the data from.
  case noMoments
  /// No win to take a horizon from.
  case noWins
  /// No example is old enough to know its outcome; `instead` says which horizons would do.
  case noMatureExamples(horizon: String, leads: Int, end: String, instead: ShorterHorizons?)
  /// No decision of a later period is old enough to know its outcome.
  case noLaterExamples(
    from: String, horizon: String, end: String, immature: Int, instead: String?)
  /// Outcomes are asked for of a time of which the data do not tell.
  case beyondData(asOf: String, end: String)
  /// Both dated exports and a table of changes.
  case twoFieldHistories
  /// A file of a dated export without a date in its name.
  case undatedExport(name: String)
  /// A column of a dated export is of another type than the leads'.
  case exportColumnType(export: String, column: String, expected: String, found: String)
  /// A stored recipe whose parts are out of range or contradict each other.
  case badRecipe(reason: String)
  /// More cells than allowed could not be read.
  case unreadableCells(source: String, column: String, count: Int, of: Int, expected: String)

  public var description: String {
    switch self {
    case .invalidOption(let name, let reason):
      "\(name): \(reason)."
    case .eventsWithoutLog:
      "The target is told by events, but there are no activities. Give activities, or the column "
        + "that holds the outcome."
    case .eventNeverSeen(let types, let present):
      present.isEmpty
        ? "No activity is of the type \(Self.list(types)), or of any: check the log, and the column of types "
          + "that activities: {type: …} names."
        : "No activity is of the type \(Self.list(types)); there are \(Self.list(present)). Name one of "
          + "these."
    case .presetNeeds(let preset, let event, let present):
      "The target \(preset) needs to know which activities mean \(event); none of their types says so. "
        + "Name them with outcome: {event: …}; there are \(Self.list(present))."
    case .eventMakesCustomers(let preset, let event):
      "The target \(preset) asks what becomes of customers, and \(Self.list(event)), its outcome's event, "
        + "is what makes one. Name another event, leave outcome out to have it found, or use the target "
        + "acquisition."
    case .noProductAttribute(let product, let attributes):
      "No attribute of the activities holds products, to tell \"\(product)\" by; there are "
        + "\(Self.list(attributes)). Name it under activities: {attributes: [product]}."
    case .noCreationColumn:
      "Decisions in time need to know when each lead was created. Name the column with created, or "
        + "leave out activities and ages."
    case .missingColumn(let role, let name, let present):
      "The leads have no column \"\(name)\", named as \(role); they have \(Self.list(present))."
    case .notADate(let role, let column, let found):
      "The column \"\(column)\", named as \(role), must hold dates, but was read as \(found). Say "
        + "columns: {\(column): date}, or name another."
    case .notACategory(let role, let column, let found):
      "The column \"\(column)\", named as \(role), must be read as a category, but was read as "
        + "\(found)."
    case .noLeadID:
      "Activities, changes and dated exports name leads by an id. Name its column with id."
    case .repeatedLeadIDs(let column, let count):
      "\(count) leads have an id in \"\(column)\" that stood before, so nobody can tell whose "
        + "activities and changes are whose. Give one row a lead, or name another id."
    case .reservedColumn(let name):
      "The leads have a column \"\(name)\", which is the name of a column of the examples. Rename "
        + "it in the export, or read the leads by a query that does."
    case .outcomeWithoutDate(let column, let asked):
      "\(asked) need to know when each lead was won or lost, but \"\(column)\" says only that it "
        + "was, as of the export. Name the column with its date as outcome: {at: …}, or tell wins by "
        + "events: outcome: {event: …}."
    case .undatedOutcomes(let outcome, let undated, let of, let column):
      "\(undated) of \(of) \(outcome) leads have no date in \"\(column)\", so nobody can tell which "
        + "of them were \(outcome) before a decision. Fill in the dates, or use decision: {ages: [0d]}."
    case .misdatedWins(let misdated, let of, let column):
      "\(misdated) of \(of) won leads have no date in \"\(column)\", or one that can't be right: before "
        + "they were created, or after the end of the data. Without them the rate would be far too low. "
        + "Correct the dates, or leave these leads out."
    case .untimedEvents(let types, let untimed, let of, let column):
      "\(untimed) of \(of) activities of the type \(Self.list(types)) have no time in \"\(column)\", so "
        + "nobody can tell when their leads were won, and they would count as lost. Fill in the times, "
        + "or leave out these leads."
    case .emptyLog:
      "The activities are empty, and they tell which leads were won or lost: all leads would count as "
        + "open. Check the export, or the query, of the activities."
    case .exportsOfOneMoment(let first, let second):
      "\(first) and \(second) are dated exports of one moment: nobody can tell which of them counts. "
        + "Take one of them away."
    case .noMoments:
      "There is no date in the leads or activities to take the end of the data from. State it with "
        + "--as-of."
    case .noWins:
      "No lead was won, so there is no horizon to be found. State one, such as within: 90d, or check "
        + "which values or events mean won."
    case .noMatureExamples(let horizon, let leads, let end, let instead):
      "None of \(leads) leads has a decision whose horizon of \(horizon) has passed by the end of "
        + "the data (\(end)). "
        + (instead.map(\.words)
          ?? "No decision at all falls on an open lead before it: state younger ages, or give a "
          + "longer history.")
    case .noLaterExamples(let from, let horizon, let end, let immature, let instead):
      "No decision from \(from) on has an outcome yet: the horizon is \(horizon), and the data end at "
        + "\(end)"
        + (immature > 0 ? " (\(immature) decisions are too young)." : ".")
        + (instead.map { " \($0): give an earlier --from, or a newer export." }
          ?? " Give a newer export.")
    case .beyondData(let asOf, let end):
      "--as-of \(asOf) lies beyond the end of the data, \(end): what came after that is not known, and "
        + "must not be counted as lost. Give a newer export, or leave out --as-of."
    case .twoFieldHistories:
      "Lead fields are taken back in time by a table of changes or by dated exports, not by both. "
        + "Leave one out."
    case .undatedExport(let name):
      "\(name): the name of a dated export must hold its date, such as leads-2025-01.csv or "
        + "leads-2025-01-31.csv."
    case .exportColumnType(let export, let column, let expected, let found):
      "\(export): the column \"\(column)\" was read as \(found), but the leads have \(expected)."
    case .badRecipe(let reason):
      "The recipe for examples can't be used: \(reason). Fit the model again."
    case .unreadableCells(let source, let column, let count, let of, let expected):
      "\(source): \(count) of \(of) cells of \"\(column)\" are no \(expected). Name the right column, "
        + "or correct the export."
    }
  }

  /// Names in quotes, at most twelve of them.
  private static func list(_ names: [String]) -> String {
    guard !names.isEmpty else { return "none" }
    let shown = names.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }
}
