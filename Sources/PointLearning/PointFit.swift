import Features
import Glibc
import LogisticTraining
import Models
import Parallel

/// Rules as a regression, before anything is rounded: a coefficient a rule, drawn to what the user's own
/// points say of it.
struct PointFit {
  /// Log-odds, one a rule.
  let coefficients: [Double]
  /// Log-odds where no rule holds.
  let intercept: Double
  /// Log-odds of each pattern.
  let rawPredictions: [Double]
  /// Nats of the leads and of the prior.
  let objective: Double

  /// Rules that keep their points are held to them as tightly as a regression can be.
  private static let fixedPrecision = 1e6

  /// - Throws: `LogisticError`, `LinearAlgebraError`.
  init(
    amounts: [[Double]], outcomes: PointOutcomes, means: [Double], precisions: [Double],
    isFixed: [Bool]
  ) throws {
    guard !amounts.isEmpty else {
      let (won, lost) = (outcomes.won.reduce(0, +), outcomes.lost.reduce(0, +))
      (coefficients, intercept) = ([], log(won / lost))
      rawPredictions = [Double](repeating: log(won / lost), count: outcomes.won.count)
      objective = -won * log(won / (won + lost)) - lost * log(lost / (won + lost))
      return
    }
    let layout = FeatureLayout(
      numbers: precisions.indices.map {
        NumberFeature(
          name: "rule \($0)", source: "rule \($0)",
          penaltyFactor: isFixed[$0] ? Self.fixedPrecision : precisions[$0])
      }, groups: [])
    var numbers: [Double] = []
    var labels: [UInt8] = []
    var weights: [Double] = []
    for pattern in outcomes.won.indices {
      for (label, weight) in [(1, outcomes.won[pattern]), (0, outcomes.lost[pattern])]
      where weight > 0 {
        for amounts in amounts { numbers.append(amounts[pattern]) }
        labels.append(UInt8(label))
        weights.append(weight)
      }
    }
    let matrix = FeatureMatrix(
      layout: layout, rowCount: labels.count, numbers: numbers, codes: [])
    let fit = try LogisticTrainer(
      LogisticOptions(
        penalty: 1, gradientTolerance: 1e-8, decrementTolerance: 1e-10,
        wantsStandardErrors: false)
    ).fit(
      matrix, labels: labels, weights: weights, priorMeans: means,
      pool: WorkerPool(threadCount: 1))
    coefficients = fit.model.coefficients
    intercept = fit.model.intercept
    objective = fit.objective
    var raw = [Double](repeating: fit.model.intercept, count: outcomes.won.count)
    for (coefficient, amounts) in zip(fit.model.coefficients, amounts) {
      for pattern in raw.indices { raw[pattern] += coefficient * amounts[pattern] }
    }
    rawPredictions = raw
  }

  /// Weight · p(1 − p) of each pattern.
  func curvatures(_ outcomes: PointOutcomes) -> [Double] {
    rawPredictions.indices.map { pattern in
      let probability = probability(fromRawPrediction: rawPredictions[pattern])
      return (outcomes.won[pattern] + outcomes.lost[pattern]) * probability * (1 - probability)
    }
  }
}
