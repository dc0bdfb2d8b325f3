import Metrics

/// Figures of a model on leads that it was not fitted to.
public struct ValidationSummary: Codable, Sendable, Equatable {
  /// How the leads were set apart: `5 folds, stratified`, `latest 25%`.
  public let scheme: String
  public let figures: ProbabilityFigures

  public init(scheme: String, figures: ProbabilityFigures) {
    self.scheme = scheme
    self.figures = figures
  }
}

/// The figures of one or more sets of leads, side by side.
struct FigureTable {
  /// `Leads` or `Examples`.
  let unit: String
  let sets: [(title: String, figures: ProbabilityFigures)]

  func add(to page: inout TextPage) {
    guard !sets.isEmpty else { return }
    var table = TextTable([.text("")] + sets.map { .number($0.title) })
    func row(_ name: String, _ value: (ProbabilityFigures) -> String) {
      table.add([name] + sets.map { value($0.figures) })
    }
    row(unit) { NumberText.count($0.leads) }
    row("Conversions") {
      "\(NumberText.count($0.conversions)) (\(NumberText.percent($0.baseRate)))"
    }
    row("AUC (0.5 is chance)") { FigureText.optional($0.auc?.value, 3) }
    row("  95% interval") { FigureText.interval($0.auc?.interval) }
    row("Average precision") { FigureText.optional($0.averagePrecision, 3) }
    row("Log loss") { NumberText.fixed($0.logLoss, 4) }
    row("  of the base rate alone") { NumberText.fixed($0.baseRateLogLoss, 4) }
    row("Brier score") { NumberText.fixed($0.brier.score, 4) }
    row("Mean probability") { NumberText.percent($0.meanProbability) }
    row("Calibration slope (1 is best)") { FigureText.optional($0.calibration?.slope?.value, 2) }
    row("  95% interval") {
      FigureText.interval($0.calibration?.slope?.interval, decimals: 2)
    }
    row("Calibration in the large (0 is best)") {
      FigureText.signed($0.calibration?.inTheLarge.value, 2)
    }
    row("  95% interval") {
      FigureText.interval($0.calibration?.inTheLarge.interval, decimals: 2, signed: true)
    }
    row("Mean calibration error (ICI)") { $0.ici.map { NumberText.percent($0, 2) } ?? "–" }
    for (index, top) in (sets.first?.figures.topShares ?? []).enumerated() {
      row("Conversions in the top \(NumberText.share(top.share))") { figures in
        guard index < figures.topShares.count else { return "–" }
        let own = figures.topShares[index]
        let lift = own.lift.map { ", \(NumberText.fixed($0, 1))× average" } ?? ""
        return NumberText.count(own.conversions) + lift
      }
    }
    page.table(table)
  }
}
