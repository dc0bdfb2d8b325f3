import Activities
import Tables

/// Which columns of a table of field changes mean what.
public struct ChangeColumns: Codable, Sendable, Equatable {
  /// The lead's id, as the table of leads writes it.
  public var lead: String
  /// When the field was changed.
  public var at: String
  /// The name of the column of the leads.
  public var column: String
  /// Its value before and after.
  public var old: String
  public var new: String

  public init(lead: String, at: String, column: String, old: String, new: String) {
    self.lead = lead
    self.at = at
    self.column = column
    self.old = old
    self.new = new
  }

  /// The columns to be read from the table of changes.
  public var names: [String] { [lead, at, column, old, new] }
}

/// The history of the leads' fields: what each change replaced by what, in the order of time.
public struct ChangeLog: Sendable {
  /// The changes of one column of the leads, by lead and time.
  struct ColumnChanges: Sendable {
    /// `leadCount + 1` offsets into the others.
    var offsets: [Int32]
    var times: [Double]
    /// Indices into `values`; -1 where the field was empty.
    var old: [Int32]
    var new: [Int32]
    /// What a field was before its first change in time, of leads of which some change has no time; `nil`
    /// where nobody knows.
    var starts: [Int32: Int32?] = [:]

    /// What a lead's field was before its first change, `first`, where it has one.
    func start(_ lead: Int, first: Int?) -> Start {
      if let start = starts[Int32(lead)] { return start.map(Start.value) ?? .unknown }
      return first.map { .value(old[$0]) } ?? .unchanged
    }
  }

  /// What a field was before it changed.
  enum Start: Equatable {
    /// A place in `values`; -1 for an empty field.
    case value(Int32)
    case unknown
    /// It has never changed.
    case unchanged
  }

  /// Values before and after, in the order of their bytes.
  let values: [String]
  /// By the name of the leads' column.
  let columns: [String: ColumnChanges]
  /// The earliest change; NaN without any.
  public let firstTime: Double
  /// The latest change; NaN without any.
  public let lastTime: Double
  public let changeCount: Int
  /// Changes of leads that are not in the table of leads.
  public let unknownLeadCount: Int
  /// Changes without a lead or a column's name.
  public let incompleteCount: Int
  /// Changes without a time: they tell what a field was before it changed, and nothing of when.
  public let untimedCount: Int
  /// Changes after the moment at which the data were read, which have not happened then.
  public let plannedCount: Int
  /// When the data were read.
  let latest: Double

  /// The columns of the leads that some change names, in the order of their names.
  public var columnNames: [String] { columns.keys.sorted() }

  /// - Parameters:
  ///   - table: `lead` as text; `at` as date; `column`, `old` and `new` as category.
  ///   - latest: changes after this moment are counted apart. They tell what a field was until then, and
  ///     nothing of when the data end.
  /// - Throws: `HistoryError` where a column is missing or has another type.
  public init(
    _ table: Table, columns names: ChangeColumns, leads: LeadIndex, latest: Double = .infinity
  ) throws {
    let leadRows = try Self.leadRows(table, column: names.lead, leads: leads)
    let times = try table.times(names.at, role: "the time of a change")
    let fields = try table.categories(names.column, role: "the name of the changed column")
    let old = try table.categories(names.old, role: "the value before a change")
    let new = try table.categories(names.new, role: "the value after a change")

    let values = Set(old.levels).union(new.levels).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let codes = Dictionary(uniqueKeysWithValues: zip(values, Int32(0)...))
    let oldCodes = old.levels.map { codes[$0] ?? -1 }
    let newCodes = new.levels.map { codes[$0] ?? -1 }

    var rowsOfField = [[Int]](repeating: [], count: fields.levels.count)
    var untimedOfField = rowsOfField
    var (unknown, incomplete, untimed, planned) = (0, 0, 0, 0)
    for row in 0..<table.rowCount {
      if leadRows[row] == -1 {
        unknown += 1
        continue
      }
      if leadRows[row] < 0 || fields.codes[row] < 0 {
        incomplete += 1
        continue
      }
      if times[row].isNaN {
        untimed += 1
        untimedOfField[Int(fields.codes[row])].append(row)
        continue
      }
      if times[row] > latest { planned += 1 }
      rowsOfField[Int(fields.codes[row])].append(row)
    }
    var columns: [String: ColumnChanges] = [:]
    var (count, first, last) = (0, Double.nan, Double.nan)
    func change(_ row: Int) -> Change {
      Change(
        lead: leadRows[row], time: times[row],
        old: old.codes[row] < 0 ? -1 : oldCodes[Int(old.codes[row])],
        new: new.codes[row] < 0 ? -1 : newCodes[Int(new.codes[row])])
    }
    for (field, rows) in rowsOfField.enumerated()
    where !(rows.isEmpty && untimedOfField[field].isEmpty) {
      var changes = Self.ordered(rows.map(change), leadCount: leads.count)
      changes.setStarts(untimed: untimedOfField[field].map(change))
      columns[fields.levels[field]] = changes
      for time in changes.times where time <= latest {
        count += 1
        if !(time >= first) { first = time }
        if !(time <= last) { last = time }
      }
    }
    self.values = values
    self.columns = columns
    firstTime = first
    lastTime = last
    changeCount = count
    unknownLeadCount = unknown
    incompleteCount = incomplete
    untimedCount = untimed
    plannedCount = planned
    self.latest = latest
  }

