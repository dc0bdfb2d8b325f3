import CSimd
import Features
import Models
import Parallel
import Testing

@testable import TreeTraining

/// Histograms against plain sums over rows, bin by bin.
@Suite struct HistogramTests {
  /// Rows with their packed gradients and everything that builds histograms of them.
  private struct Bench {
    let columns: BinnedColumns
    let gradients: Gradients
    let matrix: BinnedMatrix
    let layout: HistogramLayout
    let builder: HistogramBuilder
    let partition: AlignedBuffer<UInt32>

    /// - Parameter capacity: loads that a packed sum may hold.
    init(
      _ rows: BoostingRows, threads: Int = 1, capacity: Int = Gradients.blockCapacity,
      packed: ((Int) -> Int64)? = nil
    ) {
      let pool = WorkerPool(threadCount: threads)
      columns = rows.columns
      gradients = Gradients(
        rows: rows, weights: RowWeights(rows.weights, count: rows.count), base: -0.7, seed: 1,
        level: csimd_level())
      gradients.update(0..<rows.count, treeKey: 9)
      if let packed {
        for row in 0..<rows.count { gradients.packed.start[row] = packed(row) }
      }
      matrix = BinnedMatrix(rows.columns, pool: pool)
      layout = HistogramLayout(matrix.bundles)
      builder = HistogramBuilder(
        matrix: matrix, layout: layout, gradients: gradients, pool: pool, capacity: capacity)
      // Kernels ask for rows ahead of their use.
      partition = AlignedBuffer(rows.count + 64)
    }

    /// Names some rows, in this order; valid while the bench lives.
    func naming(_ rows: [Int]) -> UnsafePointer<UInt32> {
      for (place, row) in rows.enumerated() { partition.start[place] = UInt32(row) }
      return UnsafePointer(partition.start)
    }

    func load(_ rows: [Int]) -> Int {
      guard let loads = gradients.weights.loads else { return rows.count }
      return rows.reduce(0) { $0 + Int(loads.start[$1]) }
    }

    /// The histogram that the builder gives, from its own count of rows or `few` of them at a time.
    func histogram(_ rows: [Int], isRange: Bool = false, features: [Int], few: Bool = false)
      -> [[Sum]]
    {
      let target = AlignedBuffer<Int64>(2 * layout.binCount)
      for bin in 0..<target.count { target.start[bin] = -77 }
      let job = HistogramBuilder.Job(
        rows: isRange ? nil : naming(rows), start: isRange ? rows.first ?? 0 : 0,
        count: rows.count, load: load(rows), target: target.start)
      let active = ActiveColumns(features, matrix.bundles)
      if !few { builder.accumulate(job, active) }
      for unit in active.units {
        if few { builder.build(unit, job, worker: 0) } else { builder.collect(unit, job) }
      }
      return features.map {
        sums(target, $0, isWide: !few && builder.isWide(load: job.load))
      }
    }

    /// A feature's bins taken apart; bins that no row is in have no place in a histogram.
    func sums(_ bins: AlignedBuffer<Int64>, _ feature: Int, isWide: Bool) -> [Sum] {
      (layout.offsets[feature]..<layout.offsets[feature] + matrix.bundles.digits[feature]).map {
        isWide
          ? Sum(gradient: bins.start[2 * $0], hessian: bins.start[2 * $0 + 1])
          : Sum(gradient: bins.start[$0] >> 32, hessian: bins.start[$0] & 0xffff_ffff)
      }
    }

    /// The naive twin.
    func plain(_ rows: [Int], features: [Int]) -> [[Sum]] {
      features.map { feature in
        var sums = [Sum](repeating: Sum(), count: matrix.bundles.digits[feature])
        for row in rows {
          sums[columns.bin(row: row, feature: feature)].add(gradients.packed.start[row])
        }
        return sums
      }
    }
  }

  private struct Sum: Equatable {
    var gradient: Int64 = 0
    var hessian: Int64 = 0

    mutating func add(_ packed: Int64) {
      gradient += packed >> 32
      hessian += packed & 0xffff_ffff
    }
  }

  private static let shape = [
    60, 255, 4, -12, 3, 3, 200, 7, -40, 90, 150, 220, 130, 16, 2, 254, 2, 70,
  ]

  private static func data(_ rows: Int) -> SyntheticRows {
    SyntheticRows(rows: rows, shape: shape, seed: 31)
  }

  /// Every third row or so, not in order.
  private func some(_ count: Int) -> [Int] {
    var numbers = TestNumbers(state: 2)
    return (0..<count).filter { $0 % 3 != 1 }.shuffled(using: &numbers)
  }

