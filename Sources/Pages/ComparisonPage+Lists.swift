import Metrics
import Reports

extension ComparisonPage {
  func swapSection(_ details: ComparisonDetails) -> String? {
    guard let top = report.tops.first(where: { $0.share == report.headlineShare }) else {
      return nil
    }
    let groups = [
      (text(.onBoth), top.both, "both"), (text(.modelOnly), top.modelOnly, "model"),
      (text(.rulesOnly), top.rulesOnly, "rules"),
    ]
    func rate(_ group: ComparisonReport.Group) -> String {
      text.optional(group.conversionRate) { text.percent($0) }
    }
    let chart = RateBars(
      rows: groups.map { name, group, side in
        RateBars.Row(
          label: name, rate: group.conversionRate,
          interval: .wilson(conversions: group.conversions, leads: group.leads), expected: nil,
          note: text(.rateOfLeads, ["rate": rate(group), "leads": text.wholeCount(group.leads)]),
          side: side)
      }, text: text
    ).figure(
      id: "swaps", title: text(.swapsTitle),
      description: text(
        .swapsDescription,
        ["both": rate(top.both), "model": rate(top.modelOnly), "rules": rate(top.rulesOnly)]))
    var table = PageTable([
      words(""), number(text(.leads)), number(text(.buyers)), number(text(.conversionRate)),
      number(text(.interval)),
    ])
    for (name, group, _) in groups {
      table.add([
        name, text.count(group.leads), text.count(group.conversions), rate(group),
        text.interval(
          .wilson(conversions: group.conversions, leads: group.leads)
        ) { text.percent($0) },
      ])
    }
    let lists = details.swaps.map { swaps in
      element(
        "div", [("class", "swaps")],
        list(text(.swapListModel), swaps.modelOnly) + list(text(.swapListRules), swaps.rulesOnly))
    }
    return section(
      text(.swapsTitle),
      lead: text(
        .swapsLead,
        ["share": text.share(report.headlineShare), "leads": text.count(top.leads)]),
      figure(nil, chart.html) + (lists ?? ""), table: table, help: text(.swapsHelp))
  }

  /// Leads of a list that are open to see; more of them push the rest of the page away.
  private static let shownLeads = 4

  private func list(_ title: String, _ leads: [SwapLists.Lead]) -> String {
    let items = leads.map { lead in
      let who =
        textElement("b", nil, "\(text(.lead)) \(lead.id)")
        + textElement(
          "span", lead.converted ? "bought" : "not",
          text(lead.converted ? .swapBought : .swapNot))
      let scores = text(
        .swapScores,
        [
          "probability": text.percent(lead.probability),
          "model": text.wholeCount(lead.placeOfModel), "score": text.score(lead.ruleScore),
          "rules": text.wholeCount(lead.placeOfRules),
        ])
      var lines = [
        element("div", [("class", "who")], who), textElement("p", nil, scores),
      ]
      for (phrase, reasons) in [
        (Phrase.swapModelReasons, lead.reasons), (.swapRuleReasons, lead.ruleReasons),
      ] where !reasons.isEmpty {
        lines.append(textElement("p", nil, text(phrase, ["text": reasons])))
      }
      return element("li", [], lines.joined())
    }
    let shown = element("ol", [], items.prefix(Self.shownLeads).joined())
    let rest = items.dropFirst(Self.shownLeads).joined()
    return element(
      "div", [],
      textElement("h3", nil, title)
        + (items.isEmpty ? textElement("p", nil, text(.swapNone)) : shown)
        + (rest.isEmpty ? "" : folded(text(.swapMore), element("ol", [], rest))))
  }

  // MARK: Capacity

  func capacitySection(_ details: ComparisonDetails) -> String? {
    let plan = details.capacity
    guard !plan.steps.isEmpty else { return nil }
    var short = PageTable([
      words(text(.worked)), number(text(.modelFinds)), number(text(.rulesFind)),
      number(text(.togetherFind)),
    ])
    for step in steps(plan) {
      short.add(
        [
          "\(text.count(step.leads)) (\(text.share((step.share * 1_000).rounded() / 1_000)))",
          text.wholeCount(step.model.conversions), text.wholeCount(step.rules.conversions),
          text.wholeCount(step.together.conversions),
        ], isMarked: step.leads == plan.asked?.leads)
    }
    let sentences = capacitySentences(plan).map { textElement("p", "said", $0) }.joined()
    return section(
      text(.capacityTitle), lead: text(.capacityLead), sentences + short.html,
      table: fullTable(plan), help: text(.capacityHelp))
  }

  /// The steps with the one that was asked for among them.
  private func steps(_ plan: CapacityPlan) -> [CapacityPlan.Step] {
    guard let asked = plan.asked, !plan.steps.contains(where: { $0.leads == asked.leads }) else {
      return plan.steps
    }
    return (plan.steps + [asked]).sorted { $0.leads < $1.leads }
  }

  private func fullTable(_ plan: CapacityPlan) -> PageTable {
    var table = PageTable(
      [
        number(text(.worked)), number(text(.fromProbability)), number(text(.fromScore)),
        number(text(.modelMisses)), number(text(.rulesMiss)),
        number("\(text(.precision)), \(text(.model))"),
        number("\(text(.precision)), \(text(.rules))"), number(text(.either)),
      ] + (plan.hasValues ? [number(text(.netModel)), number(text(.netRules))] : []))
    for step in steps(plan) {
      var cells = [
        text.count(step.leads), text.optional(step.model.threshold) { text.percent($0) },
        text.optional(step.rules.threshold) { text.score($0) }, text.wholeCount(step.model.missed),
        text.wholeCount(step.rules.missed), text.fixed(step.model.precision * 100, 1),
        text.fixed(step.rules.precision * 100, 1), text.wholeCount(step.either.leads),
      ]
      if plan.hasValues {
        cells += [step.model, step.rules].map { text.optional($0.net) { text.fixed($0, 0) } }
      }
      table.add(cells)
    }
    return table
  }

