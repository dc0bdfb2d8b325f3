import Tables

/// What is wrong with an Excel workbook that was to be read or written.
public enum WorkbookFault: Sendable, Equatable, CustomStringConvertible {
  /// `found` says what the file is instead.
  case notAWorkbook(found: String)
  /// `part` is the entry of the archive; `nil` for the archive as a whole.
  case damaged(part: String?, reason: String)
  case tooLarge(part: String, limit: Int)
  case noSuchSheet(name: String, sheets: [String])
  case noVisibleSheet(sheets: [String])
  case emptySheet(sheet: String)
  /// `cell`, and the columns of the table, as Excel names them.
  case cellOutsideTable(sheet: String, cell: String, first: String, last: String)
  case titleAboveHeader(sheet: String, row: Int)
  case tooManyRows(limit: Int)
  case tooManyColumns(count: Int, limit: Int)
  /// `row` counts from 1, the header included.
  case textTooLong(column: String, row: Int, limit: Int)

  /// Follows the path.
  public var description: String {
    switch self {
    case .notAWorkbook(let found):
      " is \(found); an Excel workbook (.xlsx) was expected. Open it in Excel or LibreOffice "
        + "and save it as .xlsx without a password, or as CSV."
    case .damaged(let part, let reason):
      " is damaged: \(part.map { "in \($0), " } ?? "")\(reason). Copy or export it again."
    case .tooLarge(let part, let limit):
      ": \(part) has more than \(limit >> 20) MB when unpacked. Export the leads as CSV."
    case .noSuchSheet(let name, let sheets):
      " has no sheet \"\(name)\"; it has \(SourceError.shortList(sheets))."
        + (NearestKeys(sheets).nearest(to: name).map { " Did you mean \"\($0)\"?" } ?? "")
    case .noVisibleSheet(let sheets):
      sheets.isEmpty
        ? " has no sheet with cells."
        : " has hidden sheets only: \(SourceError.shortList(sheets)). Name the one to be read."
    case .emptySheet(let sheet):
      ", sheet \"\(sheet)\": no cell is filled in; a header row and at least one row below it "
        + "were expected."
    case .cellOutsideTable(let sheet, let cell, let first, let last):
      ", sheet \"\(sheet)\", cell \(cell): it stands outside the table, whose columns are "
        + "\(first) to \(last). Give its column a name in the header row, or clear the cell."
    case .titleAboveHeader(let sheet, let row):
      ", sheet \"\(sheet)\", row \(row): one cell where the names of the columns were "
        + "expected. Delete what stands above the header row."
    case .tooManyRows(let limit):
      ": a sheet of Excel holds \(limit) leads at most, and there are more. Write a CSV file "
        + "instead; nothing was changed."
    case .tooManyColumns(let count, let limit):
      ": a sheet of Excel holds \(limit) columns at most, and there are \(count). Write a CSV "
        + "file instead."
    case .textTooLong(let column, let row, let limit):
      ", column \"\(column)\", row \(row): a cell of Excel holds \(limit) characters at most, "
        + "and this one has more. Leave the column out or write a CSV file; nothing was changed."
    }
  }
}
