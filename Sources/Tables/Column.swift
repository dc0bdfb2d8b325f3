/// What the cells of a column mean.
public enum ColumnType: String, Codable, Sendable, CaseIterable {
  case number
  case category
  case flag
  case date
  case text
}

/// A named, typed, nullable column.
public struct Column: Sendable, Equatable {
  public let name: String
  public let values: ColumnValues

  public init(name: String, values: ColumnValues) {
    self.name = name
    self.values = values
  }

  public var type: ColumnType { values.type }
  public var count: Int { values.count }
}

/// The cells of a column, one array a type; a missing cell is a value of its own in each.
public enum ColumnValues: Sendable {
  /// Missing is NaN.
  case number([Double])
  case category(CategoryValues)
  /// 1 yes, 0 no, -1 missing.
  case flag([Int8])
  /// Seconds since 1970-01-01 00:00:00; without a zone in the text, as written; missing is NaN.
  case date([Double])
  case text(TextValues)

  /// Nothing but missing cells.
  public static func missing(_ type: ColumnType, count: Int) -> ColumnValues {
    switch type {
    case .number: .number([Double](repeating: .nan, count: count))
    case .category:
      .category(CategoryValues(codes: [Int32](repeating: -1, count: count), levels: []))
    case .flag: .flag([Int8](repeating: -1, count: count))
    case .date: .date([Double](repeating: .nan, count: count))
    case .text:
      .text(
        TextValues(
          offsets: [Int](repeating: 0, count: count + 1), bytes: [],
          missing: [Bool](repeating: true, count: count)))
    }
  }

  public var type: ColumnType {
    switch self {
    case .number: .number
    case .category: .category
    case .flag: .flag
    case .date: .date
    case .text: .text
    }
  }

  public var count: Int {
    switch self {
    case .number(let values): values.count
    case .category(let values): values.codes.count
    case .flag(let values): values.count
    case .date(let values): values.count
    case .text(let values): values.count
    }
  }

  public func isMissing(_ row: Int) -> Bool {
    switch self {
    case .number(let values): values[row].isNaN
    case .category(let values): values.codes[row] < 0
    case .flag(let values): values[row] < 0
    case .date(let values): values[row].isNaN
    case .text(let values): values.isMissing(row)
    }
  }
}

/// Cells as indices into a dictionary of levels in the order in which they were first seen.
public struct CategoryValues: Sendable, Equatable {
  /// One code a row: an index into `levels`, or -1 for missing.
  public let codes: [Int32]
  public let levels: [String]

  public init(codes: [Int32], levels: [String]) {
    self.codes = codes
    self.levels = levels
  }
}

/// Free text, stored as one run of UTF-8 bytes.
public struct TextValues: Sendable, Equatable {
  /// `count + 1` offsets into `bytes`; cell i is `bytes[offsets[i]..<offsets[i + 1]]`.
  public let offsets: [Int]
  public let bytes: [UInt8]
  /// Rows whose cell is missing, ascending.
  public let missing: [Bool]

  public init(offsets: [Int], bytes: [UInt8], missing: [Bool]) {
    precondition(offsets.count == missing.count + 1, "one offset more than rows")
    self.offsets = offsets
    self.bytes = bytes
    self.missing = missing
  }

  public var count: Int { missing.count }
  public func isMissing(_ row: Int) -> Bool { missing[row] }

  public subscript(row: Int) -> String? {
    missing[row] ? nil : String(decoding: bytes[offsets[row]..<offsets[row + 1]], as: UTF8.self)
  }
}

extension ColumnValues: Equatable {
  /// Cell for cell, by bits: a missing number equals a missing number.
  public static func == (left: ColumnValues, right: ColumnValues) -> Bool {
    switch (left, right) {
    case (.number(let a), .number(let b)), (.date(let a), .date(let b)):
      a.count == b.count
        && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
    case (.category(let a), .category(let b)): a == b
    case (.flag(let a), .flag(let b)): a == b
    case (.text(let a), .text(let b)): a == b
    default: false
    }
  }
}
