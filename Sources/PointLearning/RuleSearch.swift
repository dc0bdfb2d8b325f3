import Models
import Parallel

/// Finds the few rules, among many that could be written, that say most beside those that there are.
///
/// A beam search as in FasterRisk: several sets of rules are followed side by side; each is widened by the
/// candidates that a score test says gain most, fitted anew, and the best sets go on.
public struct RuleSearch: Sendable {
  public let options: PointOptions

  /// - Throws: `PointLearningError.invalidOption`.
  public init(_ options: PointOptions = PointOptions()) throws {
    self.options = try options.validated()
  }

  /// - Parameters:
  ///   - patterns: with the amounts of the scheme's rules, of all leads.
  ///   - leads: those to learn from; the others weigh nothing.
  /// - Returns: places among the candidates, in the order in which they were found.
  /// - Throws: as `PointLearner.learn`.
  public func suggestions(
    _ candidates: [PointCandidate], beside patterns: PointPatterns, leads: PointLeads,
    scheme: PointScheme, pool: WorkerPool = WorkerPool(threadCount: 1)
  ) throws -> [Int] {
    let outcomes = patterns.outcomes(leads)
    guard outcomes.hasBoth else { throw PointLearningError.oneOutcome }
    guard options.mostSuggested > 0, !candidates.isEmpty else { return [] }
    let price = options.changeCost(isSuggested: true, candidates: candidates.count)
    let objective = PointObjective(
      scheme: scheme, amounts: patterns.amounts, outcomes: outcomes, options: options,
      candidates: candidates.count)
    let isFixed = scheme.rules.map(\.isFixed)
    let precision = 1 / (options.suggestedDeviation * options.suggestedDeviation)

    func made(_ chosen: [Int], _ patterns: PointPatterns) throws -> State {
      let outcomes = patterns.outcomes(leads)
      let none = [Double](repeating: 0, count: chosen.count)
      let fit = try PointFit(
        amounts: patterns.amounts, outcomes: outcomes, means: objective.means + none,
        precisions: objective.precisions + none.map { _ in precision },
        isFixed: isFixed + none.map { _ in false })
      return State(chosen: chosen, patterns: patterns, outcomes: outcomes, fit: fit)
    }
    var best = try made([], patterns)
    var beam = [best]
    for _ in 0..<options.mostSuggested {
      var tried: Set<[Int]> = []
      var next: [State] = []
      for state in beam {
        let gains = state.gains(candidates, leads: leads, precision: precision, pool: pool)
        let promising = gains.indices
          .filter { gains[$0] > price && !state.chosen.contains($0) }
          .sorted { (gains[$1], $0) < (gains[$0], $1) }
          .prefix(options.beam)
        for candidate in promising
        where tried.insert((state.chosen + [candidate]).sorted()).inserted {
          let wider = try made(
            state.chosen + [candidate], state.patterns.adding(candidates[candidate]))
          if state.fit.objective - wider.fit.objective > price { next.append(wider) }
        }
      }
      guard !next.isEmpty else { break }
      beam = next.enumerated().sorted {
        ($0.element.fit.objective, $0.offset) < ($1.element.fit.objective, $1.offset)
      }.prefix(options.beam).map(\.element)
      best = beam[0]
    }
    return best.chosen
  }
}

/// A set of rules on its way.
private struct State {
  let chosen: [Int]
  let patterns: PointPatterns
  let outcomes: PointOutcomes
  let fit: PointFit

  /// What each candidate would gain, in nats: the score test of its coefficient, the intercept free and
  /// the others as they are.
  func gains(
    _ candidates: [PointCandidate], leads: PointLeads, precision: Double, pool: WorkerPool
  ) -> [Double] {
    let probabilities = Models.probabilities(fromRawPredictions: fit.rawPredictions)
    var residuals = [Double](repeating: 0, count: leads.labels.count)
    var curvatures = residuals
    var all = 0.0
    for (row, pattern) in patterns.patternOfRow.enumerated() where leads.weights[row] > 0 {
      let probability = probabilities[Int(pattern)]
      residuals[row] = leads.weights[row] * (Double(leads.labels[row]) - probability)
      curvatures[row] = leads.weights[row] * probability * (1 - probability)
      all += curvatures[row]
    }
    return pool.map(candidates.count) { candidate in
      var (gradient, curvature, sum) = (0.0, 0.0, 0.0)
      candidates[candidate].visit { row, amount in
        gradient += amount * residuals[row]
        sum += amount * curvatures[row]
        curvature += amount * amount * curvatures[row]
      }
      curvature -= all > 0 ? sum * sum / all : 0
      return gradient * gradient / (2 * (curvature + precision))
    }
  }
}
