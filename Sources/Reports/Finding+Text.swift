import Audit

extension [Finding] {
  /// The findings of one severity, under its heading.
  func add(of severity: Finding.Severity, to page: inout TextPage) {
    guard !isEmpty else { return }
    page.heading("\(severity.title) (\(count))")
    if let question = severity.question { page.paragraph(question) }
    let sharesAction = severity == .suspect
    page.list(
      map { finding in
        let columns = finding.columns.shownNames
        let what =
          columns.isEmpty ? finding.finding.capitalisedFirst : "\(columns): \(finding.finding)"
        let action = sharesAction ? "" : " " + finding.action.capitalisedFirst + "."
        return "\(what). \(finding.evidence.capitalisedFirst).\(action)"
      })
    if severity == .suspect {
      page.paragraph(
        "Not known then? "
          + flatMap(\.columns).map { "--exclude \"\($0)\"" }
          .joined(separator: " "))
    }
  }
}

extension [String] {
  /// So many names are read; `--json` has all of them.
  private static let mostNames = 16

  /// In a row, the last ones by their number where there are many.
  fileprivate var shownNames: String {
    guard count > Self.mostNames else { return joined(separator: ", ") }
    return prefix(Self.mostNames / 2).joined(separator: ", ")
      + " and \(count - Self.mostNames / 2) more"
  }
}

extension Finding.Severity {
  var title: String {
    switch self {
    case .leak: "Leaks"
    case .suspect: "Suspects"
    case .warning: "Warnings"
    case .note: "Notes"
    }
  }

  /// What is to be said once of all findings of a severity.
  var question: String? {
    switch self {
    case .leak: "Known only once the outcome is: a model that learns from them is worth nothing."
    case .suspect:
      "Kept. Was each of them known when the lead had to be scored? If not, the figures flatter the "
        + "model."
    case .warning, .note: nil
    }
  }
}

extension String {
  /// As a sentence begins.
  var capitalisedFirst: String {
    prefix(1).uppercased() + dropFirst()
  }
}
