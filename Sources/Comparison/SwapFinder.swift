import Metrics
import Reports

/// Finds leads that one score surely puts at the top and the other surely does not.
struct SwapFinder {
  let leads: ComparedLeads
  let byModel: Ranking
  let byRules: Ranking

  /// - Returns: `nil` without leads.
  func lists(
    share: Double, count: Int, describe: ([Int]) throws -> [LeadDescription]
  ) throws -> SwapLists? {
    guard let model = byModel.top(share: share), let rules = byRules.top(share: share) else {
      return nil
    }
    let (modelPlaces, rulesPlaces) = (byModel.places, byRules.places)
    func first(
      _ scores: [Double], on own: TopShare, _ others: [Double], off other: TopShare,
      _ places: [Double]
    ) -> [Int] {
      let rows = scores.indices.filter {
        own.takesSurely(scores[$0]) && others[$0] < other.cutScore
          && (leads.weights?[$0] ?? 1) > 0
      }
      return Array(rows.sorted { (places[$0], $0) < (places[$1], $1) }.prefix(count))
    }
    let modelOnly = first(
      leads.probabilities, on: model, leads.ruleScores, off: rules, modelPlaces)
    let rulesOnly = first(
      leads.ruleScores, on: rules, leads.probabilities, off: model, rulesPlaces)
    let rows = modelOnly + rulesOnly
    let described = zip(rows, try describe(rows)).map { row, description in
      SwapLists.Lead(
        id: description.id, converted: leads.labels[row] != 0,
        probability: leads.probabilities[row], ruleScore: leads.ruleScores[row],
        placeOfModel: modelPlaces[row], placeOfRules: rulesPlaces[row],
        reasons: description.reasons, ruleReasons: description.ruleReasons)
    }
    return SwapLists(
      share: share, modelOnly: Array(described.prefix(modelOnly.count)),
      rulesOnly: Array(described.dropFirst(modelOnly.count)))
  }
}

extension TopShare {
  /// Whether a lead of this score is on the list whatever the draw within a tie.
  fileprivate func takesSurely(_ score: Double) -> Bool {
    score > cutScore || (score == cutScore && isExact)
  }
}
