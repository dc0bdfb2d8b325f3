import Audit
import History
import Parallel

/// What a history knows of its leads beside the examples, for the audit.
struct HistoryEvidence: Sendable {
  private let exported: ExportedLeads
  private let report: ExampleReport

  /// - Throws: `HistoryError`, `ActivityError`.
  init(
    _ report: ExampleReport, recipe: HistoryRecipe, inputs: HistoryInputs, pool: WorkerPool
  ) throws {
    self.report = report
    exported = try ExportedLeads(recipe, inputs: inputs, pool: pool)
  }

  private static let day = 86_400.0

  func add(to subject: inout AuditSubject) {
    let asOfExport = Set(report.columnsAsOfExport)
    subject.asOfExport = subject.columns.filter(asOfExport.contains)
    subject.exported = AuditSubject.ExportedLeads(
      table: exported.table, outcomes: exported.outcomes, created: exported.created,
      outcomeTimes: exported.outcomeTimes,
      fieldTimes: exported.fieldTimes.map {
        AuditSubject.FieldTimes(column: $0.column, firstFilled: $0.firstFilled)
      })
    subject.immature = report.horizon.map {
      AuditSubject.ImmatureLeads(
        count: report.immature, won: report.immatureMet, horizonDays: $0 / Self.day)
    }
  }
}
