import Models
import Parallel
import PointLearning

/// Learns points from some leads of a history and puts them to others.
struct PointTrial: Sendable {
  let history: LeadHistory
  let ruled: RuledHistory
  let candidates: CandidateRules
  let options: PointOptions
  let pool: WorkerPool

  /// Points, and the rules that were suggested beside those of the file.
  struct Learned: Sendable {
    let points: LearnedPoints
    /// Places among the candidates.
    let suggested: [Int]
    let scheme: PointScheme
    let patterns: PointPatterns
    /// The line through the user's own points; `nil` for points from nothing.
    let own: PointLine?
    /// Of leads that are disqualified.
    let disqualifiedRate: Double
  }

  /// - Parameter rows: of the table, closed.
  /// - Throws: `PointLearningError`, `LogisticError`, `LinearAlgebraError`.
  func learned(rows: [Int]) throws -> Learned {
    let counted = rows.filter { !ruled.disqualified[$0] }
    let leads = PointLeads(labels: history.labels, rows: counted, weights: history.weights)
    let found = try RuleSearch(options).suggestions(
      candidates.candidates, beside: ruled.patterns, leads: leads, scheme: ruled.scheme, pool: pool)
    let learner = try PointLearner(options)
    func learn(_ suggested: [Int]) throws -> (LearnedPoints, PointScheme, PointPatterns) {
      var patterns = ruled.patterns
      for place in suggested { patterns = patterns.adding(candidates.candidates[place]) }
      let scheme = ruled.scheme.adding(suggested: suggested.count)
      let points = try learner.learn(
        patterns, outcomes: patterns.outcomes(leads), scheme: scheme,
        candidates: candidates.rules.count, pool: pool)
      return (points, scheme, patterns)
    }
    var suggested = found
    var (points, scheme, patterns) = try learn(suggested)
    let ruleCount = ruled.scheme.rules.count
    let kept = suggested.indices.filter { points.points[ruleCount + $0] != 0 }
    if kept.count < suggested.count {
      suggested = kept.map { suggested[$0] }
      (points, scheme, patterns) = try learn(suggested)
    }
    return Learned(
      points: points, suggested: suggested, scheme: scheme, patterns: patterns,
      own: ruled.file == nil
        ? nil
        : try learner.line(
          ruled.scheme.own, ruled.patterns, outcomes: ruled.patterns.outcomes(leads),
          scheme: ruled.scheme),
      disqualifiedRate: disqualifiedRate(rows))
  }

  /// Half a conversion among one lead more, so that it is never 0 or 1.
  private func disqualifiedRate(_ rows: [Int]) -> Double {
    var (won, all) = (0.5, 1.0)
    for row in rows where ruled.disqualified[row] {
      let weight = history.weights?[row] ?? 1
      all += weight
      if history.outcomes[row] == 1 { won += weight }
    }
    return won / all
  }

  /// What points say of leads that they were not learned from.
  struct Said: Sendable {
    var probabilities: [Double] = []
    /// Higher is better; disqualified leads below all others.
    var scores: [Double] = []
    /// By the user's own points.
    var ownProbabilities: [Double] = []
    var ownScores: [Double] = []

    static func += (left: inout Said, right: Said) {
      left.probabilities += right.probabilities
      left.scores += right.scores
      left.ownProbabilities += right.ownProbabilities
      left.ownScores += right.ownScores
    }
  }

  func said(_ learned: Learned, of rows: [Int]) -> Said {
    var said = Said()
    let totals = learned.scheme.totals(learned.points.points, amounts: learned.patterns.amounts)
    let own = ruled.scheme.totals(ruled.scheme.own, amounts: ruled.patterns.amounts)
    for row in rows {
      let isOut = ruled.disqualified[row]
      let probability =
        isOut
        ? learned.disqualifiedRate
        : learned.points.line.probability(
          totals.isEmpty ? 0 : totals[Int(learned.patterns.patternOfRow[row])])
      said.probabilities.append(probability)
      // Points learned apart are compared by what they mean.
      said.scores.append(isOut ? -1 : probability)
      guard let line = learned.own else { continue }
      let points = own[Int(ruled.patterns.patternOfRow[row])]
      said.ownProbabilities.append(isOut ? learned.disqualifiedRate : line.probability(points))
      said.ownScores.append(isOut ? -.infinity : points)
    }
    return said
  }
}
