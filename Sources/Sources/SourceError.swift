import Tables

/// What is wrong with a table that was to be read or written, and what to do about it.
///
/// Lines are physical lines of the decompressed file, counted from 1; `column` in a position is the
/// byte within the line, counted from 1.
public enum SourceError: Error, Equatable, CustomStringConvertible {
  case fileNotFound(path: String)
  case isDirectory(path: String)
  case unreadable(path: String, reason: String)
  /// A pipe or a device, where the file is read more than once.
  case notAFile(path: String)
  case empty(path: String)
  case headerAlone(path: String, line: Int)
  /// A sheet, a table or a query's result that names columns and has no row.
  case noRows(path: String)
  case raggedRow(path: String, line: Int, expected: Int, found: Int)
  /// `line` is where the quote opened.
  case unterminatedQuote(path: String, line: Int)
  case textAfterQuote(path: String, line: Int, column: Int)
  case recordTooLong(path: String, line: Int, limit: Int)
  case nulByte(path: String, line: Int, column: Int)
  case invalidUTF8(path: String, line: Int, column: Int)
  case oddLengthUTF16(path: String)
  case invalidUTF16(path: String, line: Int)
  case carriageReturnLines(path: String)
  case truncatedGzip(path: String)
  case corruptGzip(path: String, reason: String)
  case missingColumns(path: String, names: [String], present: [String], separator: UInt8)
  case unknownColumns(path: String, option: String, names: [String], present: [String])
  case ambiguousNumbers(path: String, column: String, line: Int, example: String)
  case ambiguousDates(path: String, column: String, line: Int)
  /// A column of dates with a cell that can only be day first, and one that can only be month first.
  case contradictoryDates(path: String, column: String, dayFirst: Int, monthFirst: Int)
  case separatorMismatch(path: String, expected: UInt8, found: UInt8)
  case changedWhileReading(path: String)
  /// A file that is to be written, in a format that none here writes.
  case unknownFormat(path: String, ending: String)
  case invalidOption(name: String, reason: String)
  case writeFailed(path: String, reason: String)
  case database(name: String, DatabaseFault)
  case workbook(path: String, WorkbookFault)

  public var description: String {
    switch self {
    case .fileNotFound(let path):
      "\(path): no such file. Check the path."
    case .isDirectory(let path):
      "\(path) is a folder; a CSV file was expected."
    case .unreadable(let path, let reason):
      "\(path) cannot be read: \(reason)."
    case .notAFile(let path):
      "\(path) is a pipe or a device, and is read more than once. Save it to a file first."
    case .empty(let path):
      "\(path) is empty; a header line and at least one row were expected."
    case .headerAlone(let path, let line):
      "\(path), line \(line): a header and no rows. If the file has no header, say --no-header."
    case .noRows(let path):
      "\(path) has columns and no rows. Look at the sheet, the table or the query that it comes from."
    case .raggedRow(let path, let line, let expected, let found):
      "\(path), line \(line): \(found) fields where \(expected) were expected. Quote fields that "
        + "hold the separator, or leave such rows out with --skip-bad-rows."
    case .unterminatedQuote(let path, let line):
      "\(path), line \(line): a quoted field opens here and never closes. Close it, or double the "
        + "quotes that belong to the text."
    case .textAfterQuote(let path, let line, let column):
      "\(path), line \(line), column \(column): text behind a closing quote. Double the quotes that "
        + "belong to the text, or leave such rows out with --skip-bad-rows."
    case .recordTooLong(let path, let line, let limit):
      "\(path), line \(line): a record of more than \(limit >> 20) MB starts here. Look for a quote "
        + "that is not closed."
    case .nulByte(let path, let line, let column):
      "\(path), line \(line), column \(column): a NUL byte. If the file is UTF-16, say --encoding "
        + "utf-16le or utf-16be; otherwise export it again."
    case .invalidUTF8(let path, let line, let column):
      "\(path), line \(line), column \(column): not valid UTF-8. If the file was saved by Excel as "
        + "plain CSV, it is probably Windows-1252: say --encoding windows-1252."
    case .oddLengthUTF16(let path):
      "\(path) is UTF-16 with an odd number of bytes: it was cut off. Export it again."
    case .invalidUTF16(let path, let line):
      "\(path), line \(line): not valid UTF-16 (half of a surrogate pair). Export it again."
    case .carriageReturnLines(let path):
      "\(path): lines end in carriage returns alone. Save it with LF or CRLF line ends."
    case .truncatedGzip(let path):
      "\(path): the gzip data ends too early. Copy or download the file again."
    case .corruptGzip(let path, let reason):
      "\(path): the gzip data is damaged (\(reason)). Copy or download the file again."
    case .missingColumns(let path, let names, let present, let separator):
      "\(path) has no \(Self.columnList(names)); it has \(Self.shortList(present))."
        + (present.count == 1
          ? " The fields were expected to be separated by \(Self.name(ofSeparator: separator))."
          : "")
    case .unknownColumns(let path, let option, let names, let present):
      "\(path) has no \(Self.columnList(names)), named by \(option); it has "
        + "\(Self.shortList(present))."
    case .ambiguousNumbers(let path, let column, let line, let example):
      "\(path), column \"\(column)\", line \(line): is \(example) a number with thousands or with "
        + "decimals? No cell of the column settles it. Say which mark is the decimal mark: "
        + "columns: {\(column): {type: number, decimal: \".\"}} or \",\"."
    case .ambiguousDates(let path, let column, let line):
      "\(path), column \"\(column)\", line \(line): is the day or the month first? No cell of the "
        + "column settles it. Say it: columns: {\(column): {type: date, dates: day-first}} or "
        + "month-first."
    case .contradictoryDates(let path, let column, let dayFirst, let monthFirst):
      "\(path), column \"\(column)\": line \(dayFirst) has the day first, line \(monthFirst) the month. "
        + "Export it in one form, or say which is right: columns: {\(column): {type: date, dates: "
        + "day-first}} or month-first; other cells then count as missing."
    case .separatorMismatch(let path, let expected, let found):
      "\(path) says that its fields are separated by \(Self.name(ofSeparator: found)), but the model "
        + "was fitted to a file with \(Self.name(ofSeparator: expected)). Export it as before."
    case .changedWhileReading(let path):
      "\(path) changed while it was read. Run again when it is complete."
    case .unknownFormat(let path, let ending):
      "\(path): files are written as CSV (.csv, .tsv, .txt) or as an Excel workbook (.xlsx), not as "
        + "\(ending). Choose another name."
    case .invalidOption(let name, let reason):
      "\(name): \(reason)."
    case .writeFailed(let path, let reason):
      "\(path) cannot be written: \(reason). Nothing was changed."
    case .database(let name, let fault):
      "\(name): \(fault)"
    case .workbook(let path, let fault):
      "\(path)\(fault)"
    }
  }

