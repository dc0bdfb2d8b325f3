import Features
import Parallel

extension AdditiveModel {
  /// The same log-odds, with every part where it belongs: surfaces hold only what their two features do
  /// together, curves average 0 over the training rows, and the intercept is the average lead's.
  ///
  /// A surface's main effects are those of the additive function of its two features that is nearest by
  /// weighted squares; what is left has a mean of 0 over the training rows of each cell of either feature
  /// (Lengerich and others, "Purifying interaction effects with the functional ANOVA", 2020, whose moving
  /// of mass has the same limit). Cells without training rows keep what no main effect explains.
  ///
  /// - Parameters:
  ///   - columns: the training rows.
  ///   - weights: frequency weights, one a row; `nil` weighs all alike.
  public func purified(
    over columns: BinnedColumns, weights: [Double]? = nil, pool: WorkerPool
  ) -> AdditiveModel {
    precondition(columns.features == features, "columns of other features")
    precondition(weights.map { $0.count == columns.rowCount } ?? true, "a weight a row")
    let effects = pool.map(surfaces.count) {
      Self.mainEffects(surfaces[$0].weighed(columns, weights))
    }
    let involved = Set(curves.map(\.feature) + surfaces.flatMap { [$0.first, $0.second] }).sorted()
    let known = Dictionary(uniqueKeysWithValues: curves.map { ($0.feature, $0.values) })
    var curves = pool.map(involved.count) { index -> Curve in
      let feature = involved[index]
      let count = features[feature].binCount
      let column = columns.column(feature)
      var sums = [Double](repeating: 0, count: count)
      for row in 0..<columns.rowCount { sums[Int(column[row])] += weights?[row] ?? 1 }
      return Curve(
        feature: feature, values: known[feature] ?? [Double](repeating: 0, count: count),
        weights: sums)
    }
    let places = Dictionary(uniqueKeysWithValues: involved.enumerated().map { ($1, $0) })
    for (surface, rows, columns) in effects {
      if let place = places[surface.first] {
        for (bin, cell) in surface.firstCells.enumerated() {
          curves[place].values[bin] += rows[Int(cell)]
        }
      }
      if let place = places[surface.second] {
        for (bin, cell) in surface.secondCells.enumerated() {
          curves[place].values[bin] += columns[Int(cell)]
        }
      }
    }
    var intercept = intercept
    for place in curves.indices {
      let mean = curves[place].mean
      for bin in curves[place].values.indices { curves[place].values[bin] -= mean }
      intercept += mean
    }
    return AdditiveModel(
      features: features, intercept: intercept, curves: curves, surfaces: effects.map(\.surface))
  }

  /// A surface without its main effects, and these: one a cell of its first feature, one a cell of the
  /// second.
  ///
  /// With w the weights, effects a and b satisfy Σⱼ wᵢⱼ (fᵢⱼ − aᵢ − bⱼ) = 0 for each i, and likewise for
  /// each j. The first set gives a in terms of b; the system that is left for b is solved by
  /// elimination, with 0 where b is free.
  private static func mainEffects(
    _ surface: Surface
  ) -> (surface: Surface, rows: [Double], columns: [Double]) {
    let (rowCount, columnCount) = (surface.rowCount, surface.columnCount)
    let weights = surface.weights
    var surface = surface
    var rows = [Double](repeating: 0, count: rowCount)
    var columns = [Double](repeating: 0, count: columnCount)
    let rowWeights = (0..<rowCount).map { row in
      weights[row * columnCount..<(row + 1) * columnCount].reduce(0, +)
    }
    // Twice: what rounding left of the first solution is small, and is taken out by the second.
    for _ in 0..<2 {
      var means = [Double](repeating: 0, count: rowCount)
      for row in 0..<rowCount where rowWeights[row] > 0 {
        for column in 0..<columnCount {
          let place = row * columnCount + column
          means[row] += weights[place] * surface.values[place]
        }
        means[row] /= rowWeights[row]
      }
      var system = [[Double]](
        repeating: [Double](repeating: 0, count: columnCount + 1), count: columnCount)
      for row in 0..<rowCount where rowWeights[row] > 0 {
        let own = weights[row * columnCount..<(row + 1) * columnCount]
        for (column, weight) in zip(0..<columnCount, own) where weight > 0 {
          system[column][column] += weight
          for (other, otherWeight) in zip(0..<columnCount, own) {
            system[column][other] -= weight * otherWeight / rowWeights[row]
          }
          system[column][columnCount] +=
            weight * (surface.values[row * columnCount + column] - means[row])
        }
      }
      let columnEffects = solved(&system)
      for row in 0..<rowCount where rowWeights[row] > 0 {
        var effect = means[row]
        for column in 0..<columnCount {
          effect -= weights[row * columnCount + column] * columnEffects[column] / rowWeights[row]
        }
        rows[row] += effect
        for column in 0..<columnCount { surface.values[row * columnCount + column] -= effect }
      }
      for column in 0..<columnCount {
        columns[column] += columnEffects[column]
        for row in 0..<rowCount {
          surface.values[row * columnCount + column] -= columnEffects[column]
        }
      }
    }
    return (surface, rows, columns)
  }

  /// The solution of a symmetric system of which no eigenvalue is negative, right side last; 0 in
  /// variables that are free.
  private static func solved(_ system: inout [[Double]]) -> [Double] {
    let count = system.count
    let largest = system.indices.reduce(0) { max($0, system[$1][$1]) }
    var isFree = [Bool](repeating: false, count: count)
    for pivot in 0..<count {
      // Of rounding alone: as many terms as there are columns were added up.
      guard system[pivot][pivot] > largest * 1e-12 else {
        isFree[pivot] = true
        continue
      }
      for row in pivot + 1..<max(count, pivot + 1) {
        let factor = system[row][pivot] / system[pivot][pivot]
        guard factor != 0 else { continue }
        for column in pivot...count { system[row][column] -= factor * system[pivot][column] }
      }
    }
    var solution = [Double](repeating: 0, count: count)
    for pivot in (0..<count).reversed() where !isFree[pivot] {
      var rest = system[pivot][count]
      for column in pivot + 1..<max(count, pivot + 1) {
        rest -= system[pivot][column] * solution[column]
      }
      solution[pivot] = rest / system[pivot][pivot]
    }
    return solution
  }
}

extension AdditiveModel.Curve {
  /// Over the training rows; 0 without any.
  public var mean: Double {
    let total = weights.reduce(0, +)
    guard total > 0 else { return 0 }
    return zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
  }

  /// The mean distance from 0 over the training rows, in log-odds: how much the curve moves leads.
  public var strength: Double { meanMagnitude(values, weights) }
}

extension AdditiveModel.Surface {
  /// The mean distance from 0 over the training rows, in log-odds.
  public var strength: Double { meanMagnitude(values, weights) }

  /// With the weights of some rows.
  fileprivate func weighed(_ columns: BinnedColumns, _ weights: [Double]?) -> Self {
    var surface = self
    surface.weights = [Double](repeating: 0, count: values.count)
    let (bins, secondBins) = (columns.column(first), columns.column(second))
    let columnCount = columnCount
    for row in 0..<columns.rowCount {
      let place =
        Int(firstCells[Int(bins[row])]) * columnCount + Int(secondCells[Int(secondBins[row])])
      surface.weights[place] += weights?[row] ?? 1
    }
    return surface
  }
}

private func meanMagnitude(_ values: [Double], _ weights: [Double]) -> Double {
  let total = weights.reduce(0, +)
  guard total > 0 else { return 0 }
  return zip(values, weights).reduce(0) { $0 + abs($1.0) * $1.1 } / total
}
