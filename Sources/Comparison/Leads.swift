import Metrics
import Reports

/// The leads under comparison, one index a lead.
struct Leads {
  let labels: [UInt8]
  let probabilities: [Double]
  let ruleScores: [Double]
  let weights: [Double]?

  /// The same number of leads taken from the top of each ranking.
  ///
  /// Where a cut goes through leads of equal score, each of those is on the list with the same chance,
  /// independently for model and rules; the groups' numbers are the expected ones.
  ///
  /// The interval comes from the buyers that one list finds and the other does not, taken as so many
  /// tosses of a coin, with continuity correction (McNemar 1947, Edwards 1948): what both lists find
  /// cancels. It leaves out 0 where McNemar's test rejects, which at small numbers is where the exact
  /// sign test does. Where both lists find the very same buyers it is 0 to 0.
  func top(
    share: Double, byModel: Ranking, byRules: Ranking, level: Double = 0.95
  ) -> ComparisonReport.Top? {
    guard let model = byModel.top(share: share), let rules = byRules.top(share: share) else {
      return nil
    }
    var (both, modelOnly, rulesOnly) = (Sums(), Sums(), Sums())
    var (difference, squares) = (0.0, 0.0)
    for row in labels.indices {
      let onModel = chance(probabilities[row], model)
      let onRules = chance(ruleScores[row], rules)
      guard onModel > 0 || onRules > 0 else { continue }
      let weight = weights?[row] ?? 1
      let isWon = labels[row] != 0
      both.add(weight * onModel * onRules, isWon)
      modelOnly.add(weight * onModel * (1 - onRules), isWon)
      rulesOnly.add(weight * (1 - onModel) * onRules, isWon)
      if isWon {
        difference += weight * (onModel - onRules)
        squares += weight * (onModel - onRules) * (onModel - onRules)
      }
    }
    let interval = interval(difference, squares: squares, won: byModel.won, level: level)
    return ComparisonReport.Top(
      share: share, leads: model.leads, both: both.group, modelOnly: modelOnly.group,
      rulesOnly: rulesOnly.group, difference: difference, interval: interval)
  }

  private func interval(
    _ difference: Double, squares: Double, won: Double, level: Double
  ) -> ConfidenceInterval {
    guard squares > 0, won > 0 else {
      return ConfidenceInterval(low: 0, high: 0, level: level)
    }
    let normal = ConfidenceInterval.normal(
      around: difference, standardError: squares.squareRoot(), level: level)
    // One buyer of correction on either side.
    return ConfidenceInterval(
      low: max(-won, normal.low - 1), high: min(won, normal.high + 1), level: level)
  }

  /// How likely a lead of this score is to be on the list.
  private func chance(_ score: Double, _ top: TopShare) -> Double {
    if score > top.cutScore { return 1 }
    return score == top.cutScore ? top.leadsTakenAtCut / top.leadsLevelAtCut : 0
  }

  // MARK: Bands of the rule score

  /// Up to this many distinct rule scores are shown one by one.
  private static let singleScores = 12
  /// More are shown in bands of a round width, at most this many and one for the part at either end.
  private static let bandCount = 10.0

  /// Conversions by rule score, highest first.
  func ruleBands(ranking: Ranking, level: Double = 0.95) -> [ComparisonReport.ScoreBand] {
    let present = ranking.ties.filter { $0.leads > 0 }
    guard let highest = present.first?.score, let lowest = present.last?.score else { return [] }
    let step = present.count > Self.singleScores ? roundStep(highest - lowest) : nil
    var bandOfTie: [Int] = []
    var bands: [Band] = []
    var key: Double?
    for tie in ranking.ties {
      let own = step.map { (tie.score / $0).rounded(.down) } ?? tie.score
      if tie.leads > 0 {
        if own != key { bands.append(Band()) }
        key = own
        bands[bands.count - 1].add(tie)
      }
      bandOfTie.append(max(0, bands.count - 1))
    }
    for row in labels.indices {
      let weight = weights?[row] ?? 1
      bands[bandOfTie[Int(ranking.tieOfRow[row])]].probabilities += weight * probabilities[row]
    }
    return bands.compactMap { $0.closed(level: level) }
  }

  /// The smallest of 1, 2, 5, 10, 20, … (and tenths of them) that makes few enough bands.
  private func roundStep(_ range: Double) -> Double {
    // Kept within the range of normal numbers, so that the loops end and the step is above 0.
    let wanted =
      min(
        max(range, .leastNormalMagnitude), .greatestFiniteMagnitude) / Self.bandCount
    var power = 1.0
    while power > wanted, power > .leastNormalMagnitude * 10 { power /= 10 }
    while power * 10 <= wanted { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= wanted } ?? 10 * power
  }
}

private struct Sums {
  private var leads = 0.0
  private var conversions = 0.0

  var group: ComparisonReport.Group {
    ComparisonReport.Group(leads: leads, conversions: conversions)
  }

  mutating func add(_ weight: Double, _ isWon: Bool) {
    leads += weight
    if isWon { conversions += weight }
  }
}

private struct Band {
  private var lowest = Double.infinity
  private var highest = -Double.infinity
  private var leads = 0.0
  private var conversions = 0.0
  var probabilities = 0.0

  mutating func add(_ tie: Ranking.Tie) {
    lowest = min(lowest, tie.score)
    highest = max(highest, tie.score)
    leads += tie.leads
    conversions += tie.won
  }

  func closed(level: Double) -> ComparisonReport.ScoreBand? {
    guard
      let interval = ConfidenceInterval.wilson(
        conversions: conversions, leads: leads, level: level)
    else { return nil }
    return ComparisonReport.ScoreBand(
      lowest: lowest, highest: highest, leads: leads, conversions: conversions,
      conversionRate: conversions / leads, interval: interval,
      meanProbability: probabilities / leads)
  }
}
