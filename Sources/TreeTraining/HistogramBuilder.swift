import Parallel

/// Builds nodes' histograms from their rows.
///
/// Many rows are dealt out among the threads in blocks, each thread adding to bins of its own; the
/// threads' bins are then added up unit by unit of bundles. Few rows are gone through once a unit.
/// Sums of whole numbers come out the same either way.
final class HistogramBuilder {
  /// Rows and where their histogram goes.
  struct Job {
    /// The rows; `nil` for start, start + 1, …
    let rows: UnsafePointer<UInt32>?
    let start: Int
    let count: Int
    let load: Int
    let target: UnsafeMutablePointer<Int64>
  }

  let matrix: BinnedMatrix
  let layout: HistogramLayout
  private let gradients: Gradients
  private let pool: WorkerPool
  private let capacity: Int
  private let workers: [Worker]

  /// One thread's bins.
  ///
  /// `@unchecked Sendable`: the pool lets one call at a time use a worker's number.
  private final class Worker: @unchecked Sendable {
    /// Packed, 264 a bundle; 64 more so that a unit of fewer than four may be worked on as four.
    let joint: AlignedBuffer<Int64>
    /// Packed, by feature.
    let single: AlignedBuffer<Int64>
    /// Wide, by feature; what was flushed from `joint`.
    let wide: AlignedBuffer<Int64>
    var isUsed = false
    var isFlushed = false
    /// Loads in `joint`.
    var load = 0

    init(_ layout: HistogramLayout, needsWide: Bool) {
      joint = AlignedBuffer(layout.bundleBins + FeatureBundles.unit * HistogramLayout.bundleStride)
      single = AlignedBuffer(layout.binCount)
      wide = AlignedBuffer(needsWide ? 2 * layout.binCount : 8)
    }
  }

  /// Rows that a thread takes at a time.
  private static let block = 1_024

  /// - Parameter capacity: loads that a packed sum may hold: `Gradients.blockCapacity`, or less to see
  ///   wide sums at work.
  init(
    matrix: BinnedMatrix, layout: HistogramLayout, gradients: Gradients, pool: WorkerPool,
    capacity: Int
  ) {
    self.matrix = matrix
    self.layout = layout
    self.gradients = gradients
    self.pool = pool
    self.capacity = capacity
    workers = (0..<pool.threadCount).map { _ in
      Worker(layout, needsWide: gradients.weights.totalLoad > capacity)
    }
  }

  /// Whether a node needs a wide histogram.
  func isWide(load: Int) -> Bool { load > capacity }

  /// Adds all rows up into the threads' own bins, many rows in parallel.
  func accumulate(_ job: Job, _ active: ActiveColumns) {
    for worker in workers {
      worker.isUsed = false
      worker.isFlushed = false
      worker.load = 0
    }
    let blocks = RowBlocks(rowCount: job.count, blockSize: min(Self.block, capacity))
    pool.forEach(blocks.count) { index, number in
      self.add(blocks[index], job, active, self.workers[number])
    }
  }

  private func add(_ range: Range<Int>, _ job: Job, _ active: ActiveColumns, _ worker: Worker) {
    if !worker.isUsed {
      worker.isUsed = true
      worker.joint.start.update(repeating: 0, count: worker.joint.count)
    }
    guard isWide(load: job.load) else {
      addRows(range, job, active, worker.joint.start)
      return
    }
    let loads = gradients.weights.loads?.start
    // With weights, so few rows between two checks that they cannot overflow whatever they weigh.
    let step =
      loads == nil ? range.count : max(1, min(256, capacity / Int(RowWeights.greatest)))
    var at = range.lowerBound
    while at < range.upperBound {
      let part = at..<min(at + step, range.upperBound)
      var load = part.count
      if let loads {
        load = 0
        for index in part {
          load += Int(loads[job.rows.map { Int($0[index]) } ?? job.start + index])
        }
      }
      if worker.load + load > capacity { flush(worker, active) }
      worker.load += load
      addRows(part, job, active, worker.joint.start)
      at = part.upperBound
    }
  }