  /// Whether nothing is wrong but that there are columns and no row.
  public var isWithoutRows: Bool {
    switch self {
    case .headerAlone, .noRows: true
    default: false
    }
  }

  static func name(ofSeparator separator: UInt8) -> String {
    switch separator {
    case UInt8(ascii: "\t"): "a tab"
    default: "\"\(Character(Unicode.Scalar(separator)))\""
    }
  }

  static func columnList(_ names: [String]) -> String {
    (names.count == 1 ? "column " : "columns ") + shortList(names)
  }

  /// Names in quotes, at most twelve of them.
  static func shortList(_ names: [String]) -> String {
    let shown = names.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }
}

/// A record that was left out of a table.
public struct BadRow: Sendable, Equatable, CustomStringConvertible {
  public enum Reason: Sendable, Equatable {
    case ragged(expected: Int, found: Int)
    case unterminatedQuote
    case textAfterQuote(column: Int)
    case nulByte(column: Int)
    case invalidUTF8(column: Int)
  }

  /// The physical line on which the record starts; for a byte or a quote, the line where it stands.
  public let line: Int
  public let reason: Reason

  public init(line: Int, reason: Reason) {
    self.line = line
    self.reason = reason
  }

  public var description: String {
    switch reason {
    case .ragged(let expected, let found):
      "line \(line): \(found) fields where \(expected) were expected"
    case .unterminatedQuote: "line \(line): a quote that never closes"
    case .textAfterQuote(let column): "line \(line), column \(column): text behind a closing quote"
    case .nulByte(let column): "line \(line), column \(column): a NUL byte"
    case .invalidUTF8(let column): "line \(line), column \(column): not valid UTF-8"
    }
  }

  func error(path: String) -> SourceError {
    switch reason {
    case .ragged(let expected, let found):
      .raggedRow(path: path, line: line, expected: expected, found: found)
    case .unterminatedQuote: .unterminatedQuote(path: path, line: line)
    case .textAfterQuote(let column): .textAfterQuote(path: path, line: line, column: column)
    case .nulByte(let column): .nulByte(path: path, line: line, column: column)
    case .invalidUTF8(let column): .invalidUTF8(path: path, line: line, column: column)
    }
  }
}
