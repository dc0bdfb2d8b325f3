import Metrics

extension ComparisonReport {
  /// The answer on one screen: the headline, how well each ranks, and what each finds at the top.
  public func briefText(width: Int) -> String {
    var page = TextPage(width: width)
    addBrief(to: &page)
    return page.text
  }

  func addBrief(to page: inout TextPage) {
    page.heading("Which finds the buyers: your rules or the model?")
    page.blank()
    page.paragraph(headline)
    guard verdict != .undefined else { return }
    page.blank()
    var table = TextTable([.text(""), .number("Model"), .number("Rules")])
    table.add(["Ranking of the whole list (AUC)", area(byModel), area(byRules)])
    table.add(["  0.5 is chance; 95% interval", interval(byModel), interval(byRules)])
    for (index, top) in tops.enumerated() where top.share == 0.1 || top.share == 0.2 {
      let share = "top \(NumberText.share(top.share)) (\(NumberText.count(top.leads)) leads)"
      let (model, rules) = (byModel.topShares[index], byRules.topShares[index])
      table.add([
        "Buyers in the \(share)", NumberText.count(model.conversions),
        NumberText.count(rules.conversions),
      ])
      table.add([
        "  times as many as at random", FigureText.lift(model.lift), FigureText.lift(rules.lift),
      ])
    }
    page.table(table)
    if let combined { page.paragraph(combined.sentence) }
    page.paragraph(
      "On \(NumberText.count(leads)) leads \(populationWords), "
        + "\(NumberText.count(conversions)) of them buyers (\(NumberText.percent(baseRate)))."
        + (byRules.topShares.contains { !$0.isExact }
          ? " Where many leads share a rule score, buyers are counted as expected." : ""))
  }

  private func area(_ contender: Contender) -> String {
    FigureText.optional(contender.auc?.value, 3)
  }

  private func interval(_ contender: Contender) -> String {
    FigureText.interval(contender.auc?.interval)
  }
}
