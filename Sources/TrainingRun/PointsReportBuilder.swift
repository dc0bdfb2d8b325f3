import Comparison
import Metrics
import PointLearning
import Reports
import Rules

/// Puts together what `points` writes and says.
struct PointsReportBuilder {
  let leads: AuditedLeads
  let plan: FoldPlan
  let trial: PointTrial
  let learned: PointTrial.Learned
  /// As the user named it.
  let rulesPath: String?
  let words: SuggestionWords

  private var history: LeadHistory { trial.history }
  private var ruled: RuledHistory { trial.ruled }
  private var points: [Double] { learned.points.points }
  /// The line of each suggested rule among the points.
  private var suggested: [(rule: SuggestedRule, points: Int)] {
    learned.suggested.enumerated().map { place, candidate in
      (
        trial.candidates.rules[candidate],
        Self.thousandths(points[ruled.scheme.rules.count + place])
      )
    }
  }

  /// The new rule file; `nil` where nothing was found to write.
  /// - Throws: `RuleError` where the user's file can't be changed as it is written.
  func text() throws -> String? {
    guard let file = ruled.file else {
      guard !suggested.isEmpty else { return nil }
      let training = plan.trainingRows
      let won = training.count { history.outcomes[$0] == 1 }
      let groups = [
        SuggestedGroup(
          name: words.inCommon, category: "fit",
          rules: suggested.filter { !$0.rule.isAboutActivities }),
        SuggestedGroup(
          name: words.done, category: "engagement",
          rules: suggested.filter(\.rule.isAboutActivities)),
      ]
      return SuggestedGroup.file(
        groups.filter { !$0.rules.isEmpty },
        comment: words.comment(leads: training.count, won: won))
    }
    var place = 0
    let changed = file.groups.map { group in
      group.rules.map { _ in
        defer { place += 1 }
        return Self.thousandths(points[place])
      }
    }
    guard !suggested.isEmpty else { return try file.edited(ruled.text, points: changed) }
    return try file.edited(
      ruled.text, points: changed,
      adding: SuggestedGroup(
        name: Self.unused(words.suggested, file.groups.map(\.name)),
        category: Self.unused(words.suggested, file.categories.map(\.name)), rules: suggested))
  }

  private static func thousandths(_ points: Double) -> Int { Int((points * 1_000).rounded()) }

  private static func unused(_ name: String, _ taken: [String]) -> String {
    var result = name
    var count = 2
    while taken.contains(result) {
      result = "\(name) \(count)"
      count += 1
    }
    return result
  }

  /// - Parameters:
  ///   - judged: rows of the table that `said` speaks of.
  ///   - written: where `text` is.
  func report(
    judged: [Int], said: PointTrial.Said, written: String?, text: String?
  ) throws -> PointsReport {
    let file = try text.map { try RuleFile.parse($0, fileName: written ?? rulesPath ?? "points") }
    let judge = evidence()
    return PointsReport(
      data: leads.summary, rules: rulesPath, written: written, lines: lines(judge.figures()),
      intercept: learned.points.line.intercept, slope: learned.points.line.slope,
      table: file.map(table) ?? [],
      judgement: try judgement(judged, said), warnings: warnings(file, judge: judge))
  }

  private var changes: [PointsReport.Line.Change] {
    learned.scheme.rules.enumerated().map { place, rule in
      if rule.isSuggested { return .added }
      if rule.isFixed { return .fixed }
      return points[place] == rule.own ? .kept : .changed
    }
  }

  private func lines(_ figures: [RuleFigure]) -> [PointsReport.Line] {
    zip(zip(learned.scheme.rules, changes), zip(points, figures)).enumerated()
      .map { place, line in
        let ((rule, change), (points, figure)) = line
        let interval = learned.points.intervals.map {
          ConfidenceInterval(low: $0[place].lowerBound, high: $0[place].upperBound)
        }
        return PointsReport.Line(
          change: change, oldPoints: rule.isSuggested ? nil : rule.own, newPoints: points,
          interval: rule.isFixed ? nil : interval, evidence: figure,
          why: rule.isSuggested ? nil : ruled.fixed[place])
      }
  }

  /// The leads that points were learned from, under each rule.
  private func evidence() -> RuleJudge {
    var weights = [Double](repeating: 0, count: history.table.rowCount)
    for row in plan.trainingRows { weights[row] = history.weights?[row] ?? 1 }
    var compared = ComparedLeads(
      labels: history.labels, probabilities: [], ruleScores: [], weights: weights)
    let own = zip(ruled.rules, ruled.holding).map { ($0.group.name, $0.rule.name, $1) }
    let new = learned.suggested.map {
      (words.suggested, trial.candidates.rules[$0].name, trial.candidates.candidates[$0].rows)
    }
    compared.rules = zip(own + new, points).map { rule, points in
      ComparedLeads.RuleHits(
        rule: rule.1, group: rule.0, points: points, rows: rule.2.filter { weights[Int($0)] > 0 })
    }
    return RuleJudge(leads: compared)
  }

