import Features
import Models
import Parallel

/// A feature or pair of features that trees are grown for: which columns its cells are made of.
struct AdditiveTerm: Sendable, Equatable {
  let first: Int
  /// `nil` for a single feature.
  let second: Int?
}

/// Gradients and hessians of the rows of each cell of a term, in log-odds' own units.
struct CellSums {
  var gradients: [Double]
  var hessians: [Double]
}

/// The terms that are boosted side by side, their histograms, and what their newest trees add.
///
/// Terms take turns in groups: those of one group learn from the same gradients, and the next group from what
/// they left. So the rows are read once a group, and correlated terms do not overshoot together. Sums are of
/// whole numbers: neither the order of rows nor the number of threads makes a difference.
final class AdditiveStage {
  let columns: BinnedColumns
  let terms: [AdditiveTerm]
  /// Ranges of `terms`.
  let groups: [Range<Int>]
  private let gradients: Gradients
  private let pool: WorkerPool
  private let blocks: RowBlocks
  private let workers: [Worker]
  /// `stride` a term: what its newest tree adds to the log-odds of each cell.
  private let values: AlignedBuffer<Double>
  /// Cells a term.
  let stride: Int
  /// Weights of the training rows in each cell of each term.
  private(set) var weights: [[Double]] = []

  /// Terms that share gradients: with a learning rate of at most 0.2 even eight features that say the same
  /// cannot overshoot twice over, which is where boosting would no longer converge.
  static let groupSize = 8
  /// Cells of a pair from one cell of its first feature to the next: the most that a feature may have.
  static let pairStride = 32
  /// A block's packed gradients and scores stay in the first-level cache while the terms of a group pass; a
  /// multiple of the 16 rows that gradients are computed for at a time.
  private static let blockSize = 1_024

  /// One thread's packed sums.
  ///
  /// `@unchecked Sendable`: the pool lets one call at a time use a worker's number.
  private final class Worker: @unchecked Sendable {
    let packed: AlignedBuffer<Int64>
    /// Gradient and hessian of each cell: what was flushed from `packed`.
    let wide: AlignedBuffer<Int64>
    /// Loads in `packed`.
    var load = 0

    init(_ count: Int) {
      packed = AlignedBuffer(count)
      wide = AlignedBuffer(2 * count)
    }

    func flush() {
      guard load > 0 else { return }
      for cell in 0..<packed.count {
        let sum = packed.start[cell]
        wide.start[2 * cell] += sum >> 32
        wide.start[2 * cell + 1] += sum & 0xffff_ffff
        packed.start[cell] = 0
      }
      load = 0
    }
  }

  /// - Parameters:
  ///   - columns: bins of features, or the cells that those of pairs are cut into.
  ///   - terms: all single features, or all pairs.
  ///   - rowWeights: one a row; `nil` for 1 each.
  init(
    columns: BinnedColumns, terms: [AdditiveTerm], rowWeights: [Double]?, gradients: Gradients,
    pool: WorkerPool
  ) {
    self.columns = columns
    self.terms = terms
    self.gradients = gradients
    self.pool = pool
    let isOfPairs = terms.first?.second != nil
    let stride = isOfPairs ? Self.pairStride * Self.pairStride : 256
    self.stride = stride
    groups = Swift.stride(from: 0, to: terms.count, by: Self.groupSize).map {
      $0..<min($0 + Self.groupSize, terms.count)
    }
    blocks = RowBlocks(rowCount: columns.rowCount, blockSize: Self.blockSize)
    workers = (0..<pool.threadCount).map { _ in Worker(Self.groupSize * stride) }
    values = AlignedBuffer(terms.count * stride)
    weights = pool.map(terms.count) { term in
      let (first, second) = (
        columns.column(terms[term].first), terms[term].second.map { columns.column($0) }
      )
      var weights = [Double](repeating: 0, count: stride)
      for row in 0..<columns.rowCount {
        let cell = second.map { Int(first[row]) * Self.pairStride + Int($0[row]) }
        weights[cell ?? Int(first[row])] += rowWeights?[row] ?? 1
      }
      return weights
    }
  }

