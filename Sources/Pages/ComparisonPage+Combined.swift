import Metrics
import Models
import Reports

extension ComparisonPage {
  /// Model, rules, and both as the fit put them together; `nil` where it did not.
  var combinedSection: String? {
    guard let combined = report.combined else { return nil }
    let index = report.tops.firstIndex { $0.share == report.headlineShare }
    let three = { text.fixed($0, 3) }
    let four = { text.signed($0, 4) }
    typealias Side = (
      contender: ComparisonReport.Contender, loss: Double, against: CombinedFigures.Against?
    )
    let sides: [Side] = [
      (report.byModel, report.logLoss, combined.againstModel),
      (report.byRules, combined.rulesLogLoss, combined.againstRules),
      (combined.contender, combined.logLoss, nil),
    ]
    // Three columns: as many figures side by side would leave no room for their headings.
    var table = PageTable([
      words(""), number(text(.model)), number(text(.rules)), number(text(.together)),
    ])
    table.add([text(.auc)] + sides.map { text.optional($0.contender.auc?.value, three) })
    table.add([text(.interval)] + sides.map { text.interval($0.contender.auc?.interval, three) })
    table.add(
      [text(.averagePrecision)] + sides.map { text.optional($0.contender.averagePrecision, three) })
    table.add([text(.combinedLogLoss)] + sides.map { text.fixed($0.loss, 4) })
    table.add(
      [text(.combinedAgainst)] + sides.map { text.optional($0.against?.logLoss.value, four) })
    table.add(
      [text(.interval)] + sides.map { text.interval($0.against?.logLoss.interval, four) })
    table.add(
      [text(.combinedTop, ["share": text.share(report.headlineShare)])]
        + sides.map { side in
          index.map { text.wholeCount(side.contender.topShares[$0].conversions) } ?? "–"
        })
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
