import Validation

/// The rows that a tree pipeline is fitted to: by position, in the order in which they are given.
struct TreeTrainingRows: Sendable {
  /// Rows of the table; `nil` takes each.
  let rows: [Int]?
  let count: Int
  /// Frequency weights by position; `nil` weighs all alike.
  let weights: [Double]?
  /// Twice the inner fold, and 1 more for a conversion, by position.
  let outcomes: [UInt8]
  /// The inner fold by position.
  let folds: [UInt8]
  let foldCount: Int
  /// The weighted share of conversions.
  let baseRate: Double
  /// Rows of the table from which thresholds are taken.
  let sample: [Int]?
  /// Positions on which pairs are ranked; `nil` takes all.
  let rankingPositions: [Int]?

  /// - Parameters:
  ///   - labels: 0 or 1, one a row of the table, as are weights and groups.
  ///   - groups: rows of one group share an inner fold; a negative one stands for none.
  init(
    rowCount: Int, rows: [Int]?, labels: [UInt8], weights: [Double]?, groups: [Int32]?,
    options: TreeFeatureOptions
  ) {
    let count = rows?.count ?? rowCount
    self.rows = rows
    self.count = count
    self.weights = weights.map { weights in
      rows.map { rows in rows.map { weights[$0] } } ?? weights
    }
    foldCount = options.innerFolds
    // Streams of their own for each use of the seed.
    let foldHash = CounterHash(seed: options.seed)
    let groupHash = CounterHash(seed: options.seed ^ 0x67_726f_7570)
    let sampleHash = CounterHash(seed: options.seed ^ 0x73_616d_706c_65)
    var folds: [UInt8] = []
    var outcomes: [UInt8] = []
    folds.reserveCapacity(count)
    outcomes.reserveCapacity(count)
    var total = 0.0
    var won = 0.0
    for position in 0..<count {
      let row = rows?[position] ?? position
      let group = groups?[row] ?? -1
      let bits = group < 0 ? foldHash(UInt64(row)) : groupHash(UInt64(group))
      // The high half of a product spreads the hash evenly over the folds.
      let fold = UInt8(bits.multipliedFullWidth(by: UInt64(options.innerFolds)).high)
      folds.append(fold)
      outcomes.append(2 * fold + (labels[row] == 0 ? 0 : 1))
      let weight = weights?[row] ?? 1
      total += weight
      if labels[row] != 0 { won += weight }
    }
    self.folds = folds
    self.outcomes = outcomes
    baseRate = total > 0 ? won / total : 0
    sample = Self.draw(options.sampleRows, of: count, hash: sampleHash) { rows?[$0] ?? $0 }?
      .map { rows?[$0] ?? $0 }
    rankingPositions = Self.draw(
      TreeFeatureOptions.pairRankingRows, of: count, hash: sampleHash
    ) { rows?[$0] ?? $0 }
  }

  /// About `wanted` positions, drawn by the hash of their rows; `nil` where there are no more.
  private static func draw(
    _ wanted: Int, of count: Int, hash: CounterHash, row: (Int) -> Int
  ) -> [Int]? {
    guard count > wanted else { return nil }
    let limit = UInt64(Double(wanted) / Double(count) * 0x1p64)
    return (0..<count).filter { hash(UInt64(row($0))) < limit }
  }
}
