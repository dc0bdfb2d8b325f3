import Explanations
import Metrics
import Reports

/// A comparison of rules and model as one page of HTML that needs nothing from elsewhere.
public struct ComparisonPage: Sendable {
  let report: ComparisonReport
  let text: PageText
  private let model: String?

  /// - Parameter model: the model's name, where the comparison was made before it had one.
  public init(_ report: ComparisonReport, model: String? = nil, language: ReasonLanguage) {
    self.report = report
    self.model = report.model ?? model
    text = PageText(language: language)
  }

  /// The whole file: no script, no font, no picture that is not in it.
  public var html: String {
    let policy = "default-src 'none'; style-src 'unsafe-inline'"
    return """
      <!doctype html>
      <html lang="\(text.language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="color-scheme" content="light dark">
      <title>\(escaped(text(.title)))</title>
      <style>
      \(Stylesheet.css)</style>
      </head>
      <body>
      \(header)
      <main>
      \(sections.joined(separator: "\n"))
      </main>
      \(footer)
      </body>
      </html>

      """
  }

  private var sections: [String] {
    guard report.verdict != .undefined else { return [cautionSection].compactMap(\.self) }
    guard let details = report.details else {
      return [cautionSection, combinedSection, figuresSection].compactMap(\.self)
    }
    return [
      cautionSection, gainSection(details), combinedSection, reliabilitySection(details),
      bandSection,
      ruleSection(details), gridSection(details), stageSection(details), swapSection(details),
      capacitySection(details), movementSection(details), segmentSection(details), figuresSection,
    ].compactMap(\.self)
  }

  // MARK: The answer

  private var header: String {
    var parts = [
      textElement("p", "eyebrow", text(.eyebrow)), element("h1", [], headline),
      textElement("p", nil, population),
    ]
    if report.verdict != .undefined {
      if let contact { parts.append(textElement("p", nil, contact)) }
      parts.append(tiles)
    }
    return element("header", [], parts.joined(separator: "\n"))
  }

  private var headlineTop: (top: ComparisonReport.Top, model: TopShare, rules: TopShare)? {
    guard let index = report.tops.firstIndex(where: { $0.share == report.headlineShare }) else {
      return nil
    }
    return (
      report.tops[index], report.byModel.topShares[index], report.byRules.topShares[index]
    )
  }

  private var headline: String {
    guard report.verdict != .undefined, let found = headlineTop else {
      return escaped(text(report.conversions > 0 ? .headlineAllWon : .headlineNoneWon))
    }
    let phrase: Phrase =
      switch report.verdict {
      case .modelFindsMore: .headlineModel
      case .rulesFindMore: .headlineRules
      case .notDistinguishable, .undefined: .headlineLevel
      }
    return text(
      phrase,
      [
        "model": textElement("span", "model", self.found(found.model)),
        "rules": textElement("span", "rules", self.found(found.rules)),
        "all": escaped(text.count(report.conversions)),
        "share": escaped(text.share(report.headlineShare)),
      ])
  }

  /// To the nearest whole one; where a tie leaves it open, it says so.
  private func found(_ top: TopShare) -> String {
    let whole = text.wholeCount(top.conversions)
    let isWhole = abs(top.conversions - top.conversions.rounded()) < 0.005
    return top.isExact || isWhole ? whole : text(.about, ["count": whole])
  }

  private var population: String {
    let phrase: Phrase =
      switch report.population {
      case .heldOut: .heldOut
      case .outOfFold: .outOfFold
      case .newData: .newData
      }
    return text(
      phrase,
      [
        "leads": text.count(report.leads), "won": text.count(report.conversions),
        "rate": text.percent(report.baseRate),
      ])
  }

  private var contact: String? {
    guard let contact = report.details?.contact else { return nil }
    guard let name = contact.column else { return text(.contactUnknown) }
    let column =
      switch contact.moment {
      case nil: name
      case .after: text(.contactAfter, ["types": name])
      case .before: text(.contactBefore, ["types": name])
      }
    guard let part = contact.contacted, let model = part.modelAUC, let rules = part.rulesAUC else {
      return text(.contactFew, ["column": column])
    }
    return text(
      .contactKnown,
      [
        "leads": text.count(part.leads), "column": column, "won": text.count(part.conversions),
        "model": text.fixed(model.value, 3), "rules": text.fixed(rules.value, 3),
      ])
  }

  private var tiles: String {
    guard let found = headlineTop else { return "" }
    let all = max(report.conversions, 1)
    var tiles = [
      tile(
        text(.tilesTop, ["share": text.share(report.headlineShare)]),
        (found.model.conversions / all, text.wholeCount(found.model.conversions)),
        (found.rules.conversions / all, text.wholeCount(found.rules.conversions)),
        note: text(
          .tilesDifference,
          [
            "difference": text.signed(found.top.difference, 0),
            "interval": text.interval(found.top.interval) { text.signed($0, 0) },
          ]))
    ]
    if let model = report.byModel.auc, let rules = report.byRules.auc, let test = report.aucTest {
      tiles.append(
        tile(
          text(.tilesAUC), (model.value, text.fixed(model.value, 3)),
          (rules.value, text.fixed(rules.value, 3)),
          note: text(
            test.isDistinguishable ? .tilesAUCDifference : .tilesAUCLevel,
            [
              "difference": text.signed(test.difference, 3),
              "interval": text.interval(test.interval) { text.signed($0, 3) },
              "p": test.pValue.map(text.pValue) ?? "",
            ])))
    }
    return element("div", [("class", "tiles")], tiles.joined(separator: "\n"))
  }

