import Tables

/// How some columns of stated types are written, from as few rows as settle it.
///
/// For tables that are too large to be read twice: the first rows decide the order of dates and the
/// decimal mark, and more are read only while they leave them open. What later cells show otherwise is
/// missing when they are read, and counted there.
///
/// - Parameters:
///   - columns: names and types, in any order.
///   - options: missing tokens, separator, encoding, number formats and date orders; its types do not
///     count.
///   - like: a table of the same system: where the cells leave dates or numbers open, they are taken to
///     be written as there, if all of its columns agree.
///   - snapshot: what PostgreSQL is read in.
/// - Returns: the schema of these columns, in the order given.
/// - Throws: `SourceError`: columns that are not there, `.ambiguousDates` where no cell of a column
///   settles its order, and what can't be read.
public func sampledSchema(
  _ origin: TableOrigin, columns: [(name: String, type: ColumnType)],
  options: CSVReadOptions = CSVReadOptions(), like: TableSchema? = nil,
  snapshot: DatabaseSnapshot = DatabaseSnapshot()
) throws -> TableSchema {
  try SchemaSampling(
    origin, columns: columns, options: options.validated(), like: like, snapshot: snapshot
  ).schema()
}

/// One look at the first rows of a table.
private struct SchemaSampling {
  private struct Wanted {
    let name: String
    let type: ColumnType
    let position: Int
    let missing: MissingTokens
    var evidence: CellEvidence = []
    /// The lines of the first cells that may be read in two ways, have the day first, and the month. Good
    /// enough to find the cells by: quoted line ends before them are not counted.
    var unclearLine: Int?
    var dayFirstLine: Int?
    var monthFirstLine: Int?

    mutating func add(_ evidence: CellEvidence, line: Int) {
      if !evidence.isDisjoint(with: [.unclearDate, .unclearPoint, .unclearComma]) {
        unclearLine = unclearLine ?? line
      }
      if evidence.contains(.dayFirstDate) { dayFirstLine = dayFirstLine ?? line }
      if evidence.contains(.monthFirstDate) { monthFirstLine = monthFirstLine ?? line }
      self.evidence.formUnion(evidence)
    }
  }

  private let options: CSVReadOptions
  private let input: TextInput
  private let header: Header
  private let numberColumns: Set<Int>
  private var wanted: [Wanted]
  private let usualOrder: DateOrder?
  private let usualMark: UInt8?

  init(
    _ origin: TableOrigin, columns: [(name: String, type: ColumnType)], options: CSVReadOptions,
    like: TableSchema?, snapshot: DatabaseSnapshot
  ) throws {
    self.options = options
    let orders = Set((like?.columns ?? []).compactMap(\.dateOrder))
    usualOrder = orders.count == 1 ? orders.first : nil
    let marks = Set((like?.columns ?? []).compactMap(\.numberFormat?.decimalMark))
    usualMark = marks.count == 1 ? marks.first : nil
    input = try TextInput.open(
      origin, separator: options.separator, encoding: options.encoding, snapshot: snapshot)
    let header = try Header(input, hasHeader: options.hasHeader || input.records != nil)
    self.header = header
    numberColumns = input.records?.numberColumns ?? []
    let missing = columns.map(\.name).filter { !header.names.contains($0) }
    guard missing.isEmpty else {
      throw SourceError.missingColumns(
        path: origin.name, names: missing, present: header.names,
        separator: input.dialect.separator)
    }
    wanted = columns.compactMap { name, type in
      header.names.firstIndex(of: name).map {
        Wanted(
          name: name, type: type, position: $0,
          missing: MissingTokens(options.missingTokens(of: name)))
      }
    }
  }

  func schema() throws -> TableSchema {
    var sampling = self
    try sampling.look()
    return try sampling.decided()
  }

