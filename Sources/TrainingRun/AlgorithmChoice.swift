import Metrics
import Models
import Reports

/// Which of the fitted algorithms becomes the model.
struct AlgorithmChoice: Sendable {
  /// That of the lower log loss out of fold; among equals the first, which is the simpler.
  let chosen: any FittedSide
  /// The other one, where two were fitted.
  let other: Other?

  struct Other: Sendable {
    let side: any FittedSide
    let figures: ProbabilityFigures
    /// Its log loss less that of the chosen one.
    let difference: LogLossDifference
  }

  /// - Parameter sides: one or two, the simpler first.
  /// - Throws: `TrainingError.foldWithoutBothOutcomes` where there is nothing to judge by.
  init(sides: [any FittedSide], history: LeadHistory, plan: FoldPlan) throws {
    precondition((1...2).contains(sides.count), "one algorithm or two")
    guard sides.count == 2 else {
      chosen = sides[0]
      other = nil
      return
    }
    let rows = plan.validatedRows
    let labels = rows.map { UInt8(history.outcomes[$0] == 1 ? 1 : 0) }
    let weights = history.weights.map { all in rows.map { all[$0] } }
    let both = sides.map { probabilities(fromRawPredictions: $0.rawPredictions) }
    let clusters = plan.clusters.map { all in rows.map { all[$0] } }
    func difference(_ first: Int, _ second: Int) throws -> LogLossDifference {
      guard
        let found = logLossDifference(
          labels: labels, first: both[first], second: both[second], weights: weights,
          clusters: clusters)
      else { throw TrainingError.foldWithoutBothOutcomes }
      return found
    }
    let secondIsBetter = try difference(0, 1).value > AlgorithmContest.levelWithin
    let (best, rest) = secondIsBetter ? (1, 0) : (0, 1)
    guard
      let figures = ProbabilityFigures(
        labels: labels, probabilities: both[rest], weights: weights)
    else { throw TrainingError.foldWithoutBothOutcomes }
    chosen = sides[best]
    other = Other(side: sides[rest], figures: figures, difference: try difference(rest, best))
  }
}
