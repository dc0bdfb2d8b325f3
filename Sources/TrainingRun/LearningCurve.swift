import Features
import Glibc
import LogisticTraining
import Metrics
import Models
import Parallel
import Reports
import Tables
import Validation

/// What more leads would buy: the regression fitted to growing parts of each fold's training leads, its
/// loss on the fold's own, and the power curve through these losses.
///
/// The penalty is that of the whole: what coefficients are likely to be does not depend on how many leads
/// there are to learn them from.
struct LearningCurve: Sendable {
  let crossValidation: CrossValidation
  let penalty: Double
  let plan: FoldPlan
  let seed: UInt64

  /// Parts of the training leads of a fold.
  static let shares = [0.25, 0.4, 0.6, 0.8, 1]
  /// Deals of folds that are averaged: the losses of one lie beside the curve by chance.
  private static let mostDeals = 3
  /// Redrawn sets of leads that the interval is taken from.
  private static let draws = 200
  private static let level = 0.9

  /// - Parameter step: conversions, or leads of the rarer outcome, that are to come.
  /// - Returns: `nil` where a part of the leads is too small to fit: without both outcomes, without a
  ///   column that varies, or separated under no penalty.
  func summary(step: Int) throws -> LearningCurveSummary? {
    do {
      return try curve(step: step)
    } catch FeatureError.nothingToLearnFrom {
      return nil
    } catch TrainingError.separated {
      return nil
    }
  }

  private func curve(step: Int) throws -> LearningCurveSummary? {
    let rows = plan.trainingRows
    let deals = ([plan.folds] + plan.repeats).prefix(Self.mostDeals)
    // Loss of each training lead at each share, averaged over deals.
    var losses = [[Double]](
      repeating: [Double](repeating: 0, count: rows.count), count: Self.shares.count)
    var sizes = [Double](repeating: 0, count: Self.shares.count)
    var fits = 0
    for (number, folds) in deals.enumerated() {
      for fold in 0..<folds.count {
        let training = folds.trainingRows(fold)
        let validation = folds.validationRows(fold)
        let order = CounterHash(seed: seed &+ UInt64(number * folds.count + fold))
          .shuffled(training)
        for (index, share) in Self.shares.enumerated() {
          let part = Self.part(order, share: share) { crossValidation.labels[rows[$0]] == 1 }
          guard let part else { return nil }
          let labels = part.map { crossValidation.labels[rows[$0]] }
          let won = labels.count { $0 == 1 }
          sizes[index] += Double(min(won, labels.count - won))
          let raw = try crossValidation.rawPredictions(
            training: part.map { rows[$0] }, validation: validation.map { rows[$0] },
            penalty: penalty)
          for (position, raw) in zip(validation, raw) {
            losses[index][position] += Self.loss(
              raw, isWon: crossValidation.labels[rows[position]] == 1)
          }
        }
        fits += 1
      }
    }
    guard fits > 0 else { return nil }
    sizes = sizes.map { $0 / Double(fits) }
    let validated = plan.folds.validatedRows
    let weights = validated.map { crossValidation.weights?[rows[$0]] ?? 1 }
    let byLead = losses.map { all in validated.map { all[$0] / Double(deals.count) } }
    guard weights.contains(where: { $0 > 0 }) else { return nil }
    return summary(
      sizes: sizes, losses: byLead, weights: weights,
      clusters: plan.clusters.map { all in validated.map { all[rows[$0]] } }, step: step)
  }

  private func summary(
    sizes: [Double], losses: [[Double]], weights: [Double], clusters: [Int32]?, step: Int
  ) -> LearningCurveSummary {
    let labels = plan.trainingRows.map { crossValidation.labels[$0] }
    let won = labels.count { $0 == 1 }
    let now = Double(min(won, labels.count - won))
    func curve(_ weights: [Double]) -> PowerCurve {
      PowerCurve(sizes: sizes, losses: losses.map { Self.mean($0, weights: weights) })
    }
    func gain(_ curve: PowerCurve) -> Double {
      curve.value(at: now) - curve.value(at: now + Double(step))
    }
    let fitted = curve(weights)
    var gains = (0..<Self.draws).map { draw in
      gain(curve(Self.redrawn(weights, clusters: clusters, draw: draw, seed: seed)))
    }
    gains.sort()
    let tail = (1 - Self.level) / 2
    func quantile(_ share: Double) -> Double {
      gains[Int((share * Double(gains.count - 1)).rounded())]
    }
    return LearningCurveSummary(
      points: zip(sizes, losses).map {
        LearningCurveSummary.Point(size: $0, logLoss: Self.mean($1, weights: weights))
      },
      floor: fitted.floor, scale: fitted.scale, power: fitted.power, size: now, step: step,
      logLoss: fitted.value(at: now), gain: gain(fitted),
      interval: ConfidenceInterval(
        low: quantile(tail), high: quantile(1 - tail), level: Self.level))
  }

  /// The first of each outcome's leads in the order given, ascending; `nil` where an outcome has none.
  static func part(_ order: [Int], share: Double, isWon: (Int) -> Bool) -> [Int]? {
    var chosen: [Int] = []
    for wanted in [true, false] {
      let all = order.filter { isWon($0) == wanted }
      let count = Int((share * Double(all.count)).rounded())
      guard count > 0 else { return nil }
      chosen += all.prefix(count)
    }
    return chosen.sorted()
  }

  private static func loss(_ raw: Double, isWon: Bool) -> Double {
    let chance = probability(fromRawPrediction: isWon ? raw : -raw)
    return -log(max(chance, .leastNormalMagnitude))
  }

  private static func mean(_ values: [Double], weights: [Double]) -> Double {
    var (sum, total) = (0.0, 0.0)
    for (value, weight) in zip(values, weights) {
      sum += weight * value
      total += weight
    }
    return sum / total
  }

  /// The weights times exponential numbers, one a lead or cluster of leads: the Bayesian bootstrap (Rubin
  /// 1981), in which no lead is ever left out.
  private static func redrawn(
    _ weights: [Double], clusters: [Int32]?, draw: Int, seed: UInt64
  ) -> [Double] {
    let hash = CounterHash(seed: CounterHash(seed: seed)(UInt64(draw)))
    return weights.indices.map { position in
      let cluster = clusters?[position] ?? -1
      // Leads that stand alone are numbered behind all clusters.
      let identity = cluster >= 0 ? UInt64(cluster) : 1 << 32 + UInt64(position)
      let uniform = (Double(hash(identity) >> 11) + 0.5) / 9_007_199_254_740_992
      return weights[position] * -log(uniform)
    }
  }
}
