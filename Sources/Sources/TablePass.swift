import CSimd
import Glibc
import Parallel
import Tables

/// What a pass over the file does with one column.
enum ColumnPlan: Equatable {
  case skip
  case number(decimalMark: UInt8)
  case date(DateOrder)
  case levels
  case text
}

/// A text of known columns that can be read from its first row more than once.
struct RereadableText {
  let path: String
  let names: [String]
  let dialect: TextDialect
  /// The line of the first row.
  let firstLine: Int
  /// Bytes of the whole text, header included, or more.
  let byteCount: Int
  let open: () throws -> any ByteSource
}

/// Rows of a column's text in one block.
struct TextPiece: Sendable {
  var bytes: [UInt8] = []
  /// One a row; -1 for missing.
  var lengths: [Int32] = []
}

/// What became of one block.
struct PassBlock: Sendable {
  let index: Int
  let worker: Int
  /// Where its rows were written: the number of line ends before it.
  let provisionalStart: Int
  let rowCount: Int
  let badRows: [BadRow]
  let texts: [Int: TextPiece]
  let firstLine: Int
}

/// Cells of one column as they are being read. The arrays are longer than the table until it is known
/// how many rows there are; what lies behind is never touched.
final class ColumnCells {
  var numbers: [Double] = []
  var codes: [Int32] = []
}

/// One pass over all rows: blocks are taken in file order by whichever thread is free, and each is
/// converted on its own into its place.
///
/// Every thread keeps one dictionary a column. Its codes are its own; a level's first position in the
/// file is kept beside it, by which the dictionaries are merged into first-seen order, the same for any
/// number of threads.
final class TablePass {
  let text: RereadableText
  let plans: [ColumnPlan]
  let missing: [MissingTokens]
  private(set) var cells: [ColumnCells]
  private(set) var blocks: [PassBlock] = []
  private(set) var tallies: [ColumnTally]
  private(set) var dictionaries: [[LevelDictionary]] = []
  private(set) var rowCount = 0

  /// There were more rows than room for them.
  private struct RoomExceeded: Error {
    let rowCount: Int
  }

  init(text: RereadableText, plans: [ColumnPlan], missing: [MissingTokens]) {
    self.text = text
    self.plans = plans
    self.missing = missing
    cells = plans.map { _ in ColumnCells() }
    tallies = plans.map { _ in ColumnTally() }
  }

  /// - Parameter expectedRows: room to start with; more is made if it does not do.
  func run(
    expectedRows: Int, skipsBadRows: Bool, blockSize: Int, pool: WorkerPool
  ) throws {
    do {
      try attempt(
        room: expectedRows, skipsBadRows: skipsBadRows, blockSize: blockSize, pool: pool)
    } catch let exceeded as RoomExceeded {
      try attempt(
        room: exceeded.rowCount, skipsBadRows: skipsBadRows, blockSize: blockSize, pool: pool)
    }
  }

  private func attempt(
    room: Int, skipsBadRows: Bool, blockSize: Int, pool: WorkerPool
  ) throws {
    cells = plans.map { _ in ColumnCells() }
    let reader = RecordReader(
      path: text.path, source: try text.open(), separator: text.dialect.separator,
      firstLine: text.firstLine, blockSize: blockSize)
    let workers = (0..<pool.threadCount).map { number in
      PassWorker(pass: self, number: number, skipsBadRows: skipsBadRows, blockSize: blockSize)
    }
    let shared = SharedReader(reader: reader, room: room)
    var pointers: [CellPointer] = []
    pointers.reserveCapacity(plans.count)
    withCellPointers(from: 0, room: room, &pointers) { pointers in
      // Each worker uses its own state, and blocks write rows of their own.
      nonisolated(unsafe) let workers = workers
      nonisolated(unsafe) let pointers = pointers
      pool.forEach(pool.threadCount) { _, worker in
        workers[worker].run(shared, pointers: pointers)
      }
    }
    if let failure = shared.failure { throw failure }
    if shared.newlineCount > room { throw RoomExceeded(rowCount: shared.newlineCount) }
    blocks = workers.flatMap(\.blocks).sorted { $0.index < $1.index }
    dictionaries = workers.map(\.dictionaries)
    tallies = plans.indices.map { column in
      workers.reduce(into: ColumnTally()) { $0.add($1.tallies[column]) }
    }
    rowCount = blocks.reduce(0) { $0 + $1.rowCount }
    closeGaps(pool: pool)
  }