  private mutating func look() throws {
    let reader = RecordReader(
      path: input.path, source: header.rest, separator: input.dialect.separator,
      firstLine: header.restLine, blockSize: CSVStream.blockSize)
    let buffer = BlockBuffer(contentCapacity: 4_096)
    let tokenizer = BlockTokenizer(
      columnCount: header.names.count, separator: input.dialect.separator,
      skipsBadRows: options.skipBadRows, keepsRaw: false)
    while let block = try reader.next(into: buffer) {
      let cells = try tokenizer.tokenize(buffer, firstLine: block.firstLine, path: input.path).block
      for index in wanted.indices where needsCells(wanted[index]) {
        for row in 0..<cells.rowCount {
          let cell = cells.cell(row: row, column: wanted[index].position)
          guard !wanted[index].missing.contains(cell) else { continue }
          wanted[index].add(
            ColumnInference.evidence(of: cell), line: block.firstLine + row)
        }
      }
      if wanted.allSatisfy({ !needsCells($0) || isSettled($0) }) { return }
    }
  }

  private func needsCells(_ column: Wanted) -> Bool {
    switch column.type {
    case .date: true
    case .number: options.numberFormats[column.name] == nil
    case .category, .flag, .text: false
    }
  }

  private func isSettled(_ column: Wanted) -> Bool {
    guard !column.evidence.isEmpty else { return false }
    if options.dateOrders[column.name] != nil { return true }
    switch decision(column, fileMark: UInt8(ascii: ".")) {
    case .unclearDate, .unclearNumber: return false
    default: return true
    }
  }

  private func decision(_ column: Wanted, fileMark: UInt8) -> InferredType {
    switch column.type {
    case .date: ColumnInference.dateOrder(column.evidence)
    case .number: ColumnInference.numberFormat(column.evidence, fileDecimalMark: fileMark)
    case .category, .flag, .text: .levels
    }
  }

  private func decided() throws -> TableSchema {
    let marks = Set(wanted.compactMap { ColumnInference.settledDecimalMark($0.evidence) })
    let fileMark =
      marks.count == 1 ? marks.first ?? UInt8(ascii: ".") : usualMark ?? UInt8(ascii: ".")
    var dialect = input.dialect
    dialect.hasHeader = options.hasHeader || input.records != nil
    dialect.decimalMark = fileMark
    return TableSchema(
      columns: try wanted.map { column in
        var schema = ColumnSchema(
          name: column.name, type: column.type,
          missingTokens: options.missingTokens(of: column.name))
        switch column.type {
        case .date:
          schema.dateOrder = try dateOrder(column)
          schema.hasZone = column.evidence.contains(.zonedTime) ? true : nil
        case .number: schema.numberFormat = try numberFormat(column, fileMark: fileMark)
        case .category, .flag, .text: break
        }
        return schema
      }, dialect: dialect)
  }

  private func dateOrder(_ column: Wanted) throws -> DateOrder {
    if let order = options.dateOrders[column.name] { return order }
    switch decision(column, fileMark: UInt8(ascii: ".")) {
    case .date(let order): return order
    case .unclearDate where usualOrder == .dayFirst || usualOrder == .monthFirst:
      return usualOrder ?? .iso
    case .levels:
      throw SourceError.contradictoryDates(
        path: input.path, column: column.name, dayFirst: column.dayFirstLine ?? header.restLine,
        monthFirst: column.monthFirstLine ?? header.restLine)
    default:
      throw SourceError.ambiguousDates(
        path: input.path, column: column.name, line: column.unclearLine ?? header.restLine)
    }
  }

  private func numberFormat(_ column: Wanted, fileMark: UInt8) throws -> NumberFormat {
    if let format = options.numberFormats[column.name] { return format }
    if numberColumns.contains(column.position) { return NumberFormat() }
    switch decision(column, fileMark: fileMark) {
    case .number(let format): return format
    case .unclearNumber where usualMark != nil:
      return NumberFormat(decimalMark: usualMark ?? fileMark)
    case .unclearNumber(let mark):
      throw SourceError.ambiguousNumbers(
        path: input.path, column: column.name, line: column.unclearLine ?? header.restLine,
        example: mark == UInt8(ascii: ".") ? "1.500" : "1,500")
    default: return NumberFormat(decimalMark: fileMark)
    }
  }
}
