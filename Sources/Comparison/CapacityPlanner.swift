import Metrics
import Reports

/// What working the lists to different depths brings.
struct CapacityPlanner {
  let leads: ComparedLeads
  let byModel: Ranking
  let byRules: Ranking
  let options: ComparisonOptions

  /// Depths that are shown, as shares of the leads.
  private static let shares = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1]

  func plan() -> CapacityPlan {
    let amounts = amounts
    let model = RankedTotals(byModel, labels: leads.labels, weights: leads.weights, amounts)
    let rules = RankedTotals(byRules, labels: leads.labels, weights: leads.weights, amounts)
    let together = RankedTotals(
      Ranking(
        labels: leads.labels, scores: meanPlaces.map { -$0 }, weights: leads.weights),
      labels: leads.labels, weights: leads.weights, amounts)
    let lists = Leads(
      labels: leads.labels, probabilities: leads.probabilities, ruleScores: leads.ruleScores,
      weights: leads.weights)
    func step(_ share: Double) -> CapacityPlan.Step? {
      guard let top = lists.top(share: share, byModel: byModel, byRules: byRules) else {
        return nil
      }
      return CapacityPlan.Step(
        share: share, leads: top.leads, model: worked(model, top.leads),
        rules: worked(rules, top.leads),
        together: worked(together, top.leads, hasThreshold: false),
        either: ComparisonReport.Group(
          leads: top.both.leads + top.modelOnly.leads + top.rulesOnly.leads,
          conversions: top.both.conversions + top.modelOnly.conversions
            + top.rulesOnly.conversions),
        both: top.both)
    }
    let steps = Self.shares.filter { $0 * byModel.leads >= 1 }.compactMap(step)
    return CapacityPlan(
      capacity: options.capacity,
      asked: options.capacity.flatMap { step(min(1, $0.leads / ($0.outOf ?? byModel.leads))) },
      steps: steps,
      valuePerConversion: leads.values == nil ? options.valuePerConversion : nil,
      valueColumn: leads.values?.column, costPerContact: options.costPerContact,
      bestOfModel: amounts.map { _ in best(model) }, bestOfRules: amounts.map { _ in best(rules) })
  }

  /// What each lead is worth if it converts; `nil` where nothing says so.
  private var amounts: [Double]? {
    leads.values?.amounts
      ?? options.valuePerConversion.map {
        [Double](repeating: $0, count: leads.labels.count)
      }
  }

  private var meanPlaces: [Double] {
    zip(byModel.places, byRules.places).map { ($0 + $1) / 2 }
  }

  private func worked(
    _ totals: RankedTotals, _ wanted: Double, hasThreshold: Bool = true
  ) -> CapacityPlan.Worked {
    let found = totals.at(wanted)
    let all = totals.ranking.won
    return CapacityPlan.Worked(
      threshold: hasThreshold ? found.score : nil, conversions: found.won,
      missed: all - found.won, precision: found.won / wanted,
      interval: .wilson(conversions: found.won, leads: wanted)
        ?? ConfidenceInterval(low: 0, high: 1), recall: all > 0 ? found.won / all : nil,
      value: found.value, net: found.value.map { $0 - options.costPerContact * wanted })
  }

  /// The cut between two scores with the highest net value; the fewest leads of several.
  private func best(_ totals: RankedTotals) -> CapacityPlan.Best {
    var best = CapacityPlan.Best(threshold: nil, leads: 0, conversions: 0, net: 0)
    for cut in totals.cuts {
      let net = (cut.value ?? 0) - options.costPerContact * cut.leads
      if net > best.net {
        best = CapacityPlan.Best(
          threshold: cut.score, leads: cut.leads, conversions: cut.won, net: net)
      }
    }
    return best
  }
}

/// Leads, conversions and their value down a ranking.
struct RankedTotals {
  struct Cut {
    /// The lowest score taken.
    let score: Double
    let leads: Double
    let won: Double
    /// `nil` without values.
    let value: Double?
  }

  let ranking: Ranking
  /// All leads of each score and of those above.
  let cuts: [Cut]

  init(_ ranking: Ranking, labels: [UInt8], weights: [Double]?, _ amounts: [Double]?) {
    self.ranking = ranking
    var values = amounts.map { _ in [Double](repeating: 0, count: ranking.ties.count) }
    if let amounts {
      for row in labels.indices where labels[row] != 0 {
        values?[Int(ranking.tieOfRow[row])] += (weights?[row] ?? 1) * amounts[row]
      }
    }
    var (leads, won, value) = (0.0, 0.0, 0.0)
    cuts = ranking.ties.enumerated().map { index, tie in
      leads += tie.leads
      won += tie.won
      if let values { value += values[index] }
      return Cut(score: tie.score, leads: leads, won: won, value: values == nil ? nil : value)
    }
  }

  /// The first `wanted` leads; those level at the cut at random, in expectation.
  func at(_ wanted: Double) -> Cut {
    var previous = Cut(score: .infinity, leads: 0, won: 0, value: 0)
    for cut in cuts {
      if cut.leads >= wanted, cut.leads > previous.leads {
        let share = (wanted - previous.leads) / (cut.leads - previous.leads)
        return Cut(
          score: cut.score, leads: wanted, won: previous.won + share * (cut.won - previous.won),
          value: cut.value.map {
            (previous.value ?? 0) + share * ($0 - (previous.value ?? 0))
          })
      }
      previous = cut
    }
    return previous
  }
}

extension Ranking {
  /// Each row's place from the top, from 1; leads of equal score share the mean of their places.
  var places: [Double] {
    var above = 0.0
    let middles = ties.map { tie in
      let middle = above + (tie.leads + 1) / 2
      above += tie.leads
      return middle
    }
    return tieOfRow.map { middles[Int($0)] }
  }
}
