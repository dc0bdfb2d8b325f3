import Features
import Models
import Parallel
import Testing

@testable import TreeTraining

@Suite struct ConstraintTests {
  @Test(arguments: [false, true]) func monotoneConstraintsHoldOnAGrid(samples: Bool) throws {
    let data = SyntheticRows(rows: 6_000, shape: [40, 60, 30, -9], seed: 21)
    var options = BoostingOptions()
    options.rounds = 40
    // Against the data's own directions, so that the constraint has work to do.
    options.monotone = [.decreasing, .increasing, .increasing, .free]
    if samples {
      options.rowShare = 0.6
      options.columnShare = 0.5
    }
    let fit = try GradientBooster(options).fit(data.rows(), pool: WorkerPool(threadCount: 2))
    var numbers = TestNumbers(state: 8)
    for _ in 0..<10_000 {
      var bins = data.features.map { Int(numbers.next() % UInt64($0.binCount)) }
      let feature = Int(numbers.next() % 3)
      // The missing bin has no place in the order.
      let last = UInt64(data.features[feature].binCount - 1)
      let pair = [Int(numbers.next() % last), Int(numbers.next() % last)].sorted()
      bins[feature] = pair[0]
      let low = raw(fit.ensemble, bins)
      bins[feature] = pair[1]
      let high = raw(fit.ensemble, bins)
      if options.monotone[feature] == .increasing {
        #expect(low <= high + 1e-12)
      } else {
        #expect(low >= high - 1e-12)
      }
    }
  }

  private func raw(_ ensemble: TreeEnsemble, _ bins: [Int]) -> Double {
    ensemble.trees.reduce(ensemble.baseRawPrediction) { sum, tree in
      sum + tree.leaf(of: ensemble.features) { bins[$0] }.value
    }
  }

  @Test func featuresOfOneTreeBelongToOneGroup() throws {
    let data = SyntheticRows(rows: 6_000, shape: [40, 60, 30, -9, 20, 12], seed: 22)
    var options = BoostingOptions()
    options.rounds = 40
    let groups = [[0, 1, 3], [1, 2]]
    options.interactions = groups
    let fit = try GradientBooster(options).fit(data.rows(), pool: WorkerPool(threadCount: 2))
    var met = Set<Set<Int>>()
    for tree in fit.ensemble.trees {
      let used = Set(tree.nodes.compactMap { $0.split?.feature })
      met.insert(used)
      #expect(
        groups.contains { used.isSubset(of: $0) } || used.isSubset(of: [4])
          || used.isSubset(of: [5]))
    }
    #expect(met.contains { $0.count > 1 })
  }

  @Test func everyLeafHasItsRows() throws {
    let data = SyntheticRows(rows: 3_000, shape: [40, 60, 30, -9, 20, 12], seed: 23, rate: -3)
    var options = BoostingOptions()
    options.rounds = 60
    options.leaves = 64
    options.minimumRows = 25
    let fit = try GradientBooster(options).fit(data.rows(), pool: WorkerPool(threadCount: 2))
    for tree in fit.ensemble.trees {
      #expect(tree.nodes.allSatisfy { $0.weight >= 25 })
    }
  }

  @Test func theBestSubsetIsThatOfBruteForce() throws {
    var options = BoostingOptions()
    options.leaves = 2
    options.minimumRows = 1
    options.minimumHessian = 0
    options.categorySmoothing = 0
    options.categoryL2 = 0
    options.minimumCategoryRows = 0
    options.oneVersusRestLevels = 1
    for seed in UInt64(1)...40 {
      let data = SyntheticRows(
        rows: 300, shape: [-(3 + Int(seed % 6))], missing: 0, seed: seed)
      options.l2 = Double(seed % 3)
      let bench = GrowerBench(data.rows(), options)
      let grown = bench.grower.grow(rowCount: 300, isWhole: true, features: [0])
      let split = try #require(grown.nodes[0].split)
      let levels = data.features[0].binCount
      var best = 0.0
      let root = grown.nodes[0].sums
      let l2 = bench.grower.rules.l2
      for subset in 1..<(1 << levels) - 1 {
        var g = 0.0
        var h = 0.0
        for row in 0..<300 where subset >> Int(data.bins[0][row]) & 1 == 1 {
          let value = bench.gradients.packed.start[row]
          g += Double(value >> 32)
          h += Double(value & 0xffff_ffff)
        }
        let all = (g: Double(root.gradient), h: Double(root.hessian))
        guard h > 0, h < all.h else { continue }
        let rest = (all.g - g) * (all.g - g) / (all.h - h + l2)
        best = max(best, g * g / (h + l2) + rest - all.g * all.g / (all.h + l2))
      }
      let gain = best * bench.grower.rules.gainUnit
      #expect(abs(split.gain - gain) < 1e-9 * gain)
    }
  }

  @Test func extremeRowsGiveFiniteTrees() throws {
    let data = SyntheticRows(rows: 5_000, shape: [40, 60, 5], seed: 24, rate: -7)
    try #require(data.labels.contains(1))
    var options = BoostingOptions()
    options.rounds = 30
    options.learningRate = 1
    options.l2 = 0
    options.minimumRows = 1
    options.minimumHessian = 0
    let weights = data.labels.indices.map { $0 % 500 == 0 ? 1e12 : 1e-3 }
    for rows in [data.rows(), data.rows(weights: weights)] {
      let fit = try GradientBooster(options).fit(rows, pool: WorkerPool(threadCount: 2))
      #expect(
        fit.ensemble.trees.allSatisfy { $0.nodes.allSatisfy { $0.value.isFinite } })
    }
  }
}