  /// More steps than this are taken together.
  private static let mostSteps = 2_000.0

  private func table(_ file: RuleFile) -> [PointsReport.Step] {
    let totals = learned.scheme.totals(points, amounts: learned.patterns.amounts)
    let rows = plan.trainingRows.filter { !ruled.disqualified[$0] }
    guard let least = totals.min()?.rounded(.down), let most = totals.max()?.rounded(.up) else {
      return []
    }
    let width = max(1, ((most - least) / Self.mostSteps).rounded(.up))
    let count = Int((most - least) / width) + 1
    var all = [Double](repeating: 0, count: count)
    var won = all
    for row in rows {
      let total = totals[Int(learned.patterns.patternOfRow[row])]
      let step = min(count - 1, Int(((total - least) / width).rounded()))
      let weight = history.weights?[row] ?? 1
      all[step] += weight
      if history.outcomes[row] == 1 { won[step] += weight }
    }
    return (0..<count).map { step in
      let points = least + Double(step) * width
      return PointsReport.Step(
        points: points, score: file.scale.score(Self.thousandths(points)),
        probability: learned.points.line.probability(points), leads: all[step],
        conversions: won[step])
    }
  }

  private func judgement(
    _ rows: [Int], _ said: PointTrial.Said
  ) throws -> PointsReport.Judgement {
    let labels = rows.map { UInt8(history.outcomes[$0] == 1 ? 1 : 0) }
    let weights = history.weights.map { all in rows.map { all[$0] } }
    guard
      let figures = ProbabilityFigures(
        labels: labels, probabilities: said.probabilities, weights: weights)
    else { throw TrainingError.foldWithoutBothOutcomes }
    let hasOwn = !said.ownProbabilities.isEmpty
    let gain =
      hasOwn
      ? logLossDifference(
        labels: labels, first: said.ownProbabilities, second: said.probabilities,
        weights: weights, clusters: plan.clusters.map { all in rows.map { all[$0] } }) : nil
    return PointsReport.Judgement(
      population: plan.heldOutRows.isEmpty ? .outOfFold : .heldOut, leads: figures.leads,
      conversions: figures.conversions, baseRateLogLoss: figures.baseRateLogLoss,
      learnedLogLoss: figures.logLoss,
      ownLogLoss: hasOwn
        ? logLoss(labels: labels, probabilities: said.ownProbabilities, weights: weights) : nil,
      gain: gain, learnedAUC: auc(labels: labels, scores: said.scores, weights: weights),
      auc: hasOwn
        ? pairedAUCTest(
          labels: labels, first: said.scores, second: said.ownScores, weights: weights) : nil,
      verdict: verdict(gain))
  }

  private func verdict(_ gain: LogLossDifference?) -> PointsReport.Judgement.Verdict {
    guard ruled.file != nil else { return .alone }
    if changes.allSatisfy({ $0 == .kept || $0 == .fixed }) { return .same }
    guard let interval = gain?.interval, !interval.contains(0) else { return .notDistinguishable }
    return interval.low > 0 ? .better : .worse
  }

  /// Fewer conversions than this leave most lines as they are.
  private static let fewConversions = 100

  private func warnings(_ file: RuleFile?, judge: RuleJudge) -> [String] {
    var warnings = (leads.historySummary?.warnings ?? []) + ruled.warnings
    let before = Set(ruled.file?.warnings ?? [])
    warnings += (file?.warnings ?? []).map { before.contains($0) ? "As before: \($0)" : $0 }
    let won = plan.trainingRows.count { history.outcomes[$0] == 1 }
    let fewer = min(won, plan.trainingRows.count - won)
    if fewer < Self.fewConversions {
      warnings.append(
        "\(NumberText.count(fewer)) \(won <= fewer ? "conversions" : "lost leads") are few: points stay "
          + "near \(ruled.file == nil ? "none" : "yours"), and only what is beyond doubt changes.")
    }
    if learned.points.line.slope == 0 {
      warnings.append("Points and conversion do not rise together in these leads.")
    }
    let disqualified = plan.trainingRows.count { ruled.disqualified[$0] }
    if disqualified > 0 {
      warnings.append(
        "\(NumberText.counted(disqualified, leads.roles.unit)) that rules disqualify took no part in "
          + "learning, and stand below all others.")
    }
    warnings += judge.overlaps().map {
      "“\($0.first)” and “\($0.second)” hold of the same leads: they count one thing twice."
    }
    return warnings
  }
}
