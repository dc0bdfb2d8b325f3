import Features
import Parallel

/// Scores rows of bins with an additive model: one look-up a table and row.
///
/// A row's sum is taken in double precision, intercept first, then curve after curve, then surface after
/// surface, so it is that of `AdditiveModel.rawPrediction(bins:)` to the bit.
public struct AdditiveScorer: Sendable {
  /// What the columns that are scored must have, in this order.
  public let features: [BinnedFeature]
  public let intercept: Double
  private let tables: [AdditiveTable]

  /// Rows a block: their sums stay in the first-level cache while all tables pass.
  static let blockSize = 2_048

  public init(_ model: AdditiveModel) {
    features = model.features
    intercept = model.intercept
    tables = model.curves.map(AdditiveTable.init) + model.surfaces.map(AdditiveTable.init)
  }

  /// The log-odds of all rows, on the threads of a pool.
  public func rawPredictions(_ columns: BinnedColumns, pool: WorkerPool) -> [Double] {
    precondition(columns.features.count == features.count, "columns of other features")
    return [Double](unsafeUninitializedCapacity: columns.rowCount) { output, count in
      let blocks = RowBlocks(rowCount: columns.rowCount, blockSize: Self.blockSize)
      let output = UnsafeMutableBufferPointer(rebasing: output[..<columns.rowCount])
      output.initialize(repeating: intercept)
      count = columns.rowCount
      guard let start = output.baseAddress else { return }
      // Each block writes its own rows, which lie within the output, and the pool joins before the sums
      // are read.
      nonisolated(unsafe) let sums = start
      pool.forEach(blocks.count) { block, _ in
        let rows = blocks[block]
        for table in tables {
          table.add(columns, rows, to: sums + rows.lowerBound)
        }
      }
    }
  }

  /// The log-odds of all rows, on the calling thread: for a block of a stream.
  public func rawPredictions(_ columns: BinnedColumns) -> [Double] {
    rawPredictions(columns, pool: WorkerPool(threadCount: 1))
  }
}

/// A table laid out for look-ups by bins.
struct AdditiveTable: Sendable {
  let first: Int
  /// `nil` for a curve.
  let second: Int?
  /// Where in `values` a bin of the first feature starts; 256.
  private let firstPlaces: [Int32]
  /// What a bin of the second feature adds; 256.
  private let secondPlaces: [Int32]
  private let values: [Double]

  /// For whatever byte a bin is: those beyond the feature's are taken as the missing one.
  private static func places(_ cells: [UInt8], stride: Int) -> [Int32] {
    (0..<256).map { Int32(Int(cells[min($0, cells.count - 1)]) * stride) }
  }

  init(_ curve: AdditiveModel.Curve) {
    first = curve.feature
    second = nil
    values = (0..<256).map { curve.values[min($0, curve.values.count - 1)] }
    firstPlaces = []
    secondPlaces = []
  }

  init(_ surface: AdditiveModel.Surface) {
    first = surface.first
    second = surface.second
    values = surface.values
    firstPlaces = Self.places(surface.firstCells, stride: surface.columnCount)
    secondPlaces = Self.places(surface.secondCells, stride: 1)
  }

  /// Adds the table's values of some rows to their sums.
  /// - Parameters:
  ///   - rows: within those of `columns`.
  ///   - sums: one for each of `rows`.
  func add(
    _ columns: BinnedColumns, _ rows: Range<Int>, to sums: UnsafeMutablePointer<Double>
  ) {
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= columns.rowCount, "rows outside the columns")
    // Bounds: the rows lie within the columns; `values` of a curve and both lists of places have an
    // element for every byte, and two places add up to the index of a cell.
    let bins = columns.column(first) + rows.lowerBound
    values.withUnsafeBufferPointer { values in
      guard let second else {
        for row in 0..<rows.count { sums[row] += values[Int(bins[row])] }
        return
      }
      let secondBins = columns.column(second) + rows.lowerBound
      firstPlaces.withUnsafeBufferPointer { firstPlaces in
        secondPlaces.withUnsafeBufferPointer { secondPlaces in
          for row in 0..<rows.count {
            sums[row] +=
              values[
                Int(firstPlaces[Int(bins[row])] &+ secondPlaces[Int(secondBins[row])])]
          }
        }
      }
    }
  }
}
