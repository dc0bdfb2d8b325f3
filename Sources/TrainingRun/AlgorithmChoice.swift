import Metrics
import Models
import Reports

/// Which of the fitted models becomes the one that is written.
struct AlgorithmChoice: Sendable {
  /// The blend of the others, unless one of them is better out of fold beyond doubt; without a blend that
  /// of the lower log loss, among equals the simpler.
  let chosen: CalibratedSide
  /// Those that were fitted and not chosen, the best first.
  let others: [Other]
  /// The mean log loss out of fold of the chosen one with its interval; `nil` where it alone was fitted.
  let logLoss: LogLossDifference?

  struct Other: Sendable {
    let side: any FittedSide
    let figures: ProbabilityFigures
    /// Its log loss less that of the chosen one.
    let difference: LogLossDifference
  }

  /// - Parameter sides: at least one, the simpler first; a blend of the others is the last.
  /// - Throws: `TrainingError.foldWithoutBothOutcomes` where there is nothing to judge by.
  init(sides: [CalibratedSide], history: LeadHistory, plan: FoldPlan) throws {
    precondition(!sides.isEmpty, "a choice between algorithms")
    guard sides.count > 1 else {
      chosen = sides[0]
      others = []
      logLoss = nil
      return
    }
    let rows = plan.validatedRows
    let labels = rows.map { UInt8(history.outcomes[$0] == 1 ? 1 : 0) }
    let weights = history.weights.map { all in rows.map { all[$0] } }
    let all = sides.map(\.probabilities)
    let clusters = plan.clusters.map { all in rows.map { all[$0] } }
    func difference(_ first: [Double], _ second: [Double]) throws -> LogLossDifference {
      guard
        let found = logLossDifference(
          labels: labels, first: first, second: second, weights: weights, clusters: clusters)
      else { throw TrainingError.foldWithoutBothOutcomes }
      return found
    }
    var best = 0
    for index in sides.indices.dropFirst() {
      let gain = try difference(all[best], all[index])
      // What a blend loses to one of its members by chance on one set of folds, it gains on the next.
      let isBetter =
        sides[index].side.algorithm == nil
        ? gain.interval.map { $0.high >= 0 } ?? (gain.value >= 0)
        : gain.value > AlgorithmContest.levelWithin
      if isBetter { best = index }
    }
    var others: [Other] = []
    for index in sides.indices where index != best {
      guard
        let figures = ProbabilityFigures(
          labels: labels, probabilities: all[index], weights: weights)
      else { throw TrainingError.foldWithoutBothOutcomes }
      others.append(
        Other(
          side: sides[index].side, figures: figures,
          difference: try difference(all[index], all[best])))
    }
    chosen = sides[best]
    self.others = others.enumerated().sorted {
      ($0.element.difference.value, $0.offset) < ($1.element.difference.value, $1.offset)
    }.map(\.element)
    // Against probabilities that are the outcome itself, whose loss is 0.
    logLoss = try difference(all[best], labels.map(Double.init))
  }
}
