import Features
import Parallel
import TestTrees
import Testing

@testable import Models

@Suite struct AdditiveModelTests {
  /// Trees of one or two random features each, over all kinds of features.
  private func ensemble(seed: UInt64, trees count: Int) -> (RandomTrees, TreeEnsemble) {
    var random = RandomTrees(seed: seed)
    var trees: [DecisionTree] = []
    while trees.count < count {
      let tree = random.tree(leaves: 1 + trees.count % 4)
      if Set(tree.nodes.compactMap { $0.split?.feature }).count <= 2 { trees.append(tree) }
    }
    return (
      random,
      TreeEnsemble(features: random.features, baseRawPrediction: -1.25, trees: trees)
    )
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func tablesGiveWhatTheirTreesGive(seed: UInt64) {
    var (random, ensemble) = ensemble(seed: seed, trees: 100)
    let columns = random.columns(rows: 400)
    let model = AdditiveModel(collapsing: ensemble)
    let pure = model.purified(over: columns, pool: WorkerPool(threadCount: 2))
    #expect(!model.surfaces.isEmpty)
    for row in 0..<columns.rowCount {
      let bins = columns.bins(row: row)
      let expected = ensemble.rawPrediction(bins: bins)
      // Sums of 100 values below 1, in another order.
      #expect(abs(model.rawPrediction(bins: bins) - expected) < 1e-12)
      #expect(abs(pure.rawPrediction(bins: bins) - expected) < 1e-12)
    }
  }

  @Test func scorerMatchesTheModelToTheBit() {
    var (random, ensemble) = ensemble(seed: 4, trees: 40)
    let columns = random.columns(rows: 2_500)
    let model = AdditiveModel(collapsing: ensemble)
    let expected = (0..<columns.rowCount).map { model.rawPrediction(bins: columns.bins(row: $0)) }
    for threads in [1, 2, 3] {
      let scores = AdditiveScorer(model).rawPredictions(
        columns, pool: WorkerPool(threadCount: threads))
      #expect(scores == expected)
    }
    #expect(AdditiveScorer(model).rawPredictions(columns) == expected)
    #expect(expected.allSatisfy { abs($0) <= model.largestRawPrediction })
  }

  @Test func purifiedPartsHaveNoMeanOfTheirOwn() {
    var (random, ensemble) = ensemble(seed: 5, trees: 200)
    let columns = random.columns(rows: 2_000)
    let weights = (0..<columns.rowCount).map { Double($0 % 4) }
    let model = AdditiveModel(collapsing: ensemble)
      .purified(over: columns, weights: weights, pool: WorkerPool(threadCount: 1))
    for curve in model.curves {
      #expect(abs(curve.mean) < 1e-12)
      #expect(curve.weights.reduce(0, +) == weights.reduce(0, +))
    }
    for surface in model.surfaces {
      var rows = [Double](repeating: 0, count: surface.rowCount)
      var totals = [Double](repeating: 0, count: surface.columnCount)
      for place in surface.values.indices {
        let mass = surface.values[place] * surface.weights[place]
        rows[place / surface.columnCount] += mass
        totals[place % surface.columnCount] += mass
      }
      // Of a total weight of 3,000.
      #expect((rows + totals).allSatisfy { abs($0) < 1e-9 })
    }
    let mean =
      (0..<columns.rowCount).reduce(0) {
        $0 + weights[$1] * model.rawPrediction(bins: columns.bins(row: $1))
      } / weights.reduce(0, +)
    #expect(abs(model.intercept - mean) < 1e-12)
  }

  /// Moving of mass, cell by cell, until nothing moves: slow, and what the solution must equal.
  @Test func mainEffectsAreThoseThatMassMovesTo() throws {
    let features = [
      BinnedFeature(name: "a", sources: ["a"], kind: .ordered, binCount: 4),
      BinnedFeature(name: "b", sources: ["b"], kind: .ordered, binCount: 3),
    ]
    var generator = SeededGenerator(state: 8)
    let values = (0..<12).map { _ in Double.random(in: -1...1, using: &generator) }
    // Dependent features: most rows on the diagonal; bin 3 of the first has none.
    let rows = (0..<400).map { row -> (UInt8, UInt8) in
      let first = row % 3
      return (UInt8(first), UInt8(row % 10 < 7 ? first : row / 10 % 3))
    }
    let columns = BinnedColumns(features: features, rowCount: rows.count) { bytes, stride in
      for (row, bins) in rows.enumerated() {
        bytes[row] = bins.0
        bytes[stride + row] = bins.1
      }
    }
    let model = AdditiveModel(
      features: features, intercept: 0.5, curves: [],
      surfaces: [
        .init(
          first: 0, second: 1, firstCells: [0, 1, 2, 3], secondCells: [0, 1, 2], values: values,
          weights: [Double](repeating: 0, count: 12))
      ]
    ).purified(over: columns, pool: WorkerPool(threadCount: 1))

    var weights = [Double](repeating: 0, count: 12)
    for (first, second) in rows { weights[Int(first) * 3 + Int(second)] += 1 }
    var (left, first, second) = (values, [0.0, 0, 0, 0], [0.0, 0, 0])
    for _ in 0..<2_000 {
      for row in 0..<3 {
        let places = (0..<3).map { row * 3 + $0 }
        let mean =
          places.reduce(0) { $0 + weights[$1] * left[$1] } / places.reduce(0) { $0 + weights[$1] }
        for place in places { left[place] -= mean }
        first[row] += mean
      }
      for column in 0..<3 {
        let places = (0..<3).map { $0 * 3 + column }
        let mean =
          places.reduce(0) { $0 + weights[$1] * left[$1] } / places.reduce(0) { $0 + weights[$1] }
        for place in 0..<4 { left[place * 3 + column] -= mean }
        second[column] += mean
      }
    }
    // The main effects of the two methods may differ by a constant, which the curves' means take out.
    let surface = try #require(model.surfaces.first)
    for place in 0..<9 { #expect(abs(surface.values[place] - left[place]) < 1e-10) }
    let share = (0..<3).map { bin in Double(rows.count { $0.0 == UInt8(bin) }) / 400 }
    let mean = zip(share, first).reduce(0) { $0 + $1.0 * $1.1 }
    let curve = try #require(model.curves.first)
    for bin in 0..<3 { #expect(abs(curve.values[bin] - (first[bin] - mean)) < 1e-10) }
  }

  @Test func featuresThatAlwaysGoTogetherArePurified() throws {
    // The second feature is the first: a surface can say nothing that the curves could not.
    let features = ["a", "b"].map {
      BinnedFeature(name: $0, sources: [$0], kind: .ordered, binCount: 5)
    }
    let columns = BinnedColumns(features: features, rowCount: 100) { bytes, stride in
      for row in 0..<100 {
        bytes[row] = UInt8(row % 4)
        bytes[stride + row] = UInt8(row % 4)
      }
    }
    let values = (0..<25).map { Double($0 * $0 % 7) }
    let model = AdditiveModel(
      features: features, intercept: 0, curves: [],
      surfaces: [
        .init(
          first: 0, second: 1, firstCells: [0, 1, 2, 3, 4], secondCells: [0, 1, 2, 3, 4],
          values: values, weights: [Double](repeating: 0, count: 25))
      ]
    ).purified(over: columns, pool: WorkerPool(threadCount: 1))
    let surface = try #require(model.surfaces.first)
    for bin in 0..<4 { #expect(abs(surface.values[bin * 5 + bin]) < 1e-12) }
    for place in 0..<25 {
      let bins = [UInt8(place / 5), UInt8(place % 5)]
      #expect(abs(model.rawPrediction(bins: bins) - values[place]) < 1e-12)
    }
  }
}
