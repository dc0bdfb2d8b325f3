import Tables

/// Where scored leads go: a CSV file, a workbook, a table of a database.
///
/// Records are made by several threads, each in a copy of `emptyRecords`, and written by one, in order.
/// Nothing is there for others to see before `finish`; without it, what stood there before is untouched.
public protocol LeadWriter: AnyObject {
  /// How the records that this writer takes are laid out: to be copied and filled.
  var emptyRecords: CSVRecordBuffer { get }

  /// - Parameter records: whole records, made in copies of `emptyRecords`.
  func write(_ records: CSVRecordBuffer) throws

  /// Puts all that was written in its place.
  func finish() throws

  /// Characters that could not be written as they are.
  var replacedCount: Int { get }
}

extension LeadWriter {
  public var replacedCount: Int { 0 }
}

/// A column of scored leads, as a workbook or a database has to know it.
public struct LeadColumn: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// Kept as it is, also where it is all digits: an id keeps its leading zeros.
    case text
    case number
    /// A number from 0 to 1.
    case probability
  }

  public let name: String
  public let kind: Kind

  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// Whether a path names an Excel workbook.
public func namesWorkbook(_ path: String) -> Bool {
  path.lowercased().hasSuffix(".xlsx")
}

/// Checks that a path does not promise another format than those that are written: an `.xls` with CSV in it
/// opens in no program as what it says. A path without an ending, and a device, takes CSV.
/// - Throws: `SourceError.unknownFormat`.
public func checkFormat(ofFile path: String) throws {
  let name = path.split(separator: "/").last ?? ""
  guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return }
  let ending = name[dot...].lowercased()
  guard [".csv", ".tsv", ".txt", ".xlsx"].contains(ending) else {
    throw SourceError.unknownFormat(path: path, ending: ending)
  }
}

/// A writer of the kind that a path's ending asks for: a workbook for `.xlsx`, a CSV file otherwise, with
/// tabs for `.tsv`.
///
/// - Parameter dialect: of the leads that were read: a CSV file is written in it.
/// - Throws: `SourceError`.
public func leadFileWriter(
  path: String, dialect: TextDialect, columns: [LeadColumn]
) throws -> any LeadWriter {
  try checkFormat(ofFile: path)
  var dialect = dialect
  if path.lowercased().hasSuffix(".tsv") { dialect.separator = UInt8(ascii: "\t") }
  return namesWorkbook(path)
    ? try ExcelWriter(path: path, separator: dialect.separator, columns: columns)
    : try CSVWriter(path: path, dialect: dialect, columns: columns.map(\.name))
}
