import Features
import Models
import Parallel

/// Shapley values of rows of bins under an additive model, in log-odds: look-ups.
///
/// The value of a set of features is what the model gives on average over the training rows where only these
/// are known, table by table. Tables are purified, so a curve averages 0, and a surface averages 0 wherever one
/// of its two features is known: a curve's value belongs to its feature, and a surface's to both alike.
struct AdditiveContributions: Sendable {
  let features: [BinnedFeature]
  /// Log-odds of the average training row, without the slots' weight.
  let baseline: Double
  private let slotCount: Int
  private let tables: [Table]

  private struct Table: Sendable {
    let first: Int
    let second: Int
    /// Of a surface; the curve's own feature else.
    let surface: AdditiveModel.Surface?
    let values: [Double]
    /// The sums that a value goes to.
    let shares: [FeatureSlots.Share]
  }

  /// Rows a block.
  private static let blockSize = 4_096

  init(_ model: AdditiveModel, slots: FeatureSlots) {
    precondition(slots.shares.count == model.features.count, "shares of each feature")
    features = model.features
    baseline = model.intercept
    slotCount = slots.count
    let curves = model.curves.map {
      Table(
        first: $0.feature, second: $0.feature, surface: nil, values: $0.values,
        shares: slots.shares[$0.feature])
    }
    let surfaces = model.surfaces.map { surface in
      let shares = (slots.shares[surface.first] + slots.shares[surface.second]).map {
        FeatureSlots.Share(slot: $0.slot, share: $0.share / 2)
      }
      return Table(
        first: surface.first, second: surface.second, surface: surface, values: surface.values,
        shares: shares)
    }
    tables = curves + surfaces
  }

  /// Adds the contributions of all rows to sums.
  /// - Parameters:
  ///   - columns: of the model's features.
  ///   - output: rows × the slots' count, row-major.
  func add(
    _ columns: BinnedColumns, to output: UnsafeMutableBufferPointer<Double>, pool: WorkerPool
  ) {
    precondition(columns.features == features, "columns of other features")
    precondition(output.count == columns.rowCount * slotCount, "as many sums a row as slots")
    let blocks = RowBlocks(rowCount: columns.rowCount, blockSize: Self.blockSize)
    // Each block writes its own rows only, and the pool joins before the sums are read.
    nonisolated(unsafe) let sums = output
    pool.forEach(blocks.count) { block, _ in
      for table in tables {
        let (bins, secondBins) = (columns.column(table.first), columns.column(table.second))
        for row in blocks[block] {
          let place =
            table.surface?.place(Int(bins[row]), Int(secondBins[row])) ?? Int(bins[row])
          let value = table.values[place]
          for share in table.shares {
            sums[row * slotCount + share.slot] += share.share * value
          }
        }
      }
    }
  }
}