  private func addRows(
    _ range: Range<Int>, _ job: Job, _ active: ActiveColumns, _ bins: UnsafeMutablePointer<Int64>
  ) {
    let rows = job.rows.map { $0 + range.lowerBound }
    let start = job.start + range.lowerBound
    if let lanes = active.lanes {
      HistogramKernel.addLanes(
        matrix.start, matrix.rowStride, lanes: lanes.start, active.laneCount,
        gradients.packed.start, rows, start, range.count, bins)
    } else if let rows {
      HistogramKernel.addIndexed(
        matrix.start, matrix.rowStride, bundles: layout.bundleCount, gradients.packed.start, rows,
        range.count, bins)
    } else {
      HistogramKernel.addRange(
        matrix.start, matrix.rowStride, bundles: layout.bundleCount, gradients.packed.start, start,
        start + range.count, bins)
    }
  }

  /// Moves a thread's packed sums over to its wide ones.
  private func flush(_ worker: Worker, _ active: ActiveColumns) {
    if !worker.isFlushed {
      worker.isFlushed = true
      worker.wide.start.update(repeating: 0, count: worker.wide.count)
    }
    for unit in active.units {
      marginalise(unit, worker)
      for feature in unit.features {
        let at = layout.offsets[feature]
        HistogramArithmetic.widen(
          worker.single.start + at, count: matrix.bundles.digits[feature],
          addingTo: worker.wide.start + 2 * at)
      }
    }
    worker.joint.start.update(repeating: 0, count: worker.joint.count)
    worker.load = 0
  }

  private func marginalise(_ unit: ActiveColumns.Unit, _ worker: Worker) {
    for bundle in unit.bundles {
      HistogramArithmetic.marginalise(
        matrix.bundles.bundles[bundle], digits: matrix.bundles.digits,
        worker.joint.start + bundle * HistogramLayout.bundleStride, offsets: layout.offsets,
        into: worker.single.start)
    }
  }

  /// Adds up what the threads accumulated, for the features of one unit.
  func collect(_ unit: ActiveColumns.Unit, _ job: Job) {
    let digits = matrix.bundles.digits
    guard isWide(load: job.load) else {
      collectPacked(unit, job)
      return
    }
    for feature in unit.features {
      (job.target + 2 * layout.offsets[feature])
        .update(repeating: 0, count: 2 * digits[feature])
    }
    for worker in workers where worker.isUsed {
      marginalise(unit, worker)
      for feature in unit.features {
        let at = layout.offsets[feature]
        HistogramArithmetic.widen(
          worker.single.start + at, count: digits[feature], addingTo: job.target + 2 * at)
        guard worker.isFlushed else { continue }
        HistogramArithmetic.add(
          worker.wide.start + 2 * at, count: 2 * digits[feature], to: job.target + 2 * at)
      }
    }
  }

  private func collectPacked(_ unit: ActiveColumns.Unit, _ job: Job) {
    guard let first = workers.first(where: \.isUsed) else {
      for feature in unit.features {
        (job.target + layout.offsets[feature])
          .update(repeating: 0, count: matrix.bundles.digits[feature])
      }
      return
    }
    for bundle in unit.bundles {
      let at = bundle * HistogramLayout.bundleStride
      let bins = matrix.bundles.bundles[bundle].bins
      for worker in workers where worker.isUsed && worker !== first {
        HistogramArithmetic.add(worker.joint.start + at, count: bins, to: first.joint.start + at)
      }
      HistogramArithmetic.marginalise(
        matrix.bundles.bundles[bundle], digits: matrix.bundles.digits, first.joint.start + at,
        offsets: layout.offsets, into: job.target)
    }
  }

  /// Adds few rows up for the bundles of one unit, on one thread; the sums must fit packed ones.
  func build(_ unit: ActiveColumns.Unit, _ job: Job, worker number: Int) {
    let bins = workers[number].joint.start
    let stride = HistogramLayout.bundleStride
    let isWhole = unit.bundles.count == unit.bundleCount && unit.bundleCount == FeatureBundles.unit
    for bundle in unit.bundles { (bins + bundle * stride).update(repeating: 0, count: stride) }
    if isWhole, let rows = job.rows {
      HistogramKernel.addUnit(
        matrix.start, matrix.rowStride, first: unit.first, gradients.packed.start, rows, job.count,
        bins)
    } else {
      unit.bundles.withUnsafeBufferPointer { lanes in
        guard let base = lanes.baseAddress else { return }
        HistogramKernel.addLanes(
          matrix.start, matrix.rowStride, lanes: base, lanes.count, gradients.packed.start,
          job.rows, job.start, job.count, bins)
      }
    }
    for bundle in unit.bundles {
      HistogramArithmetic.marginalise(
        matrix.bundles.bundles[bundle], digits: matrix.bundles.digits, bins + bundle * stride,
        offsets: layout.offsets, into: job.target)
    }
  }
}
