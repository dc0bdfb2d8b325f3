import Glibc
import Testing

@testable import PointLearning

/// Points of rules that count events, under every kind of bound.
@Suite struct PointRangesTests {
  /// Leads whose log-odds are a tenth of the points that a scheme gives them.
  private struct Counted {
    let scheme: PointScheme
    let patterns: PointPatterns
    let outcomes: PointOutcomes

    /// - Parameter most: the most events that a lead has, one a rule; below 0 for events that fade.
    init(_ scheme: PointScheme, truth: [Double], most: [Int], count: Int = 4_000, seed: UInt64) {
      var source = SplitMix(seed: seed)
      let amounts = most.map { most in
        (0..<count).map { _ in
          let events = Double(max(0, source.next(2 * abs(most)) - abs(most) + 1))
          return most < 0 ? events * Double(1 + source.next(4)) / 4 : events
        }
      }
      patterns = PointPatterns(rowCount: count, amounts: amounts)
      let totals = scheme.totals(truth, amounts: patterns.amounts)
      var labels: [UInt8] = []
      for pattern in patterns.patternOfRow {
        let raw = totals[Int(pattern)] / 10 - 1.5
        labels.append(source.share() < 1 / (1 + exp(-raw)) ? 1 : 0)
      }
      self.scheme = scheme
      outcomes = patterns.outcomes(PointLeads(labels: labels, weights: labels.map { _ in 1 }))
    }

    var objective: PointObjective {
      PointObjective(
        scheme: scheme, amounts: patterns.amounts, outcomes: outcomes, options: PointOptions(),
        candidates: 0)
    }

    func learned() throws -> LearnedPoints {
      try PointLearner().learn(patterns, outcomes: outcomes, scheme: scheme)
    }

    /// Nats at a line through given points: the intercept that suits best, and the prior.
    func loss(_ points: [Double], slope: Double) -> Double {
      let totals = scheme.totals(points, amounts: patterns.amounts)
      var intercept = -1.5
      var loss = 0.0
      for _ in 0..<8 {
        var (gradient, curvature) = (0.0, 0.0)
        loss = 0
        for (pattern, total) in totals.enumerated() {
          let (won, lost) = (outcomes.won[pattern], outcomes.lost[pattern])
          let raw = intercept + slope * total
          let share = 1 / (1 + exp(-raw))
          loss += won * log1p(exp(-raw)) + lost * log1p(exp(raw))
          gradient += (won + lost) * share - won
          curvature += (won + lost) * share * (1 - share)
        }
        intercept -= gradient / curvature
      }
      let objective = objective
      for (index, rule) in scheme.rules.enumerated() where !rule.isFixed {
        let distance = slope * points[index] - objective.means[index]
        loss += objective.precisions[index] * distance * distance / 2
      }
      return loss
    }
  }

  private static func scheme(
    _ rules: [(own: Double, cap: Double?)], group: PointScheme.Bounds = PointScheme.Bounds(),
    category: PointScheme.Bounds = PointScheme.Bounds()
  ) -> PointScheme {
    PointScheme(
      rules: rules.map {
        PointScheme.Rule(group: 0, bounds: PointScheme.Bounds(cap: $0.cap), own: $0.own)
      },
      groups: [PointScheme.Group(category: 0, bounds: group)],
      categories: [PointScheme.Category(bounds: category)], needed: 60, top: 60)
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func historySaysOfACappedRuleWhatIsLearned(seed: UInt64) throws {
    let leads = Counted(
      Self.scheme([(1, 15), (10, nil)]), truth: [5, 10], most: [20, 1], seed: seed)
    let learned = try leads.learned()
    let range = try #require(learned.intervals)[0]
    #expect((4...6) ~= learned.points[0])
    #expect(range.contains(learned.points[0]), "\(learned.points) in \(range)")
    #expect(range.contains(5 * 0.1 / learned.line.slope) && !range.contains(1), "\(range)")
  }

  /// All values of both rules, fifth of a point by fifth of a point.
  @Test(
    arguments: [(8, nil, nil, 5), (15, nil, nil, -5), (nil, 12, nil, 3), (8, nil, 12, -3)]
      as [(Double?, Double?, Double?, Int)])
  func rangesAreThoseOfTheWholeLikelihood(
    cap: Double?, group: Double?, category: Double?, most: Int
  ) throws {
    let leads = Counted(
      Self.scheme(
        [(2, cap), (4, nil)], group: PointScheme.Bounds(cap: group),
        category: PointScheme.Bounds(cap: category)),
      truth: [3, 5], most: [most, 2], count: 1_000, seed: 9)
    let learned = try leads.learned()
    let ranges = try #require(learned.intervals)
    let values = (-10...60).map { Double($0) / 5 }
    var least = [[Double]](
      repeating: [Double](repeating: .infinity, count: values.count), count: 2)
    for (first, one) in values.enumerated() {
      for (second, other) in values.enumerated() {
        let loss = leads.loss([one, other], slope: learned.line.slope)
        least[0][first] = min(least[0][first], loss)
        least[1][second] = min(least[1][second], loss)
      }
    }
    for rule in 0...1 {
      let allowed = (least[rule].min() ?? 0) + 1.9207
      let within = values.indices.filter { least[rule][$0] <= allowed }.map { values[$0] }
      let (low, high) = (try #require(within.first), try #require(within.last))
      #expect(abs(ranges[rule].lowerBound - low) < 0.45, "\(ranges) \(low)…\(high)")
      #expect(abs(ranges[rule].upperBound - high) < 0.45, "\(ranges) \(low)…\(high)")
    }
  }

  /// Every whole number for both rules, tried one by one.
  @Test(
    arguments: [(8, nil, nil, 5), (15, nil, nil, -6), (nil, 12, nil, 3), (8, 14, 12, -3)]
      as [(Double?, Double?, Double?, Int)], [31, 32] as [UInt64])
  func noOtherWholePointsUnderBoundsCostLess(
    bounds: (Double?, Double?, Double?, Int), seed: UInt64
  ) throws {
    let leads = Counted(
      Self.scheme(
        [(1, bounds.0), (8, nil)], group: PointScheme.Bounds(cap: bounds.1),
        category: PointScheme.Bounds(cap: bounds.2)),
      truth: [4, 3], most: [bounds.3, 2], seed: seed)
    let learned = try leads.learned()
    var objective = leads.objective
    objective.reachShare = 1
    var least = Double.infinity
    for first in -60...60 {
      for second in -60...60 {
        if let value = objective.value([Double(first), Double(second)]) {
          least = min(least, value.cost)
        }
      }
    }
    #expect(try #require(objective.value(learned.points)).cost <= least + 0.1)
  }

  @Test(arguments: [(2, 6), (9, 9)] as [(Double, Double)])
  func ofValuesThatGiveTheSameTheNearestToTheUsersOwnIsTaken(own: Double, expected: Double) throws {
    let leads = Counted(
      Self.scheme([(own, 6), (10, nil)]), truth: [9, 10], most: [1, 1], count: 20_000, seed: 3)
    let learned = try leads.learned()
    #expect(learned.points[0] == expected)
    let range = try #require(learned.intervals)[0]
    #expect(range.upperBound == expected, "\(range)")
  }
}