  /// Two bars against each other.
  private func tile(
    _ title: String, _ model: (share: Double, text: String),
    _ rules: (share: Double, text: String), note: String
  ) -> String {
    func row(_ name: String, _ side: String, _ value: (share: Double, text: String)) -> String {
      let percent = String(Int((min(max(value.share, 0), 1) * 1_000).rounded()))
      let width = percent.count > 1 ? "\(percent.dropLast()).\(percent.suffix(1))" : "0.\(percent)"
      return textElement("span", "\(side)-word", name)
        + element(
          "span", [("class", "track"), ("aria-hidden", "true")],
          element("span", [("class", "fill \(side)"), ("style", "display:block;width:\(width)%")]))
        + textElement("b", nil, value.text)
    }
    return element(
      "div", [("class", "tile")],
      textElement("h2", nil, title)
        + element(
          "div", [("class", "duel")],
          row(text(.model), "model", model) + row(text(.rules), "rules", rules))
        + textElement("p", nil, note))
  }

  // MARK: Cautions and footer

  private var cautionSection: String? {
    guard !report.cautions.isEmpty else { return nil }
    let items = report.cautions.map { textElement("li", nil, caution($0)) }.joined()
    return element(
      "section", [("class", "caution")],
      textElement("h2", nil, text(.cautionsTitle)) + element("ul", [], items))
  }

  private func caution(_ caution: ComparisonCaution) -> String {
    switch caution {
    case .fewConversions(let count): text(.cautionFewConversions, ["count": text.count(count)])
    case .fewOthers(let count): text(.cautionFewOthers, ["count": text.count(count)])
    case .rulesDoNotRank: text(.cautionRulesDoNotRank)
    case .rulesKnowOutcome(let rules, let column):
      text(.cautionRulesKnowOutcome, ["rules": rules, "column": column])
    case .pointsOfExport(let column): text(.cautionPointsOfExport, ["column": column])
    case .mayBeSeen: text(.cautionMayBeSeen)
    case .otherRulesThanFitted: text(.cautionOtherRules)
    case .predictionsWithoutLeads(let path, let missing, let all):
      text(
        .cautionPredictionsWithoutLeads,
        ["path": path, "missing": text.count(Double(missing)), "all": text.count(Double(all))])
    case .other(let words): words
    }
  }

  private var footer: String {
    textElement(
      "footer", nil,
      text(
        .footer,
        [
          "model": model ?? text(.unnamed), "rules": report.rules ?? text(.unnamed),
        ]))
  }

  // MARK: Frames

  /// A section: title, a sentence, what it shows, its figures as a table, how to read it.
  func section(
    _ title: String, lead: String, _ content: String, table: PageTable?, help: String
  ) -> String {
    var parts = [textElement("h2", nil, title), textElement("p", "lead", lead), content]
    if let table { parts.append(folded(text(.asTable), table.html)) }
    parts.append(folded(text(.howToRead), textElement("p", nil, help)))
    return element("section", [], parts.joined(separator: "\n"))
  }

  func folded(_ title: String, _ content: String) -> String {
    element("details", [], textElement("summary", nil, title) + content)
  }

  func figure(_ caption: String? = nil, _ content: String) -> String {
    element("figure", [], (caption.map { textElement("figcaption", nil, $0) } ?? "") + content)
  }

  /// How the sides are drawn, so that no drawing needs to say it.
  func legend(_ items: [LegendItem]) -> String {
    element(
      "ul", [("class", "legend")],
      items.map { element("li", [], $0.svg + escaped(text($0.phrase))) }.joined())
  }

  func number(_ title: String) -> (title: String, isNumber: Bool) { (title, true) }
  func words(_ title: String) -> (title: String, isNumber: Bool) { (title, false) }
}

/// A mark of a legend.
struct LegendItem {
  let phrase: Phrase
  private let mark: String

  static let modelLine = LegendItem(
    phrase: .model, mark: "<path class=\"model-line\" d=\"M0 6H28\"/>")
  static let rulesLine = LegendItem(
    phrase: .rules, mark: "<path class=\"rules-line\" d=\"M0 6H28\"/>")
  static let chance = LegendItem(
    phrase: .random, mark: "<line class=\"chance\" x1=\"1\" y1=\"6\" x2=\"27\" y2=\"6\"/>")
  static let modelDot = LegendItem(
    phrase: .model, mark: "<circle class=\"model-dot\" cx=\"22\" cy=\"6\" r=\"4.5\"/>")
  static let rulesDot = LegendItem(
    phrase: .rules, mark: "<path class=\"rules-dot\" d=\"M22 0.5L27.5 6L22 11.5L16.5 6Z\"/>")
  static let bar = LegendItem(
    phrase: .conversionRate,
    mark: "<rect class=\"rules-bar\" x=\"0\" y=\"1\" width=\"28\" height=\"10\" rx=\"2\"/>")
  static let expected = LegendItem(
    phrase: .modelExpects, mark: "<circle class=\"expected-dot\" cx=\"22\" cy=\"6\" r=\"4.5\"/>")

  var svg: String { "<svg viewBox=\"0 0 28 12\" aria-hidden=\"true\">\(mark)</svg>" }
}
