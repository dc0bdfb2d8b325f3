import Tables

/// What leads are told apart by, ready to be fingerprinted: each lead a list of fields, in one run of
/// bytes.
///
/// Each field is preceded by its length as eight little-endian bytes, so that no two lists of fields
/// are the same bytes: ("ab", "c") is not ("a", "bc").
public struct LeadIdentities: Sendable, Equatable {
  /// All leads' fields, one after the other.
  private(set) var bytes: [UInt8] = []
  /// `count + 1` offsets into `bytes`.
  private(set) var offsets: [Int] = [0]

  public init() {}

  public var count: Int { offsets.count - 1 }

  /// Adds a lead.
  public mutating func append(_ fields: [[UInt8]]) {
    for field in fields { LeadHasher.append(field, to: &bytes) }
    offsets.append(bytes.count)
  }

  /// Adds all leads of another list, in its order.
  mutating func append(contentsOf other: LeadIdentities) {
    let start = bytes.count
    bytes += other.bytes
    offsets += other.offsets.dropFirst().map { $0 + start }
  }

  /// The given columns of a table, one lead a row.
  ///
  /// A cell is its value, not its spelling: `07` and `7` in a column of numbers are the same lead. A
  /// missing cell is a field without bytes; others are a letter for the type and the value (numbers,
  /// dates: the eight bytes of the double; flags: one byte; categories and text: UTF-8).
  ///
  /// - Throws: `ModelFileError.columnMissing` for a column that the table lacks.
  public init(of table: Table, columns: [String], rows: [Int]? = nil) throws {
    let cells = try columns.map { name in
      guard let column = table[name] else {
        throw ModelFileError.columnMissing(name: name)
      }
      return column.values
    }
    let rowCount = rows?.count ?? table.rowCount
    offsets.reserveCapacity(rowCount + 1)
    bytes.reserveCapacity(rowCount * columns.count * 17)
    for index in 0..<rowCount {
      let row = rows?[index] ?? index
      for values in cells { Self.append(values, row, to: &bytes) }
      offsets.append(bytes.count)
    }
  }

  private static func append(_ values: ColumnValues, _ row: Int, to bytes: inout [UInt8]) {
    switch values {
    case _ where values.isMissing(row):
      LeadHasher.append([], to: &bytes)
    case .number(let values):
      append(double: values[row], letter: "n", to: &bytes)
    case .date(let values):
      append(double: values[row], letter: "d", to: &bytes)
    case .flag(let values):
      LeadHasher.append([UInt8(ascii: "f"), UInt8(bitPattern: values[row])], to: &bytes)
    case .category(let values):
      append(text: values.levels[Int(values.codes[row])].utf8, to: &bytes)
    case .text(let values):
      append(text: values.bytes[values.offsets[row]..<values.offsets[row + 1]], to: &bytes)
    }
  }

  private static func append(
    double: Double, letter: Unicode.Scalar, to bytes: inout [UInt8]
  ) {
    // -0 and 0 are one value.
    let pattern = (double == 0 ? 0 : double).bitPattern
    LeadHasher.appendLength(9, to: &bytes)
    bytes.append(UInt8(ascii: letter))
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: pattern >> UInt64(shift)))
    }
  }

  private static func append(text: some Collection<UInt8>, to bytes: inout [UInt8]) {
    LeadHasher.appendLength(text.count + 1, to: &bytes)
    bytes.append(UInt8(ascii: "t"))
    bytes.append(contentsOf: text)
  }
}
