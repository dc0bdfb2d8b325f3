import Metrics
import Reports

extension ComparisonPage {
  func ruleSection(_ details: ComparisonDetails) -> String? {
    let judged = details.rules.filter { $0.difference != nil }
    let notes = ruleNotes(details)
    guard !judged.isEmpty || !notes.isEmpty else { return nil }
    let list = element(
      "ul", [("class", "notes")], notes.map { textElement("li", nil, $0) }.joined())
    let content =
      (notes.isEmpty ? "" : list) + (judged.isEmpty ? "" : figure(nil, ruleChart(judged).html))
    var table = PageTable([
      words(text(.rule)), number(text(.points)), number(text(.holds)), number(text(.buyers)),
      number(text(.rateWith)), number(text(.rateWithout)), number(text(.difference)),
      words(text(.verdict)),
    ])
    for rule in details.rules {
      table.add([
        rule.rule, text.plain(rule.points), text.count(rule.leads), text.count(rule.conversions),
        text.optional(rule.conversionRate) { text.percent($0) },
        text.optional(rule.otherRate) { text.percent($0) },
        text.interval(rule.differenceInterval) { text.signed($0 * 100, 1) },
        words(of: rule.verdict),
      ])
    }
    return section(
      text(.rulesTitle), lead: text(.rulesLead), content,
      table: details.rules.isEmpty ? nil : table, help: text(.rulesHelp))
  }

  private func ruleChart(_ rules: [RuleFigure]) -> Figure {
    let bounds = rules.compactMap(\.differenceInterval).flatMap { [$0.low, $0.high] }
    let low = -LinearScale.roundEnd(max(0.01, -(bounds.min() ?? 0)))
    let high = LinearScale.roundEnd(max(0.01, bounds.max() ?? 0))
    let rows = rules.map { rule in
      IntervalChart.Row(
        label: text(.ruleLabel, ["rule": rule.rule, "points": pointsText(rule)]),
        remark: rule.verdict == .agrees ? "" : words(of: rule.verdict),
        isAlarm: rule.verdict == .wrongSign,
        marks: [
          IntervalChart.Mark(
            value: rule.difference ?? 0, interval: rule.differenceInterval,
            side: rule.verdict == .wrongSign ? "bad" : rule.verdict == .agrees ? "model" : "quiet")
        ])
    }
    return IntervalChart(
      rows: rows, reference: 0, domain: low...high, axisTitle: text(.rulesX)
    ) {
      text.signed($0 * 100, 0)
    }.figure(id: "rules", title: text(.rulesTitle), description: text(.rulesDescription))
  }

  private func pointsText(_ rule: RuleFigure) -> String {
    guard rule.points != 0 else { return text(.disqualifies) }
    let sign = rule.points > 0 ? "+" : ""
    return text(.pointsOf, ["points": sign + text.score(rule.points)])
  }

  private func words(of verdict: RuleFigure.Verdict) -> String {
    switch verdict {
    case .agrees: text(.verdictAgrees)
    case .wrongSign: text(.verdictWrongSign)
    case .predictsNothing: text(.verdictNothing)
    case .tooFew: text(.verdictTooFew)
    }
  }

  private func ruleNotes(_ details: ComparisonDetails) -> [String] {
    details.overlaps.map { overlap in
      text(
        .overlapSentence,
        [
          "first": overlap.first, "second": overlap.second, "share": text.percent(overlap.share, 0),
        ])
    }
      + details.lateColumns.map {
        text($0.isOutcome ? .outcomeSentence : .lateSentence, ["column": $0.column])
      }
  }

  // MARK: Grades and stages

  func gridSection(_ details: ComparisonDetails) -> String? {
    guard let grid = details.grid else { return nil }
    let lead =
      grid.rowCategory.map {
        text(.gridLead, ["rows": $0, "columns": grid.columnCategory])
      } ?? text(.gridLeadOne, ["columns": grid.columnCategory])
    return section(
      text(.gridTitle), lead: lead,
      figure(nil, HeatMap(grid: grid, text: text).figure(id: "grid", title: text(.gridTitle)).html),
      table: cellTable(grid.cells, name: text(.cell)), help: text(.gridHelp))
  }

  func stageSection(_ details: ComparisonDetails) -> String? {
    guard !details.stages.isEmpty else { return nil }
    let rows = details.stages.reversed().map { stage in
      RateBars.Row(
        label: stageName(stage), rate: stage.conversionRate, interval: stage.interval,
        expected: stage.meanProbability,
        note: text(
          .rateOfLeads,
          [
            "rate": text.optional(stage.conversionRate) { text.percent($0) },
            "leads": text.count(stage.leads),
          ]), side: "rules")
    }
    let chart = RateBars(rows: rows, text: text).figure(
      id: "stages", title: text(.stagesTitle), description: text(.stagesDescription))
    return section(
      text(.stagesTitle), lead: text(.stagesLead),
      figure(nil, legend([.bar, .expected]) + chart.html),
      table: cellTable(details.stages.reversed(), name: text(.stage)), help: text(.stagesHelp))
  }

  private func stageName(_ stage: ScoreCell) -> String {
    stage.name.isEmpty ? text(.belowStages) : stage.name
  }

  private func cellTable(_ cells: [ScoreCell], name: String) -> PageTable {
    var table = PageTable([
      words(name), number(text(.leads)), number(text(.buyers)), number(text(.conversionRate)),
      number(text(.interval)), number(text(.modelExpects)), number(text(.aucWithin)),
    ])
    for cell in cells {
      table.add([
        stageName(cell), text.count(cell.leads), text.count(cell.conversions),
        text.optional(cell.conversionRate) { text.percent($0) },
        text.interval(cell.interval) { text.percent($0) },
        text.optional(cell.meanProbability) { text.percent($0) },
        text.optional(cell.aucOfModel?.value) { text.fixed($0, 3) },
      ])
    }
    return table
  }
}
