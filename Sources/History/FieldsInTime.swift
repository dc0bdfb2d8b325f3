import Activities
import Parallel
import Tables

/// The leads' fields as they were at each decision.
struct FieldsInTime: Sendable {
  /// Where the state of a field before the export is known from.
  enum Past: Sendable {
    case none
    case changes(ChangeLog)
    /// Newest first.
    case exports([MappedExport])
  }

  struct MappedExport: Sendable {
    let export: DatedExport
    /// The export's row of each lead; -1 where it does not have the lead.
    let rows: [Int32]
  }

  let leads: Table
  let schema: TableSchema
  let past: Past
  /// Columns that never change: ids, the account and the creation.
  private let fixed: Set<String>
  /// The id by which exports name leads.
  let leadID: String?
  /// Values of changes that can't be read in their column's type.
  let unreadable: [UnreadableValues]

  /// - Throws: `HistoryError`, `.unreadableCells` where many values of a column's changes are.
  init(_ definition: HistoryDefinition, inputs: HistoryInputs) throws {
    leads = inputs.leads
    schema = inputs.schemas.leads
    leadID = definition.roles.leadID
    fixed = Set(
      definition.roles.ids
        + [definition.roles.account, definition.roles.created].compactMap(\.self))
    if let changes = inputs.changes {
      guard inputs.exports.isEmpty else { throw HistoryError.twoFieldHistories }
      past = .changes(changes)
    } else if !inputs.exports.isEmpty {
      guard let id = definition.roles.leadID else { throw HistoryError.noLeadID }
      let own = try leads.required(id, role: "id")
      let mapped = try inputs.exports.sorted { $0.time > $1.time }.map { export in
        let index = try LeadIndex(try export.leads.required(id, role: "id"))
        return MappedExport(export: export, rows: try Self.rows(of: own, in: index))
      }
      past = .exports(mapped)
    } else {
      past = .none
    }
    unreadable = inputs.changes?.unreadableValues(leads: leads, schema: schema) ?? []
    for found in unreadable
    where Double(found.count) > inputs.unreadableLimit * Double(found.values) {
      throw HistoryError.unreadableCells(
        source: "the changes", column: found.column, count: found.count, of: found.values,
        expected: leads[found.column]?.type.rawValue ?? "")
    }
  }

  private static func rows(of ids: Column, in index: LeadIndex) throws -> [Int32] {
    switch ids.values {
    case .text(let values): return index.rows(of: values).map { max($0, -1) }
    case .category(let values):
      let rows = values.levels.map { Int32(index.row(of: $0) ?? -1) }
      return values.codes.map { $0 < 0 ? -1 : rows[Int($0)] }
    default:
      throw HistoryError.notACategory(role: "id", column: ids.name, found: ids.type.rawValue)
    }
  }

  /// Whether the column never changes.
  func isFixed(_ column: String) -> Bool { fixed.contains(column) }

  /// Whether the column is known as of each decision.
  func isInTime(_ column: String) -> Bool {
    if fixed.contains(column) { return true }
    switch past {
    case .none: return false
    case .changes(let log): return log.columns[column] != nil
    case .exports: return true
    }
  }

  /// A column of the leads, a cell an example.
  func column(_ column: Column, plan: ExamplePlan) throws -> Column {
    guard !fixed.contains(column.name) else { return asOfExport(column, plan) }
    switch past {
    case .none: return asOfExport(column, plan)
    case .changes(let log):
      guard let changes = log.columns[column.name] else { return asOfExport(column, plan) }
      return fromChanges(column, changes, log: log, plan: plan)
    case .exports(let exports):
      return try fromExports(column, exports, plan: plan)
    }
  }

  private func asOfExport(_ column: Column, _ plan: ExamplePlan) -> Column {
    Column(name: column.name, values: column.values.gathered(plan.leadRows.map { Int($0) }))
  }

  // MARK: Changes

