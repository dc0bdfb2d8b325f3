/// The rows that encoders are fitted to, with their weights.
struct TrainingSample: Sendable {
  let rowCount: Int
  let rows: [Int]?
  let weights: [Double]?

  /// Calls `body` with each training row's index in the table and its weight.
  func visit(_ body: (_ row: Int, _ weight: Double) -> Void) {
    if let rows {
      for row in rows { body(row, weights?[row] ?? 1) }
    } else {
      for row in 0..<rowCount { body(row, weights?[row] ?? 1) }
    }
  }

  /// Values from which quantiles are taken: all rows, or evenly spread ones of a large table. Twenty
  /// bins of 100,000 rows each hold 5,000, so an edge moves by about 1.4% of a bin.
  static let quantileRows = 100_000

  /// The finite values of the sampled rows with their weights, ascending by value.
  func quantileSample(_ value: (Int) -> Double) -> [(value: Double, weight: Double)] {
    let count = rows?.count ?? rowCount
    let stride = max(1, count / Self.quantileRows)
    var sample: [(value: Double, weight: Double)] = []
    sample.reserveCapacity(count / stride + 1)
    for index in Swift.stride(from: 0, to: count, by: stride) {
      let row = rows?[index] ?? index
      let weight = weights?[row] ?? 1
      let value = value(row)
      if value.isFinite, weight > 0 { sample.append((value, weight)) }
    }
    sample.sort { $0.value < $1.value }
    return sample
  }
}

/// Mean and standard deviation in one pass (West 1979, the weighted form of Welford's update).
struct WeightedMoments {
  private(set) var mean = 0.0
  private var weight = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double, weight: Double) {
    guard weight > 0 else { return }
    self.weight += weight
    let difference = value - mean
    mean += difference * weight / self.weight
    squares += weight * difference * (value - mean)
  }

  /// Population standard deviation, as scikit-learn's `StandardScaler` has it.
  var standardDeviation: Double { weight > 0 ? (squares / weight).squareRoot() : 0 }
}

/// Thresholds that cut a sorted sample into bins of about equal weight, midway between the distinct
/// values on either side; repeated values stay in one bin, so there may be fewer than `binCount`.
/// - Returns: at most `binCount - 1` thresholds, strictly ascending.
func quantileThresholds(
  _ sample: [(value: Double, weight: Double)], binCount: Int
) -> [Double] {
  let total = sample.reduce(0) { $0 + $1.weight }
  guard total > 0, binCount > 1 else { return [] }
  var thresholds: [Double] = []
  var below = 0.0
  var next = 1
  for (current, following) in zip(sample, sample.dropFirst()) {
    below += current.weight
    guard current.value < following.value else { continue }
    guard below >= total * Double(next) / Double(binCount) else { continue }
    thresholds.append(midpoint(current.value, following.value))
    while next < binCount, below >= total * Double(next) / Double(binCount) { next += 1 }
    if next == binCount { break }
  }
  return thresholds
}

/// A value above `low` and at most `high`, halfway where doubles allow it.
private func midpoint(_ low: Double, _ high: Double) -> Double {
  let middle = low + (high - low) / 2
  return middle.isFinite && middle > low ? middle : high
}
