import Glibc
import LinearAlgebra
import Metrics
import Models
import Parallel

/// What each rule is worth before rounding, in points, with every cap and floor: the points of least loss
/// on the line that was learned, and for each rule the values that hold it in 95 of 100.
///
/// A range is that of a profile likelihood: a rule is moved, the others and the intercept follow as far as
/// it makes them gain, and its ends are where the loss has risen by half the 95% point of χ² with one
/// degree of freedom. Without caps this is the usual interval of the regression; with them it speaks of
/// points as the file counts them, of which a rule at its cap can have more without giving more.
struct PointRanges {
  private let objective: PointObjective
  private let slope: Double
  private let isFree: [Bool]
  private let best: State
  /// What a point more of each rule gives each pattern about `best`, in log-odds.
  private let effects: [[Double]]
  /// Of the loss about `best`: the rules, and last the intercept.
  private let curvature: SymmetricMatrix

  /// Points on either side by which an effect is told: a rule that stands just at its cap has half of one.
  private static let reach = 0.5
  private static let mostSteps = 30
  /// Steps by which the other rules follow one that is moved.
  private static let followSteps = 3
  /// Times that a first guess at an end of a range is doubled, and steps by which the end is then found.
  private static let doublings = 12
  private static let endSteps = 24

  /// - Parameters:
  ///   - line: with a slope above 0.
  ///   - starts: points near which the least loss is looked for.
  /// - Throws: `LinearAlgebraError`.
  init(_ objective: PointObjective, line: PointLine, starts: [[Double]]) throws {
    self.objective = objective
    slope = line.slope
    isFree = objective.scheme.rules.map { !$0.isFixed }
    var found: (state: State, effects: [[Double]], curvature: SymmetricMatrix)?
    for start in starts {
      let points = zip(objective.scheme.rules, start).map { $0.isFixed ? $0.own : $1 }
      let end = try Self.descended(
        State(points, intercept: line.intercept, objective: objective, slope: slope),
        objective: objective, slope: slope, isFree: isFree)
      if end.state.loss < found?.state.loss ?? .infinity { found = end }
    }
    guard let found else { preconditionFailure("a start at least") }
    (best, effects, curvature) = found
  }

  /// The points of least loss, one a rule.
  var points: [Double] { best.points }

  /// One a rule; of one that is fixed, its own points.
  /// - Parameter learned: within its range wherever more or fewer points would give the same.
  func ranges(of learned: [Double], pool: WorkerPool) throws -> [ClosedRange<Double>] {
    try pool.map(isFree.count) { rule in
      Result { told(try range(rule), rule: rule, learned: learned[rule]) }
    }.map { try $0.get() }
  }

  /// Points and what they cost.
  private struct State {
    var points: [Double]
    var intercept: Double
    /// Of each pattern.
    let totals: [Double]
    let probabilities: [Double]
    /// Nats of the leads and of the prior.
    let loss: Double

    init(_ points: [Double], intercept: Double, objective: PointObjective, slope: Double) {
      (self.points, self.intercept) = (points, intercept)
      let outcomes = objective.outcomes
      totals = objective.scheme.totals(points, amounts: objective.amounts)
      var loss = 0.0
      var probabilities = [Double](repeating: 0, count: outcomes.won.count)
      for pattern in probabilities.indices {
        let (won, lost) = (outcomes.won[pattern], outcomes.lost[pattern])
        guard won + lost > 0 else { continue }
        let raw = intercept + slope * totals[pattern]
        loss +=
          (raw >= 0 ? lost * raw : -won * raw) + (won + lost) * log1p(exp(-abs(raw)))
        probabilities[pattern] = probability(fromRawPrediction: raw)
      }
      for (rule, shape) in objective.scheme.rules.enumerated() where !shape.isFixed {
        let distance = slope * points[rule] - objective.means[rule]
        loss += 0.5 * objective.precisions[rule] * distance * distance
      }
      self.loss = loss
      self.probabilities = probabilities
    }

    /// - Parameter step: of the rules, and last of the intercept.
    func moved(
      by step: [Double], share: Double, objective: PointObjective, slope: Double
    ) -> State {
      State(
        zip(points, step).map { $0 + share * $1 },
        intercept: intercept + share * (step.last ?? 0), objective: objective, slope: slope)
    }
  }

  /// Gauss and Newton's method with step halving: the effects of the rules are taken anew at each step.
  private static func descended(
    _ start: State, objective: PointObjective, slope: Double, isFree: [Bool]
  ) throws -> (state: State, effects: [[Double]], curvature: SymmetricMatrix) {
    var state = start
    var (effects, curvature) = expansion(state, objective: objective, slope: slope, isFree: isFree)
    for _ in 0..<mostSteps {
      let gradient = gradient(state, effects, objective: objective, slope: slope, isFree: isFree)
      let step = try CholeskyFactor(of: curvature).solve(gradient)
      var share = 1.0
      var next = state
      repeat {
        next = state.moved(by: step, share: -share, objective: objective, slope: slope)
        share /= 2
      } while next.loss > state.loss && share > 1e-4
      let gain = state.loss - next.loss
      guard gain > 0 else { break }
      state = next
      (effects, curvature) = expansion(state, objective: objective, slope: slope, isFree: isFree)
      if gain < 1e-7 { break }
    }
    return (state, effects, curvature)
  }