  /// The value that was written last before the decision; before the first change what that replaced;
  /// without a change the export's. Where a change has no time, the field is missing before the first that
  /// has one unless all of them agree on what it was.
  ///
  /// Taking what was written last, rather than what a later change replaced, keeps a contradictory log
  /// from telling the future.
  private func fromChanges(
    _ column: Column, _ changes: ChangeLog.ColumnChanges, log: ChangeLog, plan: ExamplePlan
  ) -> Column {
    let values = PastValues(column: column, log: log, schema: schema[column.name])
    let sources = (0..<plan.count).map { example -> PastValues.Source in
      let lead = Int(plan.leadRows[example])
      let all = Int(changes.offsets[lead])..<Int(changes.offsets[lead + 1])
      let moment = plan.moment(example)
      var known = all.lowerBound
      while known < all.upperBound,
        changes.times[known] < moment.asOf
          || (moment.includesAsOf && changes.times[known] == moment.asOf)
      { known += 1 }
      if known > all.lowerBound { return .logged(changes.new[known - 1]) }
      switch changes.start(lead, first: all.first) {
      case .value(let value): return .logged(value)
      case .unknown: return .logged(-1)
      case .unchanged: return .export(row: Int32(lead))
      }
    }
    return values.column(sources)
  }

  // MARK: Dated exports

  /// The newest export made before the decision: its place among the exports, -1 without one, and
  /// the lead's row in it, -1 where it does not have the lead.
  private func place(
    _ exports: [MappedExport], _ plan: ExamplePlan, _ example: Int
  ) -> (export: Int, row: Int32) {
    let time = plan.decisionTimes[example]
    guard let export = exports.firstIndex(where: { $0.export.time <= time }) else {
      return (-1, -1)
    }
    return (export, exports[export].rows[Int(plan.leadRows[example])])
  }

  private func fromExports(
    _ column: Column, _ exports: [MappedExport], plan: ExamplePlan
  ) throws -> Column {
    let places = (0..<plan.count).map { place(exports, plan, $0) }
    var parts: [ColumnValues?] = []
    for (index, mapped) in exports.enumerated() {
      guard let found = mapped.export.leads[column.name] else {
        parts.append(nil)
        continue
      }
      guard found.type == column.type else {
        throw HistoryError.exportColumnType(
          export: mapped.export.name, column: column.name, expected: column.type.rawValue,
          found: found.type.rawValue)
      }
      parts.append(found.values.gathered(places.map { $0.export == index ? Int($0.row) : -1 }))
    }
    return Column(name: column.name, values: column.values.merged(parts, rowCount: places.count))
  }

  /// What the past of the fields is like, for the report.
  func tally(columns: [String], plan: ExamplePlan) throws -> FieldTally {
    var tally = FieldTally()
    tally.unreadable = unreadable
    tally.inTime = columns.filter { !fixed.contains($0) && isInTime($0) }
    tally.asOfExport = columns.filter { !isInTime($0) }
    switch past {
    case .none: break
    case .changes(let log):
      tally.source = .changes
      tally.changes = log.changeCount
      tally.unknownLeads = log.unknownLeadCount
      tally.incomplete = log.incompleteCount
      tally.untimed = log.untimedCount
      tally.planned = log.plannedCount
      tally.unknownColumns = log.columnNames.filter { leads[$0] == nil }
      tally.contradictions = contradictions(log)
      tally.beforeFirst = plan.decisionTimes.count { $0 < log.firstTime }
    case .exports(let exports):
      tally.source = .exports(exports.count)
      for example in 0..<plan.count where place(exports, plan, example).row < 0 {
        tally.withoutExport += 1
      }
      tally.goneLeads = try goneLeads(exports)
      tally.lackingColumns = exports.reversed().compactMap { mapped in
        let lacking = tally.inTime.filter { mapped.export.leads[$0] == nil }
        return lacking.isEmpty
          ? nil : LackingColumns(export: mapped.export.name, columns: lacking)
      }
    }
    return tally
  }

  /// Changes that replace something else than what was written last, and last changes that wrote
  /// something else than the export has.
  private func contradictions(_ log: ChangeLog) -> Int {
    var count = 0
    for (name, changes) in log.columns {
      guard let column = leads[name] else { continue }
      let values = PastValues(column: column, log: log, schema: schema[name])
      for lead in 0..<leads.rowCount {
        let all = Int(changes.offsets[lead])..<Int(changes.offsets[lead + 1])
        guard let last = all.last(where: { changes.times[$0] <= log.latest }) else { continue }
        for index in all.dropFirst() where changes.old[index] != changes.new[index - 1] {
          count += 1
        }
        if !values.exportEquals(changes.new[last], row: lead) { count += 1 }
      }
    }
    return count
  }
}
