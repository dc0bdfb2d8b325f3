import Parallel
import Tables

/// A tree pipeline made ready to transform tables: its dictionaries as look-ups.
///
/// Kernel: writes the bytes of `BinnedColumns`.
public struct TreeTransformer: Sendable {
  public let pipeline: TreePipeline
  public let features: [BinnedFeature]
  /// The level codes of each category, one dictionary a level source.
  private let dictionaries: [[String: UInt16]]
  /// One an encoder that holds rates.
  private let rateTables: [RateCells?]

  /// The bins of an encoder's cells.
  private struct RateCells: Sendable {
    let grid: CellGrid
    let table: BinWriter.RateTable
  }

  /// Rows that one thread bins of one feature before it takes the next.
  private static let blockSize = 1 << 14

  public init(_ pipeline: TreePipeline) {
    self.pipeline = pipeline
    features = pipeline.features
    dictionaries = pipeline.levelSources.map(Self.dictionary)
    rateTables = pipeline.encoders.map { encoder in
      guard case .rates(let rates) = encoder else { return nil }
      return Self.rateCells(rates, sources: rates.sources.map { pipeline.levelSources[$0] })
    }
  }

  static func dictionary(_ source: LevelSource) -> [String: UInt16] {
    guard case .category(let category) = source else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: category.levels.enumerated().map { ($1, UInt16($0)) })
  }

  private static func rateCells(_ rates: LevelRates, sources: [LevelSource]) -> RateCells {
    // Levels beyond the highest with a rate need no cell.
    let limits = zip(sources, [rates.firstLevels, rates.secondLevels]).map { source, levels in
      (levels.filter { $0 < source.levelCount }.max() ?? -1) + 1
    }
    let grid = CellGrid(sources, limits: limits)
    var entries = [Int32](repeating: 0, count: grid.cellCount)
    var bins = [UInt8(rates.thresholds.valueBinCount)]
    for (index, rate) in rates.rates.enumerated() {
      let second = rates.secondLevels.isEmpty ? nil : rates.secondLevels[index]
      let cell = grid.cell(first: rates.firstLevels[index], second: second)
      entries[cell] = Int32(bins.count)
      bins.append(UInt8(rates.thresholds.bin(of: rate)))
    }
    return RateCells(
      grid: grid,
      table: BinWriter.RateTable(entries: entries, bins: bins, foldCount: 1, folds: []))
  }

  /// - Parameters:
  ///   - table: holds the pipeline's required columns, with the types that it was fitted on.
  ///   - rows: the rows to take, in this order; `nil` takes all.
  ///   - permuting: source columns that are read from row `rows[i]` of these in place of the i-th row
  ///     taken: as many as rows are taken. What a feature of two columns loses is then seen for each.
  /// - Returns: the bins, and the columns with cells of levels that training never saw, in the order of
  ///   the level sources.
  /// - Throws: `FeatureError` for a column that is missing or of another type.
  public func transform(
    _ table: Table, rows: [Int]? = nil,
    permuting: (columns: Set<String>, rows: [Int])? = nil, pool: WorkerPool
  ) throws -> (columns: BinnedColumns, unseenLevels: [FeatureTransformer.UnseenLevels]) {
    let rowCount = rows?.count ?? table.rowCount
    Self.check(rows, table)
    if let permuting {
      precondition(permuting.rows.count == rowCount, "as many permuted rows as rows")
      Self.check(permuting.rows, table)
    }
    func rowsToRead(_ column: String) -> [Int]? {
      if let permuting, permuting.columns.contains(column) { permuting.rows } else { rows }
    }
    let readers = try zip(pipeline.levelSources, dictionaries).map { source, dictionary in
      try LevelReader(
        source, dictionary: dictionary, table: table, rows: rowsToRead(source.column))
    }
    let writers = try pipeline.encoders.indices.map { index -> BinWriter in
      switch pipeline.encoders[index] {
      case .number(let number): return try number.writer(table, rows: rowsToRead)
      case .levels(let levels):
        return levels.writer(readers[levels.source], source: pipeline.levelSources[levels.source])
      case .rates(let rates):
        guard let cells = rateTables[index] else { preconditionFailure("rates have a table") }
        return .cells(cells.grid, readers: rates.sources.map { readers[$0] }, cells.table)
      }
    }
    let columns = Self.write(writers, features: features, rowCount: rowCount, pool: pool)
    let blocks = RowBlocks(rowCount: rowCount, blockSize: Self.blockSize)
    var unseenLevels: [FeatureTransformer.UnseenLevels] = []
    for (source, reader) in zip(pipeline.levelSources, readers) where reader.mayMeetUnseen {
      let cells = pool.map(blocks.count) { reader.countUnseen(blocks[$0]) }.reduce(0, +)
      if cells > 0 { unseenLevels.append(.init(column: source.column, cells: cells)) }
    }
    return (columns, unseenLevels)
  }

  /// Rows are given to kernels that trust them.
  static func check(_ rows: [Int]?, _ table: Table) {
    guard let rows else { return }
    let all = 0..<table.rowCount
    precondition(rows.allSatisfy { all.contains($0) }, "a row that the table does not have")
  }

  /// Bins feature by feature, block by block, side by side.
  static func write(
    _ writers: [BinWriter], features: [BinnedFeature], rowCount: Int, pool: WorkerPool
  ) -> BinnedColumns {
    let blocks = RowBlocks(rowCount: rowCount, blockSize: Self.blockSize)
    return BinnedColumns(features: features, rowCount: rowCount) { bytes, stride in
      // Each task writes its own rows of its own feature, and the pool joins before the bytes are read.
      nonisolated(unsafe) let bytes = bytes
      pool.forEach(writers.count * blocks.count) { task, _ in
        let feature = task / blocks.count
        let range = blocks[task % blocks.count]
        writers[feature].write(range, to: bytes + feature * stride + range.lowerBound)
      }
    }
  }
}

extension NumberBins {
  func writer(_ table: Table, rows: (_ column: String) -> [Int]?) throws -> BinWriter {
    let search = BinSearch(thresholds)
    switch input {
    case .column(let name):
      return .number(try table.numbers(name), rows: rows(name), search)
    case .daysBetween(let later, let earlier):
      return .days(
        later: try table.dates(later), laterRows: rows(later),
        earlier: try table.dates(earlier), earlierRows: rows(earlier), search)
    }
  }
}

extension LevelBins {
  func writer(_ reader: LevelReader, source: LevelSource) -> BinWriter {
    let missing = [UInt8](
      repeating: UInt8(binCount - 1), count: source.codeCount - source.levelCount)
    return .levels(reader, bins: bins + missing)
  }
}