  /// An array of `count` values that nobody has written: pages of it take memory once they are.
  private static func untouched<Value: BitwiseCopyable>(_ count: Int) -> [Value] {
    // Every value that is read later was written by a block; the rest is cut off.
    [Value](unsafeUninitializedCapacity: count) { _, initialized in initialized = count }
  }

  /// Asks for pages of 2 MB: a column of a million rows is then a handful of page faults, not thousands.
  ///
  /// Bounds: whole pages inside the buffer only; the advice changes no content.
  private static func adviseLargePages(_ buffer: UnsafeMutableRawBufferPointer) {
    let page = 1 << 21
    guard buffer.count >= 2 * page, let base = buffer.baseAddress else { return }
    let skipped = (page - Int(bitPattern: base) & (page - 1)) & (page - 1)
    let length = (buffer.count - skipped) & ~(page - 1)
    if length > 0 { madvise(base + skipped, length, MADV_HUGEPAGE) }
  }

  /// Hands out the memory of new arrays for the length of `body`, one column inside the other, and
  /// keeps the arrays.
  ///
  /// The arrays are variables of this function while their memory is out: were they properties, each
  /// would be an open access that every later one on this thread is checked against.
  private func withCellPointers(
    from column: Int, room: Int, _ pointers: inout [CellPointer], _ body: ([CellPointer]) -> Void
  ) {
    guard column < plans.count else { return body(pointers) }
    switch plans[column] {
    case .number, .date:
      var numbers: [Double] = Self.untouched(room)
      numbers.withUnsafeMutableBufferPointer { buffer in
        Self.adviseLargePages(UnsafeMutableRawBufferPointer(buffer))
        pointers.append(.numbers(buffer.baseAddress))
        withCellPointers(from: column + 1, room: room, &pointers, body)
      }
      cells[column].numbers = numbers
    case .levels:
      var codes: [Int32] = Self.untouched(room)
      codes.withUnsafeMutableBufferPointer { buffer in
        Self.adviseLargePages(UnsafeMutableRawBufferPointer(buffer))
        pointers.append(.codes(buffer.baseAddress))
        withCellPointers(from: column + 1, room: room, &pointers, body)
      }
      cells[column].codes = codes
    case .skip, .text:
      pointers.append(.none)
      withCellPointers(from: column + 1, room: room, &pointers, body)
    }
  }

  /// Moves rows together where blocks had fewer rows than lines, and cuts the arrays to length.
  private func closeGaps(pool: WorkerPool) {
    let hasGaps = zip(blocks, blocks.dropFirst()).contains {
      $0.provisionalStart + $0.rowCount != $1.provisionalStart
    }
    nonisolated(unsafe) let pass = self
    pool.forEach(plans.count) { column, _ in
      let cells = pass.cells[column]
      if hasGaps {
        cells.numbers.withUnsafeMutableBufferPointer { pass.closeGaps($0) }
        cells.codes.withUnsafeMutableBufferPointer { pass.closeGaps($0) }
      }
      if cells.numbers.count > pass.rowCount {
        cells.numbers.removeLast(cells.numbers.count - pass.rowCount)
      }
      if cells.codes.count > pass.rowCount {
        cells.codes.removeLast(cells.codes.count - pass.rowCount)
      }
    }
  }

  private func closeGaps<Value>(_ values: UnsafeMutableBufferPointer<Value>) {
    guard let base = values.baseAddress, !values.isEmpty else { return }
    var start = 0
    for block in blocks {
      // Bounds: a block's rows lie inside the room, and move down only.
      (base + start).update(from: base + block.provisionalStart, count: block.rowCount)
      start += block.rowCount
    }
  }

  /// Where each block's rows are in the finished columns.
  func rows(of block: Int, starts: [Int]) -> Range<Int> {
    starts[block]..<starts[block] + blocks[block].rowCount
  }

  var blockStarts: [Int] {
    var start = 0
    return blocks.map { block in
      defer { start += block.rowCount }
      return start
    }
  }
}

/// The memory that a column's cells go to.
enum CellPointer {
  case numbers(UnsafeMutablePointer<Double>?)
  case codes(UnsafeMutablePointer<Int32>?)
  case none
}

