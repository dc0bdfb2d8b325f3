import Glibc
import LogisticTraining
import Metrics
import Parallel
import Testing

@testable import PointLearning

@Suite struct PointLearnerTests {
  /// Ten points a log-odds; the rules hold of many and of few.
  private let own: [Double] = [10, 5, -10, 20, 5]
  private let shares = [0.5, 0.3, 0.4, 0.1, 0.7]

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func pointsThatAreRightStayAsTheyAre(seed: UInt64) throws {
    let leads = PlantedLeads(
      count: 4_000, seed: seed, intercept: -2, logOdds: own.map { $0 / 10 }, shares: shares)
    let learned = try leads.learned(own: own)
    #expect(learned.points == own)
    #expect(abs(learned.line.slope - 0.1) < 0.02)
  }

  @Test func theWrongLineIsChangedAndTheOthersStay() throws {
    var truth = own.map { $0 / 10 }
    truth[1] = -1
    let leads = PlantedLeads(
      count: 6_000, seed: 7, intercept: -2, logOdds: truth, shares: shares)
    let learned = try leads.learned(own: own)
    #expect(learned.points[0] == 10 && learned.points[2] == -10 && learned.points[4] == 5)
    #expect((-14)...(-7) ~= learned.points[1])
    let interval = try #require(learned.intervals)[1]
    #expect(interval.contains(-10) && !interval.contains(5))
  }

  @Test func withFewConversionsTheUsersPointsStandLonger() throws {
    var truth = own.map { $0 / 10 }
    truth[3] = 0.4
    func distance(_ count: Int) throws -> Double {
      let leads = PlantedLeads(
        count: count, seed: 11, intercept: -2.5, logOdds: truth, shares: shares)
      return try abs(leads.learned(own: own).points[3] - own[3])
    }
    #expect(try distance(120) == 0)
    #expect(try distance(20_000) > 10)
  }

  /// Every whole number for every rule, tried one by one.
  @Test(arguments: [21, 22, 23, 24, 25, 26] as [UInt64])
  func noOtherWholePointsCostLess(seed: UInt64) throws {
    let own: [Double] = [6, 3, 2]
    let leads = PlantedLeads(
      count: 1_500, seed: seed, intercept: -1, logOdds: [0.9, -0.7, 1.4], shares: [0.5, 0.4, 0.2])
    let patterns = leads.patterns
    let scheme = leads.scheme(own: own)
    let objective = PointObjective(
      scheme: scheme, amounts: patterns.amounts, outcomes: patterns.outcomes(leads.leads),
      options: PointOptions(), candidates: 0)
    let limit = 12.0
    var least = Double.infinity
    let range = stride(from: -limit, through: limit, by: 1)
    for first in range {
      for second in range {
        for third in range {
          if let value = objective.value([first, second, third]) { least = min(least, value.cost) }
        }
      }
    }
    let learned = try leads.learned(own: own)
    let found = try #require(objective.value(learned.points)).cost
    // One rule at a time may end a little above the best of all; a tenth of a nat tells nobody anything.
    #expect(found <= least + 0.1)
  }

