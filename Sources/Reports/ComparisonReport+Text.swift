import Metrics

extension ComparisonReport {
  /// The answer in one sentence.
  public var headline: String {
    guard verdict != .undefined, let index = tops.firstIndex(where: { $0.share == headlineShare })
    else {
      return conversions > 0
        ? "All of these leads converted, so there is nothing to rank."
        : "None of these leads converted, so there is nothing to rank."
    }
    let (model, rules) = (byModel.topShares[index], byRules.topShares[index])
    let place =
      "In the top \(NumberText.share(model.share)) (\(NumberText.count(model.leads)) leads)"
    let buyers = NumberText.count(conversions)
    if verdict == .notDistinguishable {
      return "\(place) the model finds \(found(model)) of the \(buyers) buyers and your rules find "
        + "\(found(rules)): not distinguishable on these leads."
    }
    return "\(place) the model finds \(found(model)) of the \(buyers) buyers; your rules find "
      + "\(found(rules))."
  }

  /// Conversions to the nearest whole one; where a tie leaves them open and not whole, it says so.
  private func found(_ top: TopShare) -> String {
    let whole = NumberText.wholeCount(top.conversions)
    let isWhole = abs(top.conversions - top.conversions.rounded()) < 0.005
    return top.isExact || isWhole ? whole : "about " + whole
  }

  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    add(to: &page)
    return page.text
  }

  /// Adds the comparison to a page that may hold more.
  func add(to page: inout TextPage) {
    page.heading("Rules and model on the same leads")
    page.paragraph(
      "\(NumberText.count(leads)) leads \(populationWords), \(NumberText.count(conversions)) buyers "
        + "(\(NumberText.percent(baseRate))).")
    if model != nil || rules != nil {
      let names = [model.map { "Model: \($0)." }, rules.map { "Rules: \($0)." }].compactMap { $0 }
      page.paragraph(names.joined(separator: " "))
    }
    page.blank()
    page.paragraph(headline)
    if verdict != .undefined, let contactSentence { page.paragraph(contactSentence) }
    if verdict != .undefined {
      addRanking(to: &page)
      combined?.add(to: &page, beside: self)
      addTops(to: &page)
      addGain(to: &page)
    }
    addBands(to: &page)
    addDetails(to: &page)
    if !warnings.isEmpty {
      page.heading("Warnings")
      page.list(warnings)
    }
  }

  /// Which leads these were, after their number.
  var populationWords: String {
    switch population {
    case .heldOut: "held out (the model was not fitted to them)"
    case .outOfFold: "of the history, each scored out of fold (by a model fitted without it)"
    case .newData: "that the model was not fitted to"
    }
  }

  private func addRanking(to page: inout TextPage) {
    page.heading("How well each ranks the whole list")
    var table = TextTable([.text(""), .number("Model"), .number("Rules")])
    table.add(["AUC (0.5 is chance)", area(byModel.auc), area(byRules.auc)])
    table.add([
      "  95% interval", FigureText.interval(byModel.auc?.interval),
      FigureText.interval(byRules.auc?.interval),
    ])
    table.add([
      "Average precision", FigureText.optional(byModel.averagePrecision, 3),
      FigureText.optional(byRules.averagePrecision, 3),
    ])
    table.add([
      "Log loss (base rate alone: \(NumberText.fixed(baseRateLogLoss, 4)))",
      NumberText.fixed(logLoss, 4), "–",
    ])
    table.add(["Brier score", NumberText.fixed(brier, 4), "–"])
    page.table(table)
    guard let aucTest else { return }
    let size =
      "Difference in AUC \(NumberText.signed(aucTest.difference, 3)) "
      + "(\(FigureText.interval(aucTest.interval, signed: true)))"
    let chance = aucTest.pValue.map { ", " + NumberText.pValue($0) } ?? ""
    page.paragraph(
      size + chance
        + (aucTest.isDistinguishable ? "." : ": not distinguishable on these leads."))
  }

  private func area(_ estimate: AUCEstimate?) -> String {
    FigureText.optional(estimate?.value, 3)
  }

  private func addTops(to page: inout TextPage) {
    page.heading("Buyers found by working the top of the list")
    var table = TextTable([
      .text("Worked"), .number("Leads"), .number("Model\nfinds"), .number("Rules\nfind"),
      .number("Difference\n(95% interval)"), .number("Model\nrate"), .number("Rules\nrate"),
      .number("Model\nlift"), .number("Rules\nlift"),
    ])
    for (index, top) in tops.enumerated() {
      let (model, rules) = (byModel.topShares[index], byRules.topShares[index])
      table.add([
        "top \(NumberText.share(top.share))", NumberText.count(top.leads),
        NumberText.count(model.conversions), NumberText.count(rules.conversions),
        "\(NumberText.signed(top.difference, 0)) "
          + "(\(FigureText.interval(top.interval, decimals: 0, signed: true)))",
        NumberText.percent(model.precision), NumberText.percent(rules.precision),
        FigureText.lift(model.lift), FigureText.lift(rules.lift),
      ])
    }
    page.table(table)
    let open = byRules.topShares.filter { !$0.isExact }
    if let widest = open.max(by: { $0.leadsLevelAtCut < $1.leadsLevelAtCut }) {
      page.paragraph(
        "Many leads share a rule score: at the top \(NumberText.share(widest.share)), "
          + "\(NumberText.count(widest.leadsLevelAtCut)) leads stand level at "
          + "\(NumberText.plain(widest.cutScore)) points and "
          + "\(NumberText.count(widest.leadsTakenAtCut)) of them fit. Buyers are counted as expected "
          + "when those are picked at random.")
    }
    addSwaps(to: &page)
  }

  private func addSwaps(to page: inout TextPage) {
    guard let top = tops.first(where: { $0.share == headlineShare }) else { return }
    page.heading("Who is on which list, top \(NumberText.share(top.share))")
    var table = TextTable([
      .text(""), .number("Leads"), .number("Buyers"), .number("Conversion rate"),
    ])
    for (name, group) in [
      ("On both lists", top.both), ("Only on the model's", top.modelOnly),
      ("Only on the rules'", top.rulesOnly),
    ] {
      table.add([
        name, NumberText.count(group.leads), NumberText.count(group.conversions),
        group.conversionRate.map { NumberText.percent($0) } ?? "–",
      ])
    }
    page.table(table)
  }

  private func addGain(to page: inout TextPage) {
    page.heading("Buyers by tenth of the list, best scored first")
    var table = TextTable([
      .text("Tenth"), .number("Leads"), .number("Model\nbuyers"), .number("Rules\nbuyers"),
      .number("Model\nrate"), .number("Rules\nrate"), .number("Model\nso far"),
      .number("Rules\nso far"),
    ])
    for (model, rules) in zip(byModel.gain, byRules.gain) {
      table.add([
        String(model.number), NumberText.count(model.leads), NumberText.count(model.conversions),
        NumberText.count(rules.conversions), NumberText.percent(model.conversionRate),
        NumberText.percent(rules.conversionRate),
        model.cumulativeGain.map { NumberText.percent($0, 0) } ?? "–",
        rules.cumulativeGain.map { NumberText.percent($0, 0) } ?? "–",
      ])
    }
    page.table(table)
  }

  private func addBands(to page: inout TextPage) {
    guard !ruleBands.isEmpty else { return }
    page.heading("What your rule scores mean")
    var table = TextTable([
      .text("Rule score"), .number("Leads"), .number("Buyers"), .number("Conversion\nrate"),
      .number("95% interval"), .number("Model\nexpects"),
    ])
    for band in ruleBands {
      let (low, high) = (NumberText.plain(band.lowest), NumberText.plain(band.highest))
      table.add([
        low == high ? low : "\(low) to \(high)", NumberText.count(band.leads),
        NumberText.count(band.conversions), NumberText.percent(band.conversionRate),
        FigureText.percentInterval(band.interval), NumberText.percent(band.meanProbability),
      ])
    }
    page.table(table)
  }
}
