import Features
import Models
import Parallel
import TestTrees
import Testing

@testable import Explanations

@Suite struct AdditiveContributionsTests {
  private static let features = [4, 3, 5].enumerated().map { index, bins in
    BinnedFeature(
      name: "f\(index)", sources: index == 2 ? ["c", "d"] : [["a", "b"][index]], kind: .ordered,
      binCount: bins)
  }

  /// Dependent rows, so that what one feature tells of another counts.
  private static let rows: [[UInt8]] = (0..<300).map { row in
    let first = row % 4
    return [UInt8(first), UInt8((first + row / 7) % 3), UInt8((first * 2 + row % 3) % 5)]
  }

  private static let columns = BinnedColumns(features: features, rowCount: rows.count) {
    bytes, stride in
    for (row, bins) in rows.enumerated() {
      for (feature, bin) in bins.enumerated() { bytes[feature * stride + row] = bin }
    }
  }

  private static let model: AdditiveModel = {
    var generator = SeededGenerator(state: 6)
    func numbers(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
    }
    func surface(_ first: Int, _ second: Int) -> AdditiveModel.Surface {
      let cells = [first, second].map { feature in
        (0..<features[feature].binCount).map { UInt8($0) }
      }
      let count = cells[0].count * cells[1].count
      return AdditiveModel.Surface(
        first: first, second: second, firstCells: cells[0], secondCells: cells[1],
        values: numbers(count), weights: numbers(count))
    }
    return AdditiveModel(
      features: features, intercept: -1,
      curves: [0, 2].map {
        let count = features[$0].binCount
        return AdditiveModel.Curve(feature: $0, values: numbers(count), weights: numbers(count))
      },
      surfaces: [surface(0, 1), surface(1, 2)]
    ).purified(over: columns, pool: WorkerPool(threadCount: 1))
  }()

  /// What the tables give on average over the training rows that are like a row in the known features of
  /// each.
  private static func value(_ row: [UInt8], known: Set<Int>) -> Double {
    func mean(_ features: [Int], _ value: ([UInt8]) -> Double) -> Double {
      let alike = rows.filter { other in
        features.allSatisfy { !known.contains($0) || other[$0] == row[$0] }
      }
      return alike.reduce(0) { $0 + value($1) } / Double(alike.count)
    }
    var total = model.intercept
    for curve in model.curves {
      total += mean([curve.feature]) { curve.values[Int($0[curve.feature])] }
    }
    for surface in model.surfaces {
      total += mean([surface.first, surface.second]) {
        surface.values[surface.place(Int($0[surface.first]), Int($0[surface.second]))]
      }
    }
    return total
  }

  /// Over all orders in which features become known.
  private static func shapley(_ row: [UInt8]) -> [Double] {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    var values = [0.0, 0, 0]
    for order in orders {
      var known: Set<Int> = []
      for feature in order {
        let before = value(row, known: known)
        known.insert(feature)
        values[feature] += (value(row, known: known) - before) / 6
      }
    }
    return values
  }

  private static func contributions(_ slots: FeatureSlots, threads: Int = 1) -> [Double] {
    let kernel = AdditiveContributions(model, slots: slots)
    var values = [Double](repeating: 0, count: slots.count * rows.count)
    values.withUnsafeMutableBufferPointer {
      kernel.add(columns, to: $0, pool: WorkerPool(threadCount: threads))
    }
    return values
  }

  @Test func areShapleyValuesByEnumeration() {
    let values = Self.contributions(FeatureSlots(featureCount: 3))
    for row in stride(from: 0, to: Self.rows.count, by: 13) {
      let expected = Self.shapley(Self.rows[row])
      for feature in 0..<3 { #expect(abs(values[3 * row + feature] - expected[feature]) < 1e-10) }
    }
  }

  @Test func addUpToTheLogOddsLessTheBaselineForAnyNumberOfThreads() {
    let slots = FeatureSlots(sources: Self.features.map(\.sources), columns: ["a", "b", "c", "d"])
    let values = Self.contributions(slots)
    let baseline = AdditiveContributions(Self.model, slots: slots).baseline
    for (row, bins) in Self.rows.enumerated() {
      let sum = values[4 * row..<4 * row + 4].reduce(baseline, +)
      #expect(abs(sum - Self.model.rawPrediction(bins: bins)) < 1e-12)
      // A feature of two columns gives half to each.
      #expect(values[4 * row + 2] == values[4 * row + 3])
    }
    #expect(Self.contributions(slots, threads: 3) == values)
  }
}
