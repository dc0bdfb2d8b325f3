import Glibc

/// A level that may wander, seen with errors of known variance and noise of unknown one: the local-level
/// model (Harvey, *Forecasting, Structural Time Series Models and the Kalman Filter*, 1989, ch. 2).
///
/// value = level + error + noise; from one value to the next the level takes a normal step of variance
/// walk × gap. Where it starts nobody knows (a diffuse prior). The variances of walk and noise are looked
/// for on a grid, which any history can be asked on at the same cost.
struct LocalLevel: Sendable {
  /// In order of time, at least two.
  let values: [Double]
  /// Of each value's error.
  let errors: [Double]
  /// Time since the value before, in any unit that makes the usual one 1; the first is not looked at.
  let gaps: [Double]
  /// What share of the noise's variance each value has: 1, or less for a mean over a long time.
  let noiseShares: [Double]

  /// Variances of walk and noise: 0, and 0.001 to 2.4 in steps of 2^0.75. Less than a thousandth moves the
  /// odds by 3%, which no history shows.
  static let variances = [0] + (0..<16).map { exp2(-10 + 0.75 * Double($0)) }

  struct Fit: Sendable, Equatable {
    /// Twice by how much the log-likelihood rises where the level may wander.
    let likelihoodRatio: Double
    /// The variances at the highest likelihood.
    let walk: Double
    let noise: Double
    /// The variance of the noise at the highest likelihood of a level that stays.
    let steadyNoise: Double
    /// The last level, averaged over all variances by their likelihood; its variance counts how far they
    /// differ.
    let level: Double
    let levelVariance: Double
  }

  private struct Filtered {
    let logLikelihood: Double
    let level: Double
    let variance: Double
  }

  /// The Kalman filter. The first value begins it, so that the likelihood is of the others given it.
  private func filtered(_ values: [Double], walk: Double, noise: Double) -> Filtered {
    var level = values[0]
    var variance = errors[0] + noise * noiseShares[0]
    var logLikelihood = 0.0
    for index in 1..<values.count {
      variance += walk * gaps[index]
      let predicted = variance + errors[index] + noise * noiseShares[index]
      let innovation = values[index] - level
      logLikelihood -= 0.5 * (log(predicted) + innovation * innovation / predicted)
      let gain = variance / predicted
      level += gain * innovation
      variance *= 1 - gain
    }
    return Filtered(logLikelihood: logLikelihood, level: level, variance: variance)
  }

  func fit() -> Fit { fit(values) }

  private func fit(_ values: [Double]) -> Fit {
    var steady = (logLikelihood: -Double.infinity, noise: 0.0)
    var best = (logLikelihood: -Double.infinity, walk: 0.0, noise: 0.0)
    var all: [Filtered] = []
    for walk in Self.variances {
      for noise in Self.variances {
        let found = filtered(values, walk: walk, noise: noise)
        all.append(found)
        if walk == 0, found.logLikelihood > steady.logLikelihood {
          steady = (found.logLikelihood, noise)
        }
        if found.logLikelihood > best.logLikelihood {
          best = (found.logLikelihood, walk, noise)
        }
      }
    }
    var (total, level) = (0.0, 0.0)
    for found in all {
      let likelihood = exp(found.logLikelihood - best.logLikelihood)
      total += likelihood
      level += likelihood * found.level
    }
    level /= total
    var variance = 0.0
    for found in all {
      let away = found.level - level
      variance +=
        exp(found.logLikelihood - best.logLikelihood) / total * (found.variance + away * away)
    }
    return Fit(
      likelihoodRatio: 2 * (best.logLikelihood - steady.logLikelihood), walk: best.walk,
      noise: best.noise, steadyNoise: steady.noise, level: level, levelVariance: variance)
  }

  /// How many of `draws` histories whose level stays, with the same errors and with the noise that such a
  /// level leaves, look at least as much like a wandering one.
  ///
  /// The likelihood ratio of a variance that may be 0 has no distribution that tables give: half of it lies at
  /// 0, and more where values are few. So it is drawn. The same every time.
  /// - Parameter most: where drawing ends, for more of them change nothing.
  func drawsBeyond(_ fit: Fit, draws: Int, atMost most: Int) -> Int {
    var beyond = 0
    for draw in 0..<draws where beyond <= most {
      var random = RandomNumbers(seed: 0, stream: UInt64(draw))
      let drawn = errors.indices.map {
        (errors[$0] + fit.steadyNoise * noiseShares[$0]).squareRoot() * random.normal()
      }
      if self.fit(drawn).likelihoodRatio >= fit.likelihoodRatio { beyond += 1 }
    }
    return beyond
  }
}
