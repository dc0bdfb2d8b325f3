import Parallel
import Synchronization
import Tables

/// A table read block by block with the types, separators and date order of a known schema.
///
/// Nothing is inferred: cells that do not parse under the schema are missing, and counted. Memory
/// depends on the number of threads and the size of a block, not on the file.
public struct CSVStream: Sendable {
  /// Bytes a block: large enough that a block's own dictionaries cost little.
  static let blockSize = 1 << 20

  public let origin: TableOrigin
  /// The schema's dialect with what this file shows of itself: byte-order mark, line ends, `sep=` line.
  /// What is no text file is read as CSV of the default dialect, whatever the schema's.
  public let dialect: TextDialect
  /// The file's columns, in file order.
  public let columnNames: [String]
  /// Columns of the file that the schema does not have.
  public let unknownColumns: [String]
  /// Columns without a name, or with one that stood before.
  public let notes: [TableNote]

  private let schema: TableSchema
  private let wanted: [CSVBlockMaker.Wanted]
  private let rawColumns: [Int]
  private let skipBadRows: Bool
  private let snapshot: DatabaseSnapshot

  /// Opens a CSV file and checks that it has what is wanted.
  public init(
    path: String, schema: TableSchema, columns: [String], rawColumns: [String] = [],
    skipBadRows: Bool = false
  ) throws {
    try self.init(
      origin: .csv(path: path), schema: schema, columns: columns, rawColumns: rawColumns,
      skipBadRows: skipBadRows)
  }

  /// Opens a table and checks that it has what is wanted; of a database, no row is asked for yet.
  ///
  /// - Parameters:
  ///   - schema: of the file that the model was fitted to.
  ///   - columns: names of columns of the schema to be read in their types; they may stand in any
  ///     order in the file.
  ///   - rawColumns: names of columns of the file to be carried as they are.
  ///   - skipBadRows: whether rows that cannot be read are left out and listed in their block.
  ///   - snapshot: what PostgreSQL is read in; share one to see all tables as of one moment.
  /// - Throws: `SourceError`; `.missingColumns` names all that are missing at once.
  public init(
    origin: TableOrigin, schema: TableSchema, columns: [String], rawColumns: [String] = [],
    skipBadRows: Bool = false, snapshot: DatabaseSnapshot = DatabaseSnapshot()
  ) throws {
    let (input, header) = try Self.open(
      origin, schema: schema, isRereadable: true, snapshot: snapshot)
    var missing: [String] = []
    for name in columns + rawColumns where !header.names.contains(name) && !missing.contains(name) {
      missing.append(name)
    }
    guard missing.isEmpty else {
      throw SourceError.missingColumns(
        path: origin.name, names: missing, present: header.names,
        separator: input.dialect.separator)
    }
    self.origin = origin
    self.schema = schema
    self.skipBadRows = skipBadRows
    self.snapshot = snapshot
    var dialect = input.dialect
    if input.records == nil {
      dialect.hasHeader = schema.dialect.hasHeader
      dialect.decimalMark = schema.dialect.decimalMark
    }
    self.dialect = dialect
    columnNames = header.names
    unknownColumns = header.names.filter { schema[$0] == nil }
    notes = (input.records?.notes ?? []) + header.notes
    let indices = Dictionary(uniqueKeysWithValues: header.names.enumerated().map { ($1, $0) })
    wanted = try columns.map { name in
      guard let index = indices[name], let column = schema[name] else {
        throw SourceError.invalidOption(
          name: "column \"\(name)\"", reason: "the schema does not say what type it has")
      }
      return CSVBlockMaker.Wanted(
        column: index, schema: column, missing: MissingTokens(column.missingTokens))
    }
    self.rawColumns = rawColumns.compactMap { indices[$0] }
  }

  private static func open(
    _ origin: TableOrigin, schema: TableSchema, isRereadable: Bool, snapshot: DatabaseSnapshot
  ) throws -> (TextInput, Header) {
    var marks: [String: UInt8] = [:]
    for column in schema.columns { marks[column.name] = column.numberFormat?.decimalMark }
    let input = try TextInput.open(
      origin, separator: schema.dialect.separator, encoding: schema.dialect.encoding,
      isRereadable: isRereadable, decimalMarks: marks, snapshot: snapshot)
    return (
      input, try Header(input, hasHeader: schema.dialect.hasHeader || input.records != nil)
    )
  }

  /// Reads the table once: `process` runs on the pool's threads, `consume` on the calling thread with
  /// the results in file order.
  ///
  /// At most two blocks a thread are held at once. After an error, the results of the blocks before it
  /// have been consumed; those behind it are not.
  /// - Throws: `SourceError` (`isWithoutRows` where there was no row at all), and whatever `process` and
  ///   `consume` throw.
  public func forEachBlock<Output: Sendable>(
    pool: WorkerPool, process: @Sendable (CSVBlock) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    try forEachBlock(pool: pool, blockSize: Self.blockSize, process: process, consume: consume)
  }

  func forEachBlock<Output: Sendable>(
    pool: WorkerPool, blockSize: Int, process: @Sendable (CSVBlock) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    let path = origin.name
    let (input, header) = try Self.open(
      origin, schema: schema, isRereadable: false, snapshot: snapshot)
    guard header.names == columnNames else { throw SourceError.changedWhileReading(path: path) }
    let reader = RecordReader(
      path: path, source: header.rest, separator: dialect.separator, firstLine: header.restLine,
      blockSize: blockSize)
    let rowCount = Atomic<Int>(0)
    try BlockPipeline<Output>(
      reader: SharedReader(reader: reader, room: .max), limit: 2 * pool.threadCount
    ).run(pool: pool) {
      StreamWorker(
        maker: CSVBlockMaker(
          path: path, wanted: wanted, rawColumns: rawColumns, columnCount: columnNames.count,
          separator: dialect.separator, skipsBadRows: skipBadRows),
        buffer: BlockBuffer(contentCapacity: blockSize + 4_096))
    } process: { worker, block in
      let made = try worker.maker.make(worker.buffer, block)
      rowCount.wrappingAdd(made.table.rowCount, ordering: .relaxed)
      return try process(made)
    } consume: {
      try consume($0)
    }
    guard rowCount.load(ordering: .relaxed) > 0 else {
      throw input.records == nil
        ? SourceError.headerAlone(path: path, line: header.line) : SourceError.noRows(path: path)
    }
  }
}

/// What one thread of a stream keeps.
struct StreamWorker {
  let maker: CSVBlockMaker
  let buffer: BlockBuffer
}
