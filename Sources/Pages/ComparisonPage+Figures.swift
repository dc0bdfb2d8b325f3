import Metrics
import Reports

extension ComparisonPage {
  /// All that remains, as tables.
  var figuresSection: String? {
    section(
      text(.detailsTitle), lead: rankingTitle, rankingTable.html + topTable.html + tenthTable.html,
      table: nil, help: text(.detailsHelp))
  }

  private var rankingTitle: String { text(.rankingTable) }

  private var rankingTable: PageTable {
    var table = PageTable([words(""), number(text(.model)), number(text(.rules))])
    let (model, rules) = (report.byModel, report.byRules)
    let three = { text.fixed($0, 3) }
    table.add([
      text(.auc), text.optional(model.auc?.value, three), text.optional(rules.auc?.value, three),
    ])
    table.add([
      text(.interval), text.interval(model.auc?.interval, three),
      text.interval(rules.auc?.interval, three),
    ])
    table.add([
      text(.averagePrecision), text.optional(model.averagePrecision, three),
      text.optional(rules.averagePrecision, three),
    ])
    table.add([
      text(.logLoss, ["base": text.fixed(report.baseRateLogLoss, 4)]),
      text.fixed(report.logLoss, 4), "–",
    ])
    table.add([text(.brier), text.fixed(report.brier, 4), "–"])
    return table
  }

  private var topTable: PageTable {
    var table = PageTable(
      [
        words(""), number(text(.leads)), number(text(.model)), number(text(.rules)),
        number(text(.difference)), number(text(.interval)),
        number("\(text(.lift)), \(text(.model))"), number("\(text(.lift)), \(text(.rules))"),
      ], caption: text(.topsTable))
    for (index, top) in report.tops.enumerated() {
      let (model, rules) = (report.byModel.topShares[index], report.byRules.topShares[index])
      table.add([
        text(.topShare, ["share": text.share(top.share)]), text.count(top.leads),
        text.count(model.conversions), text.count(rules.conversions),
        text.signed(top.difference, 1), text.interval(top.interval) { text.signed($0, 0) },
        text.optional(model.lift) { text.fixed($0, 1) },
        text.optional(rules.lift) { text.fixed($0, 1) },
      ])
    }
    return table
  }

  private var tenthTable: PageTable {
    var table = PageTable(
      [
        words(text(.tenth)), number(text(.leads)), number(text(.model)), number(text(.rules)),
        number(text(.modelSoFar)), number(text(.rulesSoFar)),
      ], caption: text(.tenthsTable))
    for (model, rules) in zip(report.byModel.gain, report.byRules.gain) {
      table.add([
        String(model.number), text.count(model.leads), text.count(model.conversions),
        text.count(rules.conversions),
        text.optional(model.cumulativeGain) { text.percent($0, 0) },
        text.optional(rules.cumulativeGain) { text.percent($0, 0) },
      ])
    }
    return table
  }
}
