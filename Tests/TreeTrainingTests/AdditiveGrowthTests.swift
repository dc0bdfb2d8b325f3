import CSimd
import Features
import Models
import Parallel
import Testing

@testable import TreeTraining

@Suite struct AdditiveGrowthTests {
  /// Tests run side by side, and a pool runs one job at a time.
  private static var pool: WorkerPool { WorkerPool(threadCount: 2) }

  private static func options(rounds: Int = 20) -> AdditiveOptions {
    var options = AdditiveOptions()
    options.rounds = rounds
    options.pairs = 4
    return options
  }

  private static func model(
    _ options: AdditiveOptions, _ rows: BoostingRows, threads: Int = 2, level: Int32 = csimd_level()
  ) throws -> AdditiveModel {
    let growth = try AdditiveGrowth(
      options, training: rows, validation: nil, pool: WorkerPool(threadCount: threads),
      level: level)
    _ = growth.growCurves()
    _ = growth.growSurfaces(after: options.rounds)
    return growth.model(surfaceRounds: options.rounds)
  }

  @Test func tablesEqualTheirOwnTrees() throws {
    let rows = SyntheticRows(rows: 600, shape: [12, 30, -6, 60, 3])
    let growth = try AdditiveGrowth(Self.options(), training: rows.rows(), pool: Self.pool)
    _ = growth.growCurves()
    _ = growth.growSurfaces(after: 15)
    let model = growth.model(surfaceRounds: 12)
    let ensemble = growth.ensemble(surfaceRounds: 12)
    #expect(ensemble.trees.count == 15 * 5 + 12 * 4)
    #expect(model.surfaces.count == 4)
    for row in rows.labels.indices {
      let bins = rows.bins.map { $0[row] }
      // Sums of a hundred values below 1, in another order.
      #expect(
        abs(model.rawPrediction(bins: bins) - ensemble.rawPrediction(bins: bins)) < 1e-12)
    }
  }

  @Test func validationLossesAreThoseOfTheModel() throws {
    let rows = SyntheticRows(rows: 900, shape: [12, 30, -6, 60])
    let growth = try AdditiveGrowth(
      Self.options(rounds: 8), training: rows.rows(Array(0..<600)),
      validation: rows.rows(Array(600..<900)), pool: Self.pool)
    let losses = growth.growCurves()
    #expect(losses.count == 9)
    // The longer one first: rounds that were cut off are gone.
    for rounds in [8, 3] {
      let pairLosses = growth.growSurfaces(after: rounds, rounds: 4)
      #expect(pairLosses.count == 5)
      // Another order of sums, and in the kernel another polynomial.
      #expect(abs(pairLosses[0] - losses[rounds]) < 1e-12)
      let model = growth.model(surfaceRounds: 4)
      let loss =
        (600..<900).reduce(0) { sum, row in
          let chance = probability(
            fromRawPrediction: model.rawPrediction(bins: rows.bins.map { $0[row] }))
          let likelihood = rows.labels[row] == 1 ? chance : 1 - chance
          return sum - LogOdds.of(won: likelihood, lost: 1)
        } / 300
      #expect(abs(pairLosses[4] - loss) < 1e-9)
    }
  }

  @Test func threadsAndInstructionSetsMakeNoDifference() throws {
    let rows = SyntheticRows(rows: 2_500, shape: [12, 255, -6, 60, -40])
    let weights = (0..<2_500).map { Double($0 % 3) + 0.5 }
    for weights in [nil, weights] {
      let expected = try Self.model(Self.options(rounds: 6), rows.rows(weights: weights))
      for threads in [1, 3] {
        #expect(
          try Self.model(Self.options(rounds: 6), rows.rows(weights: weights), threads: threads)
            == expected)
      }
      #expect(
        try Self.model(
          Self.options(rounds: 6), rows.rows(weights: weights), level: Int32(csimd_portable))
          == expected)
    }
  }

  /// Copies of a row that share its identity are rounded alike.
  @Test func aRowOfWeightTwoIsTheRowTwice() throws {
    let rows = SyntheticRows(rows: 400, shape: [12, 30, -6])
    let identities = (0..<400).map { UInt64($0) }
    let weights = (0..<400).map { Double(1 + $0 % 2) }
    let twice = (0..<400).flatMap { [Int](repeating: $0, count: 1 + $0 % 2) }
    #expect(
      try Self.model(Self.options(), rows.rows(weights: weights, identities: identities))
        == Self.model(Self.options(), rows.rows(twice, identities: identities)))
  }

  @Test func whatTwoFeaturesDoTogetherIsFound() throws {
    var numbers = TestNumbers(state: 3)
    var rows = SyntheticRows(rows: 2_000, shape: [9, 9, 9, 9])
    for row in rows.labels.indices {
      let isWon = (rows.bins[1][row] < 3) == (rows.bins[3][row] < 3)
      rows.labels[row] = numbers.uniform() < (isWon ? 0.8 : 0.2) ? 1 : 0
    }
    var options = Self.options(rounds: 40)
    options.pairs = 1
    let growth = try AdditiveGrowth(
      options, training: rows.rows(Array(0..<1_500)), validation: rows.rows(Array(1_500..<2_000)),
      pool: Self.pool)
    let losses = growth.growCurves()
    let pairLosses = growth.growSurfaces(after: 0)
    // By themselves the two say little of it; together nearly all: −0.8 ln 0.8 − 0.2 ln 0.2 = 0.50.
    #expect((losses.min() ?? 0) > 0.6)
    #expect((pairLosses.min() ?? 1) < 0.56)
    let model = growth.model(surfaceRounds: 40)
    let surface = try #require(model.surfaces.first)
    #expect(surface.first == 1 && surface.second == 3)
    #expect(surface.strength > 0.5)
  }

  @Test func monotoneFeaturesKeepTheirDirection() throws {
    let rows = SyntheticRows(rows: 800, shape: [40, 30, 40, -5])
    var options = Self.options(rounds: 60)
    options.monotone = [.increasing, .decreasing, .decreasing, .free]
    let model = try Self.model(options, rows.rows())
    for (feature, sign) in [(0, 1.0), (1, -1.0), (2, -1.0)] {
      let curve = try #require(model.curves.first { $0.feature == feature })
      let known = curve.values.dropLast().map { sign * $0 }
      #expect(zip(known, known.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
    }
    // There is but one feature that may be in a pair.
    #expect(model.surfaces.isEmpty)
  }

  @Test func pairsKeepToInteractions() throws {
    let rows = SyntheticRows(rows: 500, shape: [12, 30, -6, 20])
    var options = Self.options(rounds: 5)
    options.interactions = [[0, 2], [1], [3]]
    let model = try Self.model(options, rows.rows())
    #expect(model.surfaces.map { [$0.first, $0.second] } == [[0, 2]])
  }

  @Test func whatSaysNothingAddsNothing() throws {
    // The first feature is constant, the second missing throughout.
    var rows = SyntheticRows(rows: 300, shape: [4, 5, 12])
    rows.bins[0] = [UInt8](repeating: 1, count: 300)
    rows.bins[1] = [UInt8](repeating: 4, count: 300)
    let model = try Self.model(Self.options(), rows.rows())
    for curve in model.curves where curve.feature < 2 { #expect(curve.strength < 1e-12) }
    #expect(throws: BoostingError.oneOutcome(label: 1)) {
      rows.labels = [UInt8](repeating: 1, count: 300)
      _ = try Self.model(Self.options(), rows.rows())
    }
  }

  @Test func optionsOutOfRangeAreRefused() throws {
    let rows = SyntheticRows(rows: 50, shape: [4])
    var options = AdditiveOptions()
    options.learningRate = 0.5
    #expect(throws: BoostingError.self) { try Self.model(options, rows.rows()) }
    options = AdditiveOptions()
    options.pairCells = 33
    #expect(throws: BoostingError.self) { try Self.model(options, rows.rows()) }
    options = AdditiveOptions()
    options.interactions = [[1]]
    #expect(throws: BoostingError.self) { try Self.model(options, rows.rows()) }
  }
}

