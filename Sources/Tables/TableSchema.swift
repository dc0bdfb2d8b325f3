/// How a text table is laid out; found when a model is fitted and kept in its file.
public struct TextDialect: Codable, Sendable, Equatable {
  public enum Encoding: String, Codable, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
  }

  /// The separator, as one ASCII byte: `,` `;` tab or `|`.
  public var separator: UInt8
  public var encoding: Encoding
  public var hasHeader: Bool
  /// Whether the file starts with a byte-order mark.
  public var hasByteOrderMark: Bool
  /// Whether lines end in CRLF.
  public var endsLinesWithCRLF: Bool
  /// Whether the file starts with a `sep=` line.
  public var hasSeparatorLine: Bool
  /// The mark that numbers are written with in this file: `.` or `,`.
  public var decimalMark: UInt8

  public init(
    separator: UInt8 = UInt8(ascii: ","), encoding: Encoding = .utf8, hasHeader: Bool = true,
    hasByteOrderMark: Bool = false, endsLinesWithCRLF: Bool = false,
    hasSeparatorLine: Bool = false, decimalMark: UInt8 = UInt8(ascii: ".")
  ) {
    self.separator = separator
    self.encoding = encoding
    self.hasHeader = hasHeader
    self.hasByteOrderMark = hasByteOrderMark
    self.endsLinesWithCRLF = endsLinesWithCRLF
    self.hasSeparatorLine = hasSeparatorLine
    self.decimalMark = decimalMark
  }
}

/// How the numbers of a column are written.
public struct NumberFormat: Codable, Sendable, Equatable {
  /// `.` or `,`.
  public var decimalMark: UInt8
  /// `,` `.` `'` or a space between thousands; `nil` where none were seen.
  public var groupingMark: UInt8?

  public init(decimalMark: UInt8 = UInt8(ascii: "."), groupingMark: UInt8? = nil) {
    self.decimalMark = decimalMark
    self.groupingMark = groupingMark
  }
}

/// How the dates of a column are written.
public enum DateOrder: String, Codable, Sendable, CaseIterable {
  /// 2024-03-07, with or without a time.
  case iso
  /// 07/03/2024.
  case dayFirst = "day-first"
  /// 03/07/2024.
  case monthFirst = "month-first"
}

/// All that is needed to read a column again without looking at its values first.
public struct ColumnSchema: Codable, Sendable, Equatable {
  public var name: String
  public var type: ColumnType
  /// For numbers.
  public var numberFormat: NumberFormat?
  /// For dates.
  public var dateOrder: DateOrder?
  /// For dates: true where cells say their zone, so that they are moments; `nil` where they are what a
  /// clock showed.
  public var hasZone: Bool?
  /// Tokens that mean "not filled in" in this column, compared after trimming.
  public var missingTokens: [String]

  public init(
    name: String, type: ColumnType, numberFormat: NumberFormat? = nil, dateOrder: DateOrder? = nil,
    hasZone: Bool? = nil, missingTokens: [String] = [""]
  ) {
    self.name = name
    self.type = type
    self.numberFormat = numberFormat
    self.dateOrder = dateOrder
    self.hasZone = hasZone
    self.missingTokens = missingTokens
  }
}

/// Columns in file order, with the dialect that the file was written in.
public struct TableSchema: Codable, Sendable, Equatable {
  public var columns: [ColumnSchema]
  public var dialect: TextDialect

  public init(columns: [ColumnSchema], dialect: TextDialect = TextDialect()) {
    self.columns = columns
    self.dialect = dialect
  }

  public subscript(name: String) -> ColumnSchema? {
    columns.first { $0.name == name }
  }
}
