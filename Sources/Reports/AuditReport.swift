import Audit
import Metrics

/// What `kelvin-train audit` found in the data.
public struct AuditReport: Report {
  public let data: DataSummary
  /// `nil` where leads are audited as they stand.
  public let history: HistorySummary?
  public let columns: [ColumnUse]
  /// The most serious first.
  public let findings: [Finding]
  /// What was measured of each column, in the order of the table.
  public let fields: [FieldAudit]
  /// The months in which leads came in; empty without dates of creation.
  public let months: [MonthlyRate]
  /// Closed leads that areas were computed on, where not all of them were.
  public let sampledLeads: Int?

  public init(
    data: DataSummary, columns: [ColumnUse], findings: [Finding], fields: [FieldAudit] = [],
    months: [MonthlyRate] = [], sampledLeads: Int? = nil, history: HistorySummary? = nil
  ) {
    self.data = data
    self.history = history
    self.columns = columns
    self.findings = findings.enumerated().sorted {
      ($0.element.severity, $0.offset) < ($1.element.severity, $1.offset)
    }.map(\.element)
    self.fields = fields
    self.months = months
    self.sampledLeads = sampledLeads
  }
}

extension AuditReport {
  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    data.add(to: &page, title: "Leads")
    history?.add(to: &page)
    history?.addWarnings(to: &page)
    if findings.isEmpty {
      page.heading("Findings")
      page.paragraph("None.")
    }
    for severity in Finding.Severity.allCases {
      findings.filter { $0.severity == severity }.add(of: severity, to: &page)
    }
    FieldTable(fields: fields, columns: columns, sampledLeads: sampledLeads).add(to: &page)
    return page.text
  }
}
