import Metrics
import Models

extension CombinedFigures {
  /// Whether rules and model together do better than either, with both differences.
  public var sentence: String {
    let answer =
      switch verdict {
      case .beatsBoth: "Rules and model together beat both."
      case .modelDoesAsWell:
        "Rules and model together beat the rules and can't be told from the model alone: the points "
          + "add nothing to it that shows on these leads."
      case .rulesDoAsWell:
        "Rules and model together beat the model and can't be told from the rules alone."
      case .notDistinguishable: "Rules and model together can be told from neither alone."
      case .worse:
        "Rules and model together do worse than the \(againstModel.isWorse ? "model" : "rules") alone."
      }
    return answer + " Log loss together \(NumberText.fixed(logLoss, 4)), "
      + "\(size(againstModel)) against the model, \(size(againstRules)) against the rules."
      + (formWords.map { " \($0)" } ?? "")
  }

  private func size(_ against: Against) -> String {
    NumberText.signed(against.logLoss.value, 4)
      + (against.logLoss.interval.map {
        " (95% interval \(FigureText.interval($0, decimals: 4, signed: true)))"
      } ?? "")
  }

  private var formWords: String? {
    guard let form = combination?.chosen else { return nil }
    let weights =
      "model \(NumberText.fixed(form.modelWeight, 2)), rules \(NumberText.fixed(form.rulesWeight, 2))"
    return switch form.kind {
    case .prior: "The rules are the prior from which the model departs (\(weights))."
    case .feature: "The rule score is a feature beside the model (\(weights))."
    }
  }

  /// Three lines: the model, the rules, both.
  func add(to page: inout TextPage, beside report: ComparisonReport) {
    page.heading("Rules and model together")
    page.paragraph(sentence)
    let index = report.tops.firstIndex { $0.share == report.headlineShare }
    var table = TextTable([
      .text(""), .number("AUC"), .number("95% interval"), .number("Average\nprecision"),
      .number("Log loss"),
      .number("Buyers in the\ntop \(NumberText.share(report.headlineShare))"),
    ])
    for (name, contender, loss) in [
      ("Model", report.byModel, report.logLoss), ("Rules", report.byRules, rulesLogLoss),
      ("Together", contender, logLoss),
    ] {
      table.add([
        name, FigureText.optional(contender.auc?.value, 3),
        FigureText.interval(contender.auc?.interval),
        FigureText.optional(contender.averagePrecision, 3), NumberText.fixed(loss, 4),
        index.map { NumberText.count(contender.topShares[$0].conversions) } ?? "–",
      ])
    }
    page.table(table)
    page.paragraph(
      "The rules' log loss is that of their score brought to probabilities by the fit.")
  }
}
