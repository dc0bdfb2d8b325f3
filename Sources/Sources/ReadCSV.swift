import Parallel
import Tables

/// Reads a CSV file whole and finds the types of its columns from all of their cells.
///
/// Plain files are read block by block; compressed files, pipes and other encodings than UTF-8 are
/// decoded into memory first. The result does not depend on the number of threads.
///
/// - Throws: `SourceError`: what is wrong, where, and what to do.
public func readCSV(
  path: String, options: CSVReadOptions = CSVReadOptions(), pool: WorkerPool
) throws -> CSVTable {
  try readTable(.csv(path: path), options: options, pool: pool)
}

/// Reads a table of any origin whole and finds the types of its columns from all of their cells.
///
/// What is no text file is held in memory as CSV while its types are found; equal cells give equal
/// columns, whatever they come from.
///
/// - Parameters:
///   - options: separator, encoding and header are those of text files, and mean nothing to others.
///   - snapshot: what PostgreSQL is read in; share one to see all tables as of one moment.
/// - Throws: `SourceError`: what is wrong, where, and what to do.
public func readTable(
  _ origin: TableOrigin, options: CSVReadOptions = CSVReadOptions(), pool: WorkerPool,
  snapshot: DatabaseSnapshot = DatabaseSnapshot()
) throws -> CSVTable {
  try readTable(
    origin, options: options, pool: pool, snapshot: snapshot, blockSize: TableReading.blockSize)
}

/// - Parameter blockSize: bytes a block; the table does not depend on it.
func readTable(
  _ origin: TableOrigin, options: CSVReadOptions, pool: WorkerPool,
  snapshot: DatabaseSnapshot = DatabaseSnapshot(), blockSize: Int
) throws -> CSVTable {
  try TableReading(
    origin, options: options.validated(), snapshot: snapshot, blockSize: blockSize
  ).read(pool: pool)
}

/// One reading of a table with inference: a look at the first rows, a pass on what they suggest, and a
/// second pass over the columns where the rest of the file says otherwise.
struct TableReading {
  /// Bytes a block: a block with its index and its results stays in the second-level cache.
  static let blockSize = 1 << 18
  /// Rows from which the first pass takes its plans.
  private static let sampleRows = 1_000

  let options: CSVReadOptions
  let text: RereadableText
  let blockSize: Int
  let expectedRows: Int
  private let headerLine: Int
  private let headerNotes: [TableNote]
  let missing: [MissingTokens]
  /// Columns, by position, whose origin says that their cells are numbers with a decimal point.
  private let numberColumns: Set<Int>
  /// Whether the origin is a sheet or a database rather than a text.
  private let isRecords: Bool

  init(
    _ origin: TableOrigin, options: CSVReadOptions, snapshot: DatabaseSnapshot, blockSize: Int
  ) throws {
    self.options = options
    self.blockSize = blockSize
    let input = try TextInput.open(
      origin, separator: options.separator, encoding: options.encoding, snapshot: snapshot)
    let path = input.path
    let hasHeader = options.hasHeader || input.records != nil
    let header = try Header(input, hasHeader: hasHeader)
    var dialect = input.dialect
    dialect.hasHeader = hasHeader
    for (option, names) in options.namedColumns {
      let unknown = names.filter { !header.names.contains($0) }
      guard unknown.isEmpty else {
        throw SourceError.unknownColumns(
          path: path, option: option, names: unknown, present: header.names)
      }
    }
    let byteCount: Int
    let open: () throws -> any ByteSource
    if let size = input.size, !input.isCompressed, dialect.encoding == .utf8 {
      byteCount = size
      open = {
        let input = try TextInput(
          path: path, separator: options.separator, encoding: options.encoding)
        return try Header(input, hasHeader: hasHeader).rest
      }
      let lines = max(input.head.count { $0 == 0x0A }, 1)
      // A tenth more than the first lines make likely; a file with shorter ones is read again.
      expectedRows =
        byteCount <= input.head.count
        ? lines + 1
        : Int(Double(byteCount) / Double(input.head.count) * Double(lines) * 1.1) + 1_024
    } else {
      let held = try HeldText(header.rest)
      byteCount = held.byteCount
      open = { HeldBytes(held) }
      expectedRows = held.newlineCount + 1
    }
    numberColumns = input.records?.numberColumns ?? []
    isRecords = input.records != nil
    text = RereadableText(
      path: path, names: header.names, dialect: dialect, firstLine: header.restLine,
      byteCount: byteCount, open: open)
    headerLine = header.line
    headerNotes = (input.records?.notes ?? []) + header.notes
    missing = header.names.map { MissingTokens(options.missingTokens(of: $0)) }
  }

