import Parallel

/// Learns whole points for rules: sparse changes of the user's own, under the file's caps.
///
/// The way is that of FasterRisk (Liu, Zhong, Li, Seltzer and Rudin, NeurIPS 2022): a regression on the
/// rules, multipliers, rounding one rule after the other by an auxiliary loss. What comes of it is then
/// improved one rule at a time by the loss that counts, with all caps, where each line that
/// differs from the user's costs what chance would gain.
public struct PointLearner: Sendable {
  public let options: PointOptions

  /// Points beside which a rule's present ones are tried.
  private static let steps: [Double] = [
    -34, -21, -13, -8, -5, -3, -2, -1, 1, 2, 3, 5, 8, 13, 21, 34,
  ]
  /// Points that one rule gives to another.
  private static let exchanges: [Double] = [1, 2, 3, 5, 8]
  /// Points that are added one by one so that the scale is filled: a tenth of it is missing at most.
  private static let mostFilled = 1_000
  /// Rounds over all rules; a handful is enough, and the cost falls with each step.
  private static let rounds = 50
  /// Multipliers beside one that leaves the user's own points as they are.
  private static let shares: [Double] = [0.7, 0.8, 0.88, 0.94, 1, 1.06, 1.13, 1.25, 1.4]
  /// The largest points of a file from nothing, the smallest first.
  private static let sizes: [Double] = [5, 10, 15, 20, 30, 40]
  /// How much more loss smaller points may have: what a reader would not notice.
  private static let roundingLoss = 0.002
  /// Rounded points that are improved.
  private static let improved = 3

  /// - Throws: `PointLearningError.invalidOption`.
  public init(_ options: PointOptions = PointOptions()) throws {
    self.options = try options.validated()
  }

  /// - Parameters:
  ///   - patterns: with the amounts of the scheme's rules.
  ///   - outcomes: of the leads to learn from.
  ///   - candidates: how many rules the suggested ones were chosen from.
  /// - Throws: `PointLearningError.oneOutcome`, `LogisticError`, `LinearAlgebraError`.
  public func learn(
    _ patterns: PointPatterns, outcomes: PointOutcomes, scheme: PointScheme, candidates: Int = 0,
    pool: WorkerPool = WorkerPool(threadCount: 1)
  ) throws -> LearnedPoints {
    precondition(patterns.amounts.count == scheme.rules.count, "the amounts of each rule")
    guard outcomes.hasBoth else { throw PointLearningError.oneOutcome }
    let objective = PointObjective(
      scheme: scheme, amounts: patterns.amounts, outcomes: outcomes, options: options,
      candidates: candidates)
    let isFixed = scheme.rules.map(\.isFixed)
    let held = scheme.rules.map { $0.isFixed ? $0.own : nil }
    // Bounds as far as points are from them, and where they are reached: what gives the same for one event
    // as for many is another regression, and no step after step leads from the one to the other.
    let fits = try scheme.regressors(patterns.amounts).map { amounts in
      let fit = try PointFit(
        amounts: amounts, outcomes: outcomes, means: objective.means,
        precisions: objective.precisions, isFixed: isFixed)
      return (
        fit: fit,
        rounding: SequentialRounding(
          amounts: amounts, curvatures: fit.curvatures(outcomes),
          precisions: objective.precisions)
      )
    }

    func rounded(_ place: Int, _ multiplier: Double, limit: Double) -> Candidate? {
      Candidate(
        fits[place].rounding.rounded(
          fits[place].fit.coefficients, multiplier: multiplier, held: held, limit: limit),
        limit: limit, objective: objective)
    }
    let best: Candidate
    if scheme.own.contains(where: { $0 != 0 }) {
      let limit = max(scheme.top ?? 0, scheme.own.map(abs).max() ?? 0, 1)
      let own = Candidate(scheme.own, limit: limit, objective: objective)
      let starts = fits.indices.flatMap { place in
        Self.multipliers(fits[place].fit.coefficients, objective: objective)
          .flatMap { multiplier in Self.shares.map { $0 * multiplier } }
          .compactMap { rounded(place, $0, limit: limit) }
          .enumerated()
          .sorted { ($0.element.value.cost, $0.offset) < ($1.element.value.cost, $1.offset) }
          .prefix(Self.improved).map(\.element)
      }
      let ends = pool.map(starts.count + 1) { index in
        index == 0
          ? own?.changedWhereItGainsMost(by: objective).improved(by: objective)
          : starts[index - 1].improved(by: objective)
      }
      var strict = objective
      strict.reachShare = 1
      let filled = ends.compactMap { $0?.filled(by: objective, strict: strict) }
      // The user's own points reach what they reach.
      guard let found = Self.least(filled + [own].compactMap { $0 }) else {
        preconditionFailure("the user's own points are within their own reach")
      }
      best = found
    } else {
      let largest = fits[0].fit.coefficients.map(abs).max() ?? 0
      let sizes = largest > 0 ? Self.sizes : []
      let ends = pool.map(sizes.count) { index in
        rounded(0, sizes[index] / largest, limit: sizes[index])?.improved(by: objective)
      }.compactMap { $0 }
      let none = Candidate(scheme.own, limit: 0, objective: objective)
      let least = Self.least(ends)?.value.cost ?? 0
      guard
        let found = ends.first(where: { $0.value.cost <= least * (1 + Self.roundingLoss) }) ?? none
      else { preconditionFailure("no points reach what is asked of none") }
      best = found
    }
    let slope = best.value.line.slope
    let ranges =
      slope > 0
      ? try PointRanges(
        objective, line: best.value.line,
        starts: [best.points] + fits.map { $0.fit.coefficients.map { $0 / slope } }) : nil
    return LearnedPoints(
      points: best.points, line: best.value.line, loss: best.value.loss,
      intervals: try ranges?.ranges(of: best.points, pool: pool))
  }

