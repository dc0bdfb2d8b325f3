import Glibc

@testable import PointLearning

/// Made-up leads with yes/no rules whose log-odds are known.
struct PlantedLeads {
  var amounts: [[Double]]
  var labels: [UInt8]

  /// - Parameters:
  ///   - logOdds: of each rule.
  ///   - shares: how often each rule holds.
  init(count: Int, seed: UInt64, intercept: Double, logOdds: [Double], shares: [Double]) {
    var source = SplitMix(seed: seed)
    amounts = shares.map { share in (0..<count).map { _ in source.share() < share ? 1 : 0 } }
    labels = []
    for row in 0..<count {
      var raw = intercept
      for (logOdds, amounts) in zip(logOdds, amounts) { raw += logOdds * amounts[row] }
      labels.append(source.share() < 1 / (1 + exp(-raw)) ? 1 : 0)
    }
  }

  var rowCount: Int { labels.count }
  var patterns: PointPatterns { PointPatterns(rowCount: rowCount, amounts: amounts) }
  var leads: PointLeads {
    PointLeads(labels: labels, weights: labels.map { _ in 1 })
  }

  /// One group without caps.
  func scheme(own: [Double], needed: Double = 0, top: Double = 100) -> PointScheme {
    PointScheme(
      rules: own.map { PointScheme.Rule(group: 0, own: $0) },
      groups: [PointScheme.Group(category: 0)], categories: [PointScheme.Category()],
      needed: needed, top: own.contains { $0 != 0 } ? top : nil)
  }

  func learned(
    own: [Double], needed: Double = 0, top: Double = 100
  ) throws -> LearnedPoints {
    let patterns = patterns
    return try PointLearner().learn(
      patterns, outcomes: patterns.outcomes(leads),
      scheme: scheme(own: own, needed: needed, top: top))
  }
}
