import Metrics

extension PointsReport {
  /// The answer in one or two sentences.
  public var headline: String {
    let changed = lines.count { $0.change == .changed }
    let added = lines.count { $0.change == .added }
    guard rules != nil else {
      return added == 0
        ? "No rule about these columns tells won from lost leads beyond chance: there is nothing to "
          + "write."
        : "\(NumberText.counted(added, "rule")) of what your customers have in common. " + ranking
    }
    guard changed + added > 0 else {
      return "Your points stand: history does not tell them from others that it would learn."
    }
    let parts = [
      changed > 0 ? "\(NumberText.counted(changed, "rule")) with other points" : nil,
      added > 0 ? "\(NumberText.counted(added, "new rule"))" : nil,
    ].compactMap { $0 }
    return "\(parts.joined(separator: " and ").capitalisedFirst). \(gainSentence)"
  }

  private var judgedLeads: String {
    let leads = NumberText.count(judgement.leads)
    return switch judgement.population {
    case .heldOut: "On \(leads) leads held out"
    case .outOfFold: "On \(leads) leads, each judged by points learned without it,"
    }
  }

  private var ranking: String {
    let area = FigureText.optional(judgement.learnedAUC?.value, 3)
    return "\(judgedLeads) they rank with an AUC of \(area)."
  }

  private var gainSentence: String {
    guard let gain = judgement.gain, let own = judgement.ownLogLoss, own > 0 else {
      return ranking
    }
    let share = NumberText.percent(abs(gain.value) / own)
    return switch judgement.verdict {
    case .better: "\(judgedLeads) they are better than yours: log loss \(share) lower."
    case .worse:
      "\(judgedLeads) they are worse than yours (log loss \(share) higher): keep your own."
    default: "\(judgedLeads) they are not distinguishable from yours."
    }
  }

  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    data.add(to: &page, title: "Leads")
    page.heading("Points")
    page.paragraph(headline)
    addLines(to: &page)
    addJudgement(to: &page)
    addTable(to: &page)
    if !warnings.isEmpty {
      page.heading("Warnings")
      page.list(warnings)
    }
    if let written {
      page.heading("Written to \(written).")
      page.paragraph(
        "Compare it with a model on leads that neither has seen: kelvin-score compare --rules.")
    }
    return page.text
  }

  private func addLines(to page: inout TextPage) {
    guard !lines.isEmpty else { return }
    page.blank()
    var table = TextTable([
      .text(""), .names("Rule"), .number("Points"), .number("History says\n(95%)"),
      .number("Leads"), .number("Won with"), .number("Won without"),
    ])
    for line in lines {
      let sign =
        switch line.change {
        case .kept: ""
        case .changed: "~"
        case .added: "+"
        case .fixed: "="
        }
      let new = NumberText.plain(line.newPoints)
      let points =
        line.change == .changed
        ? "\(line.oldPoints.map(NumberText.plain) ?? "") → \(new)" : new
      table.add([
        sign, line.evidence.rule, points,
        line.interval.map { FigureText.interval($0, decimals: 1) } ?? "–",
        NumberText.count(line.evidence.leads), Self.percent(line.evidence.conversionRate),
        Self.percent(line.evidence.otherRate),
      ])
    }
    page.table(table)
    let signs = [
      (Line.Change.changed, "~ other points"), (.added, "+ a new rule"),
      (.fixed, "= not learned"),
    ].filter { change, _ in lines.contains { $0.change == change } }.map(\.1)
    if !signs.isEmpty {
      page.paragraph(
        signs.joined(separator: ", ")
          + (lines.contains { $0.change == .kept }
            ? "; the rest is kept: other points gain no more than chance would." : "."))
    }
    for line in lines {
      if let why = line.why { page.paragraph("= \(line.evidence.rule): \(why).") }
    }
  }

  private static func percent(_ rate: Double?) -> String {
    rate.map { NumberText.percent($0) } ?? "–"
  }

  private func addJudgement(to page: inout TextPage) {
    switch judgement.population {
    case .heldOut: page.heading("On leads held out")
    case .outOfFold: page.heading("On leads that the points were not learned from")
    }
    page.paragraph(
      "\(NumberText.count(judgement.leads)) leads, \(NumberText.count(judgement.conversions)) won.")
    var table = TextTable([.text(""), .number("Learned"), .number("Yours"), .number("Difference")])
    table.add([
      "Log loss", NumberText.fixed(judgement.learnedLogLoss, 4),
      FigureText.optional(judgement.ownLogLoss, 4),
      FigureText.signed(judgement.gain.map { -$0.value }, 4),
    ])
    table.add([
      "  95% interval", "", "",
      FigureText.interval(
        judgement.gain?.interval.map {
          ConfidenceInterval(low: -$0.high, high: -$0.low, level: $0.level)
        }, decimals: 4, signed: true),
    ])
    table.add([
      "AUC (0.5 is chance)", FigureText.optional(judgement.learnedAUC?.value, 3),
      FigureText.optional(judgement.auc?.second.value, 3),
      FigureText.signed(judgement.auc?.difference, 3),
    ])
    table.add([
      "  95% interval", FigureText.interval(judgement.learnedAUC?.interval),
      FigureText.interval(judgement.auc?.second.interval),
      FigureText.interval(judgement.auc?.interval, signed: true),
    ])
    page.table(table)
    page.paragraph(
      "The rate of conversion alone: log loss \(NumberText.fixed(judgement.baseRateLogLoss, 4)).")
  }

  /// Rows that a page has room for; all are in the JSON.
  private static let shownSteps = 16

  private func addTable(to page: inout TextPage) {
    guard !table.isEmpty else { return }
    page.heading("What points mean")
    let step = (table.count + Self.shownSteps - 1) / Self.shownSteps
    var shown = TextTable([
      .number("Points"), .number("Score"), .number("Probability"), .number("Leads"),
      .number("Won"),
    ])
    for start in stride(from: 0, to: table.count, by: step) {
      let part = table[start..<min(start + step, table.count)]
      guard let first = part.first, let last = part.last else { continue }
      let leads = part.reduce(0) { $0 + $1.leads }
      let won = part.reduce(0) { $0 + $1.conversions }
      func range(_ first: String, _ last: String) -> String {
        first == last ? first : "\(first) to \(last)"
      }
      shown.add([
        range(NumberText.plain(first.points), NumberText.plain(last.points)),
        range(NumberText.fixed(first.score, 0), NumberText.fixed(last.score, 0)),
        range(NumberText.percent(first.probability), NumberText.percent(last.probability)),
        NumberText.count(leads), leads > 0 ? NumberText.percent(won / leads) : "–",
      ])
    }
    page.table(shown)
  }
}
