import Metrics
import Parallel
import Reports
import Validation

/// The share of conversions found along both lists, with intervals from leads drawn again.
///
/// A draw counts each lead a Poisson number of times with mean 1, which for many leads is drawing with
/// replacement, the same number for both lists. The number comes from a hash of seed, draw and row, so a
/// draw is the same whichever thread makes it.
struct GainBootstrap {
  /// Steps along the list.
  static let steps = 50
  /// Bits of the hash's counter that number the rows; the others number the draws.
  private static let rowBits: UInt64 = 40

  let labels: [UInt8]
  let weights: [Double]?
  let byModel: Ranking
  let byRules: Ranking
  let seed: UInt64
  let draws: Int

  /// - Returns: no points unless there are both won and lost leads.
  func curves(pool: WorkerPool, level: Double = 0.95) -> GainCurves {
    guard byModel.hasBothClasses else { return GainCurves(points: []) }
    let shares = (0...Self.steps).map { Double($0) / Double(Self.steps) }
    let ones = [Double](repeating: 1, count: labels.count)
    let own = gains(counts: weights ?? ones, shares)
    let hash = CounterHash(seed: seed)
    let drawn = pool.map(draws) { draw in
      gains(counts: counts(draw: UInt64(draw), hash), shares)
    }.filter { !$0.model.isEmpty }
    func interval(_ value: (Gains) -> Double) -> ConfidenceInterval {
      let sorted = drawn.map(value).sorted()
      return ConfidenceInterval(
        low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2),
        level: level)
    }
    return GainCurves(
      points: shares.indices.map { index in
        GainCurves.Point(
          share: shares[index], model: own.model[index], rules: own.rules[index],
          difference: own.model[index] - own.rules[index],
          modelInterval: interval { $0.model[index] }, rulesInterval: interval { $0.rules[index] },
          differenceInterval: interval { $0.model[index] - $0.rules[index] })
      })
  }

  private struct Gains: Sendable {
    var model: [Double] = []
    var rules: [Double] = []
  }

  private func counts(draw: UInt64, _ hash: CounterHash) -> [Double] {
    let start = draw << Self.rowBits
    return labels.indices.map { row in
      let uniform = Double(hash(start | UInt64(row)) >> 11) / 9_007_199_254_740_992
      return Self.poisson(uniform) * (weights?[row] ?? 1)
    }
  }

  /// The Poisson number with mean 1 at this place of its distribution.
  private static func poisson(_ uniform: Double) -> Double {
    // 1/e, rounded to the nearest double.
    var chance = 0.367_879_441_171_442_33
    var below = chance
    var count = 0.0
    while uniform >= below, chance > 0 {
      count += 1
      chance /= count
      // Beyond here the sum no longer grows.
      guard below + chance > below else { break }
      below += chance
    }
    return count
  }

  /// Empty where a draw holds no conversions.
  private func gains(counts: [Double], _ shares: [Double]) -> Gains {
    Gains(
      model: gains(byModel, counts: counts, shares), rules: gains(byRules, counts: counts, shares))
  }

  private func gains(_ ranking: Ranking, counts: [Double], _ shares: [Double]) -> [Double] {
    var leads = [Double](repeating: 0, count: ranking.ties.count)
    var won = leads
    for row in labels.indices {
      let tie = Int(ranking.tieOfRow[row])
      leads[tie] += counts[row]
      if labels[row] != 0 { won[tie] += counts[row] }
    }
    let all = leads.reduce(0, +)
    let allWon = won.reduce(0, +)
    guard allWon > 0 else { return [] }
    var tie = 0
    var (leadsAbove, wonAbove) = (0.0, 0.0)
    return shares.map { share in
      let wanted = share * all
      while tie < leads.count, leadsAbove + leads[tie] <= wanted {
        leadsAbove += leads[tie]
        wonAbove += won[tie]
        tie += 1
      }
      guard tie < leads.count, leads[tie] > 0 else { return wonAbove / allWon }
      return (wonAbove + won[tie] * ((wanted - leadsAbove) / leads[tie])) / allWon
    }
  }

  /// Linear between neighbours.
  private func quantile(_ ascending: [Double], _ share: Double) -> Double {
    guard let last = ascending.last else { return 0 }
    let place = share * Double(ascending.count - 1)
    let below = Int(place)
    guard below + 1 < ascending.count else { return last }
    return ascending[below] + (place - Double(below)) * (ascending[below + 1] - ascending[below])
  }
}
