import Metrics

/// What `kelvin-train features` wrote.
public struct FeaturesReport: Report {
  public let source: String
  /// Where the examples were written.
  public let output: String
  public let examples: Int
  public let columns: Int
  /// Columns of the leads that were left out as the project says.
  public let excluded: [String]
  /// Columns of the leads that were left out because they name people.
  public let personal: [PersonalColumn]
  public let history: HistorySummary
  /// The leaks and suspects among the columns that were written; `nil` where they were not looked for.
  public let audit: AuditSummary?
  /// Whether an audit was due and made: not of leads to score, nor of more examples than memory holds.
  public let isAudited: Bool

  public struct PersonalColumn: Codable, Sendable, Equatable {
    public let column: String
    /// `name`, `e-mail address`, `phone number`, `national id`.
    public let kind: String

    public init(column: String, kind: String) {
      self.column = column
      self.kind = kind
    }
  }

  public init(
    source: String, output: String, examples: Int, columns: Int, excluded: [String] = [],
    personal: [PersonalColumn] = [], history: HistorySummary, audit: AuditSummary? = nil,
    isAudited: Bool = true
  ) {
    self.source = source
    self.output = output
    self.examples = examples
    self.columns = columns
    self.excluded = excluded
    self.personal = personal
    self.history = history
    self.audit = audit
    self.isAudited = isAudited
  }

  /// What a fit would leave out, or ask about, and the file has.
  private func addAudit(to page: inout TextPage) {
    guard isAudited else {
      page.heading("Not audited, being too many examples: kelvin-train audit names leaks.")
      return
    }
    guard let audit, !audit.findings.isEmpty else { return }
    page.heading("Leaks and suspects among the columns of the file")
    page.list(
      audit.findings.map { finding in
        "\(finding.columns.joined(separator: ", ")): a \(finding.severity.rawValue), \(finding.finding) "
          + "(\(finding.evidence))."
          + (finding.action.hasPrefix("left out") ? " A fit leaves it out." : " A fit keeps it.")
      })
    page.paragraph(
      "To leave them out here: "
        + audit.findings.flatMap(\.columns).map { "--exclude \"\($0)\"" }.joined(separator: " "))
  }

  /// Which personal data was left out, and what keeps it; `nil` where there was none.
  public var privacyNotice: String? {
    guard !personal.isEmpty else { return nil }
    let columns = personal.map {
      $0.column == $0.kind ? $0.column : "\($0.column) (\($0.kind))"
    }
    return
      "Left out as personal data: \(columns.joined(separator: ", ")). Where one of these is the "
      + "leads' natural key, --keep-column COLUMN keeps it."
  }

  public func text(width: Int) -> String {
    var page = TextPage(width: width)
    page.heading(
      "\(NumberText.counted(examples, "example")) of \(source), "
        + "\(NumberText.counted(columns, "column"))")
    page.list(
      ["Written to \(output)."]
        + (excluded.isEmpty ? [] : ["Left out as asked: \(excluded.joined(separator: ", "))."]))
    history.addWarnings(to: &page)
    addAudit(to: &page)
    history.add(to: &page)
    return page.text
  }
}
