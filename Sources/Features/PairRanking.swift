import Parallel

/// Chooses the pairs of sources whose target rates predict best.
///
/// Kernel: reads cells into raw memory.
struct PairRanking {
  private let sources: [LevelSource]
  private let readers: [LevelReader]
  private let foldCount: Int
  private let outcomes: [UInt8]
  private let weights: [Double]?
  private let options: TreeFeatureOptions
  private let baseRate: Double

  /// - Parameters:
  ///   - readers: of the sources, bound to the rows on which pairs are ranked.
  ///   - positions: these rows among the training rows; `nil` for all.
  init(
    sources: [LevelSource], readers: [LevelReader], positions: [Int]?,
    training: TreeTrainingRows, options: TreeFeatureOptions
  ) {
    self.sources = sources
    self.readers = readers
    foldCount = training.foldCount
    outcomes = positions.map { $0.map { training.outcomes[$0] } } ?? training.outcomes
    weights = training.weights.map { weights in
      positions.map { $0.map { weights[$0] } } ?? weights
    }
    self.options = options
    baseRate = training.baseRate
  }

  /// The pairs with the lowest out-of-fold log loss, best first; equal ones in the order of the
  /// sources.
  func best(_ count: Int, pool: WorkerPool) -> [(Int, Int)] {
    guard count > 0, sources.count > 1 else { return [] }
    let cells = pool.map(sources.count) { index in
      levels(index)
    }
    var candidates = Array(sources.indices)
    if candidates.count > TreeFeatureOptions.mostPairSources {
      let losses = pool.map(sources.count) { index in
        loss(cells: cells[index].cells, cellCount: cells[index].count)
      }
      candidates = candidates.sorted { (losses[$0], $0) < (losses[$1], $1) }
        .prefix(TreeFeatureOptions.mostPairSources).sorted()
    }
    var pairs: [(Int, Int)] = []
    for (position, first) in candidates.enumerated() {
      for second in candidates[(position + 1)...]
      where options.mayMeet(sources[first].column, sources[second].column) {
        pairs.append((first, second))
      }
    }
    let losses = pool.map(pairs.count) { index in
      let (first, second) = pairs[index]
      let stride = Int32(cells[second].count)
      let met = zip(cells[first].cells, cells[second].cells).map { $0 &* stride &+ $1 }
      return loss(cells: met, cellCount: cells[first].count * cells[second].count)
    }
    return pairs.indices.sorted { (losses[$0], $0) < (losses[$1], $1) }
      .prefix(count).map { pairs[$0] }
  }

  /// The level of each ranking row, and how many there can be.
  private func levels(_ index: Int) -> (cells: [Int32], count: Int) {
    let source = sources[index]
    let grid = CellGrid(
      [source], limits: [min(source.levelCount, TreeFeatureOptions.mostPairLevels)])
    let cells = [Int32](unsafeUninitializedCapacity: outcomes.count) { cells, initialised in
      if let first = cells.baseAddress {
        grid.read(0..<outcomes.count, readers: [readers[index]], to: first)
      }
      initialised = outcomes.count
    }
    return (cells, grid.cellCount)
  }

  /// Summed log loss of the smoothed rates, each row's from the folds that it is not in.
  private func loss(cells: [Int32], cellCount: Int) -> Double {
    // Cells that occur are numbered as they come, so that their sums lie together.
    var entries = [Int32](repeating: -1, count: cellCount)
    let stride = 2 * foldCount
    var counts: [Double] = []
    counts.reserveCapacity(min(cellCount, 1 << 10) * stride)
    var entryCount = 0
    for position in cells.indices {
      let cell = Int(cells[position])
      var entry = Int(entries[cell])
      if entry < 0 {
        entry = entryCount
        entries[cell] = Int32(entry)
        entryCount += 1
        counts.append(contentsOf: repeatElement(0, count: stride))
      }
      counts[entry * stride + Int(outcomes[position])] += weights?[position] ?? 1
    }
    let won = options.smoothing * baseRate
    var loss = 0.0
    for entry in 0..<entryCount {
      let start = entry * stride
      var allRows = 0.0
      var allWon = 0.0
      for fold in 0..<foldCount {
        allRows += counts[start + 2 * fold] + counts[start + 2 * fold + 1]
        allWon += counts[start + 2 * fold + 1]
      }
      for fold in 0..<foldCount {
        let lostHere = counts[start + 2 * fold]
        let wonHere = counts[start + 2 * fold + 1]
        let rows = lostHere + wonHere
        guard rows > 0 else { continue }
        let all = allRows - rows + options.smoothing
        let rate = (allWon - wonHere + won) / all
        if wonHere > 0 { loss -= wonHere * Self.logarithm(rate) }
        if lostHere > 0 { loss -= lostHere * Self.logarithm(1 - rate) }
      }
    }
    return loss
  }

  /// The natural logarithm of a positive number, by arithmetic that is the same on every machine, so
  /// that the same pairs are chosen there; the C library's may differ in the last bit.
  ///
  /// log m = 2 artanh((m − 1)/(m + 1)) for m between 1/√2 and √2, by its series to the 17th power: an
  /// error below 1e-14.
  static func logarithm(_ value: Double) -> Double {
    guard value > 0 else { return -745 }
    var exponent = Double(value.exponent)
    var mantissa = value.significand
    if mantissa > 1.414_213_562_373_095_1 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var series = 1.0 / 17
    for power in [15.0, 13, 11, 9, 7, 5, 3, 1] { series = series * square + 1 / power }
    return 2 * ratio * series + exponent * 0.693_147_180_559_945_3
  }
}
