import Glibc
import Testing

@testable import PointLearning

@Suite struct PointSchemeTests {
  /// Lead by lead, by the rule file's order of evaluation.
  private func naive(_ scheme: PointScheme, _ points: [Double], _ amounts: [Double]) -> Double {
    var categories = scheme.categories.map { _ in 0.0 }
    for (index, group) in scheme.groups.enumerated() {
      var sum = 0.0
      for (rule, shape) in scheme.rules.enumerated() where shape.group == index {
        if amounts[rule] == 0 { continue }
        var given = points[rule] * amounts[rule]
        if let cap = shape.bounds.cap, given > cap { given = cap }
        if let floor = shape.bounds.floor, given < floor { given = floor }
        sum += given
      }
      if let cap = group.bounds.cap, sum > cap { sum = cap }
      if let floor = group.bounds.floor, sum < floor { sum = floor }
      categories[group.category] += sum
    }
    var total = 0.0
    for (sum, bounds) in zip(categories, scheme.categories.map(\.bounds)) {
      total += max(bounds.floor ?? sum, min(bounds.cap ?? sum, sum))
    }
    return total
  }

  @Test func totalsWithEveryKindOfBoundEqualThoseOfOneLeadAtATime() {
    var source = SplitMix(seed: 41)
    let scheme = PointScheme(
      rules: [
        PointScheme.Rule(group: 0, own: 10),
        PointScheme.Rule(group: 0, bounds: PointScheme.Bounds(cap: 6), own: 2),
        PointScheme.Rule(group: 1, bounds: PointScheme.Bounds(floor: -3), own: -2),
        PointScheme.Rule(group: 1, own: 8), PointScheme.Rule(group: 2, own: 4),
      ],
      groups: [
        PointScheme.Group(category: 0, bounds: PointScheme.Bounds(cap: 12)),
        PointScheme.Group(category: 1, bounds: PointScheme.Bounds(floor: 1)),
        PointScheme.Group(category: 1),
      ],
      categories: [
        PointScheme.Category(), PointScheme.Category(bounds: PointScheme.Bounds(cap: 9, floor: 0)),
      ], top: 20)
    let amounts = scheme.rules.indices.map { rule in
      (0..<200).map { _ in Double(source.next(rule == 1 || rule == 2 ? 6 : 2)) }
    }
    for _ in 0..<20 {
      let points = scheme.rules.map { _ in Double(source.next(31) - 12) }
      let totals = scheme.totals(points, amounts: amounts)
      for lead in 0..<200 {
        #expect(totals[lead] == naive(scheme, points, amounts.map { $0[lead] }))
      }
    }
  }

  /// Newton's method against a grid about its answer, with and without a pull.
  @Test(arguments: [(0.0, 0.0), (400.0, 30.0)])
  func theLineHasTheLeastLoss(square: Double, product: Double) {
    let totals: [Double] = [0, 5, 10, 15, 30]
    let outcomes = PointOutcomes(won: [3, 8, 12, 20, 6], lost: [60, 70, 40, 30, 2])
    let tally = PointTally(totals, outcomes)
    let pull = PointTally.Pull(square: square, product: product)
    let found = tally.line(pull)
    func loss(_ intercept: Double, _ slope: Double) -> Double {
      var sum = 0.5 * slope * slope * square - slope * product
      for index in totals.indices {
        let raw = intercept + slope * totals[index]
        sum += outcomes.won[index] * log1p(exp(-raw)) + outcomes.lost[index] * log1p(exp(raw))
      }
      return sum
    }
    #expect(abs(found.loss - loss(found.line.intercept, found.line.slope)) < 1e-9)
    for change in [-0.02, 0, 0.02] {
      for tilt in [-0.002, 0, 0.002] {
        #expect(
          loss(found.line.intercept + change, found.line.slope + tilt) >= found.loss - 1e-9)
      }
    }
  }

  @Test func pointsThatFallWithConversionMeanNothing() {
    let tally = PointTally([0, 10], PointOutcomes(won: [50, 10], lost: [50, 90]))
    let line = tally.line(PointTally.Pull()).line
    #expect(line.slope == 0)
    #expect(abs(line.probability(3) - 0.3) < 1e-12)
  }

  @Test func pointsWithDecimalsFindTheirPlace() {
    let totals = (0..<3_000).map { Double($0) * 0.037 }
    let outcomes = PointOutcomes(
      won: totals.map { 1 / (1 + exp(2 - $0 / 20)) },
      lost: totals.map { 1 / (1 + exp($0 / 20 - 2)) })
    let line = PointTally(totals, outcomes).line(PointTally.Pull()).line
    #expect(abs(line.slope - 0.05) < 1e-4 && abs(line.intercept + 2) < 1e-3)
  }
}