  private static func expansion(
    _ state: State, objective: PointObjective, slope: Double, isFree: [Bool]
  ) -> (effects: [[Double]], curvature: SymmetricMatrix) {
    let outcomes = objective.outcomes
    let count = isFree.count
    var effects = isFree.indices.map { rule -> [Double] in
      guard isFree[rule] else { return [Double](repeating: 0, count: outcomes.won.count) }
      func totals(_ change: Double) -> [Double] {
        var points = state.points
        points[rule] += change
        return objective.scheme.totals(points, amounts: objective.amounts)
      }
      return zip(totals(reach), totals(-reach)).map { slope * ($0 - $1) / (2 * reach) }
    }
    effects.append([Double](repeating: 1, count: outcomes.won.count))
    let weights = outcomes.won.indices.map { pattern in
      let probability = state.probabilities[pattern]
      return (outcomes.won[pattern] + outcomes.lost[pattern]) * probability * (1 - probability)
    }
    var curvature = SymmetricMatrix(order: count + 1)
    for first in 0...count {
      let weighted = zip(effects[first], weights).map { $0 * $1 }
      for second in 0...first {
        var sum = 0.0
        for (pattern, value) in weighted.enumerated() { sum += value * effects[second][pattern] }
        if first == second, first < count {
          sum += isFree[first] ? objective.precisions[first] * slope * slope : 1
        }
        curvature[second, first] = sum
      }
    }
    return (effects, curvature)
  }

  /// Of the rules, and last of the intercept.
  private static func gradient(
    _ state: State, _ effects: [[Double]], objective: PointObjective, slope: Double, isFree: [Bool]
  ) -> [Double] {
    let outcomes = objective.outcomes
    let excess = outcomes.won.indices.map { pattern in
      (outcomes.won[pattern] + outcomes.lost[pattern]) * state.probabilities[pattern]
        - outcomes.won[pattern]
    }
    return effects.indices.map { index in
      if index < isFree.count, !isFree[index] { return 0 }
      var sum = 0.0
      for (pattern, effect) in effects[index].enumerated() { sum += effect * excess[pattern] }
      guard index < isFree.count else { return sum }
      return sum + objective.precisions[index] * slope
        * (slope * state.points[index] - objective.means[index])
    }
  }

  private func range(_ rule: Int) throws -> ClosedRange<Double> {
    guard isFree[rule] else { return best.points[rule]...best.points[rule] }
    var others = curvature
    others.isolate(rule)
    let factor = try CholeskyFactor(of: others)
    var unit = [Double](repeating: 0, count: isFree.count + 1)
    unit[rule] = 1
    let width = NormalDistribution.halfWidth(level: 0.95)
    let guess = width * max(0, try CholeskyFactor(of: curvature).solve(unit)[rule]).squareRoot()
    let allowed = best.loss + 0.5 * width * width

    /// The least loss with this rule at a value, as far as the others follow.
    func loss(_ value: Double) throws -> Double {
      var points = best.points
      points[rule] = value
      var state = State(
        points, intercept: best.intercept, objective: objective, slope: slope)
      for _ in 0..<Self.followSteps {
        var gradient = Self.gradient(
          state, effects, objective: objective, slope: slope, isFree: isFree)
        gradient[rule] = 0
        let next = state.moved(
          by: try factor.solve(gradient), share: -1, objective: objective, slope: slope)
        guard next.loss < state.loss else { break }
        state = next
      }
      return state.loss
    }
    func end(_ sign: Double) throws -> Double {
      var (inner, outer) = (0.0, guess)
      for _ in 0..<Self.doublings {
        guard try loss(best.points[rule] + sign * outer) <= allowed else { break }
        (inner, outer) = (outer, 2 * outer)
      }
      for _ in 0..<Self.endSteps where outer - inner > 1e-3 * guess {
        let middle = (inner + outer) / 2
        if try loss(best.points[rule] + sign * middle) <= allowed {
          inner = middle
        } else {
          outer = middle
        }
      }
      return best.points[rule] + sign * (inner + outer) / 2
    }
    return try end(-1)...end(1)
  }

  /// Without the values at either end that give all leads the same as the whole number before them, or
  /// as the learned points.
  private func told(
    _ range: ClosedRange<Double>, rule: Int, learned: Double
  ) -> ClosedRange<Double> {
    let leads = zip(objective.outcomes.won, objective.outcomes.lost).map(+)
    func totals(_ value: Double) -> [Double] {
      var points = best.points
      points[rule] = value
      return zip(objective.scheme.totals(points, amounts: objective.amounts), leads)
        .map { $1 > 0 ? $0 : 0 }
    }
    let (low, high) = (totals(range.lowerBound), totals(range.upperBound))
    guard low != high else { return range }
    /// The last value from an end on, inwards, that is the same as that end.
    func last(from end: Double, to other: Double, as totalsOfEnd: [Double]) -> Double {
      var (same, different) = (end, other)
      while abs(same - different) > 1e-3 {
        let middle = (same + different) / 2
        if totals(middle) == totalsOfEnd { same = middle } else { different = middle }
      }
      return same
    }
    let lowest = last(from: range.lowerBound, to: range.upperBound, as: low)
    let highest = last(from: range.upperBound, to: range.lowerBound, as: high)
    return max(
      range.lowerBound, min(learned, (lowest + 1e-3).rounded(.down)))...min(
        range.upperBound, max(learned, (highest - 1e-3).rounded(.up)))
  }
}
