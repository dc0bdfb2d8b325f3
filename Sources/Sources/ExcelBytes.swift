import Tables

/// A sheet of an Excel workbook as CSV: commas, UTF-8, a record a row, a line a row of the sheet.
///
/// The table starts at the first row that holds anything. Its columns are those from the first to the
/// last cell filled there or in the next row; a cell beyond them is an error that names it. Rows that
/// hold nothing are blank lines, so that lines are numbered as the sheet numbers its rows (unless cells
/// hold line breaks). Dates and times are in writing (`ExcelTime`), flags `true` and `false`, numbers
/// the shortest that read back the same, whatever their format shows; formulas count by their last
/// result, cells with an error as empty. Hidden rows and columns are read like any other. Only the first
/// of merged cells holds the text.
final class ExcelBytes: ChunkedRecordSource {
  private(set) var numberColumns: Set<Int> = []
  private let path: String
  private let sheet: ExcelWorkbook.Sheet
  /// What was to be chosen from, where no sheet was named.
  private let choice: [String]
  private let marksByName: [String: UInt8]
  private var rows: ExcelSheet
  /// The columns of the table within the sheet, and how each writes its numbers.
  private var columns = 0..<0
  private var decimalMarks: [UInt8] = []
  var chunk = RecordChunk()
  private var lines = 0
  private var progress = Progress.atStart

  private enum Progress {
    case atStart
    /// The row behind the header is read and not written yet.
    case behindHeader
    case inRows
    case atEnd
  }

  /// - Parameters:
  ///   - sheet: its name, or `nil` for the first that is not hidden.
  ///   - decimalMarks: by column, the mark with which its numbers are written; else a point.
  /// - Throws: `SourceError`: for a file that is no workbook, and a sheet that is not there.
  init(path: String, sheet name: String?, decimalMarks: [String: UInt8] = [:]) throws {
    self.path = path
    marksByName = decimalMarks
    let workbook = try ExcelWorkbook(path: path)
    sheet = try workbook.sheet(named: name)
    choice = name == nil ? workbook.sheets.filter(\.isVisible).map(\.name) : []
    rows = try ExcelSheet(workbook.open(sheet), of: workbook)
  }

  var notes: [TableNote] {
    var notes: [TableNote] = []
    if choice.count > 1 { notes.append(.sheetChosen(name: sheet.name, among: choice)) }
    if rows.errorCount > 0 { notes.append(.errorCells(count: rows.errorCount)) }
    return notes
  }

  func fill() throws {
    if progress == .atStart { return try start() }
    if progress == .behindHeader {
      try append(rows)
      progress = .inRows
    }
    while progress == .inRows, !chunk.isFull {
      if try rows.next() { try append(rows) } else { progress = .atEnd }
    }
  }

  /// Reads the first two rows, which tell how wide the table is, and writes the header.
  private func start() throws {
    guard try rows.next(), let first = rows.cells.first, let last = rows.cells.last else {
      throw SourceError.workbook(path: path, .emptySheet(sheet: sheet.name))
    }
    let header = rows
    columns = first.column..<last.column + 1
    progress = try rows.next() ? .behindHeader : .atEnd
    if progress == .behindHeader, let first = rows.cells.first, let last = rows.cells.last {
      if header.cells.count == 1, rows.cells.count > 2 {
        throw SourceError.workbook(
          path: path, .titleAboveHeader(sheet: sheet.name, row: header.row))
      }
      columns = min(columns.lowerBound, first.column)..<max(columns.upperBound, last.column + 1)
    }
    decimalMarks = columns.map { _ in UInt8(ascii: ".") }
    try append(header)
    numberColumns = []
    var notes: [TableNote] = []
    let fields = FirstRecord(
      chunk.records.bytes, from: header.row - 1, separator: UInt8(ascii: ","))
    let names = Header.distinct(fields.fields, notes: &notes)
    decimalMarks = names.map { marksByName[$0] ?? UInt8(ascii: ".") }
  }

  private func append(_ row: ExcelSheet) throws {
    while lines + 1 < row.row {
      chunk.records.endRecord()
      lines += 1
    }
    var column = columns.lowerBound
    for cell in row.cells {
      guard columns.contains(cell.column) else {
        throw SourceError.workbook(
          path: path,
          .cellOutsideTable(
            sheet: sheet.name, cell: ExcelSheet.name(ofColumn: cell.column) + String(row.row),
            first: ExcelSheet.name(ofColumn: columns.lowerBound),
            last: ExcelSheet.name(ofColumn: columns.upperBound - 1)))
      }
      while column < cell.column {
        chunk.records.appendMissing()
        column += 1
      }
      let index = column - columns.lowerBound
      if cell.isNumber { numberColumns.insert(index) }
      row.append(cell, to: &chunk.records, decimalMark: decimalMarks[index])
      column += 1
    }
    while column < columns.upperBound {
      chunk.records.appendMissing()
      column += 1
    }
    chunk.records.endRecord()
    lines += 1
  }
}
