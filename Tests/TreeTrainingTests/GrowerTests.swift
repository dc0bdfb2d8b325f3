import CSimd
import Features
import Models
import Parallel
import Testing

@testable import TreeTraining

/// The grower against its naive twin, `PlainGrower`, which tries everything in turn.
@Suite struct GrowerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var rows = 2_000
    var shape = [40, 255, 4, 12, 3, 3, 90, 7]
    var missing = 0.1
    var weights: (@Sendable (Int) -> Double)?
    var capacity = Gradients.blockCapacity
    var features: [Int]?
    var set: @Sendable (inout BoostingOptions) -> Void = { _ in }
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "plain"),
    Case(name: "nothing missing", missing: 0),
    Case(
      name: "one row a leaf",
      set: {
        $0.minimumRows = 1
        $0.minimumHessian = 0
        $0.leaves = 200
      }),
    Case(name: "many rows a leaf", set: { $0.minimumRows = 137 }),
    Case(name: "depth 3", set: { $0.maxDepth = 3 }),
    Case(
      name: "L1 and L2",
      set: {
        $0.l1 = 3
        $0.l2 = 7
      }),
    Case(name: "no L2", set: { $0.l2 = 0 }),
    Case(name: "least gain", set: { $0.minimumGain = 4 }),
    Case(name: "least hessian", set: { $0.minimumHessian = 30 }),
    Case(name: "whole weights", weights: { Double($0 % 4) }),
    Case(name: "heavy weights", weights: { $0 % 97 == 0 ? 256 : 1 }),
    Case(name: "fractional weights", weights: { 0.25 + Double($0 % 11) * 0.375 }),
    Case(name: "wide sums", capacity: 512),
    Case(name: "wide sums of weights", weights: { Double($0 % 7) }, capacity: 700),
    Case(name: "wide fractions", weights: { 0.5 + Double($0 % 3) * 0.25 }, capacity: 600),
    Case(name: "some features", features: [1, 4, 6, 7]),
    Case(name: "categories", shape: [-30, -4, -12, 60, -200, -3, 5]),
    Case(
      name: "categories, exact minima", shape: [-30, -5, -12, 60, -90],
      set: {
        $0.minimumRows = 60
        $0.minimumCategoryRows = 5
        $0.mostCategories = 4
      }),
    Case(
      name: "categories without smoothing", shape: [-9, -6, -8, 20, -9],
      set: {
        $0.categorySmoothing = 0
        $0.minimumCategoryRows = 0
        $0.categoryL2 = 0
      }),
    Case(
      name: "monotone",
      set: {
        $0.monotone = [
          .increasing, .decreasing, .free, .increasing, .free, .free, .decreasing, .free,
        ]
      }),
    Case(
      name: "monotone with categories and L1", shape: [50, 60, -20, -4, 30],
      set: {
        $0.monotone = [.increasing, .decreasing, .free, .free, .free]
        $0.l1 = 1
      }),
    Case(name: "interactions", set: { $0.interactions = [[0, 1, 2], [2, 3], [4, 5, 6]] }),
  ]

  @Test(arguments: cases, [1, 3])
  func treesAreThoseOfTheNaiveTwin(_ example: Case, threads: Int) throws {
    let data = SyntheticRows(
      rows: example.rows, shape: example.shape, missing: example.missing,
      seed: threads == 1 ? 3 : 4)
    let weights = example.weights.map { weight in data.labels.indices.map { weight($0) } }
    var options = BoostingOptions()
    example.set(&options)
    let bench = GrowerBench(
      data.rows(weights: weights), options, threads: threads, capacity: example.capacity)
    let features = example.features ?? Array(data.features.indices)
    let grown = bench.grower.grow(
      rowCount: example.rows, isWhole: true, features: features)
    let plain = bench.plain(features).grow(Array(data.labels.indices))
    try #require(grown.nodes.count > 5)
    try #require(grown.nodes.count == plain.count)
    for (node, twin) in zip(grown.nodes, plain) {
      #expect(node.split == twin.split)
      #expect(node.count == twin.rows.count)
      #expect(node.sums.gradient == twin.sums.gradient)
      #expect(node.sums.hessian == twin.sums.hessian)
      #expect(abs(node.sums.weight - twin.sums.weight) < 1e-3)
      if node.split == nil {
        let rows = (node.start..<node.start + node.count).map {
          Int(bench.grower.partition.indices.start[$0])
        }
        #expect(rows == twin.rows)
        #expect(node.sums.weight >= Double(options.minimumRows) - 1e-3)
      }
    }
  }

  @Test func rowsThatWereNotSampledStayOut() throws {
    let data = SyntheticRows(rows: 4_000, shape: [40, 20, 9], seed: 9)
    let bench = GrowerBench(data.rows(), BoostingOptions(), threads: 2)
    let taken = data.labels.indices.filter { $0 % 3 != 0 }
    for (place, row) in taken.enumerated() {
      bench.grower.partition.indices.start[place] = UInt32(row)
    }
    let grown = bench.grower.grow(rowCount: taken.count, isWhole: false, features: [0, 1, 2])
    let plain = bench.plain([0, 1, 2]).grow(taken)
    #expect(grown.nodes.map(\.split) == plain.map(\.split))
    #expect(grown.nodes.map(\.count) == plain.map(\.rows.count))
  }
}

/// A grower on rows of scores from the base upwards.
struct GrowerBench {
  let grower: Grower
  let rows: BoostingRows
  let matrix: BinnedMatrix
  let gradients: Gradients

  init(
    _ rows: BoostingRows, _ options: BoostingOptions, threads: Int = 1,
    capacity: Int = Gradients.blockCapacity, base: Double = -3
  ) {
    self.rows = rows
    let pool = WorkerPool(threadCount: threads)
    let weights = RowWeights(rows.weights, count: rows.count)
    gradients = Gradients(
      rows: rows, weights: weights, base: base, seed: 1, level: csimd_level())
    // Unequal hessians, so that rows estimated from them are at times too many.
    for row in 0..<rows.count {
      gradients.scores.start[row] +=
        Double(CounterHash.bits(.columns, 3, UInt64(row)) % 1_000) / 150
    }
    gradients.update(0..<rows.count, treeKey: 5)
    matrix = BinnedMatrix(rows.columns, pool: pool)
    grower = Grower(
      rules: GrowthRules(
        options: options, features: rows.columns.features, weightScale: weights.scale),
      columns: rows.columns, matrix: matrix, gradients: gradients, pool: pool,
      level: csimd_level(), capacity: capacity)
  }

  func plain(_ features: [Int]) -> PlainGrower {
    PlainGrower(
      rules: grower.rules, columns: rows.columns,
      packed: (0..<rows.count).map { gradients.packed.start[$0] },
      weights: rows.weights ?? [Double](repeating: 1, count: rows.count), features: features)
  }
}
