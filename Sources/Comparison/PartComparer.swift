import Metrics
import Reports
import Tables

/// Compares rules and model on parts of the leads.
struct PartComparer {
  let leads: ComparedLeads
  let headlineShare: Double

  /// Below this many of the rarer class, a part's figures tell nothing.
  private static let fewest = 20.0
  /// Values that are shown one by one; more of them nobody reads.
  private static let mostParts = 12
  /// Months that are shown; two years.
  private static let mostOrdered = 24

  func part(_ name: String, rows: [Int]) -> ComparedPart {
    let labels = rows.map { leads.labels[$0] }
    let probabilities = rows.map { leads.probabilities[$0] }
    let ruleScores = rows.map { leads.ruleScores[$0] }
    let weights = leads.weights.map { all in rows.map { all[$0] } }
    let byModel = Ranking(labels: labels, scores: probabilities, weights: weights)
    let byRules = Ranking(labels: labels, scores: ruleScores, weights: weights)
    let test = pairedAUCTest(labels: labels, first: byModel, second: byRules, weights: weights)
    let (model, rules) = (byModel.auc(), byRules.auc())
    return ComparedPart(
      name: name, leads: byModel.leads, conversions: byModel.won, modelAUC: model, rulesAUC: rules,
      aucTest: test,
      top: byModel.hasBothClasses
        ? Leads(
          labels: labels, probabilities: probabilities, ruleScores: ruleScores, weights: weights
        ).top(share: headlineShare, byModel: byModel, byRules: byRules) : nil,
      meanProbability: mean(probabilities, weights), meanRuleScore: mean(ruleScores, weights),
      flag: flag(byModel, model: model, rules: rules, test: test))
  }

  private func flag(
    _ ranking: Ranking, model: AUCEstimate?, rules: AUCEstimate?, test: PairedAUCTest?
  ) -> ComparedPart.Flag {
    guard min(ranking.won, ranking.lost) >= Self.fewest, let test,
      let modelLow = model?.interval?.low, let rulesLow = rules?.interval?.low
    else { return .tooFew }
    switch (modelLow <= 0.5, rulesLow <= 0.5) {
    case (true, true): return .bothFail
    case (true, false): return .modelFails
    case (false, true): return .rulesFail
    case (false, false):
      guard test.isDistinguishable else { return .level }
      return test.difference > 0 ? .modelBetter : .rulesBetter
    }
  }

  private func mean(_ values: [Double], _ weights: [Double]?) -> Double? {
    var (sum, all) = (0.0, 0.0)
    for (row, value) in values.enumerated() {
      let weight = weights?[row] ?? 1
      sum += weight * value
      all += weight
    }
    return all > 0 ? sum / all : nil
  }

  func segment(_ column: ComparedLeads.SegmentColumn) -> Segment {
    let rows = Self.rows(column.values)
    var shown = rows.indices.filter { !rows[$0].isEmpty }
    if column.isOrdered {
      shown = Array(shown.suffix(Self.mostOrdered))
    } else {
      shown.sort { (-rows[$0].count, $0) < (-rows[$1].count, $1) }
      shown = Array(shown.prefix(Self.mostParts))
    }
    let names = column.values.levels + [""]
    let kept = Set(shown)
    return Segment(
      column: column.name, parts: shown.map { part(names[$0], rows: rows[$0]) },
      others: rows.indices.filter { !kept.contains($0) }.reduce(0) { sum, index in
        sum + rows[index].reduce(0) { $0 + (leads.weights?[$1] ?? 1) }
      })
  }

  /// The rows of each level, and behind them those without one.
  private static func rows(_ values: CategoryValues) -> [[Int]] {
    var rows = [[Int]](repeating: [], count: values.levels.count + 1)
    for (row, code) in values.codes.enumerated() {
      rows[code < 0 ? values.levels.count : Int(code)].append(row)
    }
    return rows
  }

  // MARK: Stages and grades

  /// From the leads below every stage upwards.
  func stages(_ values: CategoryValues) -> [ScoreCell] {
    let rows = Self.rows(values)
    let below = rows[values.levels.count]
    return (below.isEmpty ? [] : [cell("", rows: below)])
      + values.levels.indices.map { cell(values.levels[$0], rows: rows[$0]) }
  }

  func grid(_ grades: ComparedLeads.Grades) -> GradeGrid {
    let names = grades.rows.flatMap { row in grades.columns.map { row + $0 } }
    let rows = Self.rows(CategoryValues(codes: grades.codes, levels: names))
    return GradeGrid(
      rowCategory: grades.rowCategory, columnCategory: grades.columnCategory, rows: grades.rows,
      columns: grades.columns, cells: names.indices.map { cell(names[$0], rows: rows[$0]) })
  }

  private func cell(_ name: String, rows: [Int]) -> ScoreCell {
    let weights = leads.weights.map { all in rows.map { all[$0] } }
    let probabilities = rows.map { leads.probabilities[$0] }
    let ranking = Ranking(
      labels: rows.map { leads.labels[$0] }, scores: probabilities, weights: weights)
    return ScoreCell(
      name: name, leads: ranking.leads, conversions: ranking.won,
      conversionRate: ranking.baseRate,
      interval: .wilson(conversions: ranking.won, leads: ranking.leads),
      meanProbability: mean(probabilities, weights), aucOfModel: ranking.auc())
  }
}
