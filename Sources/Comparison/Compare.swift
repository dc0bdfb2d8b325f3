import Metrics
import Reports

/// Judges rule score and model on the same leads. Reads, never fits.
///
/// - Parameters:
///   - labels: 1 won, 0 lost; open leads have no place here. One a lead.
///   - probabilities: the model's, 0 to 1; from held-out or out-of-fold predictions, or on new data.
///   - ruleScores: the rules' points, on any scale, higher is better; finite.
///   - weights: how many times each lead counts; `nil` counts each once.
///   - population: which leads these are.
///   - model: the model's name, `bank@v0001`.
///   - rules: the rule file's name, or the points column's.
///   - shares: of the leads worked from the top, each above 0 and at most 1; `headlineShare` is added
///     where it is missing.
///   - headlineShare: the share whose figures answer the question in one sentence.
///   - cautions: what the reader must know about the leads or scores; listed before its own.
///   - combined: both scores put together by a fit, one a lead.
/// - Throws: `ComparisonError`.
public func compare(
  labels: [UInt8], probabilities: [Double], ruleScores: [Double], weights: [Double]? = nil,
  population: ComparisonReport.Population, model: String? = nil, rules: String? = nil,
  shares: [Double] = [0.05, 0.1, 0.2, 0.3, 0.5], headlineShare: Double = 0.2,
  cautions: [ComparisonCaution] = [], combined: CombinedScores? = nil
) throws -> ComparisonReport {
  try check(labels, probabilities, ruleScores, weights)
  let shares = Set(shares + [headlineShare]).sorted()
  if let odd = shares.first(where: { !($0 > 0 && $0 <= 1) }) {
    throw ComparisonError.share(found: odd)
  }
  let byModel = Ranking(labels: labels, scores: probabilities, weights: weights)
  let byRules = Ranking(labels: labels, scores: ruleScores, weights: weights)
  guard let baseRate = byModel.baseRate,
    let loss = logLoss(labels: labels, probabilities: probabilities, weights: weights),
    let baseLoss = logLoss(
      labels: [1, 0], probabilities: [baseRate, baseRate], weights: [byModel.won, byModel.lost]),
    let brier = brierScore(labels: labels, probabilities: probabilities, weights: weights)
  else { throw ComparisonError.noLeads }
  let leads = Leads(
    labels: labels, probabilities: probabilities, ruleScores: ruleScores, weights: weights)
  let tops = shares.compactMap { share in
    leads.top(share: share, byModel: byModel, byRules: byRules)
  }
  var report = ComparisonReport(
    population: population, model: model, rules: rules, leads: byModel.leads,
    conversions: byModel.won, baseRate: baseRate, byModel: .init(byModel, shares: shares),
    byRules: .init(byRules, shares: shares),
    aucTest: pairedAUCTest(labels: labels, first: byModel, second: byRules, weights: weights),
    logLoss: loss, baseRateLogLoss: baseLoss, brier: brier, tops: tops,
    headlineShare: headlineShare,
    verdict: verdict(tops.first { $0.share == headlineShare }, byModel),
    ruleBands: leads.ruleBands(ranking: byRules),
    cautions: cautions + ownCautions(byModel: byModel, byRules: byRules))
  report.combined = combined?.figures(
    labels: labels, model: probabilities, weights: weights, byModel: byModel, byRules: byRules,
    shares: shares)
  return report
}

private func check(
  _ labels: [UInt8], _ probabilities: [Double], _ ruleScores: [Double], _ weights: [Double]?
) throws {
  guard labels.count == probabilities.count, labels.count == ruleScores.count else {
    throw ComparisonError.countsDiffer(
      labels: labels.count, probabilities: probabilities.count, ruleScores: ruleScores.count)
  }
  if let row = probabilities.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
    throw ComparisonError.probability(row: row + 1, found: probabilities[row])
  }
  if let row = ruleScores.firstIndex(where: { !$0.isFinite }) {
    throw ComparisonError.ruleScore(row: row + 1)
  }
  guard let weights else { return }
  guard weights.count == labels.count else {
    throw ComparisonError.weightCount(expected: labels.count, found: weights.count)
  }
  if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
    throw ComparisonError.weight(row: row + 1, found: weights[row])
  }
}

private func verdict(
  _ top: ComparisonReport.Top?, _ ranking: Ranking
) -> ComparisonReport.Verdict {
  guard let top, ranking.hasBothClasses else { return .undefined }
  if top.interval.low > 0 { return .modelFindsMore }
  return top.interval.high < 0 ? .rulesFindMore : .notDistinguishable
}

/// Below this many of the rarer class, intervals are so wide that few differences can be told.
private let fewLeads = 20.0

private func ownCautions(byModel: Ranking, byRules: Ranking) -> [ComparisonCaution] {
  var cautions: [ComparisonCaution] = []
  if byModel.hasBothClasses, byModel.won < fewLeads {
    cautions.append(.fewConversions(byModel.won))
  } else if byModel.hasBothClasses, byModel.lost < fewLeads {
    cautions.append(.fewOthers(byModel.lost))
  }
  if byRules.ties.filter({ $0.leads > 0 }).count == 1, byRules.leads > 1 {
    cautions.append(.rulesDoNotRank)
  }
  return cautions
}
