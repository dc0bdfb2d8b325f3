import Metrics
import Reports

extension ComparisonPage {
  func gainSection(_ details: ComparisonDetails) -> String? {
    guard !details.curves.points.isEmpty else { return nil }
    let chart = GainChart(
      curves: details.curves, headlineShare: report.headlineShare, text: text
    ).figure(id: "gain")
    var table = PageTable([
      number(text(.gainX)), number(text(.model)), number(text(.interval)), number(text(.rules)),
      number(text(.interval)), number(text(.difference)), number(text(.interval)),
    ])
    // Every twentieth: more lines nobody reads.
    for (index, point) in details.curves.points.enumerated() where index % 5 == 0 && index > 0 {
      let percent = { text.percent($0) }
      let points = { text.signed($0 * 100, 1) }
      table.add([
        text.percent(point.share, 0), percent(point.model),
        text.interval(point.modelInterval, percent), percent(point.rules),
        text.interval(point.rulesInterval, percent), points(point.difference),
        text.interval(point.differenceInterval, points),
      ])
    }
    return section(
      text(.gainTitle), lead: text(.gainLead),
      figure(nil, legend([.modelLine, .rulesLine, .chance]) + chart.html), table: table,
      help: text(
        .gainHelp, ["draws": text.count(Double(details.draws)), "seed": String(details.seed)]))
  }

  func reliabilitySection(_ details: ComparisonDetails) -> String? {
    guard let last = details.reliability.last, let best = report.ruleBands.first else { return nil }
    let model = details.reliability.map {
      ReliabilityChart.Point(
        score: $0.meanProbability, rate: $0.conversionRate, interval: $0.interval)
    }
    let rules = report.ruleBands.reversed().map {
      ReliabilityChart.Point(
        score: ($0.lowest + $0.highest) / 2, rate: $0.conversionRate, interval: $0.interval)
    }
    let modelFigure = ReliabilityChart(
      points: model, isProbability: true, xTitle: text(.probability), text: text
    ).figure(
      id: "reliability", title: text(.reliabilityModel),
      description: text(
        .reliabilityModelDescription,
        [
          "expected": text.percent(last.meanProbability), "rate": text.percent(last.conversionRate),
        ]))
    let rulesFigure = ReliabilityChart(
      points: rules, isProbability: false, xTitle: text(.ruleScore), text: text
    ).figure(
      id: "points", title: text(.reliabilityRules),
      description: text(
        .reliabilityRulesDescription,
        [
          "low": text.score(best.lowest), "high": text.score(best.highest),
          "rate": text.percent(best.conversionRate),
        ]))
    var table = PageTable([
      number(text(.meanProbability)), number(text(.leads)), number(text(.buyers)),
      number(text(.conversionRate)), number(text(.interval)),
    ])
    for bin in details.reliability {
      table.add([
        text.percent(bin.meanProbability), text.count(bin.leads), text.count(bin.conversions),
        text.percent(bin.conversionRate), text.interval(bin.interval) { text.percent($0) },
      ])
    }
    return section(
      text(.reliabilityTitle), lead: text(.reliabilityLead),
      element(
        "div", [("class", "pair")],
        figure(text(.reliabilityModel), modelFigure.small)
          + figure(text(.reliabilityRules), rulesFigure.small)), table: table,
      help: text(.reliabilityHelp))
  }

  var bandSection: String? {
    guard let first = report.ruleBands.first, let last = report.ruleBands.last else { return nil }
    let rows = report.ruleBands.map { band in
      RateBars.Row(
        label: bandName(band), rate: band.conversionRate, interval: band.interval,
        expected: band.meanProbability,
        note: text(
          .rateOfLeads,
          ["rate": text.percent(band.conversionRate), "leads": text.count(band.leads)]),
        side: "rules")
    }
    var table = PageTable([
      words(text(.ruleScore)), number(text(.leads)), number(text(.buyers)),
      number(text(.conversionRate)), number(text(.interval)), number(text(.modelExpects)),
    ])
    for band in report.ruleBands {
      table.add([
        bandName(band), text.count(band.leads), text.count(band.conversions),
        text.percent(band.conversionRate), text.interval(band.interval) { text.percent($0) },
        text.percent(band.meanProbability),
      ])
    }
    let chart = RateBars(rows: rows, text: text).figure(
      id: "bands", title: text(.bandsTitle),
      description: text(
        .bandsDescription,
        [
          "first": text.percent(first.conversionRate), "last": text.percent(last.conversionRate),
        ]))
    return section(
      text(.bandsTitle), lead: text(.bandsLead),
      figure(nil, legend([.bar, .expected]) + chart.html), table: table, help: text(.bandsHelp))
  }

  private func bandName(_ band: ComparisonReport.ScoreBand) -> String {
    let (low, high) = (text.score(band.lowest), text.score(band.highest))
    return low == high ? low : text(.to, ["low": low, "high": high])
  }
}
