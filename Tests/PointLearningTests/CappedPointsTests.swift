import Testing

@testable import PointLearning

/// Rules that give points for each of many events, under caps.
@Suite struct CappedPointsTests {
  /// Events come in runs: of those who have one, most have several.
  private func leads(_ count: Int, seed: UInt64, logOdds: [Double]) -> PlantedLeads {
    var leads = PlantedLeads(
      count: count, seed: seed, intercept: -2, logOdds: logOdds, shares: [0.4, 0.5, 0.3])
    var source = SplitMix(seed: seed + 1)
    for row in 0..<count where leads.amounts[0][row] > 0 {
      leads.amounts[0][row] = Double(1 + source.next(12))
    }
    return leads
  }

  private func scheme(
    _ own: [Double], cap: Double, groupCap: Double? = nil, top: Double = 100
  ) -> PointScheme {
    PointScheme(
      rules: own.enumerated().map { rule, own in
        PointScheme.Rule(
          group: rule == 2 ? 1 : 0, bounds: PointScheme.Bounds(cap: rule == 0 ? cap : nil),
          own: own)
      },
      groups: [
        PointScheme.Group(category: 0, bounds: PointScheme.Bounds(cap: groupCap)),
        PointScheme.Group(category: 0),
      ],
      categories: [PointScheme.Category()], top: top)
  }

  /// One event says as much as many: the points go up to the cap, and so does what history says.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func whatHistorySaysIsSaidOfThePointsUnderTheCap(seed: UInt64) throws {
    let leads = leads(8_000, seed: seed, logOdds: [1.5, 1, -0.5])
    let patterns = leads.patterns
    let learned = try PointLearner().learn(
      patterns, outcomes: patterns.outcomes(leads.leads), scheme: scheme([1, 10, -5], cap: 15))
    #expect(learned.points[0] >= 10)
    for (points, interval) in zip(learned.points, try #require(learned.intervals)) {
      #expect((interval.lowerBound - 0.5...interval.upperBound + 0.5).contains(points))
    }
  }

  /// Every whole number for every rule, tried one by one.
  @Test(arguments: [41, 42, 43, 44, 45, 46, 47, 48] as [UInt64])
  func noOtherWholePointsCostLessUnderCaps(seed: UInt64) throws {
    let leads = leads(1_500, seed: seed, logOdds: [seed % 2 == 0 ? 1.2 : 0.15, -0.7, 1.4])
    let patterns = leads.patterns
    let scheme = scheme([1, 4, 6], cap: 8, groupCap: seed % 4 < 2 ? 10 : nil, top: 30)
    let objective = PointObjective(
      scheme: scheme, amounts: patterns.amounts, outcomes: patterns.outcomes(leads.leads),
      options: PointOptions(), candidates: 0)
    var least = Double.infinity
    var best: [Double] = []
    let range = stride(from: -14.0, through: 14, by: 1)
    for first in range {
      for second in range {
        for third in range {
          guard let cost = objective.value([first, second, third])?.cost, cost < least else {
            continue
          }
          (least, best) = (cost, [first, second, third])
        }
      }
    }
    let learned = try PointLearner().learn(
      patterns, outcomes: patterns.outcomes(leads.leads), scheme: scheme)
    let found = try #require(objective.value(learned.points)).cost
    // As without caps: a tenth of a nat tells nobody anything.
    #expect(found <= least + 0.1, "\(learned.points): \(found); \(best): \(least)")
  }
}
