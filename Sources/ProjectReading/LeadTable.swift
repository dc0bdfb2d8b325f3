import Sources
import Tables

/// Leads with the columns that joins brought them.
public struct LeadTable: Sendable {
  /// As the user named it; never a connection string.
  public let name: String
  public let table: Table
  /// How its columns are written, those of joins among them; the dialect is that of the leads.
  public let schema: TableSchema
  /// Rows that were left out.
  public let skippedRows: [BadRow]
  public let notes: [TableNote]
  public let joins: [JoinReport]
  /// Cells of the leads, of what is joined to them, and of other tables of a history, that could not be read
  /// in stated types.
  public var unread: [UnreadCells]
  let vocabularyLines: [String]

  public init(
    name: String, table: Table, schema: TableSchema, skippedRows: [BadRow] = [],
    notes: [TableNote] = [], joins: [JoinReport] = [], unread: [UnreadCells] = [],
    vocabularyLines: [String] = []
  ) {
    self.name = name
    self.table = table
    self.schema = schema
    self.skippedRows = skippedRows
    self.notes = notes
    self.joins = joins
    self.unread = unread
    self.vocabularyLines = vocabularyLines
  }

  /// How the leads were put together, and what of them could not be read, in lines to be shown.
  public var lines: [String] { makingLines + unread.map(\.line) }

  /// How the leads were put together.
  public var makingLines: [String] { joins.map(\.line) + vocabularyLines }

  /// The same leads with other columns.
  public func with(table: Table, schema: TableSchema) -> LeadTable {
    LeadTable(
      name: name, table: table, schema: schema, skippedRows: skippedRows, notes: notes,
      joins: joins, unread: unread, vocabularyLines: vocabularyLines)
  }

  /// With columns of missing cells where it lacks some.
  func with(absent names: [String], schema: TableSchema) -> LeadTable {
    let absent = names.compactMap { table[$0] == nil ? schema[$0] : nil }
    guard !absent.isEmpty else { return self }
    let columns = absent.map {
      Column(name: $0.name, values: .missing($0.type, count: table.rowCount))
    }
    return with(
      table: Table(columns: table.columns + columns, rowCount: table.rowCount),
      schema: TableSchema(
        columns: self.schema.columns + absent, dialect: self.schema.dialect))
  }
}
