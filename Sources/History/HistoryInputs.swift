import Activities
import Tables

/// The data that examples are made of.
public struct HistoryInputs: Sendable {
  /// One row a lead, as of the export.
  public var leads: Table
  /// How the tables are written; the cells of a table of changes are read as the leads' are.
  public var schemas: HistorySchemas
  /// As `activityBuilder` gathers them; `nil` without activities.
  public var activities: ActivityPartitions?
  public var changes: ChangeLog?
  /// In any order.
  public var exports: [DatedExport]
  /// Where the leads are a dated export: the moment from which it was there.
  public var exportedAt: Double?
  /// No moment after this one has happened: when the data are read. Later times are planned or
  /// mistyped.
  public var latest: Double
  /// The share of the values that changes hold for a column, up to which unreadable ones count as missing.
  public var unreadableLimit = 0.1

  public init(
    leads: Table, schemas: HistorySchemas? = nil, activities: ActivityPartitions? = nil,
    changes: ChangeLog? = nil, exports: [DatedExport] = [], exportedAt: Double? = nil,
    latest: Double = .infinity
  ) {
    self.leads = leads
    self.schemas =
      schemas
      ?? HistorySchemas(
        leads: TableSchema(
          columns: leads.columns.map { ColumnSchema(name: $0.name, type: $0.type) }))
    self.activities = activities
    self.changes = changes
    self.exports = exports
    self.exportedAt = exportedAt
    self.latest = latest
  }

  /// The index of leads by the id that activities, changes and exports use.
  /// - Throws: `HistoryError` where there is no such column, or ids stand twice.
  public static func leadIndex(_ leads: Table, roles: HistoryRoles) throws -> LeadIndex {
    guard let name = roles.leadID else { throw HistoryError.noLeadID }
    let index = try LeadIndex(try leads.required(name, role: "id"))
    guard index.repeatedCount == 0 else {
      throw HistoryError.repeatedLeadIDs(column: name, count: index.repeatedCount)
    }
    return index
  }

  /// What gathers the activities of these leads, those of an account in one part.
  ///
  /// - Parameters:
  ///   - leads: read already, ids as text.
  ///   - latest: when they are read; see `ActivityLogBuilder`.
  ///   - memoryLimit: bytes that activities may take before they go to a temporary file.
  ///   - temporaryFolder: see `ActivityLogBuilder`.
  /// - Throws: `HistoryError`.
  public static func activityBuilder(
    _ columns: ActivityColumns, leads: Table, roles: HistoryRoles, exportedAt: Double? = nil,
    latest: Double = .infinity, memoryLimit: Int = .max, temporaryFolder: String? = nil
  ) throws -> ActivityLogBuilder {
    ActivityLogBuilder(
      columns: columns, leads: try leadIndex(leads, roles: roles),
      accounts: try accountCodes(leads, roles: roles), exportedAt: exportedAt,
      latest: latest, memoryLimit: memoryLimit, temporaryFolder: temporaryFolder)
  }

  /// One a lead, -1 for none; `nil` without an account column.
  static func accountCodes(_ leads: Table, roles: HistoryRoles) throws -> [Int32]? {
    try roles.account.map { try leads.required($0, role: "account").codes() }
  }
}

extension Table {
  /// A column that has a part.
  func required(_ name: String, role: String) throws -> Column {
    guard let column = self[name] else {
      throw HistoryError.missingColumn(role: role, name: name, present: columns.map(\.name))
    }
    return column
  }

  /// Times of a column that has a part.
  func times(_ name: String, role: String) throws -> [Double] {
    let column = try required(name, role: role)
    guard case .date(let times) = column.values else {
      throw HistoryError.notADate(role: role, column: name, found: column.type.rawValue)
    }
    return times
  }

  func categories(_ name: String, role: String) throws -> CategoryValues {
    let column = try required(name, role: role)
    guard case .category(let values) = column.values else {
      throw HistoryError.notACategory(role: role, column: name, found: column.type.rawValue)
    }
    return values
  }
}
