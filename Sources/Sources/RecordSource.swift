import Tables

/// A table from elsewhere than a text file, written as records by this package: UTF-8, commas, a header
/// record, LF, and nothing where there is no value.
///
/// The first read gives the header record alone, and the rows are not asked for before the second: a
/// table is opened more than once before it is read.
protocol RecordSource: ByteSource {
  /// The columns, by position, whose cells are numbers to the source rather than text, so far as it
  /// has been read. What their decimal mark is, is no question.
  var numberColumns: Set<Int> { get }

  /// What the reader of the table should know, so far as it has been read.
  var notes: [TableNote] { get }
}

extension RecordSource {
  var notes: [TableNote] { [] }
}

extension TableOrigin {
  /// Opens what is no text file: the one place that knows what each kind of origin is read with.
  ///
  /// - Parameters:
  ///   - decimalMarks: by column, the mark with which its numbers are to be written; else a point.
  ///   - snapshot: what PostgreSQL is read in.
  /// - Throws: `SourceError`.
  func openRecords(
    decimalMarks: [String: UInt8], snapshot: DatabaseSnapshot
  ) throws -> any RecordSource {
    switch self {
    case .csv(let path):
      preconditionFailure("a text file is opened as such: \(path)")
    case .excel(let path, let sheet):
      return try ExcelBytes(path: path, sheet: sheet, decimalMarks: decimalMarks)
    case .sqlite(let path, let selection):
      return try SQLiteBytes(
        path: path, selection: selection, name: name, decimalMarks: decimalMarks)
    case .postgresql(let connection, let selection):
      return try snapshot.open(
        connection: connection, selection: selection, name: name, decimalMarks: decimalMarks)
    }
  }
}
