/// Smoothed target rates of the cells of a grid, and each fold's own from the other folds.
///
/// The base rate to which they are drawn is that of all training rows in every fold: were it the other
/// folds' own, its few values would tell the fold, and with it what share of it converted, turned
/// round.
///
/// Kernel: reads cells into raw memory.
struct TargetRates {
  let rates: LevelRates
  /// The bins of training rows, from the folds that they are not in.
  let trainingTable: BinWriter.RateTable

  /// - Parameters:
  ///   - indices: what the pipeline calls the sources, one or two.
  ///   - readers: of the sources, bound to the training rows.
  /// - Returns: `nil` where all cells that are frequent enough have one rate.
  init?(
    sources: [LevelSource], indices: [Int], readers: [LevelReader], training: TreeTrainingRows,
    options: TreeFeatureOptions
  ) {
    let limits = sources.map {
      sources.count == 1 ? $0.levelCount : min($0.levelCount, TreeFeatureOptions.mostPairLevels)
    }
    let grid = CellGrid(sources, limits: limits)
    let cells = Self.cells(grid, readers: readers, count: training.count)
    let weights = training.weights

    // Entry 0 is for cells without a rate.
    var entries = [Int32](repeating: 0, count: grid.cellCount)
    var entryCells: [Int] = []
    do {
      var rows = [Double](repeating: 0, count: grid.cellCount)
      for position in 0..<training.count {
        rows[Int(cells[position])] += weights?[position] ?? 1
      }
      for cell in rows.indices
      where rows[cell] >= options.minimumLevelRows && grid.levels(ofCell: cell) != nil {
        entryCells.append(cell)
        entries[cell] = Int32(entryCells.count)
      }
    }

    // Weights by entry, fold and outcome.
    let stride = 2 * training.foldCount
    var counts = [Double](repeating: 0, count: (entryCells.count + 1) * stride)
    if let weights {
      for position in 0..<training.count {
        let entry = Int(entries[Int(cells[position])])
        counts[entry * stride + Int(training.outcomes[position])] += weights[position]
      }
    } else {
      for position in 0..<training.count {
        let entry = Int(entries[Int(cells[position])])
        counts[entry * stride + Int(training.outcomes[position])] += 1
      }
    }

    let smoothing = options.smoothing
    let won = smoothing * training.baseRate
    var rates: [Double] = []
    var totals: [Double] = []
    var foldRates: [Double] = []
    for entry in 1..<entryCells.count + 1 {
      let own = counts[entry * stride..<(entry + 1) * stride]
      var allRows = 0.0
      var allWon = 0.0
      for fold in 0..<training.foldCount {
        let fromHere = own[own.startIndex + 2 * fold + 1]
        allRows += own[own.startIndex + 2 * fold] + fromHere
        allWon += fromHere
      }
      totals.append(allRows)
      rates.append((allWon + won) / (allRows + smoothing))
      for fold in 0..<training.foldCount {
        let fromHere = own[own.startIndex + 2 * fold + 1]
        let rows = allRows - (own[own.startIndex + 2 * fold] + fromHere)
        foldRates.append((allWon - fromHere + won) / (rows + smoothing))
      }
    }
    let thresholds = BinThresholds(
      ValueSorter.distinct(
        count: rates.count, value: { rates[$0] }, weight: { totals[$0] }),
      binCount: options.maxBins - 1)
    guard !thresholds.values.isEmpty else { return nil }

    let missingBin = UInt8(thresholds.valueBinCount)
    trainingTable = BinWriter.RateTable(
      entries: entries,
      bins: [UInt8](repeating: missingBin, count: training.foldCount)
        + foldRates.map { UInt8(thresholds.bin(of: $0)) },
      foldCount: training.foldCount, folds: training.folds)
    let levels = entryCells.compactMap { grid.levels(ofCell: $0) }
    self.rates = LevelRates(
      sources: indices, firstLevels: levels.map(\.first),
      secondLevels: levels.compactMap(\.second), rates: rates, thresholds: thresholds)
    self.grid = grid
  }

  let grid: CellGrid

  /// The cells of all training rows.
  private static func cells(_ grid: CellGrid, readers: [LevelReader], count: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: count) { cells, initialised in
      if let first = cells.baseAddress {
        // In blocks, so that the readers' scratch memory stays small.
        let block = 1 << 14
        for start in stride(from: 0, to: count, by: block) {
          grid.read(start..<min(start + block, count), readers: readers, to: first + start)
        }
      }
      initialised = count
    }
  }
}