  @Test(arguments: [1, 3], [Gradients.blockCapacity, 500])
  func histogramsAreThoseOfPlainSums(threads: Int, capacity: Int) {
    let count = 1_500
    let bench = Bench(Self.data(count).rows(), threads: threads, capacity: capacity)
    // More bundles than a word of eight, the last unit short, and features that share bytes.
    #expect(bench.layout.bundleCount > 8 && bench.layout.bundleCount < Self.shape.count)
    let all = Array(Self.shape.indices)
    for features in [all, [1, 6], [0, 3, 4, 11, 17], [14]] {
      // Named rows, a run of rows, rows of one thread, and no rows.
      let rows = some(count)
      #expect(bench.histogram(rows, features: features) == bench.plain(rows, features: features))
      let run = Array(137..<1_201)
      #expect(
        bench.histogram(run, isRange: true, features: features)
          == bench.plain(run, features: features))
      let few = Array(rows.prefix(301))
      #expect(
        bench.histogram(few, features: features, few: true)
          == bench.plain(few, features: features))
      #expect(bench.histogram([], features: features) == bench.plain([], features: features))
    }
  }

  @Test(arguments: [1, 7]) func histogramsOfWeightsAreThoseOfPlainSums(step: Int) {
    let count = 1_200
    for weights in [
      (0..<count).map { Double($0 % 5 * step) }, (0..<count).map { 0.25 + Double($0 % 7) / 3 },
    ] {
      for capacity in [Gradients.blockCapacity, 700] {
        let bench = Bench(
          Self.data(count).rows(weights: weights), threads: 2, capacity: capacity)
        let rows = some(count)
        let features = Array(Self.shape.indices)
        #expect(bench.histogram(rows, features: features) == bench.plain(rows, features: features))
      }
    }
  }

  /// The three loops by themselves, on bytes that are no feature's.
  @Test(arguments: [1, 4, 7, 8, 9, 16, 19]) func kernelsAddEachRowToEachBundle(bundles: Int) {
    let stride = (bundles + 7) / 8 * 8
    let count = 300
    let bytes = AlignedBuffer<UInt8>(count * stride + 64)
    let packed = AlignedBuffer<Int64>(count)
    var numbers = TestNumbers(state: UInt64(bundles))
    for at in 0..<count * stride { bytes.start[at] = UInt8(truncatingIfNeeded: numbers.next()) }
    for row in 0..<count { packed.start[row] = Int64(bitPattern: numbers.next()) }
    let rows = AlignedBuffer<UInt32>(count + 64)
    for place in 0..<count { rows.start[place] = UInt32(numbers.next() % UInt64(count)) }
    func plain(_ taken: [Int], _ lanes: [Int]) -> [Int64] {
      var bins = [Int64](repeating: 0, count: bundles * 264)
      for row in taken {
        for lane in lanes {
          bins[lane * 264 + Int(bytes.start[row * stride + lane])] &+= packed.start[row]
        }
      }
      return bins
    }
    func built(_ add: (UnsafeMutablePointer<Int64>) -> Void) -> [Int64] {
      let bins = AlignedBuffer<Int64>(bundles * 264)
      add(bins.start)
      return (0..<bins.count).map { bins.start[$0] }
    }
    let named = (0..<count).map { Int(rows.start[$0]) }
    let all = Array(0..<bundles)
    #expect(
      built {
        HistogramKernel.addIndexed(
          bytes.start, stride, bundles: bundles, packed.start, rows.start, count, $0)
      } == plain(named, all))
    #expect(
      built {
        HistogramKernel.addRange(
          bytes.start, stride, bundles: bundles, packed.start, 11, 290, $0)
      } == plain(Array(11..<290), all))
    let lanes = all.filter { $0 % 3 != 1 }
    for names in [UnsafePointer(rows.start), nil] {
      #expect(
        built { bins in
          lanes.withUnsafeBufferPointer { lanes in
            guard let base = lanes.baseAddress else { return }
            HistogramKernel.addLanes(
              bytes.start, stride, lanes: base, lanes.count, packed.start, names, 20, 250, bins)
          }
        } == plain(names == nil ? Array(20..<270) : Array(named.prefix(250)), lanes))
    }
    for first in Swift.stride(from: 0, through: bundles - 4, by: 4) {
      #expect(
        built {
          HistogramKernel.addUnit(
            bytes.start, stride, first: first, packed.start, rows.start, count, $0)
        } == plain(named, Array(first..<first + 4)))
    }
  }

  /// What a row can come to at most.
  private static let greatest = (gradient: Int64(32_766), hessian: Int64(65_534))

  /// Rows that are all in one bin.
  private func rows(_ count: Int, label: UInt8, weight: Double? = nil) -> BoostingRows {
    let features = [BinnedFeature(name: "x", sources: ["x"], kind: .ordered, binCount: 3)]
    return BoostingRows(
      columns: BinnedColumns(features: features, rowCount: count) { _, _ in },
      labels: [UInt8](repeating: label, count: count),
      weights: weight.map { [Double](repeating: $0, count: count) })
  }

  @Test(arguments: [0 as UInt8, 1]) func noRowComesToMoreThanTheGreatest(label: UInt8) {
    let count = 4_096
    // Far out the gradient is greatest, at 0 the hessian.
    for score in [0.0, label == 0 ? 60 : -60, label == 0 ? 700 : -700] {
      let gradients = Gradients(
        rows: rows(count, label: label), weights: RowWeights(nil, count: count), base: score,
        seed: 3, level: csimd_level())
      gradients.update(0..<count, treeKey: 4)
      let all = (0..<count).map { gradients.packed.start[$0] }
      let highest = all.map { abs($0 >> 32) }.max()
      let fullest = all.map { $0 & 0xffff_ffff }.max()
      #expect(score == 0 ? fullest == Self.greatest.hessian : highest == Self.greatest.gradient)
      #expect(
        all.allSatisfy {
          abs($0 >> 32) <= Self.greatest.gradient && $0 & 0xffff_ffff <= Self.greatest.hessian
        })
    }
  }

  /// As many rows as a packed sum may hold, one more, and several times as many; each at both limits, as
  /// no row is.
  @Test(
    arguments: [(65_536, 1), (65_537, 1), (150_000, 1), (256, 256), (257, 256), (700, 256)],
    [0 as UInt8, 1])
  func theFullestSumsDoNotOverflow(rowsOfWeight: (count: Int, weight: Int), label: UInt8) throws {
    let (count, weight) = rowsOfWeight
    let sign: Int64 = label == 0 ? 1 : -1
    let row = (sign * Self.greatest.gradient << 32 + Self.greatest.hessian) * Int64(weight)
    let bench = Bench(
      rows(count, label: label, weight: weight == 1 ? nil : Double(weight)), threads: 2
    ) { _ in row }
    let load = bench.load(Array(0..<count))
    #expect(load == count * weight)
    #expect(bench.builder.isWide(load: load) == (load > 65_536))
    let total = Int64(count * weight)
    let sum = Sum(
      gradient: sign * total * Self.greatest.gradient, hessian: total * Self.greatest.hessian)
    // The missing bin is empty and takes no digit.
    #expect(
      bench.histogram(Array(0..<count), isRange: true, features: [0]) == [[sum, Sum()]])
  }

  @Test(arguments: [Gradients.blockCapacity, 400])
  func everyFeatureAddsUpToTheNode(capacity: Int) {
    let count = 1_000
    let bench = Bench(Self.data(count).rows(), threads: 2, capacity: capacity)
    let rows = some(count)
    var node = Sum()
    for row in rows { node.add(bench.gradients.packed.start[row]) }
    for bins in bench.histogram(rows, features: Array(Self.shape.indices)) {
      let sum = bins.reduce(into: Sum()) {
        $0.gradient += $1.gradient
        $0.hessian += $1.hessian
      }
      #expect(sum == node)
    }
  }

  /// Whole and part both packed, wide and packed, both wide.
  @Test(arguments: [(2_000, 500), (400, 300), (400, 700)])
  func subtractionEqualsADirectBuild(capacity: Int, partCount: Int) {
    let count = 1_400
    let bench = Bench(Self.data(count).rows(), capacity: capacity)
    let rows = some(count)
    let part = Array(rows.prefix(partCount))
    let rest = Array(rows.dropFirst(partCount))
    let isWide = bench.builder.isWide(load: rows.count)
    let partIsWide = bench.builder.isWide(load: partCount)
    #expect(isWide == (capacity == 400) && partIsWide == (partCount == 700))
    let whole = memory(bench, rows)
    let taken = memory(bench, part)
    let binCount = bench.layout.binCount
    switch (isWide, partIsWide) {
    case (false, _):
      HistogramArithmetic.subtract(taken.start, count: binCount, from: whole.start)
    case (true, false):
      HistogramArithmetic.subtract(packed: taken.start, count: binCount, fromWide: whole.start)
    case (true, true):
      HistogramArithmetic.subtract(taken.start, count: 2 * binCount, from: whole.start)
    }
    let features = Array(Self.shape.indices)
    let expected = bench.plain(rest, features: features)
    #expect(features.map { bench.sums(whole, $0, isWide: isWide) } == expected)
    // Packed again, as a larger child of few enough rows is.
    guard isWide else { return }
    let narrowed = AlignedBuffer<Int64>(binCount)
    HistogramArithmetic.narrow(whole.start, count: binCount, into: narrowed.start)
    #expect(features.map { bench.sums(narrowed, $0, isWide: false) } == expected)
  }

  /// A histogram of all features, packed or wide as its rows need.
  private func memory(_ bench: Bench, _ rows: [Int]) -> AlignedBuffer<Int64> {
    let target = AlignedBuffer<Int64>(2 * bench.layout.binCount)
    let job = HistogramBuilder.Job(
      rows: bench.naming(rows), start: 0, count: rows.count, load: rows.count,
      target: target.start)
    let active = ActiveColumns(Array(Self.shape.indices), bench.matrix.bundles)
    bench.builder.accumulate(job, active)
    for unit in active.units { bench.builder.collect(unit, job) }
    return target
  }
}