  private func capacitySentences(_ plan: CapacityPlan) -> [String] {
    var sentences: [String] = []
    if let asked = plan.asked, let capacity = plan.capacity {
      sentences.append(
        text(
          capacity.outOf == nil ? .capacityAsked : .capacityAskedOf,
          [
            "leads": text.plain(capacity.leads), "outOf": text.plain(capacity.outOf ?? 0),
            "here": text.count(asked.leads), "model": text.wholeCount(asked.model.conversions),
            "rules": text.wholeCount(asked.rules.conversions),
            "all": text.count(report.conversions),
            "modelFrom": text.optional(asked.model.threshold) { text.percent($0) },
            "rulesFrom": text.optional(asked.rules.threshold) { text.score($0) },
          ]))
    }
    for (side, best) in [(Phrase.sideModel, plan.bestOfModel), (.sideRules, plan.bestOfRules)] {
      guard let best else { continue }
      let phrase: Phrase =
        best.threshold == nil
        ? .capacityNone : plan.valueColumn == nil ? .capacityBest : .capacityBestColumn
      sentences.append(
        text(
          phrase,
          [
            "side": text(side),
            "value": plan.valueColumn ?? text.plain(plan.valuePerConversion ?? 0),
            "cost": text.plain(plan.costPerContact), "leads": text.count(best.leads),
            "net": text.fixed(best.net, 0),
          ]))
    }
    return sentences
  }

  // MARK: Segments

  func segmentSection(_ details: ComparisonDetails) -> String? {
    guard !details.segments.isEmpty else { return nil }
    let figures = details.segments.enumerated().map { index, segment in
      segmentFigure(segment, id: "segment\(index + 1)")
    }.joined(separator: "\n")
    return section(
      text(.segmentsTitle), lead: text(.segmentsLead),
      legend([.modelDot, .rulesDot]) + figures, table: nil, help: text(.segmentHelp))
  }

  private func segmentFigure(_ segment: Segment, id: String) -> String {
    let title = text(.segmentBy, ["column": segment.column])
    func name(_ part: ComparedPart) -> String {
      part.name.isEmpty ? text(.notFilled) : part.name
    }
    let shown = segment.parts.filter { $0.flag != .tooFew }
    let tooFew = segment.parts.filter { $0.flag == .tooFew }
    let lowest =
      shown.flatMap { [$0.modelAUC?.interval?.low, $0.rulesAUC?.interval?.low] }
      .compactMap(\.self).min() ?? 0.4
    let start = min(0.4, (lowest * 10).rounded(.down) / 10)
    let chart = IntervalChart(
      rows: shown.map { part in
        IntervalChart.Row(
          label: text(
            .partLabel,
            [
              "name": name(part), "won": text.count(part.conversions),
              "leads": text.count(part.leads),
            ]), remark: part.flag == .level ? "" : words(of: part.flag),
          isAlarm: [.modelFails, .rulesFail, .bothFail].contains(part.flag),
          marks: [("model", part.modelAUC), ("rules", part.rulesAUC)].compactMap { side, auc in
            auc.map { IntervalChart.Mark(value: $0.value, interval: $0.interval, side: side) }
          })
      }, reference: 0.5, domain: start...1, axisTitle: text(.segmentsX)
    ) {
      text.fixed($0, 1)
    }.figure(
      id: id, title: title, description: text(.segmentDescription, ["column": segment.column]))
    var table = PageTable([
      words(segment.column), number(text(.leads)), number(text(.buyers)),
      number(text(.conversionRate)), number(text(.model)), number(text(.interval)),
      number(text(.rules)), number(text(.interval)), number(text(.meanProbability)),
      number(text(.meanScore)), words(text(.verdict)),
    ])
    for part in segment.parts {
      table.add([
        name(part), text.count(part.leads), text.count(part.conversions),
        text.optional(part.conversionRate) { text.percent($0) },
        text.optional(part.modelAUC?.value) { text.fixed($0, 3) },
        text.interval(part.modelAUC?.interval) { text.fixed($0, 3) },
        text.optional(part.rulesAUC?.value) { text.fixed($0, 3) },
        text.interval(part.rulesAUC?.interval) { text.fixed($0, 3) },
        text.optional(part.meanProbability) { text.percent($0) },
        text.optional(part.meanRuleScore) { text.score($0) }, words(of: part.flag),
      ])
    }
    let notes = [
      tooFew.isEmpty
        ? nil : text(.segmentTooFew, ["parts": tooFew.map(name).joined(separator: ", ")]),
      segment.others > 0
        ? text(.segmentOthers, ["leads": text.count(segment.others)]) : nil,
    ].compactMap(\.self)
    return textElement("h3", nil, title)
      + (shown.isEmpty ? "" : figure(nil, chart.html))
      + notes.map { textElement("p", "aside", $0) }.joined()
      + folded(text(.asTable), table.html)
  }

  private func words(of flag: ComparedPart.Flag) -> String {
    switch flag {
    case .modelFails: text(.flagModelFails)
    case .rulesFail: text(.flagRulesFail)
    case .bothFail: text(.flagBothFail)
    case .rulesBetter: text(.flagRulesBetter)
    case .modelBetter: text(.flagModelBetter)
    case .tooFew: text(.flagTooFew)
    case .level: text(.flagLevel)
    }
  }
}
