import Glibc

/// Fits outcome on log-odds: a logistic regression of one column, with the slope free or held at 1.
///
/// Many distinct probabilities are first merged into groups: the line through those is found in no time
/// and lies so close to the line through all leads that one or two more steps reach it.
struct LineFitter {
  /// Leads of one log-odds.
  fileprivate struct Term {
    let logit: Double
    let leads: Double
    let won: Double

    init(probability: Double, leads: Double, won: Double) {
      let held = min(max(probability, .ulpOfOne), 1 - .ulpOfOne)
      logit = log(held / (1 - held))
      self.leads = leads
      self.won = won
    }
  }

  private let grouped: [Term]
  /// `nil` where `grouped` is all there is.
  private let all: [Term]?

  /// - Parameter ranking: by probability, with won and lost leads.
  init(_ ranking: Ranking) {
    grouped = ranking.groups().map {
      Term(probability: $0.probability, leads: $0.leads, won: $0.won)
    }
    all =
      ranking.ties.count > Ranking.groupLimit
      ? ranking.ties.map { Term(probability: $0.score, leads: $0.leads, won: $0.won) } : nil
  }

  /// - Parameter slopeIsFree: needs won and lost leads that no threshold on the probability parts.
  func fit(slopeIsFree: Bool) -> LinePoint {
    let near = guarded(
      grouped, from: LinePoint(intercept: 0, slope: 1, terms: grouped), slopeIsFree: slopeIsFree)
    guard let all else { return near }
    return polished(all, from: near, slopeIsFree: slopeIsFree)
  }

  /// Several times what any case in the tests needs; the halving alone would end the loop as well.
  private static let newtonSteps = 60

  /// Newton's method with step halving, safe from any start.
  private func guarded(
    _ terms: [Term], from start: LinePoint, slopeIsFree: Bool
  ) -> LinePoint {
    var point = start
    var likelihood = point.logLikelihood(terms)
    for _ in 0..<Self.newtonSteps {
      let (interceptStep, slopeStep) = point.newtonStep(slopeIsFree: slopeIsFree)
      var scale = 1.0
      var next = point
      var nextLikelihood = -Double.infinity
      // Halving ends at the rounding of the likelihood, where no step can gain any more.
      while scale > 1e-10, !(nextLikelihood >= likelihood) {
        next = LinePoint(
          intercept: point.intercept + scale * interceptStep,
          slope: point.slope + scale * slopeStep, terms: terms)
        nextLikelihood = next.logLikelihood(terms)
        scale /= 2
      }
      guard nextLikelihood >= likelihood else { return point }
      (point, likelihood) = (next, nextLikelihood)
      // The step just taken was twice `scale`.
      let size = 2 * scale * max(abs(interceptStep), abs(slopeStep))
      if size <= 1e-11 * point.size { return point }
    }
    return point
  }

  /// Newton's method from a point close to the maximum: full steps while each is far smaller than the
  /// last; where that fails, guarded steps.
  private func polished(
    _ terms: [Term], from near: LinePoint, slopeIsFree: Bool
  ) -> LinePoint {
    var point = LinePoint(intercept: near.intercept, slope: near.slope, terms: terms)
    var lastSize = Double.infinity
    while true {
      let (interceptStep, slopeStep) = point.newtonStep(slopeIsFree: slopeIsFree)
      let size = max(abs(interceptStep), abs(slopeStep))
      guard size < lastSize / 10 || size <= 1e-11 * point.size else {
        return guarded(terms, from: point, slopeIsFree: slopeIsFree)
      }
      // The error after a step is about its square: below 1e-6, the last one takes it under 1e-11.
      if size <= 1e-6 * point.size {
        return point.moved(intercept: interceptStep, slope: slopeStep)
      }
      point = LinePoint(
        intercept: point.intercept + interceptStep, slope: point.slope + slopeStep, terms: terms)
      lastSize = size
    }
  }
}

/// A line in log-odds with the derivatives of the log-likelihood there.
struct LinePoint {
  private(set) var intercept: Double
  private(set) var slope: Double
  private let interceptGradient: Double
  private let slopeGradient: Double
  /// Minus the second derivatives.
  let interceptCurvature: Double
  private let mixedCurvature: Double
  let slopeCurvature: Double

  var determinant: Double {
    interceptCurvature * slopeCurvature - mixedCurvature * mixedCurvature
  }

  /// What a step is small against.
  fileprivate var size: Double { 1 + abs(intercept) + abs(slope) }

  fileprivate init(intercept: Double, slope: Double, terms: [LineFitter.Term]) {
    var (gradient0, gradient1) = (CompensatedSum(), CompensatedSum())
    var (curvature00, curvature01, curvature11) = (0.0, 0.0, 0.0)
    for term in terms {
      let raw = intercept + slope * term.logit
      // Both tails from one exponential: e = exp(−|raw|).
      let e = exp(-abs(raw))
      let upper = 1 / (1 + e)
      let weight = term.leads * e * upper * upper
      let excess = term.won - term.leads * (raw >= 0 ? upper : e * upper)
      gradient0.add(excess)
      gradient1.add(excess * term.logit)
      curvature00 += weight
      curvature01 += weight * term.logit
      curvature11 += weight * term.logit * term.logit
    }
    self.intercept = intercept
    self.slope = slope
    interceptGradient = gradient0.value
    slopeGradient = gradient1.value
    interceptCurvature = curvature00
    mixedCurvature = curvature01
    slopeCurvature = curvature11
  }

  fileprivate func logLikelihood(_ terms: [LineFitter.Term]) -> Double {
    var sum = CompensatedSum()
    for term in terms {
      let raw = intercept + slope * term.logit
      let lost = term.leads - term.won
      sum.add((raw >= 0 ? -lost * raw : term.won * raw) - term.leads * log1p(exp(-abs(raw))))
    }
    return sum.value
  }

  fileprivate func newtonStep(slopeIsFree: Bool) -> (intercept: Double, slope: Double) {
    guard slopeIsFree else {
      return (interceptCurvature > 0 ? interceptGradient / interceptCurvature : 0, 0)
    }
    guard determinant > 0 else { return (0, 0) }
    return (
      (slopeCurvature * interceptGradient - mixedCurvature * slopeGradient) / determinant,
      (interceptCurvature * slopeGradient - mixedCurvature * interceptGradient) / determinant
    )
  }

  /// The point a last small step away; the derivatives stay those of this one.
  fileprivate func moved(intercept: Double, slope: Double) -> LinePoint {
    var point = self
    point.intercept += intercept
    point.slope += slope
    return point
  }
}