  /// What given points mean to leads: the line that `learn` would put through them.
  public func line(
    _ points: [Double], _ patterns: PointPatterns, outcomes: PointOutcomes, scheme: PointScheme
  ) throws -> PointLine {
    guard outcomes.hasBoth else { throw PointLearningError.oneOutcome }
    return PointTally(scheme.totals(points, amounts: patterns.amounts), outcomes)
      .line(PointTally.Pull(square: 1, product: 0)).line
  }

  /// Points a log-odds by which coefficients come near the user's own points: of all rules together, and
  /// of the rule in the middle, which a few wrong ones do not shift. And by which they fill the scale.
  private static func multipliers(
    _ coefficients: [Double], objective: PointObjective
  ) -> [Double] {
    let own = objective.scheme.own
    let ratios = zip(own, coefficients).filter { $0.0 * $0.1 > 0 }.map { $0.0 / $0.1 }.sorted()
    let meanSum = objective.means.map(abs).reduce(0, +)
    var multipliers: [Double] = []
    if meanSum > 0 { multipliers.append(own.map(abs).reduce(0, +) / meanSum) }
    if !ratios.isEmpty { multipliers.append(ratios[ratios.count / 2]) }
    let most = objective.scheme.most(coefficients, largest: objective.largest).last ?? 0
    if most > 0, objective.top.isFinite { multipliers.append(objective.top / most) }
    return multipliers.isEmpty ? [own.map(abs).max() ?? 1] : multipliers
  }

  private static func least(_ candidates: [Candidate]) -> Candidate? {
    candidates.enumerated().min {
      ($0.element.value.cost, $0.offset) < ($1.element.value.cost, $1.offset)
    }?.element
  }

  /// Points on their way.
  private struct Candidate: Sendable {
    var points: [Double]
    var value: PointObjective.Value
    let limit: Double

    init?(_ points: [Double], limit: Double, objective: PointObjective) {
      // Without the sign of a zero.
      let points = points.map { $0 + 0 }
      guard let value = objective.value(points) else { return nil }
      (self.points, self.value, self.limit) = (points, value, limit)
    }

