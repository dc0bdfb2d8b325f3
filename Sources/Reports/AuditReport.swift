/// What `kelvin-train audit` found in the data.
public struct AuditReport: Report {
  public enum Severity: String, Codable, Sendable, CaseIterable {
    /// Training is refused until it is dealt with.
    case error
    /// The figures may mislead.
    case warning
    /// Good to know.
    case note
  }

  public struct Finding: Codable, Sendable, Equatable {
    public let severity: Severity
    /// `nil` for a finding about the whole table.
    public let column: String?
    /// What is the matter: `filled in after the outcome`.
    public let finding: String
    /// What shows it: `filled in 98.2% of won leads and 1.1% of lost ones`.
    public let evidence: String
    /// What was done about it, or what to do: `left out`, `add exclude: [duration]`.
    public let action: String

    public init(
      severity: Severity, column: String?, finding: String, evidence: String, action: String
    ) {
      self.severity = severity
      self.column = column
      self.finding = finding
      self.evidence = evidence
      self.action = action
    }
  }

  public let data: DataSummary
  public let columns: [ColumnUse]
  public let findings: [Finding]

  public init(data: DataSummary, columns: [ColumnUse], findings: [Finding]) {
    self.data = data
    self.columns = columns
    self.findings = findings
  }
}

extension AuditReport {
  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    data.add(to: &page, title: "Leads")
    columns.add(to: &page)
    guard !findings.isEmpty else {
      page.heading("Findings")
      page.paragraph("None.")
      return page.text
    }
    for severity in Severity.allCases {
      let own = findings.filter { $0.severity == severity }
      guard !own.isEmpty else { continue }
      page.heading("\(severity.title) (\(own.count))")
      var table = TextTable([
        .text("Column"), .text("Finding"), .text("Evidence"), .text("What to do"),
      ])
      for finding in own {
        table.add([
          finding.column ?? "(all)", finding.finding, finding.evidence, finding.action,
        ])
      }
      page.table(table)
    }
    return page.text
  }
}

extension AuditReport.Severity {
  var title: String {
    switch self {
    case .error: "Errors"
    case .warning: "Warnings"
    case .note: "Notes"
    }
  }
}
