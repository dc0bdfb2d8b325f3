import Tables

/// Some rows of a file that is read as a stream, in the types that were asked for.
public struct CSVBlock: Sendable {
  /// 0, 1, 2 … in file order.
  public let index: Int
  /// The physical line on which the block starts.
  public let firstLine: Int
  /// The wanted columns, in the order in which they were asked for. The levels of a category are those
  /// of this block, in the order in which it has them.
  public let table: Table
  /// The raw columns, in the order in which they were asked for.
  public let rawFields: [RawFields]
  /// For each wanted column, the filled cells that did not parse and count as missing.
  public let unparsedCounts: [Int]
  /// Rows that were left out.
  public let skippedRows: [BadRow]
}

/// The cells of one column exactly as the file has them (as UTF-8), quotes and spaces included.
public struct RawFields: Sendable, Equatable {
  public let bytes: [UInt8]
  /// Where each row's field ends in `bytes`.
  public let ends: [Int]

  public var count: Int { ends.count }

  /// The field of a row, to be written back byte for byte.
  public subscript(row: Int) -> ArraySlice<UInt8> {
    bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]]
  }

  /// The text of a row's field, without quotes and surrounding spaces.
  public func text(_ row: Int) -> String {
    FirstRecord(Array(self[row]), from: 0, separator: 0x0A).fields.first ?? ""
  }
}

/// Makes blocks of typed columns; one thread uses it at a time.
final class CSVBlockMaker {
  /// One wanted column: where it stands in the file and how it is read.
  struct Wanted: Sendable {
    let column: Int
    let schema: ColumnSchema
    let missing: MissingTokens
  }

  private let wanted: [Wanted]
  private let rawColumns: [Int]
  private let tokenizer: BlockTokenizer
  private let dictionaries: [LevelDictionary]
  private let path: String

  init(
    path: String, wanted: [Wanted], rawColumns: [Int], columnCount: Int, separator: UInt8,
    skipsBadRows: Bool
  ) {
    self.path = path
    self.wanted = wanted
    self.rawColumns = rawColumns
    tokenizer = BlockTokenizer(
      columnCount: columnCount, separator: separator, skipsBadRows: skipsBadRows,
      keepsRaw: !rawColumns.isEmpty)
    dictionaries = wanted.map { _ in LevelDictionary() }
  }

  func make(_ buffer: BlockBuffer, _ block: RecordBlock) throws -> CSVBlock {
    let cells = try tokenizer.tokenize(buffer, firstLine: block.firstLine, path: path)
    var unparsed = [Int](repeating: 0, count: wanted.count)
    var columns: [Column] = []
    columns.reserveCapacity(wanted.count)
    for (index, want) in wanted.enumerated() {
      var tally = ColumnTally()
      let values: ColumnValues
      switch want.schema.type {
      case .number, .date:
        values = numbers(cells.block, want, &tally)
      case .category, .flag:
        values = levels(cells.block, want, dictionaries[index], &tally)
      case .text:
        let piece = TextPiece(cells.block, column: want.column, missing: want.missing)
        values = .text(TextValues(piece))
      }
      unparsed[index] = tally.unparsedCount
      columns.append(Column(name: want.schema.name, values: values))
    }
    return CSVBlock(
      index: block.index, firstLine: block.firstLine,
      table: Table(columns: columns, rowCount: cells.block.rowCount),
      rawFields: rawColumns.map { RawFields(cells, column: $0) }, unparsedCounts: unparsed,
      skippedRows: cells.badRows)
  }

  private func numbers(
    _ block: CellBlock, _ want: Wanted, _ tally: inout ColumnTally
  ) -> ColumnValues {
    let values = [Double](unsafeUninitializedCapacity: block.rowCount) { buffer, count in
      // Bounds: the kernels write one value a row.
      if let base = buffer.baseAddress {
        if want.schema.type == .number {
          NumberKernel.convert(
            block, column: want.column,
            decimalMark: want.schema.numberFormat?.decimalMark ?? UInt8(ascii: "."),
            missing: want.missing, infersTypes: false, into: base, tally: &tally)
        } else {
          DateKernel.convert(
            block, column: want.column, order: want.schema.dateOrder ?? .iso,
            missing: want.missing, infersTypes: false, into: base, tally: &tally)
        }
      }
      count = block.rowCount
    }
    return want.schema.type == .number ? .number(values) : .date(values)
  }

  private func levels(
    _ block: CellBlock, _ want: Wanted, _ dictionary: LevelDictionary, _ tally: inout ColumnTally
  ) -> ColumnValues {
    dictionary.reset()
    var codes = [Int32](unsafeUninitializedCapacity: block.rowCount) { buffer, count in
      if let base = buffer.baseAddress {
        dictionary.encode(block, column: want.column, position: 0, into: base)
      }
      count = block.rowCount
    }
    if want.schema.type == .flag {
      let values = (0..<dictionary.count).map { code in
        dictionary.withLevel(code) { level in
          (value: FlagCell.parse(level).value, isMissing: want.missing.contains(level))
        }
      }
      let flags = codes.map { code -> Int8 in
        guard code >= 0, !values[Int(code)].isMissing else { return -1 }
        if values[Int(code)].value < 0 { tally.unparsedCount += 1 }
        return values[Int(code)].value
      }
      return .flag(flags)
    }
    var names: [String] = []
    names.reserveCapacity(dictionary.count)
    var map: [Int32] = []
    for code in 0..<dictionary.count {
      let isMissing =
        !want.missing.isEmpty && dictionary.withLevel(code) { want.missing.contains($0) }
      map.append(isMissing ? -1 : Int32(names.count))
      if !isMissing { names.append(dictionary.level(code)) }
    }
    if names.count < dictionary.count {
      for row in codes.indices where codes[row] >= 0 { codes[row] = map[Int(codes[row])] }
    }
    return .category(CategoryValues(codes: codes, levels: names))
  }
}

extension RawFields {
  init(_ cells: BlockTokenizer.Cells, column: Int) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    ends.reserveCapacity(cells.block.rowCount)
    for row in 0..<cells.block.rowCount {
      bytes.append(contentsOf: cells.rawField(row: row, column: column))
      ends.append(bytes.count)
    }
    self.bytes = bytes
    self.ends = ends
  }
}

extension TextValues {
  init(_ piece: TextPiece) {
    var offsets = [0]
    offsets.reserveCapacity(piece.lengths.count + 1)
    var end = 0
    for length in piece.lengths {
      end += Int(max(length, 0))
      offsets.append(end)
    }
    self.init(offsets: offsets, bytes: piece.bytes, missing: piece.lengths.map { $0 < 0 })
  }
}
