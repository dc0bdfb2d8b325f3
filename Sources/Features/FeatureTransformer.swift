import Parallel
import Tables

/// A pipeline made ready to transform tables: its dictionaries as look-ups.
public struct FeatureTransformer: Sendable {
  public let pipeline: FeaturePipeline
  public let layout: FeatureLayout
  private let levelCodes: [[String: UInt16]]

  public init(_ pipeline: FeaturePipeline) {
    self.pipeline = pipeline
    layout = pipeline.layout
    levelCodes = pipeline.encoders.map { encoder in
      guard case .category(let category) = encoder else { return [:] }
      return Dictionary(
        uniqueKeysWithValues: category.levels.enumerated().map { ($1, UInt16($0)) })
    }
  }

  /// Cells of one column whose level training never saw.
  public struct UnseenLevels: Sendable, Equatable {
    public let column: String
    public let cells: Int

    public init(column: String, cells: Int) {
      self.column = column
      self.cells = cells
    }
  }

  public struct Output: Sendable {
    public let matrix: FeatureMatrix
    /// Columns with cells of unseen levels only, in encoder order.
    public let unseenLevels: [UnseenLevels]
  }

  /// Rows a block: its numbers and codes stay in the cache while encoder after encoder fills them.
  private static let blockSize = 2_048

  /// - Parameters:
  ///   - table: holds the pipeline's required columns, with the types that it was fitted on.
  ///   - rows: the rows to take, in this order; `nil` takes all.
  /// - Throws: `FeatureError` for a column that is missing or of another type.
  public func transform(
    _ table: Table, rows: [Int]? = nil, pool: WorkerPool
  ) throws -> Output {
    let sources = try zip(pipeline.encoders, levelCodes).map {
      try EncoderSource(encoder: $0, levelCodes: $1, table: table)
    }
    let rowCount = rows?.count ?? table.rowCount
    let numberCount = layout.numbers.count
    let groupCount = layout.groups.count
    let blocks = RowBlocks(rowCount: rowCount, blockSize: Self.blockSize)
    var unseen = [Int](repeating: 0, count: blocks.count * sources.count)
    var codes: [UInt16] = []
    let numbers = [Double](unsafeUninitializedCapacity: rowCount * numberCount) {
      numbers, initialised in
      codes = [UInt16](unsafeUninitializedCapacity: rowCount * groupCount) {
        codes, initialisedCodes in
        unseen.withUnsafeMutableBufferPointer { unseen in
          // Each block writes its own rows and its own counts, and the pool joins before the arrays
          // are read; both arrays are written in full.
          nonisolated(unsafe) let numbers = numbers
          nonisolated(unsafe) let codes = codes
          nonisolated(unsafe) let unseen = unseen
          pool.forEach(blocks.count) { block, _ in
            var numberColumn = 0
            var groupColumn = 0
            for (index, source) in sources.enumerated() {
              let written = source.write(
                rows: blocks[block], of: rows,
                numbers: numbers, numberStride: numberCount, numberColumn: &numberColumn,
                codes: codes, codeStride: groupCount, groupColumn: &groupColumn)
              unseen[block * sources.count + index] = written
            }
          }
        }
        initialisedCodes = rowCount * groupCount
      }
      initialised = rowCount * numberCount
    }
    let unseenLevels = sources.indices.compactMap { index -> UnseenLevels? in
      let cells = blocks.indices.reduce(0) { $0 + unseen[$1 * sources.count + index] }
      guard cells > 0, let column = pipeline.encoders[index].columns.first else { return nil }
      return UnseenLevels(column: column, cells: cells)
    }
    return Output(
      matrix: FeatureMatrix(layout: layout, rowCount: rowCount, numbers: numbers, codes: codes),
      unseenLevels: unseenLevels)
  }
}

/// An encoder bound to a table's column.
private enum EncoderSource: Sendable {
  case number(NumberEncoder, [Double], minus: [Double]?)
  /// The code of each of the table's levels, and whether training never saw it.
  case category(CategoryEncoder, codes: [Int32], levelCodes: [UInt16], levelUnseen: [Bool])
  case flag(FlagEncoder, [Int8])
  case calendar(CalendarEncoder, [Double])

  init(encoder: FeatureEncoder, levelCodes: [String: UInt16], table: Table) throws {
    switch encoder {
    case .number(let number):
      switch number.input {
      case .column(let name):
        self = .number(number, try table.numbers(name), minus: nil)
      case .daysBetween(let later, let earlier):
        self = .number(number, try table.dates(later), minus: try table.dates(earlier))
      }
    case .category(let category):
      let values = try table.categories(category.column)
      var codes: [UInt16] = []
      var unseen: [Bool] = []
      for level in values.levels {
        if let code = levelCodes[level] {
          codes.append(code)
          unseen.append(false)
        } else {
          codes.append(category.pooledCode)
          unseen.append(!category.isRare(level))
        }
      }
      self = .category(
        category, codes: values.codes, levelCodes: codes, levelUnseen: unseen)
    case .flag(let flag):
      self = .flag(flag, try table.flags(flag.column))
    case .calendar(let calendar):
      self = .calendar(calendar, try table.dates(calendar.column))
    }
  }

  /// Writes one encoder's features for a range of output rows and moves the column counters on.
  /// - Returns: the number of cells whose level training never saw.
  func write(
    rows range: Range<Int>, of rows: [Int]?,
    numbers: UnsafeMutableBufferPointer<Double>, numberStride: Int, numberColumn: inout Int,
    codes: UnsafeMutableBufferPointer<UInt16>, codeStride: Int, groupColumn: inout Int
  ) -> Int {
    switch self {
    case .number(let encoder, let values, let minus):
      let hasGroup = encoder.group != nil
      for row in range {
        let source = rows?[row] ?? row
        var value = values[source]
        if let minus { value = (value - minus[source]) / 86_400 }
        if !value.isFinite { value = .nan }
        let base = row * numberStride + numberColumn
        if value.isNaN {
          numbers.initializeElement(at: base, to: 0)
          if encoder.signedLog != nil { numbers.initializeElement(at: base + 1, to: 0) }
        } else {
          let clamped = min(max(value, encoder.minimum), encoder.maximum)
          numbers.initializeElement(at: base, to: encoder.value.apply(clamped))
          if let signedLog = encoder.signedLog {
            numbers.initializeElement(
              at: base + 1, to: signedLog.apply(NumberEncoder.signedLog(clamped)))
          }
        }
        if hasGroup {
          codes.initializeElement(
            at: row * codeStride + groupColumn, to: encoder.code(value))
        }
      }
      numberColumn += encoder.signedLog == nil ? 1 : 2
      if hasGroup { groupColumn += 1 }
      return 0
    case .category(let encoder, let values, let levelCodes, let levelUnseen):
      var unseen = 0
      for row in range {
        let code = Int(values[rows?[row] ?? row])
        let target = row * codeStride + groupColumn
        if code < 0 {
          codes.initializeElement(at: target, to: encoder.missingCode)
        } else {
          codes.initializeElement(at: target, to: levelCodes[code])
          if levelUnseen[code] { unseen += 1 }
        }
      }
      groupColumn += 1
      return unseen
    case .flag(let encoder, let values):
      for row in range {
        codes.initializeElement(
          at: row * codeStride + groupColumn, to: encoder.code(values[rows?[row] ?? row]))
      }
      groupColumn += 1
      return 0
    case .calendar(let encoder, let values):
      for row in range {
        codes.initializeElement(
          at: row * codeStride + groupColumn, to: encoder.code(values[rows?[row] ?? row]))
      }
      groupColumn += 1
      return 0
    }
  }
}
