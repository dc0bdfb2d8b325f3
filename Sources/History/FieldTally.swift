import Activities
import Metrics
import Tables

/// What is known of the leads' fields before the export.
struct FieldTally: Sendable, Equatable {
  enum Source: Sendable, Equatable {
    case none
    case changes
    case exports(Int)
  }

  var source = Source.none
  var inTime: [String] = []
  var asOfExport: [String] = []
  var changes = 0
  var contradictions = 0
  var unknownLeads = 0
  var incomplete = 0
  var untimed = 0
  var planned = 0
  var unknownColumns: [String] = []
  var unreadable: [UnreadableValues] = []
  /// Examples decided before the first change of all.
  var beforeFirst = 0
  /// Examples of leads that no export before the decision has.
  var withoutExport = 0
  /// Leads of earlier exports that the newest no longer has.
  var goneLeads = 0
  var lackingColumns: [LackingColumns] = []
}

/// Columns of the leads that a dated export lacks.
public struct LackingColumns: Sendable, Equatable {
  public let export: String
  public let columns: [String]

  var line: String {
    "\(export) has no \(columns.map { "“\($0)”" }.joined(separator: ", ")): missing there"
  }
}

/// Values that changes hold for a column of the leads and that can't be read in its type.
public struct UnreadableValues: Sendable, Equatable {
  public let column: String
  public let count: Int
  /// All values that changes hold for the column, empty ones aside.
  public let values: Int

  var line: String {
    "\(NumberText.count(count)) of \(NumberText.count(values)) values that changes hold for “\(column)” can't "
      + "be read, and count as missing"
  }
}

extension ChangeLog {
  /// The columns with unreadable values, in the order of their names.
  func unreadableValues(leads: Table, schema: TableSchema) -> [UnreadableValues] {
    columnNames.compactMap { name in
      guard let column = leads[name], let changes = columns[name] else { return nil }
      switch column.type {
      case .number, .date, .flag: break
      case .category, .text: return nil
      }
      let past = PastValues(column: column, log: self, schema: schema[name])
      let isUnreadable = values.indices.map { past.isUnreadable(Int32($0)) }
      var (count, all) = (0, 0)
      for value in [changes.old, changes.new].joined() where value >= 0 {
        all += 1
        if isUnreadable[Int(value)] { count += 1 }
      }
      return count > 0 ? UnreadableValues(column: name, count: count, values: all) : nil
    }
  }
}

extension FieldsInTime {
  /// How many leads of earlier exports the newest no longer has.
  func goneLeads(_ exports: [MappedExport]) throws -> Int {
    guard let leadID, let own = leads[leadID] else { return 0 }
    let index = try LeadIndex(own)
    var gone: Set<String> = []
    for mapped in exports {
      guard let ids = mapped.export.leads[leadID]?.values else { continue }
      for row in 0..<mapped.export.leads.rowCount {
        let id: String? =
          switch ids {
          case .text(let cells): cells[row]
          case .category(let cells):
            cells.codes[row] < 0 ? nil : cells.levels[Int(cells.codes[row])]
          default: nil
          }
        if let id, index.row(of: id) == nil { gone.insert(id) }
      }
    }
    return gone.count
  }
}