  func read(pool: WorkerPool) throws -> CSVTable {
    let first = TablePass(text: text, plans: try samplePlans(), missing: missing)
    try first.run(
      expectedRows: expectedRows, skipsBadRows: options.skipBadRows, blockSize: blockSize,
      pool: pool)
    guard first.rowCount > 0 else {
      throw isRecords
        ? SourceError.noRows(path: text.path)
        : SourceError.headerAlone(path: text.path, line: headerLine)
    }
    let levels = mergedLevels(of: first, pool: pool)
    let evidence = text.names.indices.map { column in
      levels[column]?.tally.evidence ?? first.tallies[column].evidence
    }
    let decimalMark = fileDecimalMark(evidence)
    let types = try text.names.indices.map { column in
      try decideType(column, evidence[column], fileDecimalMark: decimalMark)
    }
    let second = try secondPass(after: first, types: types, pool: pool)
    let secondLevels = second.map { mergedLevels(of: $0, pool: pool) }
    let outcomes = pool.map(text.names.count) { column in
      if let second, second.plans[column] != .skip {
        ColumnFinish(
          pass: second, column: column, levels: secondLevels?[column], type: types[column],
          stated: options.statedType(of: text.names[column])
        ).finish()
      } else {
        ColumnFinish(
          pass: first, column: column, levels: levels[column], type: types[column],
          stated: options.statedType(of: text.names[column])
        ).finish()
      }
    }
    return assemble(outcomes, rows: first, decimalMark: decimalMark)
  }

  /// The plans that the first rows suggest. They decide how much work there is, never the result.
  private func samplePlans() throws -> [ColumnPlan] {
    let reader = RecordReader(
      path: text.path, source: try text.open(), separator: text.dialect.separator,
      firstLine: text.firstLine, blockSize: min(blockSize, 1 << 18))
    let buffer = BlockBuffer(contentCapacity: 4_096)
    let tokenizer = BlockTokenizer(
      columnCount: text.names.count, separator: text.dialect.separator, skipsBadRows: true,
      keepsRaw: false)
    var evidence = [CellEvidence](repeating: [], count: text.names.count)
    if let block = try reader.next(into: buffer) {
      let cells = try tokenizer.tokenize(buffer, firstLine: block.firstLine, path: text.path).block
      for column in text.names.indices {
        for row in 0..<min(cells.rowCount, Self.sampleRows) {
          let cell = cells.cell(row: row, column: column)
          guard !missing[column].contains(cell) else { continue }
          evidence[column].formUnion(ColumnInference.evidence(of: cell))
          if evidence[column].isSuperset(of: .notAnything) { break }
        }
      }
    }
    return text.names.indices.map { column in
      plan(for: evidence[column], column: text.names[column])
    }
  }

  private func plan(for evidence: CellEvidence, column name: String) -> ColumnPlan {
    let point = UInt8(ascii: ".")
    switch options.statedType(of: name) {
    case .text: return .text
    case .category, .flag: return .levels
    case .number:
      if let format = options.numberFormats[name] {
        return .number(decimalMark: format.decimalMark)
      }
      if case .number(let format) = ColumnInference.numberFormat(evidence, fileDecimalMark: point) {
        return .number(decimalMark: format.decimalMark)
      }
      return .number(decimalMark: point)
    case .date:
      if let order = options.dateOrders[name] { return .date(order) }
      if case .date(let order) = ColumnInference.dateOrder(evidence) { return .date(order) }
      return .date(.dayFirst)
    case nil: break
    }
    switch ColumnInference.decide(evidence) {
    case .number(let format): return .number(decimalMark: format.decimalMark)
    case .unclearNumber(let mark): return .number(decimalMark: mark)
    case .date(let order): return .date(order)
    case .unclearDate: return .date(.dayFirst)
    case .flag, .levels: return .levels
    }
  }

  private func mergedLevels(of pass: TablePass, pool: WorkerPool) -> [MergedLevels?] {
    var merged = [MergedLevels?](repeating: nil, count: pass.plans.count)
    merged.withUnsafeMutableBufferPointer { slots in
      // Each column writes its own slot, and the pool joins before the array is read.
      nonisolated(unsafe) let slots = slots
      nonisolated(unsafe) let pass = pass
      pool.forEach(pass.plans.count) { column, _ in
        guard pass.plans[column] == .levels else { return }
        slots[column] = MergedLevels(
          pass.dictionaries.map { $0[column] }, missing: pass.missing[column])
      }
    }
    return merged
  }

  /// The mark that the file's columns of numbers agree on; a point where none shows one or both do.
  private func fileDecimalMark(_ evidence: [CellEvidence]) -> UInt8 {
    var marks: Set<UInt8> = []
    for (column, evidence) in evidence.enumerated() {
      if let format = options.numberFormats[text.names[column]] {
        marks.insert(format.decimalMark)
      } else if let mark = ColumnInference.settledDecimalMark(evidence) {
        marks.insert(mark)
      }
    }
    return marks == [UInt8(ascii: ",")] ? UInt8(ascii: ",") : UInt8(ascii: ".")
  }

