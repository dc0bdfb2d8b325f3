import Testing

@testable import PointLearning

@Suite struct SequentialRoundingTests {
  private struct Case {
    let rounding: SequentialRounding
    let amounts: [[Double]]
    let curvatures: [Double]
    let coefficients: [Double]

    init(seed: UInt64) {
      var source = SplitMix(seed: seed)
      // Rules that hold together, so that what one rounding takes another can give back.
      let common = (0..<60).map { _ in Double(source.next(2)) }
      amounts = (0..<7).map { rule in
        (0..<60).map { rule < 3 && source.next(4) > 0 ? common[$0] : Double(source.next(2)) }
      }
      curvatures = (0..<60).map { _ in source.share() * 10 }
      coefficients = (0..<7).map { _ in source.share() * 2 - 1 }
      rounding = SequentialRounding(
        amounts: amounts, curvatures: curvatures, precisions: coefficients.map { _ in 0 })
    }

    /// ½ Σ weight · (change − its mean)², lead by lead.
    func loss(_ points: [Double], multiplier: Double) -> Double {
      let changes = (0..<60).map { lead in
        zip(points, zip(coefficients, amounts)).reduce(0) {
          $0 + ($1.0 / multiplier - $1.1.0) * $1.1.1[lead]
        }
      }
      let all = curvatures.reduce(0, +)
      let mean = zip(changes, curvatures).reduce(0) { $0 + $1.0 * $1.1 } / all
      return zip(changes, curvatures).reduce(0) { $0 + 0.5 * $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    }
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func roundingOneAfterTheOtherIsNearTheBestOfAllRoundings(seed: UInt64) {
    let found = Case(seed: seed)
    let multiplier = 3.0
    let points = found.rounding.rounded(
      found.coefficients, multiplier: multiplier, held: found.coefficients.map { _ in nil },
      limit: 10)
    #expect(points.allSatisfy { $0 == $0.rounded() })
    var least = Double.infinity
    for choice in 0..<128 {
      let others = found.coefficients.enumerated().map { rule, coefficient in
        choice >> rule & 1 == 0
          ? (coefficient * multiplier).rounded(.down) : (coefficient * multiplier).rounded(.up)
      }
      least = min(least, found.loss(others, multiplier: multiplier))
    }
    #expect(found.loss(points, multiplier: multiplier) <= 2.5 * least)
  }

  @Test func itBeatsRoundingEachByItselfMoreOftenThanNot() {
    var better = 0
    var worse = 0
    for seed in 1...60 as ClosedRange<UInt64> {
      let found = Case(seed: seed)
      let points = found.rounding.rounded(
        found.coefficients, multiplier: 3, held: found.coefficients.map { _ in nil }, limit: 10)
      let alone = found.coefficients.map { ($0 * 3).rounded() }
      let difference =
        found.loss(points, multiplier: 3) - found.loss(alone, multiplier: 3)
      if difference < -1e-9 { better += 1 }
      if difference > 1e-9 { worse += 1 }
    }
    #expect(better > 2 * worse)
  }

  @Test func heldPointsStayAndTheLimitHolds() {
    let found = Case(seed: 5)
    var held = [Double?](repeating: nil, count: 7)
    held[2] = 2.5
    let points = found.rounding.rounded(
      found.coefficients, multiplier: 40, held: held, limit: 6)
    #expect(points[2] == 2.5)
    #expect(points.allSatisfy { abs($0) <= 6 })
  }
}
