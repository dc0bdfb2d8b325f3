import Features
import Models
import Parallel
import Testing

@testable import TreeTraining

@Suite struct GradientBoosterTests {
  @Test func aSplitThatTellsAllIsFound() throws {
    let columns = BinnedColumns(
      features: [BinnedFeature(name: "x", sources: ["x"], kind: .ordered, binCount: 5)],
      rowCount: 400
    ) { bytes, _ in
      for row in 0..<400 { bytes[row] = UInt8(row % 4) }
    }
    let labels = (0..<400).map { UInt8($0 % 4 >= 2 ? ($0 % 40 < 4 ? 0 : 1) : 0) }
    var options = BoostingOptions()
    options.rounds = 10
    let rows = BoostingRows(columns: columns, labels: labels)
    let fit = try GradientBooster(options).fit(
      rows, validation: rows, pool: WorkerPool(threadCount: 1))
    #expect(fit.ensemble.trees.count == 10 && fit.bestRound == 10)
    let split = try #require(fit.ensemble.trees[0].nodes[0].split)
    #expect(split.feature == 0 && split.condition == .upTo(1))
    #expect(fit.validationLosses == fit.validationLosses.sorted(by: >))
  }

  @Test func whatCannotBeLearnedFromIsRefused() throws {
    let columns = BinnedColumns(
      features: [BinnedFeature(name: "x", sources: ["x"], kind: .ordered, binCount: 3)],
      rowCount: 4
    ) { _, _ in }
    let booster = try GradientBooster(BoostingOptions())
    let pool = WorkerPool(threadCount: 1)
    #expect(throws: BoostingError.oneOutcome(label: 1)) {
      try booster.fit(BoostingRows(columns: columns, labels: [1, 1, 1, 1]), pool: pool)
    }
    #expect(throws: BoostingError.badLabel(row: 2, found: 3)) {
      try booster.fit(BoostingRows(columns: columns, labels: [1, 0, 3, 1]), pool: pool)
    }
    #expect(throws: BoostingError.badWeight(row: 1, found: -1)) {
      try booster.fit(
        BoostingRows(columns: columns, labels: [1, 0, 0, 1], weights: [1, -1, 0, 0]), pool: pool)
    }
    #expect(throws: BoostingError.noRows) {
      try booster.fit(
        BoostingRows(columns: columns, labels: [1, 0, 0, 1], weights: [0, 0, 0, 0]), pool: pool)
    }
    // A constant feature leaves the base alone.
    let fit = try booster.fit(
      BoostingRows(columns: columns, labels: [1, 0, 0, 1]), pool: pool)
    #expect(fit.ensemble.trees.isEmpty && fit.ensemble.baseRawPrediction == 0)
  }
}
