import Tables

/// How a CSV file is read where its types are to be found from its cells.
public struct CSVReadOptions: Sendable, Equatable {
  /// The byte between fields; `nil`, the default: a `sep=` line, or found from the first lines.
  public var separator: UInt8?
  /// `nil`, the default: by the byte-order mark, or UTF-8. Nothing else is ever guessed: bytes that are
  /// not UTF-8 are an error. A byte-order mark goes before what is said here.
  public var encoding: TextDialect.Encoding?
  /// Whether the first record names the columns (default true); otherwise they are `column_1` …
  public var hasHeader = true
  /// Tokens that mean "not filled in", compared after trimming spaces; the empty cell always does.
  public var missingTokens = [""]
  /// More such tokens, for one column.
  public var columnMissingTokens: [String: [String]] = [:]
  /// Types that are said rather than found. Cells that do not parse are missing, and noted.
  public var columnTypes: [String: ColumnType] = [:]
  /// How a column writes its numbers; makes it a number column.
  public var numberFormats: [String: NumberFormat] = [:]
  /// How a column writes its dates; makes it a date column.
  public var dateOrders: [String: DateOrder] = [:]
  /// Whether rows that cannot be read are left out and listed (default false: an error).
  public var skipBadRows = false
  /// Columns kept as they are: identifiers.
  public var keepAsText: Set<String> = []

  public init() {}

  /// - Throws: `SourceError.invalidOption`.
  public func validated() throws -> CSVReadOptions {
    if let separator,
      separator == 0x22 || separator == 0x0A || separator == 0x0D || separator >= 0x80
    {
      throw SourceError.invalidOption(
        name: "separator",
        reason: "one ASCII character, neither a quote nor a line end, is expected")
    }
    for (column, format) in numberFormats {
      guard format.decimalMark == 0x2E || format.decimalMark == 0x2C else {
        throw SourceError.invalidOption(
          name: "column \"\(column)\"", reason: "the decimal mark is \".\" or \",\"")
      }
    }
    return self
  }

  /// The columns that the options name, by option.
  var namedColumns: [(option: String, names: [String])] {
    [
      ("missing tokens", columnMissingTokens.keys.sorted()),
      ("columns", columnTypes.keys.sorted()),
      ("number formats", numberFormats.keys.sorted()),
      ("date orders", dateOrders.keys.sorted()),
      ("id columns", keepAsText.sorted()),
    ]
  }

  func missingTokens(of column: String) -> [String] {
    missingTokens + (columnMissingTokens[column] ?? [])
  }

  /// The type that is said for a column.
  func statedType(of column: String) -> ColumnType? {
    if keepAsText.contains(column) { return .text }
    if let type = columnTypes[column] { return type }
    if numberFormats[column] != nil { return .number }
    if dateOrders[column] != nil { return .date }
    return nil
  }
}

/// Something about a file that its reader should know.
public enum TableNote: Sendable, Equatable, CustomStringConvertible {
  /// A header name that was empty or stood twice.
  case renamedColumn(position: Int, from: String, to: String)
  /// The file was read in an encoding other than UTF-8.
  case readAs(TextDialect.Encoding)
  /// Cells such as `N/A` in a column of numbers or dates.
  case usualMissing(column: String, tokens: [String], count: Int)
  /// Cells that are not of the type that was said for the column, and are missing therefore.
  case unparsed(column: String, type: ColumnType, count: Int)
  /// A category of which nearly all levels are numbers or dates.
  case nearly(column: String, type: ColumnType, otherLevels: Int, levels: Int)
  /// Percentages beside plain numbers in one column: `12 %` is read as 12.
  case mixedPercent(column: String)
  /// Several sheets, none of which was named: the first that is not hidden was read.
  case sheetChosen(name: String, among: [String])
  /// Cells of a workbook with an error such as `#N/A`, which count as empty.
  case errorCells(count: Int)

  public var description: String {
    switch self {
    case .renamedColumn(let position, let from, let to):
      from.isEmpty
        ? "column \(position) has no name: called \"\(to)\""
        : "column \(position) is a second \"\(from)\": called \"\(to)\""
    case .readAs(let encoding):
      "read as \(encoding.rawValue)"
    case .usualMissing(let column, let tokens, let count):
      "column \"\(column)\": \(count) cells with \(tokens.joined(separator: ", ")) read as missing"
    case .unparsed(let column, let type, let count):
      "column \"\(column)\": \(count) cells are no \(type.rawValue) and read as missing"
    case .nearly(let column, let type, let otherLevels, let levels):
      "column \"\(column)\": \(levels - otherLevels) of \(levels) different values are a "
        + "\(type.rawValue), \(otherLevels) not: read as a category. If those mean \"not filled in\", "
        + "name them with --missing"
    case .mixedPercent(let column):
      "column \"\(column)\": some cells have a percent sign and some not; 12 % is read as 12"
    case .sheetChosen(let name, let sheets):
      "read sheet \"\(name)\", the first of \(sheets.count): "
        + sheets.prefix(12).map { "\"\($0)\"" }.joined(separator: ", ")
    case .errorCells(let count):
      count == 1
        ? "1 cell with an error such as #N/A read as missing"
        : "\(count) cells with an error such as #N/A read as missing"
    }
  }
}

/// A CSV file read whole.
public struct CSVTable: Sendable {
  public let table: Table
  /// All that is needed to read such a file again without looking at its cells first.
  public let schema: TableSchema
  /// Rows that were left out, in file order; empty unless they are skipped.
  public let skippedRows: [BadRow]
  public let notes: [TableNote]
}
