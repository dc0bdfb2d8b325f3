import Glibc
import Testing

@testable import Calibration

@Suite struct LocalLevelTests {
  private let series = LocalLevel(
    values: [0.1, -0.2, 0.15, 0.4, 0.35, 0.9, 0.7],
    errors: [0.01, 0.05, 0.04, 0.06, 0.05, 0.04, 0.05],
    gaps: [0, 2, 1, 0.5, 1, 1.5, 1], noiseShares: [0.2, 1, 1, 1, 1, 1, 1])

  /// Log-density of the values given the first, by the covariance matrix of their differences from it.
  private func naiveLogLikelihood(walk: Double, noise: Double) -> Double {
    let count = series.values.count
    let size = count - 1
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    var reach = [0.0]
    for index in 1..<count { reach.append(reach[index - 1] + series.gaps[index]) }
    let first = series.errors[0] + noise * series.noiseShares[0]
    for row in 0..<size {
      for column in 0..<size {
        matrix[row][column] = walk * min(reach[row + 1], reach[column + 1]) + first
        if row == column {
          matrix[row][column] += series.errors[row + 1] + noise * series.noiseShares[row + 1]
        }
      }
    }
    let values = (1..<count).map { series.values[$0] - series.values[0] }
    var logDeterminant = 0.0
    var right = values
    // Gauss; the matrix is positive definite.
    for pivot in 0..<size {
      logDeterminant += log(matrix[pivot][pivot])
      for row in (pivot + 1)..<max(size, pivot + 1) {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in pivot..<size { matrix[row][column] -= factor * matrix[pivot][column] }
        right[row] -= factor * right[pivot]
      }
    }
    let squares = (0..<size).reduce(0) { $0 + right[$1] * right[$1] / matrix[$1][$1] }
    return -0.5 * (logDeterminant + squares)
  }

  @Test func likelihoodIsThatOfTheJointNormal() {
    let fit = series.fit()
    var best = -Double.infinity
    var steady = -Double.infinity
    for walk in LocalLevel.variances {
      for noise in LocalLevel.variances {
        let found = naiveLogLikelihood(walk: walk, noise: noise)
        best = max(best, found)
        if walk == 0 { steady = max(steady, found) }
      }
    }
    #expect(abs(fit.likelihoodRatio - 2 * (best - steady)) < 1e-9)
    #expect(
      abs(naiveLogLikelihood(walk: fit.walk, noise: fit.noise) - best) < 1e-9)
  }

  @Test func oneStepIsShrunkByHand() {
    // Two values: the level after the second lies between them as the variances say, and nothing tells a walk
    // from noise, so that all pairs of variances of one sum are alike.
    let fit = LocalLevel(
      values: [0, 1], errors: [0.5, 0.5], gaps: [0, 1], noiseShares: [1, 1]
    ).fit()
    #expect(fit.level > 0.5 && fit.level < 1)
    #expect(fit.likelihoodRatio < 1e-9)
  }

  @Test func aSteadyLevelIsTheWeightedMean() {
    let fit = LocalLevel(
      values: [Double](repeating: 0.3, count: 30), errors: [Double](repeating: 0.04, count: 30),
      gaps: [Double](repeating: 1, count: 30), noiseShares: [Double](repeating: 1, count: 30)
    ).fit()
    #expect(abs(fit.level - 0.3) < 1e-12 && fit.walk == 0 && fit.noise == 0)
  }

  // A p-value is one only if stable histories have each value of it as often as it says.
  @Test func stableHistoriesPassAsOftenAsTheTestSays() {
    var beyond = 0
    for seed in 0..<200 {
      var numbers = SeededNumbers(seed: UInt64(seed))
      let drawn = LocalLevel(
        values: (0..<20).map { _ in 0.4 * numbers.normal() },
        errors: [Double](repeating: 0.06, count: 20), gaps: [Double](repeating: 1, count: 20),
        noiseShares: [Double](repeating: 1, count: 20))
      let fit = drawn.fit()
      // At a tenth, which few draws can tell.
      if fit.likelihoodRatio > 0, drawn.drawsBeyond(fit, draws: 39, atMost: 3) <= 3 { beyond += 1 }
    }
    // 20 expected, give or take 4; the noise of each history has to be guessed.
    #expect(beyond >= 8 && beyond <= 34)
  }
}
