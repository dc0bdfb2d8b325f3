import History
import ProjectReading
import Reports
import Tables

extension HistorySummary {
  /// - Parameters:
  ///   - chosen: what a preset chose.
  ///   - leadLines: how the leads were put together.
  init(_ report: ExampleReport, chosen: [String], leadLines: [String]) {
    self.init(
      target: chosen, lines: leadLines + report.lines, warnings: report.warnings,
      months: report.months.map {
        Month(
          month: $0.month, examples: $0.examples, won: $0.met, immature: $0.immature)
      })
  }
}