  /// The type of a column by what was said, or else by its evidence.
  private func decideType(
    _ column: Int, _ evidence: CellEvidence, fileDecimalMark: UInt8
  ) throws -> InferredType {
    let name = text.names[column]
    var type: InferredType
    switch options.statedType(of: name) {
    case .text, .category: return .levels
    case .flag: return .flag
    case .number:
      if let format = options.numberFormats[name] { return .number(format) }
      type = ColumnInference.numberFormat(evidence, fileDecimalMark: fileDecimalMark)
      if type == .levels { type = .number(NumberFormat(decimalMark: fileDecimalMark)) }
    case .date:
      if let order = options.dateOrders[name] { return .date(order) }
      type = ColumnInference.dateOrder(evidence)
      if type == .levels {
        throw SourceError.contradictoryDates(
          path: text.path, column: name,
          dayFirst: try firstCell(of: column, with: .dayFirstDate).line,
          monthFirst: try firstCell(of: column, with: .monthFirstDate).line)
      }
    case nil:
      type = ColumnInference.decide(evidence, fileDecimalMark: fileDecimalMark)
    }
    switch type {
    case .unclearNumber where numberColumns.contains(column):
      return .number(NumberFormat())
    case .unclearNumber(let mark):
      let wanted: CellEvidence = mark == UInt8(ascii: ".") ? .unclearPoint : .unclearComma
      let found = try firstCell(of: column, with: wanted)
      throw SourceError.ambiguousNumbers(
        path: text.path, column: name, line: found.line, example: found.cell)
    case .unclearDate:
      let found = try firstCell(of: column, with: [.unclearDate, .dayFirstDate, .monthFirstDate])
      throw SourceError.ambiguousDates(path: text.path, column: name, line: found.line)
    default: return type
    }
  }

  /// The line and text of the first cell of a column that shows any of the wanted evidence.
  private func firstCell(
    of column: Int, with wanted: CellEvidence
  ) throws -> (line: Int, cell: String) {
    let reader = RecordReader(
      path: text.path, source: try text.open(), separator: text.dialect.separator,
      firstLine: text.firstLine, blockSize: blockSize)
    let buffer = BlockBuffer(contentCapacity: 4_096)
    let tokenizer = BlockTokenizer(
      columnCount: text.names.count, separator: text.dialect.separator, skipsBadRows: true,
      keepsRaw: true)
    while let block = try reader.next(into: buffer) {
      let cells = try tokenizer.tokenize(buffer, firstLine: block.firstLine, path: text.path)
      for row in 0..<cells.block.rowCount {
        let cell = cells.block.cell(row: row, column: column)
        guard !missing[column].contains(cell),
          !ColumnInference.evidence(of: cell).isDisjoint(with: wanted)
        else { continue }
        let raw = cells.rawField(row: row, column: column)
        let before = raw.baseAddress.map { $0 - buffer.bytes } ?? BlockBuffer.start
        var line = block.firstLine
        for at in BlockBuffer.start..<before where buffer.bytes[at] == 0x0A { line += 1 }
        return (line, String(decoding: cell, as: UTF8.self))
      }
    }
    return (text.firstLine, "")
  }

  /// Reads the columns again whose first plan the whole file did not bear out.
  private func secondPass(
    after first: TablePass, types: [InferredType], pool: WorkerPool
  ) throws -> TablePass? {
    let plans = first.plans.enumerated().map { column, plan -> ColumnPlan in
      switch (plan, types[column]) {
      case (.number(let mark), .number(let format)) where mark != format.decimalMark:
        .number(decimalMark: format.decimalMark)
      case (.number, .date(let order)): .date(order)
      case (.number, .levels): .levels
      case (.date(let old), .date(let new)) where old != new: .date(new)
      case (.date, .number(let format)): .number(decimalMark: format.decimalMark)
      case (.date, .flag), (.date, .levels): .levels
      default: .skip
      }
    }
    guard plans.contains(where: { $0 != .skip }) else { return nil }
    let second = TablePass(text: text, plans: plans, missing: missing)
    try second.run(
      expectedRows: first.blocks.reduce(expectedRows) { max($0, $1.provisionalStart) },
      skipsBadRows: options.skipBadRows, blockSize: blockSize, pool: pool)
    guard second.rowCount == first.rowCount else {
      throw SourceError.changedWhileReading(path: text.path)
    }
    return second
  }

  private func assemble(
    _ outcomes: [ColumnFinish.Outcome], rows: TablePass, decimalMark: UInt8
  ) -> CSVTable {
    var dialect = text.dialect
    dialect.decimalMark = decimalMark
    var notes = headerNotes
    if dialect.encoding != .utf8 { notes.append(.readAs(dialect.encoding)) }
    var columns: [Column] = []
    var schemas: [ColumnSchema] = []
    for (name, outcome) in zip(text.names, outcomes) {
      columns.append(Column(name: name, values: outcome.values))
      var tokens = options.missingTokens(of: name)
      tokens += outcome.usualMissingTokens.filter { !tokens.contains($0) }
      schemas.append(
        ColumnSchema(
          name: name, type: outcome.values.type, numberFormat: outcome.numberFormat,
          dateOrder: outcome.dateOrder,
          hasZone: outcome.dateOrder != nil && outcome.tally.evidence.contains(.zonedTime)
            ? true : nil, missingTokens: tokens))
      notes += outcome.notes(name)
    }
    return CSVTable(
      table: Table(columns: columns, rowCount: rows.rowCount),
      schema: TableSchema(columns: schemas, dialect: dialect),
      skippedRows: rows.blocks.flatMap(\.badRows), notes: notes)
  }
}
