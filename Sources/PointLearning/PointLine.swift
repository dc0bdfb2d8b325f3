import Glibc
import Models

/// What points mean: the log-odds of conversion as a line over the points.
public struct PointLine: Sendable, Equatable {
  /// Log-odds at no points.
  public let intercept: Double
  /// Log-odds a point, 0 or more.
  public let slope: Double

  public init(intercept: Double, slope: Double) {
    self.intercept = intercept
    self.slope = slope
  }

  /// The probability that points mean.
  public func probability(_ points: Double) -> Double {
    Models.probability(fromRawPrediction: intercept + slope * points)
  }
}

/// Leads by their points: few distinct values, over which a line is found in no time.
struct PointTally {
  /// One entry a distinct value of the points, in no order.
  private(set) var points: [Double] = []
  private(set) var won: [Double] = []
  private(set) var lost: [Double] = []

  /// Bins of the points' range. Whole points of a usual scale have a bin each; others share it with
  /// neighbours a tenth of a percent of the range away.
  private static let binCount = 1_024

  /// - Parameter totals: one a pattern; none where there are no rules, which give nothing.
  init(_ totals: [Double], _ outcomes: PointOutcomes) {
    let totals = totals.isEmpty ? outcomes.won.map { _ in 0 } : totals
    guard let least = totals.min(), let most = totals.max() else { return }
    let isWhole = totals.allSatisfy { $0 == $0.rounded() }
    let width =
      isWhole && most - least < Double(Self.binCount)
      ? 1 : (most - least) / Double(Self.binCount - 1)
    let count = width > 0 ? Int(((most - least) / width).rounded()) + 1 : 1
    var sums = [Double](repeating: 0, count: count)
    var wonSums = sums
    var lostSums = sums
    for (pattern, total) in totals.enumerated() {
      let bin = width > 0 ? Int(((total - least) / width).rounded()) : 0
      let (won, lost) = (outcomes.won[pattern], outcomes.lost[pattern])
      sums[bin] += (won + lost) * total
      wonSums[bin] += won
      lostSums[bin] += lost
    }
    for bin in 0..<count where wonSums[bin] + lostSums[bin] > 0 {
      points.append(sums[bin] / (wonSums[bin] + lostSums[bin]))
      won.append(wonSums[bin])
      lost.append(lostSums[bin])
    }
  }

  /// Of ½·slope²·square − slope·product, which is added to the loss.
  struct Pull {
    var square = 0.0
    var product = 0.0
  }

  /// The line of least loss, its slope not below 0, and that loss: the negative log-likelihood and the
  /// pull.
  ///
  /// Newton's method with step halving in the two unknowns, over the points less their mean.
  func line(_ pull: Pull) -> (line: PointLine, loss: Double) {
    let (allWon, allLost) = (won.reduce(0, +), lost.reduce(0, +))
    let all = allWon + allLost
    var mean = 0.0
    for index in points.indices { mean += (won[index] + lost[index]) * points[index] }
    mean /= all
    let flat = log(allWon / allLost)
    var (height, slope) = (flat, 0.0)
    var state = derivatives(height, slope, mean, pull)
    for _ in 0..<Self.steps {
      let determinant = state.h00 * state.h11 - state.h01 * state.h01
      guard determinant > 0 else { break }
      let heightStep = (state.h11 * state.g0 - state.h01 * state.g1) / determinant
      let slopeStep = (state.h00 * state.g1 - state.h01 * state.g0) / determinant
      let decrement = heightStep * state.g0 + slopeStep * state.g1
      var share = 1.0
      var next = state
      while share > 1e-6 {
        next = derivatives(height - share * heightStep, slope - share * slopeStep, mean, pull)
        if next.loss <= state.loss { break }
        share /= 2
      }
      guard next.loss <= state.loss else { break }
      height -= share * heightStep
      slope -= share * slopeStep
      state = next
      // In nats: far below what tells two sets of points apart.
      if decrement < 1e-9 { break }
    }
    guard slope > 0 else {
      let none = derivatives(flat, 0, mean, pull)
      return (PointLine(intercept: flat, slope: 0), none.loss)
    }
    return (PointLine(intercept: height - slope * mean, slope: slope), state.loss)
  }

  /// Newton's method needs five to eight.
  private static let steps = 40

  private func derivatives(
    _ height: Double, _ slope: Double, _ mean: Double, _ pull: Pull
  ) -> (loss: Double, g0: Double, g1: Double, h00: Double, h01: Double, h11: Double) {
    var loss = 0.5 * slope * slope * pull.square - slope * pull.product
    var (g0, g1) = (0.0, slope * pull.square - pull.product)
    var (h00, h01, h11) = (0.0, 0.0, pull.square)
    for index in points.indices {
      let x = points[index] - mean
      let raw = height + slope * x
      let e = exp(-abs(raw))
      let upper = 1 / (1 + e)
      let probability = raw >= 0 ? upper : e * upper
      let leads = won[index] + lost[index]
      loss += (raw >= 0 ? lost[index] * raw : -won[index] * raw) + leads * log1p(e)
      let excess = leads * probability - won[index]
      g0 += excess
      g1 += excess * x
      let weight = leads * e * upper * upper
      h00 += weight
      h01 += weight * x
      h11 += weight * x * x
    }
    return (loss, g0, g1, h00, h01, h11)
  }
}
