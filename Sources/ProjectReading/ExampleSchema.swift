import History
import Tables

extension HistoryRecipe {
  /// How examples that are written to a file are read again: the leads' own columns as the leads have
  /// them, and what was added.
  public func exampleSchema(of table: Table) -> TableSchema {
    TableSchema(
      columns: table.columns.map { column in
        if leadColumns.contains(column.name), let own = schemas.leads[column.name] {
          return own
        }
        return ColumnSchema(
          name: column.name, type: column.type,
          numberFormat: column.type == .number ? NumberFormat() : nil,
          dateOrder: column.type == .date ? .iso : nil)
      }, dialect: schemas.leads.dialect)
  }
}
