import Features
import LogisticTraining
import Models
import Parallel

/// What rules say of leads as a prior of a regression: the coefficients that say the same, to which the
/// penalty then draws in place of 0.
///
/// The score is calibrated first, as one slope and an intercept in log-odds, the slope drawn to 0. A
/// regression on the features is then fitted to the probabilities that this gives, outcomes looked at no
/// more: it says what rules say as far as the model's columns can. With a strong penalty the model is the
/// calibrated rules; with a weak one the data overrule them.
struct RulePrior: Sendable {
  /// One a row of the table, higher is better.
  let scores: [Double]
  let labels: [UInt8]
  let weights: [Double]?
  let pool: WorkerPool

  /// Of the slope for one standard deviation of the score, about 0: useful scores have slopes of 0.3 to 1,
  /// and twenty conversions know one to ± 0.2.
  private static let slopeDeviation = 0.5
  /// Enough to settle features that say the same, and little beside what a level of five leads weighs.
  private static let projectionPenalty = 0.1

  struct Means: Sendable {
    /// One a column of the layout.
    let coefficients: [Double]
    /// Log-odds for one standard deviation of the score; 0 or more.
    let slope: Double
    /// Of the variance of the calibrated score, in log-odds: how much the features can say; 0 to 1.
    let expressed: Double
  }

  /// - Parameters:
  ///   - matrix: the features of the rows.
  ///   - rows: training rows of the table.
  /// - Returns: `nil` where the score does not rise with conversion in these leads: it says nothing.
  func means(_ matrix: FeatureMatrix, rows: [Int]) throws -> Means? {
    let weights = rows.map { self.weights?[$0] ?? 1 }
    guard let scores = Self.standardised(rows.map { self.scores[$0] }, weights: weights) else {
      return nil
    }
    let line = try LogisticTrainer(
      LogisticOptions(
        penalty: 1 / (Self.slopeDeviation * Self.slopeDeviation), wantsStandardErrors: false)
    ).fit(
      FeatureMatrix(
        layout: FeatureLayout(
          numbers: [NumberFeature(name: "rule score", source: "rule score")], groups: []),
        rowCount: rows.count, numbers: scores, codes: []),
      labels: rows.map { labels[$0] }, weights: weights, pool: pool
    ).model
    let slope = line.coefficients[0]
    guard slope > 0 else { return nil }
    let logOdds = scores.map { line.intercept + slope * $0 }
    // Every lead twice: as won and as lost, each as often as the rules expect.
    let chances = probabilities(fromRawPredictions: logOdds)
    let count = rows.count
    let projection = try LogisticTrainer(
      LogisticOptions(
        penalty: Self.projectionPenalty, gradientTolerance: 1e-8, decrementTolerance: 1e-10,
        wantsStandardErrors: false)
    ).fit(
      FeatureMatrix(
        layout: matrix.layout, rowCount: 2 * count, numbers: matrix.numbers + matrix.numbers,
        codes: matrix.codes + matrix.codes),
      labels: [UInt8](repeating: 1, count: count) + [UInt8](repeating: 0, count: count),
      weights: zip(weights, chances).map { $0 * $1 } + zip(weights, chances).map { $0 * (1 - $1) },
      pool: pool
    ).model
    let said = projection.rawPredictions(matrix, pool: pool)
    return Means(
      coefficients: projection.coefficients, slope: slope,
      expressed: Self.share(of: logOdds, in: said, weights: weights))
  }

  /// Mean 0 and standard deviation 1; `nil` where all leads have one score.
  private static func standardised(_ scores: [Double], weights: [Double]) -> [Double]? {
    let moments = moments(scores, weights: weights)
    guard moments.deviation > 0, moments.deviation.isFinite else { return nil }
    return scores.map { ($0 - moments.mean) / moments.deviation }
  }

  private static func moments(
    _ values: [Double], weights: [Double]
  ) -> (mean: Double, deviation: Double) {
    let total = weights.reduce(0, +)
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let squares = zip(values, weights).reduce(0) {
      $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean)
    }
    return (mean, (squares / total).squareRoot())
  }

  /// 1 less the share of the variance that is left between the two.
  private static func share(of wanted: [Double], in said: [Double], weights: [Double]) -> Double {
    let left = moments(zip(wanted, said).map { $0 - $1 }, weights: weights).deviation
    let all = moments(wanted, weights: weights).deviation
    guard all > 0 else { return 0 }
    return max(0, 1 - left * left / (all * all))
  }
}