  /// What a term's newest tree adds, to be written; `stride` values.
  func newestValues(_ term: Int) -> UnsafeMutablePointer<Double> { values.start + term * stride }

  /// Takes the newest trees of one group into the scores, computes the gradients anew and sums them up for
  /// another group.
  /// - Parameter roundingKey: what the rounding of gradients is drawn from.
  func pass(adding added: Range<Int>, summing group: Range<Int>, roundingKey: UInt32) -> [CellSums]
  {
    pool.forEach(blocks.count) { block, number in
      let rows = blocks[block]
      add(added, columns, rows, to: gradients.scores.start + rows.lowerBound)
      gradients.update(rows, treeKey: roundingKey)
      sum(group, rows, workers[number])
    }
    return group.map { sums(place: $0 - group.lowerBound) }
  }

  /// Adds the newest trees of some terms to the scores of some rows.
  /// - Parameters:
  ///   - rows: of `columns`, which have the features of the stage's.
  ///   - scores: one for each of `rows`.
  func add(
    _ terms: Range<Int>, _ columns: BinnedColumns, _ rows: Range<Int>,
    to scores: UnsafeMutablePointer<Double>
  ) {
    // Bounds: the rows lie within the columns and have a score each; cells lie below `stride`.
    for term in terms {
      let first = columns.column(self.terms[term].first) + rows.lowerBound
      if let second = self.terms[term].second {
        AdditiveKernel.add(
          first, columns.column(second) + rows.lowerBound, newestValues(term), rows.count,
          to: scores)
      } else {
        AdditiveKernel.add(first, newestValues(term), rows.count, to: scores)
      }
    }
  }

  private func sum(_ group: Range<Int>, _ rows: Range<Int>, _ worker: Worker) {
    let load =
      gradients.weights.loads.map { loads in rows.reduce(0) { $0 + Int(loads.start[$1]) } }
      ?? rows.count
    // A block's own load may exceed what packed sums hold: rows weigh up to 256.
    guard load <= Gradients.blockCapacity else {
      let middle = rows.lowerBound + rows.count / 2
      sum(group, rows.lowerBound..<middle, worker)
      sum(group, middle..<rows.upperBound, worker)
      return
    }
    if worker.load + load > Gradients.blockCapacity { worker.flush() }
    worker.load += load
    let packed = gradients.packed.start + rows.lowerBound
    for term in group {
      let histogram = worker.packed.start + (term - group.lowerBound) * stride
      let first = columns.column(terms[term].first) + rows.lowerBound
      if let second = terms[term].second {
        AdditiveKernel.sum(
          first, columns.column(second) + rows.lowerBound, packed, rows.count, into: histogram)
      } else {
        AdditiveKernel.sum(first, packed, rows.count, into: histogram)
      }
    }
  }

  /// Collects what the threads summed up for one term of a group, and clears it.
  private func sums(place: Int) -> CellSums {
    let gradientUnit = Gradients.gradientUnit * gradients.weights.scale
    let hessianUnit = Gradients.hessianUnit * gradients.weights.scale
    for worker in workers { worker.flush() }
    var sums = CellSums(gradients: [], hessians: [])
    sums.gradients.reserveCapacity(stride)
    sums.hessians.reserveCapacity(stride)
    for cell in place * stride..<(place + 1) * stride {
      var (gradient, hessian) = (Int64(0), Int64(0))
      for worker in workers {
        gradient += worker.wide.start[2 * cell]
        hessian += worker.wide.start[2 * cell + 1]
        worker.wide.start[2 * cell] = 0
        worker.wide.start[2 * cell + 1] = 0
      }
      sums.gradients.append(Double(gradient) / gradientUnit)
      sums.hessians.append(Double(hessian) / hessianUnit)
    }
    return sums
  }
}
