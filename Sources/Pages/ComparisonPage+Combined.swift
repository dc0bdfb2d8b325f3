import Metrics
import Models
import Reports

extension ComparisonPage {
  /// Model, rules, and both as the fit put them together; `nil` where it did not.
  var combinedSection: String? {
    guard let combined = report.combined else { return nil }
    let index = report.tops.firstIndex { $0.share == report.headlineShare }
    var table = PageTable([
      words(""), number(text(.auc)), number(text(.interval)), number(text(.averagePrecision)),
      number(text(.combinedLogLoss)), number(text(.combinedAgainst)), number(text(.interval)),
      number(text(.combinedTop, ["share": text.share(report.headlineShare)])),
    ])
    let three = { text.fixed($0, 3) }
    let four = { text.signed($0, 4) }
    for (phrase, contender, loss, against) in [
      (Phrase.model, report.byModel, report.logLoss, combined.againstModel),
      (.rules, report.byRules, combined.rulesLogLoss, combined.againstRules),
      (.together, combined.contender, combined.logLoss, nil),
    ] {
      table.add([
        text(phrase), text.optional(contender.auc?.value, three),
        text.interval(contender.auc?.interval, three),
        text.optional(contender.averagePrecision, three), text.fixed(loss, 4),
        text.optional(against?.logLoss.value, four),
        text.interval(against?.logLoss.interval, four),
        index.map { text.wholeCount(contender.topShares[$0].conversions) } ?? "–",
      ])
    }
    return section(
      text(.combinedTitle),
      lead: ([verdict(combined)] + [form(combined)].compactMap(\.self))
        .joined(separator: " "),
      table.html, table: nil, help: text(.combinedHelp))
  }

  private func verdict(_ combined: CombinedFigures) -> String {
    switch combined.verdict {
    case .beatsBoth: text(.combinedBeatsBoth)
    case .modelDoesAsWell: text(.combinedModelAsWell)
    case .rulesDoAsWell: text(.combinedRulesAsWell)
    case .notDistinguishable: text(.combinedLevel)
    case .worse:
      text(
        combined.againstModel.isWorse ? .combinedWorseThanModel : .combinedWorseThanRules)
    }
  }

  private func form(_ combined: CombinedFigures) -> String? {
    guard let form = combined.combination?.chosen else { return nil }
    let phrase: Phrase =
      switch form.kind {
      case .prior: .combinedPrior
      case .feature: .combinedFeature
      }
    return text(
      phrase, ["model": text.fixed(form.modelWeight, 2), "rules": text.fixed(form.rulesWeight, 2)])
  }
}