  @Test func lossIsNearTheUnrestrictedRegressionOnTheSameRules() throws {
    let truth = [0.3, 0.55, 0.45, 0.25, 2.05, 0.25, 0.75, 1.45, 0.3]
    let shares = [0.25, 0.45, 0.84, 0.28, 0.03, 0.18, 0.65, 0.04, 0.65]
    let own: [Double] = [5, 5, 5, 5, 20, 10, 5, 10, 5]
    let leads = PlantedLeads(
      count: 20_000, seed: 5, intercept: -3.9, logOdds: truth, shares: shares)
    let patterns = leads.patterns
    let outcomes = patterns.outcomes(leads.leads)
    let free = try PointFit(
      amounts: patterns.amounts, outcomes: outcomes, means: own.map { _ in 0 },
      precisions: own.map { _ in 1e-6 }, isFixed: own.map { _ in false })
    let learned = try leads.learned(own: own)
    func loss(_ probability: (Int) -> Double) throws -> Double {
      try #require(
        logLoss(
          labels: leads.labels,
          probabilities: patterns.patternOfRow.map { probability(Int($0)) }))
    }
    let totals = leads.scheme(own: own).totals(learned.points, amounts: patterns.amounts)
    let unrestricted = try loss { 1 / (1 + exp(-free.rawPredictions[$0])) }
    let byPoints = try loss { learned.line.probability(totals[$0]) }
    let byOwn = try loss { pattern in
      try! PointLearner().line(own, patterns, outcomes: outcomes, scheme: leads.scheme(own: own))
        .probability(leads.scheme(own: own).totals(own, amounts: patterns.amounts)[pattern])
    }
    #expect(byPoints < unrestricted * 1.005)
    #expect(byOwn > unrestricted * 1.01)
  }

  @Test func fromNothingPointsAreSmallAndWhole() throws {
    let leads = PlantedLeads(
      count: 5_000, seed: 9, intercept: -2, logOdds: [1, 0.5, -1, 0], shares: [0.5, 0.3, 0.4, 0.5])
    let patterns = leads.patterns
    let learned = try PointLearner().learn(
      patterns, outcomes: patterns.outcomes(leads.leads), scheme: leads.scheme(own: [0, 0, 0, 0]))
    #expect(learned.points.allSatisfy { $0 == $0.rounded() && abs($0) <= 10 })
    #expect(learned.points[0] > learned.points[1] && learned.points[1] > 0)
    #expect(learned.points[2] < 0)
    #expect(learned.points[3] == 0)
  }

  @Test func rulesThatAreFixedKeepTheirPoints() throws {
    let leads = PlantedLeads(
      count: 5_000, seed: 13, intercept: -2, logOdds: [1, -2], shares: [0.5, 0.4])
    let patterns = leads.patterns
    let scheme = PointScheme(
      rules: [
        PointScheme.Rule(group: 0, own: 10), PointScheme.Rule(group: 0, own: 10, isFixed: true),
      ], groups: [PointScheme.Group(category: 0)], categories: [PointScheme.Category()],
      top: 20)
    let learned = try PointLearner().learn(
      patterns, outcomes: patterns.outcomes(leads.leads), scheme: scheme)
    #expect(learned.points[1] == 10)
  }

  @Test func whatIsNeededStaysWithinReach() throws {
    let leads = PlantedLeads(
      count: 8_000, seed: 17, intercept: -2, logOdds: [1, 0, 0, 1.2], shares: [0.5, 0.3, 0.4, 0.5])
    let own: [Double] = [10, 10, 10, 10]
    func most(_ needed: Double) throws -> Double {
      try leads.learned(own: own, needed: needed).points.filter { $0 > 0 }.reduce(0, +)
    }
    #expect(try most(0) < 36)
    #expect(try most(36) >= 36)
    // No more than the user's own points come to.
    #expect(try most(400) >= 40)
  }

  /// The best whole points within a full scale, every combination tried.
  @Test(arguments: [51, 52, 53] as [UInt64])
  func aFullScaleIsNotLeft(seed: UInt64) throws {
    let own: [Double] = [4, 4, 4]
    let leads = PlantedLeads(
      count: 6_000, seed: seed, intercept: -1, logOdds: [1.6, 0.8, 0.2], shares: [0.5, 0.4, 0.3])
    let patterns = leads.patterns
    let objective = PointObjective(
      scheme: leads.scheme(own: own, top: 12), amounts: patterns.amounts,
      outcomes: patterns.outcomes(leads.leads), options: PointOptions(), candidates: 0)
    let learned = try leads.learned(own: own, top: 12)
    #expect(learned.points.filter { $0 > 0 }.reduce(0, +) <= 12)
    #expect(objective.value([9, 4, 4]) == nil)
    var least = Double.infinity
    for choice in 0..<2_197 {
      let points = [choice / 169, choice / 13 % 13, choice % 13].map(Double.init)
      if let value = objective.value(points) { least = min(least, value.cost) }
    }
    #expect(try #require(objective.value(learned.points)).cost <= least + 0.1)
  }

  @Test func aWeightIsTheSameAsTheLeadTwice() throws {
    let leads = PlantedLeads(
      count: 2_000, seed: 19, intercept: -1, logOdds: [1, -1, 0.2], shares: [0.5, 0.4, 0.3])
    let patterns = leads.patterns
    let scheme = leads.scheme(own: [10, 5, 5])
    let weighted = try PointLearner().learn(
      patterns,
      outcomes: patterns.outcomes(
        PointLeads(labels: leads.labels, weights: leads.labels.map { $0 == 1 ? 2 : 1 })),
      scheme: scheme)
    var twice = leads
    for row in leads.labels.indices where leads.labels[row] == 1 {
      twice.labels.append(1)
      for rule in twice.amounts.indices { twice.amounts[rule].append(leads.amounts[rule][row]) }
    }
    let repeated = try twice.learned(own: [10, 5, 5])
    #expect(weighted.points == repeated.points)
    #expect(abs(weighted.loss - repeated.loss) < 1e-6)
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let leads = PlantedLeads(
      count: 3_000, seed: 29, intercept: -2, logOdds: [1, 0.2, -0.4, 2, 0],
      shares: shares)
    let patterns = leads.patterns
    let outcomes = patterns.outcomes(leads.leads)
    let learned = try [1, 3].map { threads in
      try PointLearner().learn(
        patterns, outcomes: outcomes, scheme: leads.scheme(own: own),
        pool: WorkerPool(threadCount: threads))
    }
    #expect(learned[0] == learned[1])
  }

  @Test func outcomesOfOneKindAreRefused() throws {
    var leads = PlantedLeads(
      count: 50, seed: 1, intercept: 0, logOdds: [1], shares: [0.5])
    leads.labels = leads.labels.map { _ in 1 }
    #expect(throws: PointLearningError.oneOutcome) { try leads.learned(own: [10]) }
    #expect(throws: PointLearningError.self) { try PointLearner(PointOptions(ownDeviation: 0)) }
  }
}
