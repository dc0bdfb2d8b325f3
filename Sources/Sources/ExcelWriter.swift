import CXlsxWriter
import Tables

/// Writes scored leads as an Excel workbook of one sheet, all of it or nothing.
///
/// The header is bold, stays in sight and has a filter; probabilities are shown as percentages. Text is
/// written as text and never run as a formula; an empty field is an empty cell. Rows go to the disk as
/// they come, so memory does not depend on their number; the same leads give the same bytes.
public final class ExcelWriter: LeadWriter {
  /// Rows that a sheet has at most, the header among them (Excel's own limit).
  static let rowLimit = 1_048_576
  /// Columns that a sheet has at most.
  static let columnLimit = 16_384
  /// UTF-16 units that a cell holds at most.
  static let textLimit = 32_767

  public let emptyRecords: CSVRecordBuffer
  private let path: String
  private let columns: [LeadColumn]
  private let rowLimit: Int
  private let file: AtomicFile
  /// The library's own; `nil` once it is closed. It frees all that belongs to it.
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private let formats: [UnsafeMutablePointer<lxw_format>?]
  /// The number of the next row, from 0.
  private var row = 0
  /// A cell's text, ended with a NUL for the library.
  private var text: [UInt8] = []

  /// - Parameters:
  ///   - separator: between the fields of the records that will be written.
  ///   - columns: with distinct names.
  /// - Throws: `SourceError.writeFailed`, `.tooManyColumns`.
  public convenience init(path: String, separator: UInt8, columns: [LeadColumn]) throws {
    try self.init(path: path, separator: separator, columns: columns, rowLimit: Self.rowLimit)
  }

  init(path: String, separator: UInt8, columns: [LeadColumn], rowLimit: Int) throws {
    guard columns.count <= Self.columnLimit else {
      throw SourceError.workbook(
        path: path, .tooManyColumns(count: columns.count, limit: Self.columnLimit))
    }
    file = try AtomicFile(path: path)
    guard let partial = file.partialPath else {
      throw SourceError.writeFailed(path: path, reason: "a workbook can't go to a pipe or a device")
    }
    self.path = path
    self.columns = columns
    self.rowLimit = rowLimit
    emptyRecords = CSVRecordBuffer(
      dialect: TextDialect(separator: separator), escapesFormulas: false)
    var options = lxw_workbook_options()
    // Rows are written to a temporary file as they come rather than kept.
    options.constant_memory = 1
    guard let workbook = workbook_new_opt(partial, &options) else {
      throw SourceError.writeFailed(path: path, reason: "out of memory")
    }
    guard let sheet = workbook_add_worksheet(workbook, "Leads") else {
      lxw_workbook_free(workbook)
      throw SourceError.writeFailed(path: path, reason: "its temporary file can't be made")
    }
    self.workbook = workbook
    self.sheet = sheet
    var properties = lxw_doc_properties()
    // A fixed time, 1980-01-01, so that the same leads give the same bytes.
    properties.created = 315_532_800
    workbook_set_properties(workbook, &properties)
    let percent = workbook_add_format(workbook)
    format_set_num_format(percent, "0.0%")
    formats = columns.map { $0.kind == .probability ? percent : nil }
    try writeHeader(workbook)
  }

  deinit {
    lxw_workbook_free(workbook)
  }

  private func writeHeader(_ workbook: UnsafeMutablePointer<lxw_workbook>) throws {
    let bold = workbook_add_format(workbook)
    format_set_bold(bold)
    for (index, column) in columns.enumerated() {
      // Wide enough for the name and its filter button, in characters.
      let width = Double(min(max(column.name.count + 4, 10), 40))
      worksheet_set_column(sheet, UInt16(index), UInt16(index), width, nil)
      try check(worksheet_write_string(sheet, 0, UInt16(index), column.name, bold), column: index)
    }
    worksheet_freeze_panes(sheet, 1, 0)
    row = 1
  }

  /// - Throws: `SourceError.tooManyRows`, `.textTooLong`, `.writeFailed`; nothing is
  ///   left behind then.
  public func write(_ records: CSVRecordBuffer) throws {
    try records.forEachRecord { fields in
      precondition(fields.count == columns.count, "a record has a field for each column")
      guard row < rowLimit else {
        throw SourceError.workbook(path: path, .tooManyRows(limit: rowLimit - 1))
      }
      for index in columns.indices {
        let field = fields[index]
        if !field.isEmpty { try write(field, column: index) }
      }
      row += 1
    }
  }

  private func write(_ field: ArraySlice<UInt8>, column: Int) throws {
    if columns[column].kind != .text,
      let number = Double(String(decoding: field, as: UTF8.self))
    {
      try check(
        worksheet_write_number(sheet, UInt32(row), UInt16(column), number, formats[column]),
        column: column)
      return
    }
    text.removeAll(keepingCapacity: true)
    append(field)
    text.append(0)
    // Bounds: the text ends with a NUL; lifetime: the library copies it before it returns.
    let code = text.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        worksheet_write_string(sheet, UInt32(row), UInt16(column), $0.baseAddress, nil)
      }
    }
    try check(code, column: column)
  }

  /// Adds a field to the text. What would read as one of Excel's own escapes, such as `_x0041_` for an A,
  /// has its first underscore escaped.
  private func append(_ field: ArraySlice<UInt8>) {
    for index in field.indices {
      if ExcelStrings.isEscape(field[index...].prefix(7)) {
        text.append(contentsOf: "_x005F".utf8)
      }
      text.append(field[index])
    }
  }

  private func check(_ code: lxw_error, column: Int) throws {
    guard code != LXW_NO_ERROR else { return }
    throw code == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED
      ? SourceError.workbook(
        path: path, .textTooLong(column: columns[column].name, row: row + 1, limit: Self.textLimit))
      : failure(code)
  }

  private func failure(_ code: lxw_error) -> SourceError {
    .writeFailed(path: path, reason: String(cString: lxw_strerror(code)))
  }

  /// Closes the workbook and puts it in its place.
  public func finish() throws {
    precondition(workbook != nil, "a workbook is finished once")
    if !columns.isEmpty {
      worksheet_autofilter(sheet, 0, 0, UInt32(row - 1), UInt16(columns.count - 1))
    }
    let code = workbook_close(workbook)
    workbook = nil
    guard code == LXW_NO_ERROR else {
      file.discard()
      throw failure(code)
    }
    try file.commit()
  }
}
