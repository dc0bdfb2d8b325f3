import Models

/// Log-odds of conversion as a smooth curve of the score, with the variance of each of its points.
struct CalibrationBand: Sendable {
  private let spline: RestrictedSpline?
  private let coefficients: [Double]
  private let system: SmallSystem

  private var columnCount: Int { coefficients.count }

  /// Knots by leads of the rarer class: what they can support, and what larger numbers need, as the band
  /// narrows and its bias would show.
  static func knotCount(rarerClass: Double) -> Int {
    rarerClass < 200 ? 4 : rarerClass < 2_000 ? 5 : 7
  }

  /// - Parameters:
  ///   - groups: with won and lost leads.
  ///   - levels: the same leads by fold, where each fold's level is its own.
  /// - Throws: `CalibrationError.notConverged`.
  init(groups: ScoreGroups, levels: FoldLevels? = nil) throws {
    let deviation = groups.standardDeviation
    let hasSpread = deviation > 1e-9 * max(1, abs(groups.mean))
    let spline =
      hasSpread
      ? RestrictedSpline(groups, knotCount: Self.knotCount(rarerClass: groups.rarerClass)) : nil
    self.spline = spline
    let columnCount = spline?.columnCount ?? 1
    var design: [Double] = []
    let parts = levels?.parts ?? [groups]
    for raw in parts.lazy.flatMap(\.raw) { design.append(contentsOf: spline?.row(raw) ?? [1]) }
    // The start is the identity; a weak prior about it keeps scores that part won from lost finite.
    var start = [Double](repeating: 0, count: columnCount)
    start[0] = groups.mean
    if columnCount > 1 { start[1] = deviation }
    let priors = (1..<max(columnCount, 1)).map { column in
      var combination = [Double](repeating: 0, count: columnCount)
      combination[column] = 1
      return PenalisedLogit.Prior(
        combination: combination, mean: start[column],
        deviation: column == 1 ? Self.slopeDeviation * max(1, deviation) : Self.bendDeviation)
    }
    let minimum = try PenalisedLogit(
      columnCount: columnCount, design: design,
      offsets: levels?.offsets ?? [], leads: parts.flatMap(\.leads), won: parts.flatMap(\.won),
      priors: priors, name: "The curve of the intervals"
    ).minimum(from: start)
    guard let system = SmallSystem(minimum.hessian, order: columnCount) else {
      throw CalibrationError.notConverged(
        what: "The curve of the intervals", steps: PenalisedLogit.steps)
    }
    coefficients = minimum.coefficients
    self.system = system
  }

  /// Deviations of the prior of the coefficients, a hundred times what they come to be: it matters only where
  /// the likelihood has no finite maximum.
  private static let slopeDeviation = 10.0
  private static let bendDeviation = 1_000.0

  private func row(_ raw: Double) -> [Double] { spline?.row(raw) ?? [1] }

  /// The curve's value and variance at a score.
  /// - Parameter clustered: of the coefficients, where leads belong together.
  func point(_ raw: Double, clustered: [Double]?) -> (logOdds: Double, variance: Double) {
    let row = row(raw)
    let logOdds = zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    var variance = system.inverseForm(row)
    if let clustered {
      var sum = 0.0
      for first in row.indices {
        for second in row.indices {
          sum += row[first] * clustered[first * columnCount + second] * row[second]
        }
      }
      variance = max(variance, sum)
    }
    return (logOdds, variance)
  }

  /// H⁻¹ Σ (account's score)(account's score)ᵀ H⁻¹ · G/(G − 1), row-major.
  func clusterCovariance(
    rawPredictions: [Double], labels: [UInt8], weights: [Double]?, accounts: [Int32],
    levels: [Double]? = nil
  ) -> [Double] {
    let k = columnCount
    // Leads without an account stand behind the accounts, each alone.
    var places: [Int32: Int] = [:]
    var scores: [Double] = []
    for row in rawPredictions.indices {
      let account = accounts[row]
      var place = scores.count / k
      if account >= 0 { place = places[account] ?? place }
      if place == scores.count / k {
        if account >= 0 { places[account] = place }
        scores.append(contentsOf: repeatElement(0, count: k))
      }
      let columns = self.row(rawPredictions[row])
      let logOdds = zip(columns, coefficients).reduce(levels?[row] ?? 0) { $0 + $1.0 * $1.1 }
      let excess =
        (weights?[row] ?? 1)
        * ((labels[row] != 0 ? 1 : 0) - probability(fromRawPrediction: logOdds))
      for column in 0..<k { scores[place * k + column] += excess * columns[column] }
    }
    let count = scores.count / k
    var covariance = [Double](repeating: 0, count: k * k)
    for place in 0..<count {
      let solved = system.solve(Array(scores[place * k..<(place + 1) * k]))
      for first in 0..<k {
        for second in 0..<k { covariance[first * k + second] += solved[first] * solved[second] }
      }
    }
    let factor = count > 1 ? Double(count) / Double(count - 1) : 1
    return covariance.map { $0 * factor }
  }
}
