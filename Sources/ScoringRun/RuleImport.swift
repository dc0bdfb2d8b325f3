import Parallel
import Rules
import Sources
import Tables

/// Makes a rule file of a sheet of points.
public struct RuleImport: Sendable {
  let origin: TableOrigin
  let options: CSVReadOptions
  let pool: WorkerPool

  public init(_ origin: TableOrigin, options: CSVReadOptions = CSVReadOptions(), pool: WorkerPool) {
    self.origin = origin
    self.options = options
    self.pool = pool
  }

  /// - Returns: the rules, and how many rows of the file were left out as the options say.
  /// - Throws: `SourceError` for a sheet that can't be read, `RuleSheetError` for one without rules.
  public func reading() throws -> (rules: RuleSheet.Reading, skippedRows: Int) {
    let (table, skippedRows) = try text()
    let cells = (0..<table.rowCount).map { row in
      table.columns.map { $0.values.isMissing(row) ? "" : $0.values.fieldText(row) }
    }
    let sheet = try RuleSheet(columns: table.columns.map(\.name), cells: cells)
    return (try sheet.reading(source: origin.name), skippedRows)
  }

  /// All cells as they are written: found by their names first, which must not fail on any cell.
  private func text() throws -> (Table, skippedRows: Int) {
    var options = options
    while true {
      do {
        let names = try readTable(origin, options: options, pool: pool).table.columns.map(\.name)
        if options.keepAsText.count == names.count {
          let read = try readTable(origin, options: options, pool: pool)
          return (read.table, read.skippedRows.count)
        }
        options.keepAsText = Set(names)
      } catch SourceError.ambiguousDates(_, let column, _) {
        options.keepAsText.insert(column)
      } catch SourceError.ambiguousNumbers(_, let column, _, _) {
        options.keepAsText.insert(column)
      }
    }
  }
}