  private static func leadRows(
    _ table: Table, column name: String, leads: LeadIndex
  ) throws -> [Int32] {
    let column = try table.required(name, role: "the lead of a change")
    switch column.values {
    case .text(let ids): return leads.rows(of: ids)
    case .category(let ids):
      let rows = ids.levels.map { Int32(leads.row(of: $0) ?? -1) }
      return ids.codes.map { $0 < 0 ? -2 : rows[Int($0)] }
    default:
      throw HistoryError.notACategory(
        role: "the lead of a change", column: name, found: column.type.rawValue)
    }
  }

  struct Change: Equatable {
    var lead: Int32
    var time: Double
    var old: Int32
    var new: Int32
  }

  /// By lead and time. Changes of one moment are put so that each takes up what the one before left,
  /// the same in whatever order they were read; the same change written twice counts once.
  private static func ordered(_ changes: [Change], leadCount: Int) -> ColumnChanges {
    var sorted = changes.sorted {
      ($0.lead, $0.time, $0.old, $0.new) < ($1.lead, $1.time, $1.old, $1.new)
    }
    var unique = 0
    for index in sorted.indices where index == 0 || sorted[index] != sorted[index - 1] {
      sorted[unique] = sorted[index]
      unique += 1
    }
    sorted.removeSubrange(unique...)
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].lead == sorted[start].lead,
        sorted[end].time == sorted[start].time
      { end += 1 }
      if end - start > 1 {
        let before =
          start > 0 && sorted[start - 1].lead == sorted[start].lead
          ? sorted[start - 1].new : nil
        sorted.replaceSubrange(
          start..<end, with: chained(Array(sorted[start..<end]), after: before))
      }
      start = end
    }
    var offsets = [Int32](repeating: 0, count: leadCount + 1)
    for change in sorted { offsets[Int(change.lead) + 1] += 1 }
    for lead in 0..<leadCount { offsets[lead + 1] += offsets[lead] }
    return ColumnChanges(
      offsets: offsets, times: sorted.map(\.time), old: sorted.map(\.old), new: sorted.map(\.new))
  }

  /// Changes of one moment as a chain, as far as they make one.
  private static func chained(_ changes: [Change], after before: Int32?) -> [Change] {
    var rest = changes
    var chain: [Change] = []
    var value = before
    while !rest.isEmpty {
      let next =
        value.flatMap { value in rest.firstIndex { $0.old == value } }
        ?? rest.firstIndex { change in !rest.contains { $0.new == change.old } } ?? 0
      value = rest[next].new
      chain.append(rest.remove(at: next))
    }
    return chain
  }
}

extension ChangeLog.ColumnChanges {
  /// Finds what fields were before they changed where some change of theirs has no time: the one value that
  /// a change replaced and none wrote. Where there are several, or none, nobody knows.
  fileprivate mutating func setStarts(untimed: [ChangeLog.Change]) {
    for (lead, changes) in Dictionary(grouping: untimed, by: \.lead) {
      let own = Int(offsets[Int(lead)])..<Int(offsets[Int(lead) + 1])
      let replaced = Set(changes.map(\.old)).union(old[own])
      let first = replaced.subtracting(changes.map(\.new)).subtracting(new[own])
      starts[lead] = .some(first.count == 1 ? first.first : nil)
    }
  }
}