/// The reader of a pass, used by one thread at a time, and the first thing that went wrong.
///
/// `@unchecked Sendable`: all state is reached under the lock only.
final class SharedReader: @unchecked Sendable {
  private let reader: RecordReader
  private let room: Int
  // A lock of the system, which the thread sanitizer knows.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var failures: [(block: Int, error: any Error)] = []
  private(set) var newlineCount = 0

  init(reader: RecordReader, room: Int) {
    self.reader = reader
    self.room = room
    pthread_mutex_init(lock, nil)
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  private func locked<Value>(_ body: () -> Value) -> Value {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return body()
  }

  /// The error of the earliest block that had one.
  var failure: (any Error)? {
    locked { failures.min { $0.block < $1.block }?.error }
  }

  func next(into buffer: BlockBuffer) -> RecordBlock? {
    locked {
      guard failures.isEmpty else { return nil }
      do {
        while let block = try reader.next(into: buffer) {
          newlineCount = block.newlinesBefore + block.newlineCount
          // Without room the lines are only counted, so that the next attempt has enough.
          if newlineCount <= room { return block }
        }
        return nil
      } catch {
        failures.append((Int.max, error))
        return nil
      }
    }
  }

  func fail(_ block: Int, _ error: any Error) {
    locked { failures.append((block, error)) }
  }
}

/// What one thread keeps during a pass.
private final class PassWorker {
  private let number: Int
  private let path: String
  private let plans: [ColumnPlan]
  private let missing: [MissingTokens]
  private let buffer: BlockBuffer
  private let tokenizer: BlockTokenizer
  private(set) var dictionaries: [LevelDictionary]
  private(set) var tallies: [ColumnTally]
  private(set) var blocks: [PassBlock] = []

  init(pass: TablePass, number: Int, skipsBadRows: Bool, blockSize: Int) {
    self.number = number
    path = pass.text.path
    plans = pass.plans
    missing = pass.missing
    buffer = BlockBuffer(contentCapacity: min(blockSize, 1 << 20) + 4096)
    tokenizer = BlockTokenizer(
      columnCount: pass.plans.count, separator: pass.text.dialect.separator,
      skipsBadRows: skipsBadRows, keepsRaw: false)
    dictionaries = pass.plans.map { _ in LevelDictionary() }
    tallies = pass.plans.map { _ in ColumnTally() }
  }

  func run(_ shared: SharedReader, pointers: [CellPointer]) {
    while let block = shared.next(into: buffer) {
      do {
        let cells = try tokenizer.tokenize(buffer, firstLine: block.firstLine, path: path)
        let texts = convert(cells.block, block, pointers)
        blocks.append(
          PassBlock(
            index: block.index, worker: number, provisionalStart: block.newlinesBefore,
            rowCount: cells.block.rowCount, badRows: cells.badRows, texts: texts,
            firstLine: block.firstLine))
      } catch {
        shared.fail(block.index, error)
        return
      }
    }
  }

  private func convert(
    _ cells: CellBlock, _ block: RecordBlock, _ pointers: [CellPointer]
  ) -> [Int: TextPiece] {
    var texts: [Int: TextPiece] = [:]
    let start = block.newlinesBefore
    for (column, plan) in plans.enumerated() {
      // Bounds: a block has no more rows than line ends, and there is room for all line ends.
      switch (plan, pointers[column]) {
      case (.number(let mark), .numbers(let base?)):
        NumberKernel.convert(
          cells, column: column, decimalMark: mark, missing: missing[column], infersTypes: true,
          into: base + start, tally: &tallies[column])
      case (.date(let order), .numbers(let base?)):
        DateKernel.convert(
          cells, column: column, order: order, missing: missing[column], infersTypes: true,
          into: base + start, tally: &tallies[column])
      case (.levels, .codes(let base?)):
        dictionaries[column].encode(
          cells, column: column, position: block.index << 32, into: base + start)
      case (.text, _):
        texts[column] = TextPiece(cells, column: column, missing: missing[column])
      default: break
      }
    }
    return texts
  }
}

extension TextPiece {
  init(_ cells: CellBlock, column: Int, missing: MissingTokens) {
    lengths.reserveCapacity(cells.rowCount)
    for row in 0..<cells.rowCount {
      let cell = cells.cell(row: row, column: column)
      if missing.contains(cell) {
        lengths.append(-1)
      } else {
        lengths.append(Int32(cell.count))
        bytes.append(contentsOf: cell)
      }
    }
  }
}