@Suite struct AdditiveStageTests {
  /// Sums of the packed gradients themselves, row by row.
  @Test(arguments: [nil, 200.0] as [Double?])
  func sumsAreThoseOfPlainLoops(weight: Double?) throws {
    let rows = SyntheticRows(rows: 3_000, shape: [32, 20, -31])
    let weights = weight.map { weight in (0..<3_000).map { Double($0 % 2) * weight + 1 } }
    let gradients = Gradients(
      rows: rows.rows(weights: weights), weights: RowWeights(weights, count: 3_000), base: -0.5,
      seed: 1, level: csimd_level())
    let terms = [
      AdditiveTerm(first: 0, second: 1), AdditiveTerm(first: 0, second: 2),
      AdditiveTerm(first: 1, second: 2),
    ]
    let stage = AdditiveStage(
      columns: rows.columns, terms: terms, rowWeights: weights, gradients: gradients,
      pool: WorkerPool(threadCount: 2))
    for (number, term) in terms.enumerated() {
      for cell in 0..<stage.stride {
        stage.newestValues(number)[cell] = Double(cell) / 1_000 + Double(term.first)
      }
    }
    let sums = stage.pass(adding: 0..<2, summing: 1..<3, roundingKey: 7)
    for (place, term) in terms[1...].enumerated() {
      var expected = CellSums(
        gradients: [Double](repeating: 0, count: stage.stride),
        hessians: [Double](repeating: 0, count: stage.stride))
      var total = [Double](repeating: 0, count: stage.stride)
      for row in 0..<3_000 {
        let cell =
          Int(rows.bins[term.first][row]) * 32 + Int(rows.bins[term.second ?? 0][row])
        let packed = gradients.packed.start[row]
        expected.gradients[cell] += Double(packed >> 32)
        expected.hessians[cell] += Double(packed & 0xffff_ffff)
        total[cell] += weights?[row] ?? 1
      }
      #expect(sums[place].gradients == expected.gradients.map { $0 / Gradients.gradientUnit })
      #expect(sums[place].hessians == expected.hessians.map { $0 / Gradients.hessianUnit })
      #expect(stage.weights[place + 1] == total)
    }
    for row in 0..<3_000 {
      var score = -0.5
      for term in terms[..<2] {
        let cell =
          Int(rows.bins[term.first][row]) * 32 + Int(rows.bins[term.second ?? 0][row])
        score += Double(cell) / 1_000 + Double(term.first)
      }
      #expect(gradients.scores.start[row] == score)
    }
  }
}
