import Metrics

extension ComparisonReport {
  /// Which leads were contacted, as far as it is known: what a comparison with rules hangs on.
  public var contactSentence: String? {
    guard let contact = details?.contact else { return nil }
    guard let column = contact.column else {
      return
        "Compared on all leads, contacted or not: if your rules decided who was called, wins that "
        + "calling caused count for the rules. Say who was called: `contacted:` in the project file, or "
        + "“compare --contacted”, beside --model and the leads."
    }
    guard let part = contact.contacted, let model = part.modelAUC, let rules = part.rulesAUC else {
      return "Compared on all leads; too few were contacted by \(contact.words(column)) to compare "
        + "among them alone."
    }
    return "Compared on all leads. Among the \(NumberText.count(part.leads)) contacted ones alone "
      + "(\(contact.words(column))) the model ranks with an AUC of \(NumberText.fixed(model.value, 3)), the rules "
      + "with \(NumberText.fixed(rules.value, 3))."
  }

  /// Adds what goes beyond the two rankings.
  func addDetails(to page: inout TextPage) {
    guard let details, verdict != .undefined else { return }
    details.capacity.add(to: &page)
    addRules(details, to: &page)
    details.movement?.add(to: &page)
    for segment in details.segments { segment.add(to: &page) }
  }

  private func addRules(_ details: ComparisonDetails, to page: inout TextPage) {
    let odd = details.rules.filter { $0.verdict == .wrongSign || $0.verdict == .predictsNothing }
    let items =
      odd.compactMap { $0.sentence }
      + details.overlaps.map { overlap in
        "“\(overlap.first)” and “\(overlap.second)” hold of the same leads "
          + "(\(NumberText.percent(overlap.share, 0)) of those that either holds of): they count one "
          + "thing twice."
      }
      + details.lateColumns.filter { !$0.isOutcome }.map {
        "“\($0.column)” is filled when or after the outcome is known: points by it can't be trusted."
      }
    guard !items.isEmpty else { return }
    page.heading("What to look at in your rules")
    page.list(items)
  }
}

extension ContactFigures {
  fileprivate func words(_ name: String) -> String {
    switch moment {
    case nil: "“\(name)”"
    case .after: "“\(name)” from the decision on"
    case .before: "“\(name)” before the decision"
    }
  }
}

extension RuleFigure {
  fileprivate var sentence: String? {
    guard let conversionRate, let otherRate else { return nil }
    let sign = NumberText.plain(points)
    let rates =
      "\(NumberText.percent(conversionRate)) of its \(NumberText.count(leads)) leads convert, "
      + "\(NumberText.percent(otherRate)) of the others"
    return verdict == .wrongSign
      ? "“\(rule)” (\(sign) points) points the wrong way: \(rates)."
      : "“\(rule)” (\(sign) points) shows no effect: \(rates)."
  }
}

extension CapacityPlan {
  fileprivate func add(to page: inout TextPage) {
    guard let asked else { return }
    let ofAll =
      capacity?.outOf.map {
        " of every \(NumberText.plain($0)) that come in: \(NumberText.count(asked.leads)) of these"
      } ?? ""
    page.heading("Working \(NumberText.plain(capacity?.leads ?? asked.leads)) leads\(ofAll)")
    var table = TextTable([
      .text(""), .number("Model"), .number("Rules"), .number("Both\ntogether"),
    ])
    let sides = [asked.model, asked.rules, asked.together]
    table.add(
      ["From a score of"] + sides.map { $0.threshold.map { NumberText.significant($0) } ?? "–" })
    table.add(["Buyers found"] + sides.map { NumberText.count($0.conversions) })
    table.add(["Buyers missed"] + sides.map { NumberText.count($0.missed) })
    table.add(["Buyers a hundred leads"] + sides.map { NumberText.fixed($0.precision * 100, 1) })
    if hasValues {
      table.add(["Value less cost"] + sides.map { $0.net.map { NumberText.fixed($0, 0) } ?? "–" })
    }
    page.table(table)
    for (name, best) in [("model", bestOfModel), ("rules", bestOfRules)] {
      guard let best else { continue }
      page.paragraph(
        best.threshold.map { threshold in
          "By the \(name) it pays to work \(NumberText.count(best.leads)) leads, from a score of "
            + "\(NumberText.significant(threshold)): \(NumberText.fixed(best.net, 0)) net."
        } ?? "By the \(name) no contact pays at this value and cost.")
    }
  }
}

extension Segment {
  fileprivate func add(to page: inout TextPage) {
    page.heading("By \(column)")
    var table = TextTable([
      .levels(""), .number("Leads"), .number("Buyers"), .number("Model\nAUC"),
      .number("Rules\nAUC"),
      .text(""),
    ])
    for part in parts {
      table.add([
        part.name.isEmpty ? "not filled in" : part.name, NumberText.count(part.leads),
        NumberText.count(part.conversions), FigureText.optional(part.modelAUC?.value, 3),
        FigureText.optional(part.rulesAUC?.value, 3), part.flag.words,
      ])
    }
    page.table(table)
    if others > 0 { page.paragraph("\(NumberText.count(others)) leads of rarer values.") }
  }
}

extension ComparedPart.Flag {
  fileprivate var words: String {
    switch self {
    case .modelFails: "the model does no better than chance"
    case .rulesFail: "the rules do no better than chance"
    case .bothFail: "neither does better than chance"
    case .rulesBetter: "the rules rank better"
    case .modelBetter: "the model ranks better"
    case .tooFew: "too few to tell"
    case .level: ""
    }
  }
}
