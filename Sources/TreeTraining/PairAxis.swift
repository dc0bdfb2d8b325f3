import Features
import Models

/// A feature as its pairs see it: bins put together into few cells that have an order.
///
/// Ordered values keep theirs, with missing behind them; categories, missing among them, stand in the order of
/// what they add by themselves.
struct PairAxis: Sendable {
  let feature: Int
  /// One a bin.
  let cells: [UInt8]
  let cellCount: Int
  /// How a split asks whether a row is in the cells up to each but the last.
  let cuts: [(condition: TreeSplit.Condition, missingGoesLeft: Bool)]

  /// - Parameters:
  ///   - weights: of the training rows, one a bin.
  ///   - values: what the feature adds by itself, one a bin.
  ///   - mostCells: at least 2.
  init(
    feature: Int, _ binned: BinnedFeature, weights: [Double], values: [Double], mostCells: Int
  ) {
    self.feature = feature
    let missing = binned.missingBin
    var cells = [UInt8](repeating: 0, count: binned.binCount)
    switch binned.kind {
    case .ordered:
      let groups = Self.groups(Array(0..<missing), weights: weights, most: mostCells - 1)
      for (cell, bins) in groups.enumerated() { for bin in bins { cells[bin] = UInt8(cell) } }
      cells[missing] = UInt8(groups.count)
      cellCount = groups.count + 1
      cuts = groups.map { (.upTo($0.last ?? 0), false) }
    case .categories:
      let order = (0..<binned.binCount).sorted { (values[$0], $0) < (values[$1], $1) }
      let groups = Self.groups(order, weights: weights, most: mostCells)
      for (cell, bins) in groups.enumerated() { for bin in bins { cells[bin] = UInt8(cell) } }
      cellCount = groups.count
      var left = BinSet()
      cuts = groups.dropLast().enumerated().map { cell, bins in
        for bin in bins where bin != missing { left.insert(bin) }
        return (.among(left), cells[missing] <= UInt8(cell))
      }
    }
    self.cells = cells
  }

  /// Neighbours put together until there are at most so many groups, of like weight.
  private static func groups(_ bins: [Int], weights: [Double], most: Int) -> [[Int]] {
    guard bins.count > most else { return bins.map { [$0] } }
    let total = bins.reduce(0) { $0 + weights[$1] }
    var groups: [[Int]] = []
    var current: [Int] = []
    var before = 0.0
    for (place, bin) in bins.enumerated() {
      current.append(bin)
      before += weights[bin]
      let isDue = before * Double(most) >= total * Double(groups.count + 1)
      // The last group takes whatever is left.
      if isDue, groups.count < most - 1, place < bins.count - 1 {
        groups.append(current)
        current = []
      }
    }
    groups.append(current)
    return groups
  }
}