    /// One rule at a time, to the value that costs least, until none gains.
    func improved(by objective: PointObjective) -> Candidate {
      var result = self
      for _ in 0..<PointLearner.rounds {
        let before = result.points
        for rule in objective.scheme.rules.indices {
          if let next = result.moved(rule, by: objective) { result = next }
        }
        if result.points == before {
          // Where the scale is full, one rule gains only what others give.
          guard
            let next = result.rescaled(by: objective)
              ?? (objective.top.isFinite ? result.exchanged(by: objective) : nil)
          else { break }
          result = next
        }
      }
      return result
    }

    /// Each time the one rule, of all, whose change gains most: the fewest changes come first.
    func changedWhereItGainsMost(by objective: PointObjective) -> Candidate {
      var result = self
      for _ in 0..<PointLearner.rounds {
        let next = objective.scheme.rules.indices.compactMap { result.moved($0, by: objective) }
        guard let best = PointLearner.least(next) else { break }
        result = best
      }
      return result
    }

    /// With points more, where they cost least, until all that must be within reach is; then improved
    /// anew. `nil` where caps stand in the way.
    func filled(by objective: PointObjective, strict: PointObjective) -> Candidate? {
      var result = self
      for _ in 0..<PointLearner.mostFilled where !strict.reachesAll(result.points) {
        let rules = objective.scheme.rules.indices.filter { !objective.scheme.rules[$0].isFixed }
        func given(_ taker: Int, by giver: Int?) -> Candidate? {
          var points = result.points
          points[taker] += 1
          if let giver { points[giver] -= 1 }
          guard objective.gains(points, on: result.points) else { return nil }
          return Candidate(points, limit: limit, objective: objective)
        }
        var next = rules.compactMap { given($0, by: nil) }
        if next.isEmpty {
          // The scale is full, and one category is short of what another has.
          next = rules.flatMap { taker in
            rules.filter { $0 != taker }.compactMap { given(taker, by: $0) }
          }
        }
        guard let best = PointLearner.least(next) else { return nil }
        result = best
      }
      return Candidate(result.points, limit: limit, objective: strict)?.improved(by: strict)
    }

    /// With all points made larger or smaller together, so that a changed rule has the user's own points
    /// again; `nil` where that costs no less.
    private func rescaled(by objective: PointObjective) -> Candidate? {
      let scheme = objective.scheme
      let factors = scheme.rules.indices
        .filter { points[$0] != scheme.own[$0] && points[$0] * scheme.own[$0] > 0 }
        .map { scheme.own[$0] / points[$0] }
      let found = factors.compactMap { factor in
        Candidate(
          zip(points, scheme.rules).map { points, rule in
            rule.isFixed ? rule.own : max(-limit, min(limit, (points * factor).rounded()))
          }, limit: limit, objective: objective)
      }
      guard let best = PointLearner.least(found), best.value.cost < value.cost - 1e-9 else {
        return nil
      }
      return best
    }

    /// With points of one rule given to another, wherever that costs less; `nil` where it does nowhere.
    private func exchanged(by objective: PointObjective) -> Candidate? {
      let rules = objective.scheme.rules.indices.filter { !objective.scheme.rules[$0].isFixed }
      var best = self
      for giver in rules {
        for taker in rules where taker != giver {
          for step in PointLearner.exchanges {
            var points = best.points
            points[giver] -= step
            points[taker] += step
            guard abs(points[giver]) <= limit, abs(points[taker]) <= limit else { continue }
            if let found = objective.value(points), found.cost < best.value.cost - 1e-9 {
              (best.points, best.value) = (points, found)
            }
          }
        }
      }
      return best.points == points ? nil : best
    }

    /// With one rule at the value that costs least; `nil` where it has it already.
    private func moved(_ index: Int, by objective: PointObjective) -> Candidate? {
      let rule = objective.scheme.rules[index]
      guard !rule.isFixed else { return nil }
      let present = points[index]
      let whole = present.rounded()
      let values =
        [rule.own, whole] + PointLearner.steps.map { whole + $0 }.filter { abs($0) <= limit }
      var best = self
      for value in values where value != present {
        var points = points
        points[index] = value
        // A billionth is rounding, and would let two rules of the same leads swap forever.
        if let found = objective.value(points), found.cost < best.value.cost - 1e-9 {
          (best.points, best.value) = (points, found)
        }
      }
      return best.points == points ? nil : best
    }
  }
}
